from odoo import models
from odoo.exceptions import UserError

from ..tools.content_lines import get_answer, get_blocks
from ..tools.paper_html import to_paper

PAPER = "order_sheets.order_sheet_request_report"


class OrderSheetRequest(models.Model):
    """The filled-in order sheet as a file to print or to keep."""

    _inherit = "order.sheet.request"

    def _check_printable(self):
        """:raise UserError: one of the orders was not submitted yet"""
        for request in self:
            if request.state == "draft":
                raise UserError(
                    self.env._(
                        "“%(name)s” is not printed: the customer has not submitted it"
                        " yet.",
                        name=request.display_name,
                    )
                )

    def _get_pdf(self):
        """Return the order as PDF; call it with sudo: customers print nothing.

        :raise UserError: the order is a draft
        """
        self.ensure_one()
        reports = self.env["ir.actions.report"].with_company(self.company_id)
        return reports._render_qweb_pdf(PAPER, self.ids)[0]

    # === WHAT IS WRITTEN ON IT === #

    def _get_paper_lang(self):
        """Return the language in which the customer has read what he submitted."""
        return self.sudo().snapshot["lang"]

    def _get_paper_blocks(self, page):
        """Return what stands on a page: ``(are there products, questions)``."""
        return get_blocks(page)

    def _get_paper_answer(self, field):
        return get_answer(field) or "–"

    def _get_paper_question(self, field):
        """Return what stands above the products that were ordered with a question."""
        return ": ".join(filter(None, [field["label"], get_answer(field)]))

    def _get_paper_terms(self, content):
        """Return the terms as they can be printed."""
        return to_paper(content["legal_text"])
