from odoo.http import request

from odoo.addons.portal.controllers.web import Home
from odoo.addons.web.controllers.utils import is_user_internal


class CustomerHome(Home):
    """Customers land on the data of their company, unless the settings say otherwise."""

    def _login_redirect(self, uid, redirect=None):
        if not redirect and not is_user_internal(uid):
            redirect = request.env["res.users"].browse(uid).sudo()._get_portal_landing()
        return super()._login_redirect(uid, redirect=redirect)
