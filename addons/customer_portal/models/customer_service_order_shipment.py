from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class CustomerServiceOrder(models.Model):
    """How a device travels: in a shipment of its reseller, and back in a parcel."""

    _inherit = "customer.service.order"

    shipment_line_ids = fields.One2many(
        "customer.service.shipment.line", "order_id", groups="base.group_user"
    )
    shipment_id = fields.Many2one(
        "customer.service.shipment",
        compute="_compute_shipment_id",
        store=True,
        index="btree_not_null",
        help="In which the device is sent to the location, or was.",
    )
    inbound_tracking = fields.Char(
        string="Tracking Number to Us",
        related="shipment_id.tracking_number",
        store=True,
        related_sudo=True,
    )
    outbound_tracking = fields.Char(
        string="Tracking Number of the Return", copy=False, tracking=True
    )

    @api.depends(
        *("shipment_line_ids.state", "shipment_line_ids.is_received"),
        "shipment_line_ids.shipment_id",
    )
    def _compute_shipment_id(self):
        for order in self:
            lines_sudo = order.sudo().shipment_line_ids.filtered(
                lambda line: (
                    line.state in ("draft", "confirmed")
                    or (line.state == "received" and line.is_received)
                )
            )
            order.shipment_id = lines_sudo[-1:].shipment_id

    # === BUSINESS METHODS === #

    @api.model
    def _get_shippable_domain(self):
        """Return which orders can be put into a shipment; record rules say whose."""
        return (
            Domain("state", "=", "confirmed")
            & Domain("shipment_id", "=", False)
            # how it may travel is decided by settings, which customers do not read
            & Domain(
                *("shipping_type_id", "any!"),
                Domain("inbound_method", "=", "portal_shipment"),
            )
        )

    def _check_shippable(self):
        """Make sure that these orders can travel together; call it with sudo.

        :raise UserError: there is none, one is elsewhere by now, or they do not fit
        """
        if not self:
            raise UserError(self.env._("Please choose at least one order."))
        if self.filtered_domain(self._get_shippable_domain()) != self:
            raise UserError(self._get_gone_text())
        if len(self.grouped(lambda order: order._get_way())) > 1:
            raise UserError(
                self.env._(
                    "These orders go to several locations or travel in several ways."
                    " Please create a shipment for each of them."
                )
            )

    def _get_way(self):
        """Return what the orders of one shipment have in common."""
        return (
            *(self.company_id, self.commercial_partner_id),
            *(self.location_id, self.shipping_type_id),
        )

    @api.model
    def _get_gone_text(self):
        return self.env._(
            "One of these orders cannot be shipped any more, or is in another shipment"
            " by now. Please look at the list again."
        )

    def _receive_shipment_lines(self):
        """Note in their shipments that these devices have arrived."""
        # Customers read shipments, the server keeps them.
        lines_sudo = self.sudo().shipment_line_ids
        lines_sudo.filtered(lambda line: line.state == "confirmed")._receive()
        lines_sudo._leave_drafts()

    def _leave_shipments(self):
        """Take orders that end early out of what is not on its way yet.

        :raise UserError: one is on its way
        """
        lines_sudo = self.sudo().shipment_line_ids
        on_way_sudo = lines_sudo.filtered(
            lambda line: line.state == "confirmed" and not line.is_received
        )
        if on_way_sudo:
            raise UserError(
                self.env._(
                    "%(order)s is on its way in shipment %(shipment)s.",
                    order=on_way_sudo[0].order_id.name,
                    shipment=on_way_sudo[0].shipment_id.name,
                )
            )
        lines_sudo._leave_drafts()

    def _get_tracking_links(self):
        """Return the parcels of this order, newest first.

        :return: list of dicts with ``number``, ``url`` (or None) and ``label``
        """
        # Carriers and their links are the company's; the customer follows his parcel.
        order_sudo = self.sudo()
        shipping_type_sudo = order_sudo.shipping_type_id
        parcels = [
            (order_sudo.outbound_tracking, True, self.env._("On its way back to you")),
            (order_sudo.inbound_tracking, False, self.env._("On its way to us")),
        ]
        return [
            {
                "number": number,
                "label": label,
                "url": shipping_type_sudo._get_tracking_url(number, is_return),
            }
            for number, is_return, label in parcels
            if number
        ]
