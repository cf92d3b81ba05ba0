import hashlib
import logging

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

ORDER_PAPER = "customer_portal.customer_service_order_report"
# What all papers are made of; templates that extend them count as well.
PAPER_TEMPLATES = tuple(
    f"customer_portal.{name}"
    for name in (
        *("report_page", "report_style", "report_service_style"),
        *("report_service_order", "report_service_order_document"),
        *("report_service_order_people", "report_service_order_device"),
        *("report_service_order_work", "report_service_order_lines"),
        "report_service_order_link",
    )
)


class CustomerServiceOrder(models.Model):
    """The order as a file to print or to keep: “Show Order as PDF”.

    Drawing it takes a second or two, so it is kept until something changes that is
    written on it.
    """

    _inherit = "customer.service.order"

    # Only ``_keep_pdf`` writes it, as attachments: one for each kind of reader.
    pdf_cache = fields.Binary(attachment=True, copy=False, groups="base.group_system")

    def _check_printable(self):
        """:raise UserError: one of the orders was not sent yet"""
        if any(order.state == "draft" for order in self):
            raise UserError(self.env._("Drafts are not printed. Send the order first."))

    def _get_pdf(self, reader):
        """Return the order as PDF, for the eyes and in the language of a reader.

        Call it with sudo: customers do not print themselves.

        :param reader: contact; it decides whether prices are on it
        :raise UserError: the order is a draft
        """
        self.ensure_one()
        lang = reader.lang or self.partner_id.lang or self.env.lang
        with_prices = self._shows_prices_to(reader)
        content = self._get_pdf_content()
        version = f"{content} {lang} {with_prices}"
        pdf = self._find_kept_pdf(version)
        if not pdf:
            pdf = self._render_pdf(lang, with_prices)
            self._keep_pdf(content, version, pdf)
        return pdf

    def _render_pdf(self, lang, with_prices):
        reports = self.env["ir.actions.report"].with_company(self.company_id)
        data = {"paper_lang": lang, "with_prices": with_prices}
        return reports._render_qweb_pdf(ORDER_PAPER, self.ids, data=data)[0]

    def _get_paper_quotations(self):
        """Return the quotations that are printed; call it with sudo."""
        return self._get_shown_quotations_sudo().sorted("id")

    # === THE FILE THAT IS KEPT === #

    def _find_kept_pdf(self, version):
        """Return the file of this very version, or None."""
        kept = self.env["ir.attachment"].search(
            [*self._get_pdf_domain(), ("description", "=", version)], limit=1
        )
        # What a full disk has cut off is no paper.
        is_whole = kept and kept._compute_checksum(kept.raw) == kept.checksum
        return kept.raw if is_whole else None

    def _keep_pdf(self, content, version, pdf):
        """Keep a file, and forget those of what the order was before."""
        attachments = self.env["ir.attachment"]
        outdated = attachments.search(
            [*self._get_pdf_domain(), ("description", "not =like", f"{content} %")]
        )
        outdated.unlink()
        try:
            with self.env.cr.savepoint():
                attachments.create(self._prepare_kept_pdf(version, pdf))
        except OSError:  # a full disk does not keep the customer from his paper
            _logger.warning("The PDF of %s is not kept", self.name, exc_info=True)

    def _prepare_kept_pdf(self, version, pdf):
        return {
            "name": "pdf_cache",
            "res_model": self._name,
            "res_id": self.id,
            "res_field": "pdf_cache",
            "mimetype": "application/pdf",
            "description": version,
            "raw": pdf,
        }

    def _get_pdf_domain(self):
        return [
            ("res_model", "=", self._name),
            ("res_id", "=", self.id),
            ("res_field", "=", "pdf_cache"),
        ]

    # === WHAT IS WRITTEN ON IT === #

    def _get_pdf_content(self):
        """Return what changes with everything that is printed, in one query."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "%s ORDER BY 1, 2",
                SQL(" UNION ALL ").join(
                    SQL(
                        "SELECT %s, id, write_date FROM %s WHERE %s",
                        *(table, SQL.identifier(table), condition),
                    )
                    for table, condition in self._get_pdf_sources().items()
                ),
            )
        )
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    def _get_pdf_sources(self):
        """Return which rows are printed: ``{table: condition}``.

        Override it where more is printed.
        """
        place = self.location_id
        people = self.partner_id | self.commercial_partner_id | place.partner_id
        people |= self.delivery_address_id | self.company_id.partner_id
        records = (
            *(self, self.status_id, self.service_type_id, self.shipping_type_id),
            *(place, people, self.company_id),
        )
        quotations = SQL("service_order_id = %s", self.id)
        return {
            **{it._table: SQL("id IN %s", it._ids) for it in records if it},
            "customer_service_answer": SQL("order_id = %s", self.id),
            "sale_order": quotations,
            "sale_order_line": SQL(
                "order_id IN (SELECT id FROM sale_order WHERE %s)", quotations
            ),
            "ir_ui_view": self._get_pdf_views(),
        }

    def _get_pdf_views(self):
        return SQL(
            "id IN (WITH RECURSIVE used AS ("
            " SELECT id FROM ir_ui_view WHERE key IN %s"
            " UNION SELECT view.id FROM ir_ui_view view"
            " JOIN used ON view.inherit_id = used.id"
            ") SELECT id FROM used)",
            PAPER_TEMPLATES,
        )
