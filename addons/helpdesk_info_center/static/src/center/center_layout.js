/** Where widgets are, as plain values: each function answers a new one. */

export const ZONES = ["main", "side"];

/** Zones in which every available widget has a place: new ones come last. */
export function completeZones(zones, available) {
    const placed = new Set(ZONES.flatMap((zone) => zones?.[zone] || []));
    return Object.fromEntries(
        ZONES.map((zone) => [
            zone,
            [
                ...(zones?.[zone] || []),
                ...available
                    .filter((widget) => widget.zone === zone && !placed.has(widget.key))
                    .map((widget) => widget.key),
            ],
        ])
    );
}

/** Keys of the widgets of a zone that are shown, from top to bottom. */
export function shownKeys(layout, available, zone) {
    const hidden = new Set(layout.hidden);
    const known = new Map(available.map((widget) => [widget.key, widget]));
    return completeZones(layout.zones, available)[zone].filter(
        (key) => known.has(key) && (known.get(key).is_mandatory || !hidden.has(key))
    );
}

/** Zones after a widget was put before another one, or without that at the end. */
export function moveWidget(zones, key, zone, before) {
    const moved = Object.fromEntries(
        ZONES.map((name) => [name, zones[name].filter((other) => other !== key)])
    );
    const position = before ? moved[zone].indexOf(before) : -1;
    moved[zone].splice(position < 0 ? moved[zone].length : position, 0, key);
    return moved;
}

/** One patch that says what two say, the newer one after the older one. */
export function mergePatches(older, newer) {
    const merged = { ...older, ...newer, ...mergeShown(older, newer) };
    if (older.widgets || newer.widgets) {
        merged.widgets = { ...older.widgets };
        for (const [key, options] of Object.entries(newer.widgets || {})) {
            merged.widgets[key] = { ...merged.widgets[key], ...options };
        }
    }
    return merged;
}

/** What is shown and what is hidden by both; what was said last about a widget counts. */
function mergeShown(older, newer) {
    const merged = {};
    for (const [name, opposite] of [
        ["show", "hide"],
        ["hide", "show"],
    ]) {
        if (older[name] || newer[name]) {
            merged[name] = union(without(older[name], newer[opposite]), newer[name]);
        }
    }
    return merged;
}

/** The layout after a patch; options of widgets are no part of it. */
export function applyPatch(layout, patch) {
    const { zones, refresh } = { ...layout, ...patch };
    const hidden = union(without(layout.hidden, patch.show), patch.hide);
    return { ...layout, zones, hidden, refresh };
}

function without(keys = [], others = []) {
    return keys.filter((key) => !others.includes(key));
}

function union(keys = [], others = []) {
    return [...new Set([...keys, ...others])];
}
