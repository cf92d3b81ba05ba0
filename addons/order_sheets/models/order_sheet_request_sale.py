import logging
from collections import defaultdict

from markupsafe import Markup
from psycopg2 import OperationalError
from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import plaintext2html

_logger = logging.getLogger(__name__)

# What may go wrong with a sale order and must not cost the customer his submission.
FAILURE = "order_sheets.mail_activity_type_sale_order"


class OrderSheetRequest(models.Model):
    """From the order request to the sale order: once, whoever presses the button."""

    _inherit = "order.sheet.request"

    sale_order_ids = fields.One2many(
        "sale.order",
        "order_sheet_request_id",
        string="Sale Orders",
        groups="base.group_user",
    )
    sale_order_id = fields.Many2one(
        "sale.order",
        compute="_compute_sale_order_id",
        search="_search_sale_order_id",
        groups="base.group_user",
        help="The sale order that counts; cancelled ones do not.",
    )

    @api.depends("sale_order_ids.state")
    def _compute_sale_order_id(self):
        for request in self:
            live = request.sale_order_ids.filtered(lambda it: it.state != "cancel")
            request.sale_order_id = live[:1]

    def _search_sale_order_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        ids = [order_id for order_id in value if order_id]
        live = [("state", "!=", "cancel")]
        found = [("sale_order_ids", "any", [*live, ("id", "in", ids)])]
        if len(ids) == len(list(value)):
            return found
        return ["|", *found, ("sale_order_ids", "not any", live)]

    # === ACTION METHODS === #

    def action_create_sale_order(self):
        """Create the sale order, or say that a colleague was faster."""
        self.ensure_one()
        self._check_staff()
        self._check_salesman()
        return self._open_sale_orders(self._create_sale_order())

    def action_open_sale_orders(self):
        self._check_staff()
        return self._open_sale_orders(self.sale_order_ids)

    # === BUSINESS METHODS === #

    def _create_sale_order(self):
        """:raise UserError: there is one already, or nothing to order"""
        self._lock()
        if self.state not in ("submitted", "in_progress"):
            raise UserError(
                self.env._(
                    "%(name)s is “%(state)s”: no sale order is created.",
                    name=self.display_name,
                    state=self._get_state_label(),
                )
            )
        # Somebody who sees only his own sale orders still must not create a second one.
        if existing_sudo := self.sudo().sale_order_id:
            raise UserError(
                self.env._(
                    "%(name)s has the sale order %(order)s already.",
                    name=self.display_name,
                    order=existing_sudo.name,
                )
            )
        if not self.line_ids:
            raise UserError(
                self.env._("%(name)s has no products to order.", name=self.display_name)
            )
        answered = self._get_answered()
        vals = self._prepare_sale_order_vals(answered)
        try:
            with self.env.cr.savepoint():
                order = self.env["sale.order"].create(vals)
        except UniqueViolation as error:
            if error.diag.constraint_name != "sale_order_order_sheet_request_uniq":
                raise
            raise UserError(
                self.env._("%(name)s has a sale order already.", name=self.display_name)
            ) from error
        self._add_note(order, answered)
        self.activity_feedback([FAILURE])
        return order

    def _add_note(self, order, answered):
        """Write the customer's words below the terms of the sale order, as text."""
        if texts := _get_texts(answered["note"]):
            terms, words = order.note or Markup(), plaintext2html("\n".join(texts))
            order.note = terms + words

    def _prepare_sale_order_vals(self, answered):
        """Return the values of the sale order; override it to add more.

        :param answered: as ``_get_answered`` returns it
        """
        customer = self.commercial_partner_id
        return {
            "partner_id": customer.id,
            "partner_shipping_id": customer.address_get(["delivery"])["delivery"],
            "company_id": self.company_id.id,
            "origin": self.name,
            "campaign_id": self.campaign_id.id,
            "user_id": self._get_salesperson().id,
            "order_sheet_request_id": self.id,
            "order_line": [
                Command.create(line._prepare_sale_line_vals()) for line in self.line_ids
            ],
            **self._get_sale_settings(),
            **self._get_sale_answers(answered),
        }

    def _get_sale_settings(self):
        """Return what the sheet says about its sale orders; else Odoo's own rules."""
        settings = {
            "team_id": self.sheet_id.team_id.id,
            "sale_order_template_id": self.sheet_id.sale_template_id.id,
        }
        return {name: value for name, value in settings.items() if value}

    def _get_sale_answers(self, answered):
        """Return what the customer's answers become in the sale order, by field."""
        vals = {}
        if texts := _get_texts(answered["client_order_ref"]):
            vals["client_order_ref"] = ", ".join(texts)
        for field in answered["shipping_partner"]:
            vals["partner_shipping_id"] = field.value
        for field in answered["commitment_date"]:
            vals["commitment_date"] = self.company_id._portal_start_of(field.value)
        return vals

    def _get_answered(self):
        """Return the answered questions by the place of the sale order they go to."""
        answered = defaultdict(list)
        # Answers are read through the request, which whoever acts may see.
        for page in self.sudo()._get_filled().pages:
            for field in page.fields:
                if field.value is not None:
                    answered[field.record.sale_target].append(field)
        return answered

    def _get_salesperson(self):
        """Return whose sale order it becomes: as the sheet says, or whoever acts.

        A customer acts for nobody: it is his usual salesperson's then.
        """
        if salesperson := self.sheet_id.user_id:
            return salesperson
        is_person = self.env.user != self.env.ref("base.user_root")
        return self.env.user if is_person else self.commercial_partner_id.user_id

    def _order_automatically(self):
        """Create the sale order of a sheet that wants it at once.

        The customer has submitted his order, whatever goes wrong here.
        """
        mode = self.sheet_id.sale_mode
        if mode == "manual" or not self.line_ids:
            return
        salesman = self.sheet_id.user_id or self.env.ref("base.user_root")
        # The customer submits; the sale order is the salesperson's, in his language.
        request_sudo = (
            self.with_user(salesman)
            .with_company(self.company_id)
            .with_context(lang=salesman.lang)
            .sudo()
        )
        try:
            with self.env.cr.savepoint():
                order_sudo = request_sudo._create_sale_order()
                if mode == "confirm":
                    order_sudo.action_confirm()
                self.env.flush_all()
        except OperationalError:  # the server tries all of it again
            raise
        except Exception as error:  # noqa: BLE001 (any other addon may refuse it)
            _logger.warning("No sale order for %s", self.name, exc_info=True)
            text = request_sudo.env._(
                "The sale order could not be created: %(error)s", error=error
            )
            self._schedule_for_responsible(FAILURE, note=plaintext2html(text))

    def _cancel_sale_orders(self):
        """Take back what was offered, for orders that end early.

        :raise UserError: a sale order is confirmed
        """
        # Whoever looks after the request need not be a salesman.
        orders_sudo = self.sudo().sale_order_id
        if confirmed_sudo := orders_sudo.filtered(lambda it: it.state == "sale")[:1]:
            raise UserError(
                self.env._(
                    "The sale order %(order)s is confirmed. It has to be cancelled"
                    " first.",
                    order=confirmed_sudo.name,
                )
            )
        if orders_sudo:
            orders_sudo._action_cancel()

    def _open_sale_orders(self, orders):
        action = self.env["ir.actions.act_window"]._for_xml_id("sale.action_orders")
        action |= {"domain": [("id", "in", orders.ids)], "context": {"create": False}}
        if len(orders) == 1:
            action |= {"views": [(False, "form")], "res_id": orders.id}
        return action


def _get_texts(answered):
    return [field.text for field in answered if field.text]
