import { manuallyDispatchProgrammaticEvent, press, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    defineActions,
    defineModels,
    getService,
    makeServerError,
    models,
    mountWithCleanup,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

/** What the server of a test answers. */
export const server = {};

/** What the server was asked since the last look. */
export function calls() {
    return server.calls.splice(0);
}

/** Only what the agent has done, without what the page asks by itself. */
export function acts() {
    return calls().filter(([method]) => !/follow_up_days|cc_check_|free_slots/.test(method));
}

/** The outcomes that are chosen. */
export function pressed() {
    return queryAllTexts(".o_cc_outcome[aria-pressed=true] span");
}

export async function pressKey(key) {
    await press(key);
    await animationFrame();
}

const COUNTERS = { calls: 4, contacts: 3, completed: 2, positive: 1 };
const OUTCOMES = [
    { id: 1, name: "No Answer", code: "no_answer", type: "no_contact", hotkey: "1" },
    {
        id: 4,
        name: "Call Back",
        code: "callback",
        type: "callback",
        hotkey: "4",
        require_callback: true,
    },
    { id: 5, name: "Appointment", code: "appointment", type: "appointment", hotkey: "5", sets_done: true, closes: true, rating_id: 11 },
    { id: 6, name: "Complete", code: "complete", type: "final", hotkey: "6", sets_done: true, closes: true, rating_id: 12 },
    { id: 7, name: "Refused for Now", code: "soft_refusal", type: "refusal", hotkey: "7", require_note: true },
];

/** The page of a call with Hans Müller, or with somebody else. */
export function makePage({ survey = {}, person = {}, ...changes } = {}) {
    return {
        call_uuid: "uuid-1",
        contact_id: 5,
        survey: {
            title: "Satisfaction",
            script: "<p>Good morning</p>",
            field_service: true,
            appointment_minutes: 60,
            history: "ask",
            include_notes: true,
            ...survey,
        },
        person: {
            name: "Müller, Hans",
            company: "Muster GmbH",
            function: "",
            street: "Hauptstr. 1",
            zip_city: "10115 Berlin",
            address: "Hauptstr. 1\n10115 Berlin\nGermany",
            email: "hans@muster.example",
            phone: "+49301234560",
            phone_display: "+49 30 1234560",
            numbers: [{ label: "Muster GmbH", phone: "+49301111", display: "+49 30 1111" }],
            tz: "America/New_York",
            lang: "en_US",
            ...person,
        },
        attempts: 2,
        callback: false,
        note: "",
        questionnaire: { url: false, state: false },
        outcomes: OUTCOMES,
        ratings: [
            { id: 11, name: "Positive", value: "positive" },
            { id: 12, name: "Neutral", value: "neutral" },
        ],
        reps: [
            { id: 31, name: "Rita Rep" },
            { id: 32, name: "Ralf Rep" },
        ],
        appointment: false,
        history: [],
        ...changes,
    };
}

/** An answer of the server with a page, or with the reason why there is none. */
export function answerWith(page, empty) {
    return page ? { contact: page } : { contact: false, empty, follow_ups: server.followUps };
}

export function refuse(message) {
    throw makeServerError({ type: "UserError", message });
}

class Contact extends models.ServerModel {
    _name = "survey.callcenter.contact";

    answer(method, args, usual) {
        server.calls.push([method, ...args]);
        const own = server[method];
        return typeof own === "function" ? own(...args) : (own ?? usual);
    }

    cc_start() {
        return this.answer("cc_start", [], {
            surveys: server.surveys,
            held: server.held,
            follow_ups: server.followUps,
            counters: COUNTERS,
        });
    }

    cc_next(surveyIds) {
        return this.answer("cc_next", [surveyIds], answerWith(makePage()));
    }

    cc_open(id) {
        return this.answer("cc_open", [id], answerWith(makePage()));
    }

    cc_save(uuid, values) {
        const answer = { status: "saved", message: "Saved.", counters: COUNTERS, follow_ups: [] };
        return this.answer("cc_save", [uuid, values], answer);
    }

    cc_draft(uuid, text) {
        return this.answer("cc_draft", [uuid, text], { held: true, message: false });
    }

    cc_heartbeat(uuid) {
        return this.answer("cc_heartbeat", [uuid], { held: true, message: false });
    }

    cc_dial(uuid, phone) {
        return this.answer("cc_dial", [uuid, phone], { warning: false });
    }

    cc_release(uuid, reason, note) {
        return this.answer("cc_release", [uuid, reason, note], { status: "released" });
    }

    cc_questionnaire(uuid) {
        return this.answer("cc_questionnaire", [uuid], { url: "about:blank?answer_token=a" });
    }

    cc_questionnaire_state(uuid) {
        return this.answer("cc_questionnaire_state", [uuid], { state: "in_progress" });
    }

    cc_practice(surveyId) {
        return this.answer("cc_practice", [surveyId], { url: "about:blank?answer_token=p" });
    }

    cc_check_callback(uuid, at) {
        return this.answer("cc_check_callback", [uuid, at], { warning: false });
    }

    cc_check_appointment(uuid, values) {
        return this.answer("cc_check_appointment", [uuid, values], { warning: false });
    }

    cc_follow_up_days(from, to) {
        return this.answer("cc_follow_up_days", [from, to], {});
    }

    cc_free_slots(uuid, repId, date) {
        return this.answer("cc_free_slots", [uuid, repId, date], { slots: [] });
    }
}

export function defineWorkScreen() {
    defineMailModels();
    defineModels([Contact]);
    defineActions([
        {
            id: 501,
            xml_id: "survey_callcenter.action_work_screen",
            name: "Make Calls",
            type: "ir.actions.client",
            tag: "survey_callcenter.work_screen",
            path: "call-center",
        },
    ]);
}

/** Open the work screen; ``changes`` are what its server answers. */
export async function openWorkScreen(changes = {}) {
    for (const name of Object.keys(server)) {
        delete server[name];
    }
    Object.assign(server, {
        calls: [],
        held: false,
        followUps: [],
        surveys: [{ id: 3, title: "Satisfaction", state: "running" }],
        ...changes,
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction("survey_callcenter.action_work_screen");
    await animationFrame();
}

/** Open the work screen with a call that is under way already. */
export async function openCall(changes = {}) {
    await openWorkScreen({ held: makePage(), ...changes });
    calls();
}

/** Enter a day or a time: HOOT itself cannot fill such an input that is empty. */
export async function enter(selector, value) {
    const input = queryOne(selector);
    input.value = value;
    await manuallyDispatchProgrammaticEvent(input, "input");
    await manuallyDispatchProgrammaticEvent(input, "change");
    await animationFrame();
}

export function valueOf(selector) {
    return queryOne(selector).value;
}
