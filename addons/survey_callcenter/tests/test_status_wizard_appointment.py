from datetime import datetime

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time

from .common import GROUP
from .dialog_case import NOW, WIZARD, DialogCase

TUESDAY = datetime(2026, 12, 8, 10)


@freeze_time(NOW)
class TestStatusWizardAppointment(DialogCase):
    """Field service (Außendienst): entered later or changed, and nothing is sent."""

    def _agree(self, contact, rep=None, **values):
        self.apply(
            contact,
            rep_id=(rep or self.rep_1).id,
            **{
                "appointment_start": TUESDAY,
                "appointment_stop": TUESDAY.replace(hour=11),
                "appointment_address": "Marktplatz 1",
                **values,
            },
        )

    def test_appointment_is_entered_later(self):
        self._agree(self.p1, appointment_notes="Ring twice")
        self.assertRecordValues(
            self.p1.appointment_ids,
            [
                {
                    "rep_id": self.rep_1.id,
                    "start": TUESDAY,
                    "stop": TUESDAY.replace(hour=11),
                    "address": "Marktplatz 1",
                    "notes": "Ring twice",
                    "state": "planned",
                }
            ],
        )
        self.assertEqual(
            self.calls_of(self.p1).summary,
            "Appointment: 12/8/26, 11:00 AM, rep_1",
        )

    def test_appointment_moves_to_another_rep_and_nobody_gets_a_mail(self):
        self._agree(self.p1)
        appointment = self.p1.appointment_ids
        mails = self.count_mails()
        self._agree(
            self.p1,
            self.rep_2,
            appointment_start=TUESDAY.replace(hour=12),
            appointment_stop=TUESDAY.replace(hour=13),
        )
        self.assertRecordValues(
            self.p1.appointment_ids,
            [
                {
                    "id": appointment.id,
                    "rep_id": self.rep_2.id,
                    "previous_rep_id": self.rep_1.id,
                    "start": TUESDAY.replace(hour=12),
                    "state": "changed",
                }
            ],
        )
        self.assertEqual(appointment.event_id.start, TUESDAY.replace(hour=12))
        self.assertEqual(appointment.event_id.user_id, self.rep_2)
        self.assertEqual(self.count_mails(), mails)
        self.assertEqual(
            self.calls_of(self.p1)[-1].summary,
            "Appointment: 12/8/26, 1:00 PM, rep_2 (before: rep_1)",
        )

    def test_protocol_is_not_sent_from_here(self):
        mails = self.count_mails()
        self._agree(self.p1, done=True, rating_id=self.positive.id)
        self.assertEqual(self.count_mails(), mails)
        self.assertFalse(self.p1.appointment_ids.protocol_sent_at)

    def test_dialog_tells_who_got_the_protocol(self):
        self._agree(self.p1)
        self.assertEqual(
            self.open_dialog(self.p1).protocol_info, "No protocol has been sent."
        )
        self.p1.appointment_ids._cc_queue_protocol()
        self._agree(self.p1, self.rep_2)
        dialog = self.open_dialog(self.p1)
        self.assertEqual(dialog.previous_rep_id, self.rep_1)
        self.assertEqual(dialog.protocol_info, "To be sent to rep_1.")

    def test_dialog_tells_whether_the_protocol_has_left(self):
        self._agree(self.p1)
        appointment = self.p1.appointment_ids
        appointment._cc_queue_protocol()
        for state, sentence in (
            ("sent", "Sent to rep_1, last on 12/7/26, 10:00 AM."),
            ("failed", "Could not be sent to rep_1."),
        ):
            appointment.protocol_state = state
            with self.subTest(state):
                self.assertEqual(self.open_dialog(self.p1).protocol_info, sentence)

    def test_rules_are_those_of_a_call(self):
        stranger = self._create_user("rep_3", f"{GROUP}rep")
        for values, sentence in (
            ({"rep": stranger}, "Choose a representative of this survey"),
            ({"appointment_stop": TUESDAY}, "ends after it begins"),
            ({"appointment_address": False}, "Say where the appointment is"),
            (
                {
                    "appointment_start": datetime(2026, 12, 7, 8),
                    "appointment_stop": datetime(2026, 12, 7, 8, 30),
                },
                "cannot be in the past",
            ),
        ):
            with (
                self.subTest(values=values),
                self.assertRaisesRegex(ValidationError, sentence),
            ):
                self._agree(self.p1, done=True, **values)
        self.assertFalse(self.p1.appointment_ids)
        self.assertEqual(self.p1.state, "open")

    def test_representative_is_not_booked_twice(self):
        self._agree(self.p1)
        with self.assertRaisesRegex(ValidationError, "has another appointment"):
            self._agree(self.p2)

    def test_appointment_of_the_past_does_not_keep_a_rating_from_being_changed(self):
        self._agree(self.p1)
        with freeze_time("2026-12-20 09:00:00"):
            self.apply(self.p1, rating_id=self.negative.id)
        self.assertEqual(self.p1.rating_id, self.negative)
        self.assertEqual(self.p1.appointment_ids.start, TUESDAY)

    def test_appointment_is_not_removed_by_clearing_it(self):
        self._agree(self.p1)
        with self.assertRaisesRegex(ValidationError, "Please cancel it in the list"):
            self.apply(self.p1, rep_id=False, appointment_start=False)

    def test_survey_without_field_service_gets_no_appointment(self):
        self.survey.cc_field_service = False
        self._agree(self.p1)
        self.assertFalse(self.p1.appointment_ids)

    def test_end_follows_the_start(self):
        wizards = self.env[WIZARD].with_user(self.manager)
        form = Form(wizards.with_context(default_contact_id=self.p1.id))
        form.appointment_start = TUESDAY
        self.assertEqual(form.appointment_stop, TUESDAY.replace(hour=11))
        form.appointment_stop = TUESDAY.replace(hour=12)
        self.assertEqual(form.appointment_start, TUESDAY)

    def test_address_of_the_person_is_proposed(self):
        self.p1.partner_id.write({"street": "Ring 5", "zip": "10115", "city": "Berlin"})
        self.assertEqual(
            self.open_dialog(self.p1).appointment_address, "Ring 5\nBerlin 10115"
        )
        self.apply(self.p1, note="An address is no appointment")
        self.assertFalse(self.p1.appointment_ids)

    def test_other_meeting_of_the_representative_is_pointed_out(self):
        self.env["calendar.event"].create(
            {
                "name": "Team",
                "start": TUESDAY,
                "stop": TUESDAY.replace(hour=11),
                "partner_ids": self.rep_1.partner_id.ids,
            }
        )
        values = {"rep_id": self.rep_1.id, "appointment_start": TUESDAY}
        self.assertRegex(
            self.open_dialog(self.p1, **values).appointment_notice, "has a meeting"
        )
        self.assertFalse(self.open_dialog(self.p1).appointment_notice)

    # --- e-mail by hand ---

    def _write_email(self, contact, **values):
        action = self.open_dialog(contact, **values).action_write_email()
        composers = self.env[action["res_model"]].with_user(self.manager)
        return Form(composers.with_context(**action["context"]))

    def test_email_is_for_who_was_entered_first_and_leaves_by_hand(self):
        self._agree(self.p1)
        mails = self.count_mails()
        composer = self._write_email(self.p1, rep_id=self.rep_2.id)
        self.assertEqual(self.p1.appointment_ids.rep_id, self.rep_2)
        self.assertEqual(composer.partner_ids[:], self.rep_1.partner_id)
        self.assertEqual(composer.subject, "Appointment with Müller, Hans")
        self.assertEqual(self.count_mails(), mails)
        composer.body = "The appointment has moved."
        composer.save().action_send_mail()
        message = self.env["mail.message"].search([], order="id desc", limit=1)
        self.assertEqual(message.notified_partner_ids, self.rep_1.partner_id)

    def test_email_is_for_the_representative_if_there_was_no_other(self):
        self._agree(self.p1)
        composer = self._write_email(self.p1)
        self.assertEqual(composer.partner_ids[:], self.rep_1.partner_id)

    def test_there_is_no_email_without_an_appointment(self):
        with self.assertRaisesRegex(UserError, "no appointment"):
            self.open_dialog(self.p1).action_write_email()
