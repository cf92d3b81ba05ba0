import { Component, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { formatMoment, timeThere } from "../moments";

const { DateTime } = luxon;
const TICK = 5_000;

/** Who is called: the number, the time there, and what was talked about before. */
export class PersonCard extends Component {
    static template = "survey_callcenter.PersonCard";
    static props = { page: Object, mayDial: Function };

    setup() {
        this.formatMoment = formatMoment;
        this.state = useState({ now: DateTime.now(), warning: "" });
        const timer = browser.setInterval(() => (this.state.now = DateTime.now()), TICK);
        onWillUnmount(() => browser.clearInterval(timer));
    }

    get person() {
        return this.props.page.person;
    }

    get localTime() {
        return timeThere(this.state.now, this.person.tz);
    }

    /** Dial by the agent's telephone program, unless nobody may call the number now. */
    async dial(phone) {
        this.state.warning = await this.props.mayDial(phone);
        if (!this.state.warning) {
            browser.location.href = `tel:${phone}`;
        }
    }
}
