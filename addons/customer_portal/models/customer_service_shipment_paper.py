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

    def _get_carrier_name(self):
        # Not everybody who prints may read the carriers; their names are on parcels.
        shipping_type_sudo = self.sudo().shipping_type_id
        return (shipping_type_sudo.carrier_id or shipping_type_sudo).name

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

    # === MAILS WITH PAPERS === #

    def _write_customer_mails(self, event, **context):
        return super(
            CustomerServiceShipment, self._get_told_about(event)
        )._write_customer_mails(event, **context)

    def _write_administrator_mails(self, event, **context):
        return super(
            CustomerServiceShipment, self._get_told_about(event)
        )._write_administrator_mails(event, **context)

    def _get_told_about(self, event):
        """Return which shipments an event is still true for, when its mail is written.

        One that was cancelled meanwhile is neither ready nor on its way, and has no
        papers.
        """
        if event not in ("ready", "confirmed"):
            return self
        return self.filtered(lambda shipment: shipment._may_be_printed())
