"""What people do with one contact: calls, the dialog, and Odoo's acts beside them."""

from datetime import UTC, datetime, timedelta
from itertools import count, islice

from erp import database
from shared.measuring import Case, WrongAnswer

START = "call: the work screen opens"
NEXT = "call: next contact"
BEAT = "call: heartbeat"
DRAFT = "call: the notes so far"
SAVE = "call: save"
SAVE_APPOINTMENT = "call: save with an appointment"
DIALOG = "dialog: open"
APPLY = "dialog: done, rated, with an entry in the history"
APPLY_FOLLOW_UP = "dialog: follow-up of an agent"
APPLY_APPOINTMENT = "dialog: an appointment"
STOCK_STAGE = "stock: stage of a ticket"
STOCK_EVENT = "stock: calendar.event without mail"
STOCK_EVENT_MAIL = "stock: calendar.event with mail"

MODEL, WIZARD = "survey.callcenter.contact", "survey.callcenter.status.wizard"
# Hours of the day, in UTC, at which representatives in Germany work all year round.
HOURS = (8, 9, 12, 13)


class ActingQuestions:
    def prepare_acts(self):
        self.fresh = iter(
            self._ids(
                """
                SELECT id FROM survey_callcenter_contact
                WHERE survey_id = %s AND state = 'open' AND priority = '1'
                    AND attempt_count = 0 AND queue_user_id IS NULL
                ORDER BY id DESC LIMIT 9999
                """,
                self.large,
            )
        )
        self.slots = self._get_slots()
        self.reps = database.query(
            self.site.database,
            "SELECT id, partner_id FROM res_users WHERE login LIKE 'rep%%' ORDER BY id",
        )
        self.ratings = self._ids("SELECT id FROM survey_callcenter_rating ORDER BY id")
        (self.outcome,) = self._get_xml_ids("survey_callcenter", "outcome_complete")
        self.stages = self._ids(
            "SELECT id FROM helpdesk_ticket_stage ORDER BY id LIMIT 2"
        )
        (self.ticket,) = self._ids("SELECT id FROM helpdesk_ticket")
        self.saved, self.applied, self.agreed, self.turn = 0, 0, 0, 0
        fields = self.manager.call_model(WIZARD, "get_views", [[False, "form"]]).result
        self.dialog = {
            name: _get_specification(field["type"])
            for name, field in fields["models"][WIZARD]["fields"].items()
        }

    def _get_xml_ids(self, module, name):
        return self._ids(
            "SELECT res_id FROM ir_model_data WHERE module = %s AND name = %s",
            module,
            name,
        )

    def _get_slots(self):
        """When each of the representatives has time, one hour after the other."""
        today = datetime.now(UTC).replace(
            hour=0, minute=0, second=0, microsecond=0, tzinfo=None
        )
        for day in count(2):
            date = today + timedelta(days=day)
            if date.weekday() < 5:
                for hour in HOURS:
                    start = date + timedelta(hours=hour)
                    for rep in range(len(self.reps)):
                        yield rep, str(start), str(start + timedelta(hours=1))

    def get_act_cases(self):
        return [*self._calls(), *self._dialogs(), *self._stock_acts()]

    def get_act_expectations(self):
        calls = "SELECT count(*) FROM survey_callcenter_call AS c JOIN res_users AS u"
        calls += " ON u.id = c.user_id WHERE u.login = %s AND c.source = %s"
        return [
            # One is the pattern.
            ("calls saved", self.saved + 1, calls, "agent", "agent"),
            (
                "statuses changed in the dialog",
                self.applied,
                calls,
                "manager",
                "dialog",
            ),
            (
                "appointments that are in the calendar",
                self.agreed,
                "SELECT count(*) FROM survey_callcenter_appointment"
                " WHERE event_id IS NOT NULL",
            ),
            (
                "contacts that somebody of the crowd closed twice",
                0,
                """
                SELECT count(*) FROM (
                    SELECT c.contact_id FROM survey_callcenter_call AS c
                    JOIN survey_callcenter_outcome AS o ON o.id = c.outcome_id
                    WHERE c.source = 'agent' AND c.note = 'Done'
                    GROUP BY c.contact_id HAVING count(*) > 1
                ) AS twice
                """,
            ),
        ]

    # === CALLS === #

    def _calls(self):
        return [
            Case(
                START,
                lambda: self._call("cc_start"),
                lambda a: bool(a.result["surveys"]),
            ),
            Case(NEXT, self._next, lambda answer: bool(answer.result["contact"])),
            Case(
                BEAT,
                lambda: self._hold(lambda uuid: self._call("cc_heartbeat", uuid)),
                lambda answer: answer.result["held"],
            ),
            Case(
                DRAFT,
                lambda: self._hold(
                    lambda uuid: self._call("cc_draft", uuid, "What he said so far")
                ),
                lambda answer: answer.result["held"],
            ),
            Case(SAVE, self._save, _is_saved),
            Case(SAVE_APPOINTMENT, self._save_appointment, _is_saved),
        ]

    def _call(self, method, *args):
        return self.agent.call_model(MODEL, method, *args)

    def _hold(self, work):
        """Have the agent hold a contact while he does something with it."""
        contact = self._call("cc_next", [self.large]).result["contact"]
        answer = work(contact["call_uuid"])
        self._call("cc_release", contact["call_uuid"], "")
        return answer

    def _next(self):
        answer = self._call("cc_next", [self.large])
        self._finish(answer.result["contact"]["call_uuid"])
        return answer

    def _save(self):
        contact = self._call("cc_next", [self.large]).result["contact"]
        return self._finish(contact["call_uuid"])

    def _save_appointment(self):
        contact = self._call("cc_next", [self.large]).result["contact"]
        rep, start, stop = next(self.slots)
        appointment = {
            "rep_id": self.reps[rep][0],
            "start": start,
            "stop": stop,
            "address": "Marktplatz 1",
            "notes": "Brochure",
        }
        self.agreed += 1
        return self._finish(contact["call_uuid"], appointment=appointment)

    def _finish(self, uuid, **values):
        self.saved += 1
        values = {"outcome_id": self.outcome, "note": "Talked", **values}
        return self._call("cc_save", uuid, values)

    # === DIALOG === #

    def _dialogs(self):
        def is_closed(answer):
            return answer.result["type"] == "ir.actions.act_window_close"

        return [
            Case(DIALOG, self._open, lambda answer: "value" in answer.result),
            Case(APPLY, self._apply_done, is_closed),
            Case(APPLY_FOLLOW_UP, self._apply_follow_up, is_closed),
            Case(APPLY_APPOINTMENT, self._apply_appointment, is_closed),
        ]

    def _take_contact(self):
        ids = list(islice(self.fresh, 1))
        if not ids:
            raise WrongAnswer("there are too few fresh contacts")
        return ids[0]

    def _open(self):
        """The button, and what the form asks for before it is there."""
        contact = self._take_contact()
        action = self.manager.call_model(MODEL, "action_change_status", [contact])
        context = {"default_contact_id": contact}
        return (
            self.manager.call_model(
                WIZARD, "onchange", [], {}, [], self.dialog, context=context
            )
            + action
        )

    def _apply_done(self):
        self.turn += 1
        rating = self.ratings[self.turn % len(self.ratings)]
        return self._apply(
            done=True, rating_id=rating, note="By hand", create_history=True
        )

    def _apply_follow_up(self):
        at = datetime.now(UTC).replace(microsecond=0, tzinfo=None) + timedelta(days=3)
        return self._apply(callback_at=str(at), callback_user_id=self.colleague)

    def _apply_appointment(self):
        rep, start, stop = next(self.slots)
        self.agreed += 1
        return self._apply(
            rep_id=self.reps[rep][0],
            appointment_start=start,
            appointment_stop=stop,
            appointment_address="Marktplatz 1",
        )

    def _apply(self, **values):
        """Only the button counts: what was typed is saved before, as by the client."""
        values["contact_id"] = self._take_contact()
        dialog = self.manager.call_model(WIZARD, "create", values).result
        self.applied += 1
        return self.manager.call_model(WIZARD, "action_apply", [dialog])

    # === ODOO'S OWN ACTS === #

    def _stock_acts(self):
        return [
            Case(STOCK_STAGE, self._move_ticket, lambda answer: answer.result is True),
            Case(
                STOCK_EVENT,
                lambda: self._create_event(no_mail_to_attendees=True),
                lambda answer: answer.result > 0,
            ),
            Case(
                STOCK_EVENT_MAIL, self._create_event, lambda answer: answer.result > 0
            ),
        ]

    def _move_ticket(self):
        self.turn += 1
        stage = self.stages[self.turn % 2]
        return self.helper.call_model(
            "helpdesk.ticket", "write", [self.ticket], {"stage_id": stage}
        )

    def _create_event(self, **context):
        """A visit with the representative and the person as attendees."""
        rep, start, stop = next(self.slots)
        contact = self._take_contact()
        (person,) = self._ids(
            "SELECT partner_id FROM survey_callcenter_contact WHERE id = %s", contact
        )
        values = {
            "name": "Visit",
            "start": start,
            "stop": stop,
            "location": "Marktplatz 1",
            "partner_ids": [[6, 0, [self.reps[rep][1], person]]],
        }
        return self.manager.call_model(
            "calendar.event", "create", values, context=context
        )


def _is_saved(answer):
    return answer.result["status"] == "saved"


def _get_specification(kind):
    """What the client's form asks for of a field."""
    if kind == "many2one":
        return {"fields": {"display_name": {}}}
    return {"fields": {}} if kind in ("one2many", "many2many") else {}
