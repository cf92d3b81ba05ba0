import { useExternalListener } from "@odoo/owl";

const TYPING =
    "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]";

/** F8 goes on, 1 to 9 choose an outcome unless one is typing; dialogs have their own. */
export function useWorkKeys(model) {
    useExternalListener(window, "keydown", (ev) => onKey(model, ev));
}

export function onKey(model, ev) {
    const hasModifier = ev.ctrlKey || ev.altKey || ev.metaKey || ev.shiftKey;
    if (hasModifier || ev.repeat || document.querySelector(".o_dialog")) {
        return;
    }
    if (ev.key === "F8") {
        ev.preventDefault();
        return goOn(model);
    }
    if (model.status === "call" && /^[1-9]$/.test(ev.key) && !ev.target.closest?.(TYPING)) {
        const outcome = model.page.outcomes.find(({ hotkey }) => hotkey === ev.key);
        if (outcome) {
            ev.preventDefault();
            model.choose(outcome.id);
        }
    }
}

function goOn(model) {
    return model.status === "call" ? model.save({ isNext: true }) : model.next();
}
