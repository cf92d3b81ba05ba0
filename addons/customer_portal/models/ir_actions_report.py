from io import BytesIO

from odoo import models
from odoo.exceptions import AccessError

from .customer_service_shipment_paper import LABEL


class IrActionsReport(models.Model):
    """Staff print the papers of service orders; customers get theirs in the portal."""

    _inherit = "ir.actions.report"

    def _get_rendering_context(self, report, docids, data):
        if report.report_name.startswith("customer_portal."):
            self._check_service_paper(report, docids)
        return super()._get_rendering_context(report, docids, data)

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report = self._get_report(report_ref)
        if not res_ids or report != self.env.ref(LABEL, raise_if_not_found=False):
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        self._check_service_paper(report, res_ids)
        labels = self._get_carrier_labels(res_ids)
        if not any(labels.values()):
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        streams = {}
        for res_id, label in labels.items():
            streams |= (
                {res_id: {"stream": BytesIO(label), "attachment": None}}
                if label
                else super()._render_qweb_pdf_prepare_streams(report_ref, data, [res_id])
            )
        return streams

    def _check_service_paper(self, report, docids):
        # Odoo hides the button from others, but prints for everybody who knows the
        # address of the report, as far as he may read what is on it.
        if not (self.env.su or report.sudo().group_ids & self.env.user.all_group_ids):
            raise AccessError(self.env._("Only staff may print this."))
        self.env[report.model].browse(docids)._check_printable()

    def _get_carrier_labels(self, shipment_ids):
        """Return the carriers' own labels: ``{shipment: PDF or False}``."""
        shipments = self.env["customer.service.shipment"].browse(shipment_ids)
        return {shipment.id: shipment._get_carrier_label() for shipment in shipments}
