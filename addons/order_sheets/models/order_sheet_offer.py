import textwrap
from datetime import datetime
from typing import NamedTuple

from odoo import api, models
from odoo.tools.mail import html_to_inner_content

from .order_sheet_request import EDITABLE_STATES

MAX_TEASER = 240


class Offer(NamedTuple):
    """Something that a customer can fill in, or go on with.

    ``sheet``: sudo, read through the offer; ``request``: his draft, or what he has to
    correct, or an empty recordset; ``lock_reason``: why he cannot go on, or empty
    """

    sheet: object
    request: object
    lock_reason: str


class OrderSheet(models.Model):
    """What a customer finds under “Order Sheets”."""

    _inherit = "order.sheet"

    @api.model
    def _get_offers(self, customer):
        """Return what the visitor can fill in for his company, and what he has begun.

        Their number makes no difference to the number of queries.

        :param customer: his commercial partner
        :return: list of ``Offer``, as the categories and the sheets are sorted
        """
        begun = self.env["order.sheet.request"].search_fetch(
            [("state", "in", EDITABLE_STATES)]
        )
        drafts = begun.filtered(lambda it: it.state == "draft")
        offered = self._find_open_for(customer)._filter_startable(customer)
        # What he has begun he may go on with, and read of the sheet what it shows.
        sheets_sudo = begun.sheet_id.sudo()
        open_sudo = sheets_sudo._filter_open_for(customer, grace=True)
        offers = [
            Offer(sheet_sudo, it, it._get_lock_reason(sheet_sudo in open_sudo))
            for it in begun
            for sheet_sudo in it.sheet_id.sudo()
        ]
        offers += [
            Offer(sheet.sudo(), begun.browse(), "")
            for sheet in offered - drafts.sheet_id
        ]
        return sorted(offers, key=_get_place)

    def _filter_startable(self, customer):
        """Return the sheets whose limit allows the customer one more order."""
        # Roots, limits and what colleagues have ordered are not his to read.
        sheets_sudo = self.sudo()
        roots_sudo = sheets_sudo.root_id | sheets_sudo
        requests_sudo = self.env["order.sheet.request"].sudo()
        counts = {
            root.id: count
            for root, count in requests_sudo._read_group(
                [
                    ("root_id", "in", roots_sudo.ids),
                    ("commercial_partner_id", "=", customer.id),
                    ("state", "not in", ("rejected", "cancelled")),
                ],
                ["root_id"],
                ["__count"],
            )
        }
        return self.filtered(
            lambda sheet: sheet._has_room(counts.get(sheet.sudo()._get_root().id, 0))
        )

    def _get_teaser(self):
        """Return the beginning of the description, as a text."""
        text = html_to_inner_content(self.description or "")
        return textwrap.shorten(text, MAX_TEASER, placeholder=" …")


def _get_place(offer):
    sheet, category = offer.sheet, offer.sheet.category_id
    return (
        (not category, category.sequence, category.id),
        offer.request.state != "returned",  # it waits for the customer
        (sheet.sequence, sheet.date_end or datetime.max, -sheet.id, offer.request.id),
    )
