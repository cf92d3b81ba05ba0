from io import BytesIO

from odoo import models

from .customer_service_shipment_paper import LABEL


class IrActionsReport(models.Model):
    """Papers of service orders: not of drafts, and with the labels of carriers."""

    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report = self._get_report(report_ref)
        if not res_ids or report != self.env.ref(LABEL, raise_if_not_found=False):
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        self._check_staff_paper(report, res_ids)
        labels = self._get_carrier_labels(res_ids)
        if not any(labels.values()):
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        streams = {}
        for res_id, label in labels.items():
            streams |= (
                {res_id: {"stream": BytesIO(label), "attachment": None}}
                if label
                else super()._render_qweb_pdf_prepare_streams(
                    report_ref, data, [res_id]
                )
            )
        return streams

    def _check_staff_paper(self, report, docids):
        result = super()._check_staff_paper(report, docids)
        if report.model in ("customer.service.order", "customer.service.shipment"):
            self.env[report.model].browse(docids)._check_printable()
        return result

    def _get_carrier_labels(self, shipment_ids):
        """Return the carriers' own labels: ``{shipment: PDF or False}``."""
        shipments = self.env["customer.service.shipment"].browse(shipment_ids)
        return {shipment.id: shipment._get_carrier_label() for shipment in shipments}
