from odoo import api, models

from .customer_service_order import OPEN_STATES

STEPS = ("submitted", "confirmed", "at_location", "completed")


class CustomerServiceOrder(models.Model):
    """What customers do with their orders in the portal, and read about them."""

    _inherit = "customer.service.order"

    # === WHAT THEY DO === #

    @api.model
    def _start_draft(self, vals, uploads=None):
        """Begin an order of a customer; call it with sudo: he may not write, but ask.

        :param vals: checked values, with ``partner_id`` and ``form_token``
        :param uploads: files that answer tasks, as for ``_answer_with_files``
        :return: the draft, or an empty recordset if the form was sent before
        """
        # Who asked, when and where stands in fields; no need to log it as well.
        draft = self.with_context(mail_create_nolog=True)._create_once(vals)
        draft._answer_with_files(uploads or {})
        return draft.with_context(mail_create_nolog=False)

    def _save_draft(self, vals, uploads=None):
        """Go on with a draft; call it with sudo.

        Files that answer nothing any more are deleted.

        :param uploads: files that answer tasks, as for ``_answer_with_files``
        :raise UserError: it was sent meanwhile
        """
        self._lock_for("submitted")
        former = self.answer_ids.attachment_id
        self.write(vals)
        self._answer_with_files(uploads or {})
        (former - self.answer_ids.attachment_id).unlink()

    def _get_edition(self):
        """Return what tells a draft from the same draft after another change."""
        return self.write_date.isoformat()

    # === WHAT THEY READ === #

    def _get_date_text(self):
        """Return the day of the order on the company's clock."""
        local = self.company_id._portal_local(self.date_order)
        return self.company_id._portal_format_date(local.date())

    def _get_device_lines(self):
        """Return what stands under the device's name: numbers that identify it."""
        return [
            self.env._("%(label)s %(number)s", label=label, number=number)
            for label, number in (
                (self.env._("S/N"), self.serial_number),
                (self.env._("IMEI"), self.imei),
            )
            if number
        ]

    def _get_timeline(self):
        """Return the way of this order, for the customer who follows it.

        :return: list of dicts with ``state``, ``label``, ``day`` (a text, or empty),
            ``is_reached`` and ``is_current``
        """
        states = STEPS
        if self.state == "cancelled":
            states = [state for state in STEPS if state in self._get_days()]
            states.append("cancelled")
        current = states.index(self.state) if self.state in states else -1
        days = self._get_days()
        return [
            {
                "state": state,
                "label": self._get_step_label(state),
                "day": days.get(state, "") if index <= current else "",
                "is_reached": index <= current,
                "is_current": index == current,
            }
            for index, state in enumerate(states)
        ]

    def _get_step_label(self, state):
        if state == self.state:
            return self._get_status_label()
        return {
            "submitted": self.env._("Sent"),
            "confirmed": self.env._("Confirmed"),
            "at_location": self.env._("At the service location"),
            "completed": self.env._("Completed"),
        }.get(state) or self._get_state_label(state)

    def _get_days(self):
        """Return when each state was reached last: ``{state: a text}``."""
        # The timeline is written for the customer, but also names colleagues.
        company = self.company_id
        return {
            entry.state: company._portal_format_date(
                company._portal_local(entry.date).date()
            )
            for entry in self.sudo().status_log_ids
        }

    def _get_history(self):
        """Return each status that the order had: list of ``(moment, label)``."""
        return [
            (
                self.company_id._portal_format_datetime(entry.date),
                entry.status_id.name or self._get_state_label(entry.state),
            )
            for entry in self.sudo().status_log_ids  # without the names of colleagues
        ]

    def _get_thanks(self):
        """Return what a customer reads who has just sent this order."""
        if self.state == "submitted":
            return self.env._(
                "Thank you! Your order has been sent to %(location)s. We tell you by"
                " mail as soon as it is confirmed.",
                location=self.location_id.sudo().name,
            )
        return self.env._(
            "Thank you! Your order is confirmed. You can follow it on this page."
        )

    # === WHAT THEY MAY === #

    def _may_be_cancelled(self):
        """Return whether the customer may still take the order back."""
        if self.state not in ("submitted", "confirmed"):
            return False
        # A shipment that has left is in nobody's hands.
        return self.sudo().shipment_id.state != "confirmed"

    def _may_get_files(self):
        """Return whether the customer may still add files."""
        return self.state in ("draft", *OPEN_STATES)

    def _shows_prices_to(self, contact):
        """Return whether a contact sees amounts.

        :param contact: sudo, because his rights are not his to read
        """
        return not contact.service_hide_prices
