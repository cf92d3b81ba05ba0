from odoo import models


class HelpdeskCenter(models.AbstractModel):
    """What is known about a customer, as an agent should see it at once."""

    _inherit = "helpdesk.center"

    def _get_info_data(self, scope, widgets, options, numbers):
        partner = scope.partner
        rows = [
            {"name": name, "label": label, "value": value, "href": href}
            for name, label, value, href in self._get_info(partner)
            if value
        ]
        image = f"/web/image/res.partner/{partner.id}/avatar_128"
        data = {"rows": rows, "image": image}
        return {key: data for key in widgets.mapped("key")}

    def _get_info(self, partner):
        """Return ``(name, label, text, link)`` of what an agent should know at once."""
        tags = ", ".join(partner.category_id.mapped("display_name"))
        address = ", ".join(
            filter(None, partner._display_address(without_company=True).split("\n"))
        )
        language = self._get_language(partner.lang)
        return [
            ("ref", self.env._("Customer Number"), partner.ref, False),
            ("function", self.env._("Job Position"), partner.function, False),
            ("address", self.env._("Address"), address, False),
            ("phone", self.env._("Phone"), partner.phone, f"tel:{partner.phone}"),
            ("email", self.env._("E-Mail"), partner.email, f"mailto:{partner.email}"),
            ("website", self.env._("Website"), partner.website, partner.website),
            ("vat", self.env._("Tax ID"), partner.vat, False),
            ("lang", self.env._("Language"), language, False),
            (
                "user_id",
                self.env._("Salesperson"),
                self._get_name(partner.user_id),
                False,
            ),
            ("tags", self.env._("Tags"), tags, False),
        ]

    def _get_language(self, code):
        """Return the name of a language in that language, as “Deutsch”."""
        name = dict(self.env["res.lang"].get_installed()).get(code, "")
        return name.rpartition("/")[2].strip()
