import { useEffect, useRef } from "@odoo/owl";

/** Bring a part of the page into sight as soon as it opens, however far below it is. */
export function useInSight(name, isOpen) {
    const part = useRef(name);
    useEffect(
        (isOpen) => {
            if (isOpen) {
                part.el?.scrollIntoView({ block: "nearest" });
            }
        },
        () => [Boolean(isOpen())]
    );
}
