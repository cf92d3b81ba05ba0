from odoo import models
from odoo.exceptions import UserError

NEEDED = ("location_id", "service_type_id", "device_name", "issue")


class IncompleteOrderError(UserError):
    """An order that cannot be sent yet; ``faults`` is what is missing, by field."""

    def __init__(self, faults):
        super().__init__("\n".join(dict.fromkeys(faults.values())))
        self.faults = faults


class CustomerServiceOrder(models.Model):
    """What an order must have before it goes to the service location."""

    _inherit = "customer.service.order"

    def _check_complete(self):
        """:raise IncompleteOrderError: something is missing, or wrong"""
        for order in self:
            if faults := order._get_faults():
                raise IncompleteOrderError(faults)

    def _get_faults(self):
        """Return what speaks against sending this order, in the customer's words.

        The rules stand here for the wizard, its summary and the back office alike. Call
        it with sudo for a customer.

        :return: ``{field or "task_<id>": message}``, empty if nothing does
        """
        self.ensure_one()
        return {**self._get_mistakes(), **self._get_gaps()}

    def _get_mistakes(self):
        """Return what is wrong: ``{field: message}``. Not even a draft is kept so."""
        return {**self._get_offer_faults(), **self._get_device_faults()}

    def _get_gaps(self):
        """Return what is still missing: ``{field or "task_<id>": message}``."""
        missing = {
            name: self._get_missing_text(name) for name in NEEDED if not self[name]
        }
        return {
            **missing,
            **self._get_identifier_faults(),
            **self._get_task_faults(),
        }

    def _get_offer_faults(self):
        """Return what was chosen that is not offered to this customer."""
        chosen = {
            "location_id": self._get_offered_locations(),
            "service_type_id": self._get_offered_types(),
            "shipping_type_id": self._get_offered_shipping_types(),
            "delivery_address_id": self._get_return_addresses(),
        }
        return {
            name: self.env._(
                "Please choose “%(label)s” from the list.", label=self._get_label(name)
            )
            for name, offered in chosen.items()
            if self[name] and self[name]._origin not in offered
        }

    def _get_task_faults(self):
        """Return the questions that must be answered and are not."""
        # An answer without a word is none.
        answered = self.answer_ids.filtered("display_value").task_id._origin
        return {
            f"task_{task.id}": self.env._(
                "Please answer “%(question)s”.", question=name
            )
            for task in self._get_tasks()
            if task.required and task not in answered and (name := task.name)
        }

    # === WHAT A CUSTOMER MAY CHOOSE === #

    def _get_offered_locations(self):
        """Return the locations among which the customer may choose."""
        locations = self.env["customer.service.location"]
        if self._is_by_staff():  # staff may use what is not published, too
            return locations.search([("company_id", "in", self.env.companies.ids)])
        return locations._find_offered(self.commercial_partner_id)

    def _get_offered_types(self):
        return self.location_id.service_type_ids.filtered("active")

    def _get_offered_shipping_types(self):
        """Return how the device may travel; empty if nothing was agreed upon.

        Shipments are for resellers.
        """
        offered = self.location_id.shipping_type_ids.filtered("active")
        if self._is_by_staff():
            return offered
        offered &= self.commercial_partner_id.service_shipping_type_ids
        offered = offered.filtered("portal_published")
        if self._is_of_reseller():
            return offered
        return offered.filtered(lambda it: it.inbound_method != "portal_shipment")

    def _get_return_addresses(self):
        """Return the addresses of the customer to which a device may be sent back."""
        customer = self.commercial_partner_id
        return self.env["res.partner"].search(
            [
                ("commercial_partner_id", "=", customer.id),
                "|",
                ("id", "in", (customer | self.partner_id).ids),
                ("type", "in", ("delivery", "other")),
            ]
        )

    def _get_tasks(self):
        """Return what the customer is asked, in his language."""
        tasks = self.env["customer.service.task"]._find_for(
            self.service_type_id._origin,
            self.location_id._origin,
            self._is_of_reseller(),
        )
        return tasks.with_context(lang=self.partner_id.lang or self.env.lang)

    # === HELPERS === #

    def _is_of_reseller(self):
        # What is agreed with a customer is not his to read, but it decides.
        return self.commercial_partner_id.sudo().service_role == "reseller"

    def _is_by_staff(self):
        return self.env.user._is_internal()

    def _get_missing_text(self, name):
        return self.env._("Please fill in “%(label)s”.", label=self._get_label(name))

    def _get_label(self, name):
        return self._fields[name]._description_string(self.env)
