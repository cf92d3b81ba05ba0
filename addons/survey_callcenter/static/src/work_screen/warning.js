import { useEffect, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";

const DELAY = 400;

/**
 * Let the server warn of what is entered, as soon as one has stopped changing it.
 * ``getQuestion`` returns the method and its arguments, or nothing to ask.
 */
export function useWarning(model, getQuestion) {
    const warning = useState({ text: "" });
    useEffect(
        (question) => {
            warning.text = "";
            if (!question) {
                return;
            }
            let isCurrent = true;
            const timer = browser.setTimeout(async () => {
                const answer = await model.ask(...JSON.parse(question));
                if (isCurrent) {
                    warning.text = answer.warning || "";
                }
            }, DELAY);
            return () => {
                isCurrent = false;
                browser.clearTimeout(timer);
            };
        },
        () => {
            const question = getQuestion();
            return [question ? JSON.stringify(question) : ""];
        }
    );
    return warning;
}
