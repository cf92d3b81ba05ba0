from odoo import models
from odoo.exceptions import UserError

PACKING_LIST = "customer_portal.customer_service_shipment_report_packing_list"
LABEL = "customer_portal.customer_service_shipment_report_label"


class CustomerServiceShipment(models.Model):
    """The papers of a shipment: its packing list, and a label for each package."""

    _inherit = "customer.service.shipment"

    def _may_be_printed(self):
        """Return whether there are papers: the shipment has left its reseller."""
        return self.state in ("confirmed", "received")

    def _check_printable(self):
        """:raise UserError: one of the shipments has no papers"""
        for shipment in self:
            if not shipment._may_be_printed():
                raise UserError(
                    self.env._(
                        "%(shipment)s is “%(state)s”. Papers are printed for shipments"
                        " that are ready for pickup.",
                        shipment=shipment.display_name,
                        state=shipment._get_state_label(),
                    )
                )

    def _get_paper(self, report):
        """Return a paper as PDF; call it with sudo: customers do not print themselves.

        :param report: ``PACKING_LIST`` or ``LABEL``
        :raise UserError: there is none for such a shipment
        """
        reports = self.env["ir.actions.report"].with_company(self.company_id)
        return reports._render_qweb_pdf(report, self.ids)[0]

    def _get_carrier_label(self):
        """Return the label that the carrier has made, as PDF, or False.

        A hook for integrations of carriers: their label is printed instead of ours.
        """
        return False

    def _get_sender_lines(self):
        """Return who sends the shipment, as it stands on an envelope."""
        return self._get_address_lines(
            *(self.commercial_partner_id, self.partner_id), address=self.partner_id
        )

    def _get_recipient_lines(self):
        """Return where the shipment goes, as it stands on an envelope."""
        address = self.location_id.partner_id
        return self._get_address_lines(self.location_id, address, address=address)

    def _get_address_lines(self, *named, address):
        """Return the names, none of them twice, and the address below them."""
        names = [record.name for record in named if record.name]
        lines = address._get_portal_address_text().split("\n")
        return [*dict.fromkeys(names), *filter(None, lines)]
