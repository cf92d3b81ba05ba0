import { expect, test } from "@odoo/hoot";
import { queryAll, queryAllTexts } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, mockDate } from "@odoo/hoot-mock";
import {
    contains,
    getService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { WebClient } from "@web/webclient/webclient";
import "@survey_callcenter/live_board/live_board";

defineMailModels();

const MINUTE = 60_000;

function survey(values = {}) {
    return {
        id: 5,
        title: "Satisfaction",
        state: "running",
        state_label: "Running",
        contacts: { open: 11, done: 7, excluded: 2 },
        on_phone: [{ contact_id: 3, agent: "Anna", since: "2026-12-07 08:55:00" }],
        today: { calls: 9, contacts: 4, completed: 1 },
        rated: { positive: 40, all: 5000, ratio: 8.06 },
        follow_ups: [
            { agent_id: 21, agent: "Anna", overdue: 3, due: 2 },
            { agent_id: false, agent: "Anyone", overdue: 0, due: 1 },
        ],
        jobs: [{ id: 8, state: "running", state_label: "Running", percent: 25 }],
        ...values,
    };
}

/** Mount the page; each reading takes the first of the answers, the last one stays. */
async function mountBoard(...answers) {
    mockDate("2026-12-07 09:00:00", 1);
    onRpc("survey.callcenter.board", "get_board", () => {
        expect.step("read");
        const answer = answers.length > 1 ? answers.shift() : answers[0];
        if (answer instanceof Error) {
            throw answer;
        }
        return {
            now: "2026-12-07 09:00:00",
            today: "2026-12-06 23:00:00",
            tomorrow: "2026-12-07 23:00:00",
            refresh_minutes: 2,
            surveys: [survey()],
            ...answer,
        };
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "survey_callcenter.live_board",
    });
    await animationFrame();
    expect.verifySteps(["read"]);
    patchWithCleanup(getService("action"), {
        doAction: (action) => expect.step([action.res_model, action.domain || action.res_id]),
    });
}

test("a survey shows its figures", async () => {
    await mountBoard({});
    expect(queryAllTexts(".o_cc_figures dd")).toEqual(
        ["11", "7", "2"].concat(["9", "4", "1"], ["5000", "40", "8.06"])
    );
    expect(".o_cc_agent_on_phone").toHaveText("Anna since 09:55");
    expect(queryAllTexts(".o_cc_follow_ups tbody tr")).toEqual(["Anna 3 2", "Anyone 0 1"]);
    expect(".o_cc_job").toHaveText("Running: 25 %");
    expect(".o_cc_board_read_at").toHaveText("As of 10:00");
});

test("whoever hears a number hears what it counts", async () => {
    await mountBoard({});
    const heard = queryAll(".o_cc_survey_card button[aria-label]");
    expect(heard.map((button) => button.ariaLabel)).toEqual([
        "Open: 11",
        "Done: 7",
        "Excluded: 2",
        "Calls: 9",
        "Reached: 4",
        "Completed: 1",
        "Positive: 40",
        "On the Phone: 1",
        "Anna, Overdue: 3",
        "Anna, Later Today: 2",
        "Anyone, Overdue: 0",
        "Anyone, Later Today: 1",
    ]);
});

test("without other calls there is no ratio", async () => {
    const rated = { positive: 3, all: 3, ratio: false };
    await mountBoard({ surveys: [survey({ rated })] });
    expect(".o_cc_ratio").toHaveText("–");
});

test("a quiet survey says that there is nothing", async () => {
    await mountBoard({ surveys: [survey({ on_phone: [], follow_ups: [], jobs: [] })] });
    expect(".o_cc_survey_card").toHaveText(/Nobody at the moment\./);
    expect(".o_cc_survey_card").toHaveText(/None until tonight\./);
    expect(".o_cc_job, .o_cc_on_phone, .o_cc_follow_ups").toHaveCount(0);
});

test("without surveys the page says when one appears", async () => {
    await mountBoard({ surveys: [] });
    expect(".o_cc_board_empty").toHaveText(/as soon as they are released/);
    expect(".o_cc_survey_card").toHaveCount(0);
});

test("each number opens what it counts", async () => {
    await mountBoard({});
    const ofSurvey = ["survey_id", "=", 5];
    const isCall = ["source", "=", "agent"];
    const isToday = ["call_at", ">=", "2026-12-06 23:00:00"];
    const waitsFor = (agent) => [
        ofSurvey,
        ["state", "=", "open"],
        ["lock_user_id", "=", false],
        ["queue_user_id", "=", agent],
        ["callback_at", "!=", false],
    ];
    const contacts = "survey.callcenter.contact";
    const calls = "survey.callcenter.call";
    for (const [selector, model, domain] of [
        [".o_cc_survey", "survey.survey", 5],
        [".o_cc_done", contacts, [ofSurvey, ["state", "=", "done"]]],
        [".o_cc_on_phone", contacts, [ofSurvey, ["lock_user_id", "!=", false]]],
        [".o_cc_today_calls", calls, [ofSurvey, isCall, isToday]],
        [".o_cc_today_completed", calls, [ofSurvey, isCall, isToday, ["is_completed", "=", true]]],
        [".o_cc_positive", calls, [ofSurvey, isCall, ["rating_id.value", "=", "positive"]]],
        [
            "tr:first .o_cc_overdue",
            contacts,
            [...waitsFor(21), ["callback_at", "<", "2026-12-07 09:00:00"]],
        ],
        [
            "tr:last .o_cc_due",
            contacts,
            [
                ...waitsFor(false),
                ["callback_at", ">=", "2026-12-07 09:00:00"],
                ["callback_at", "<", "2026-12-07 23:00:00"],
            ],
        ],
        [".o_cc_job", "survey.callcenter.list.job", 8],
    ]) {
        await contains(`.o_cc_survey_card ${selector.replace("tr", "tbody tr")}`).click();
        expect.verifySteps([[model, domain]]);
    }
});

test("the page is read again after the minutes of the settings", async () => {
    await mountBoard({}, { surveys: [survey({ title: "Later" })] });
    await advanceTime(2 * MINUTE - 1000);
    expect.verifySteps([]);
    await advanceTime(1000);
    await animationFrame();
    expect.verifySteps(["read"]);
    expect(".o_cc_survey").toHaveText("Later");
});

test("with no minutes only the button reads again", async () => {
    await mountBoard({ refresh_minutes: 0 });
    await advanceTime(60 * MINUTE);
    expect.verifySteps([]);
    await contains(".o_cc_board_refresh").click();
    expect.verifySteps(["read"]);
});

test("a page that nobody sees waits until somebody does", async () => {
    await mountBoard({});
    patchWithCleanup(document, { hidden: true });
    await advanceTime(2 * MINUTE);
    expect.verifySteps([]);
    patchWithCleanup(document, { hidden: false });
    document.dispatchEvent(new Event("visibilitychange"));
    await animationFrame();
    expect.verifySteps(["read"]);
});

test("after a failure the figures stay, and the next reading helps", async () => {
    await mountBoard({}, new Error("no connection"), {});
    await contains(".o_cc_board_refresh").click();
    await animationFrame();
    expect(".o_cc_board_outdated").toHaveCount(1);
    expect(".o_cc_open").toHaveText("11");
    await contains(".o_cc_board_refresh").click();
    await animationFrame();
    expect(".o_cc_board_outdated").toHaveCount(0);
    expect.verifySteps(["read", "read"]);
});
