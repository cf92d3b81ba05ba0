from odoo.http import request

from odoo.addons.portal.controllers.web import Home

ODOO_LANDING = "/my"


class CustomerHome(Home):
    """Customers land on the page that the settings name: the data of their company."""

    def _login_redirect(self, uid, redirect=None):
        # Other addons may have put in Odoo's own page; what the visitor was looking for
        # is in the address.
        if not request.params.get("redirect") and redirect in (None, "", ODOO_LANDING):
            # Nobody is signed in before the second factor.
            user_sudo = request.env["res.users"].sudo().browse(uid)
            if user_sudo.share:
                redirect = user_sudo._get_portal_landing()
        return super()._login_redirect(uid, redirect=redirect)
