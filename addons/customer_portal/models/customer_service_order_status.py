from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from .customer_mail_mixin import LAYOUT

# What buttons note about an order, so that nobody has to believe it.
NOTED_BY_BUTTONS = frozenset(
    ("confirmed_on", "received_on", "completed_on", "cancel_reason", "is_exclusive")
)


class CustomerServiceOrder(models.Model):
    """What customers read about the progress, and for whom an order waits."""

    _inherit = "customer.service.order"

    status_id = fields.Many2one(
        "customer.service.status",
        string="Progress",
        readonly=True,
        copy=False,
        ondelete="restrict",
        tracking=True,
        default=lambda self: (
            self.env["customer.service.status"].sudo()._get_default("draft")
        ),
    )
    status_log_ids = fields.One2many(
        "customer.service.status.log",
        "order_id",
        string="Timeline",
        groups="base.group_user",
    )
    waiting_for = fields.Selection(
        [("us", "Us"), ("customer", "The customer"), ("supplier", "A supplier")],
        compute="_compute_waiting_for",
        store=True,
    )
    waiting_since = fields.Datetime(
        compute="_compute_waiting_since", store=True, groups="base.group_user"
    )

    # For the office's list, and for the job that reminds customers.
    _waiting_idx = models.Index(
        "(company_id, date_order DESC, id DESC) INCLUDE (waiting_since)"
        " WHERE waiting_for = 'customer'"
    )

    @api.depends(
        "state", "quote_state", "status_id.waiting_for", "customer_reply_pending"
    )
    def _compute_waiting_for(self):
        for order in self:
            order.waiting_for = order.sudo()._get_waiting_for()

    def _get_waiting_for(self):
        if self.state not in ("submitted", "confirmed", "at_location"):
            return False
        if self.quote_state == "waiting":
            return "customer"
        waiting_for = self.status_id.waiting_for
        if waiting_for == "customer" and self.customer_reply_pending:
            return "us"  # he has answered; somebody has to read it
        return waiting_for

    @api.depends("waiting_for", "status_id")
    def _compute_waiting_since(self):
        for order in self:
            is_waiting = order.waiting_for == "customer"
            since = order.waiting_since or fields.Datetime.now()
            order.waiting_since = is_waiting and since

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_state_writer():
            # Customers see the names of statuses, whoever keeps them.
            first_sudo = (
                self.env["customer.service.status"]
                .sudo()
                ._get_default(self._get_initial_state())
            )
            for vals in vals_list:
                self._check_noted_by_buttons(vals)
                vals["status_id"] = first_sudo.id
        return super().create(vals_list)

    def write(self, vals):
        if not self._is_state_writer():
            if "status_id" in vals:
                raise UserError(
                    self.env._(
                        "The progress changes through its buttons only, never by hand."
                    )
                )
            self._check_noted_by_buttons(vals)
        return super().write(vals)

    def _check_noted_by_buttons(self, vals):
        """:raise UserError: somebody writes by hand what buttons note"""
        if not self.env.su and not NOTED_BY_BUTTONS.isdisjoint(vals):
            raise UserError(self.env._("This is not written by hand."))

    # === BUSINESS METHODS === #

    def _move_to(self, state, **values):
        # Customers see the names of statuses, whoever keeps them.
        status_sudo = self.env["customer.service.status"].sudo()._get_default(state)
        result = super()._move_to(state, status_id=status_sudo.id, **values)
        self._log_status()
        return result

    def _set_status(self, status, note=None):
        """Tell the customer how far his device is.

        :param status: one of the statuses of the orders' present state
        :param note: what else the customer is to read, in the chat
        :raise UserError: an order is in another state
        """
        self._lock()
        for order in self:
            if order.state != status.state:
                raise UserError(
                    self.env._(
                        "%(order)s is “%(state)s”; “%(status)s” is not for that.",
                        order=order.name,
                        state=order._get_state_label(),
                        status=status.name,
                    )
                )
        changed = self.filtered(lambda order: order.status_id != status)
        changed._as_state_writer().write({"status_id": status.id})
        changed._log_status()
        if status.mail_template_id:
            changed._mail_customers("status", status_id=status.id, note=note)
        for order in self if note else ():
            is_mailed = status.mail_template_id and order in changed
            order.with_context(note_is_mailed=bool(is_mailed)).message_post(
                body=plaintext2html(note),
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )

    def _log_status(self):
        """Write the timeline, which nobody writes by hand, and wait anew."""
        waiting = self.filtered(lambda order: order.waiting_for == "customer")
        waiting.waiting_since = fields.Datetime.now()
        self.env["customer.service.status.log"].sudo().create(
            [
                {
                    "order_id": order.id,
                    "state": order.state,
                    "status_id": order.status_id.id,
                    "user_id": self.env.uid,
                    "note": self.env.context.get("service_log_note"),
                }
                for order in self
            ]
        )

    def _get_status_label(self):
        """Return the status as customers read it, in the reader's language."""
        names = self.env["customer.service.status"]._get_names()
        return names.get(self.status_id.id) or self._get_state_label()

    # === MAILS === #

    def _write_customer_mails(self, event, **context):
        if event != "status":
            return super()._write_customer_mails(event, **context)
        statuses = self.env["customer.service.status"]
        status = statuses.browse(context.pop("status_id")).exists()
        if template := status.mail_template_id.with_context(**context):
            template.send_mail_batch(self.ids, email_layout_xmlid=LAYOUT)
        return None
