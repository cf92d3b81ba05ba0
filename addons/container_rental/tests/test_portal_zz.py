from odoo.tests import tagged
from unittest.mock import patch
from odoo import sql_db
from .common import ContainerHttpCase
@tagged("post_install", "-at_install")
class TestZz(ContainerHttpCase):
    def _log(self, what, call):
        lines = []
        orig = sql_db.Cursor.execute
        def execute(cr, query, params=None, **kw):
            q = query.code if hasattr(query, "code") else query
            lines.append(" ".join(str(q).split())[:230])
            return orig(cr, query, params, **kw)
        with patch.object(sql_db.Cursor, "execute", execute):
            call()
        lines = [l for l in lines if "SAVEPOINT" not in l]
        print(f"=== {what}: {len(lines)}")
        for l in lines: print("   ", l)
    def test_it(self):
        self._request_as(self.anna); 
        for u in ("/my", "/my/containers", "/my/containers/requests"):
            self.open_as(self.anna, u); self.open_as(self.anna, u)
            self._log(u, lambda: self.open_as(self.anna, u))
        check = lambda: self.call_json("/my/containers/check", requested_date="2027-12-02", address_id=self.adler.id, quantity=1)
        check(); check()
        self._log("check", check)
        from odoo.addons.customer_portal.controllers.portal_form import new_form_token
        post = lambda: self.post_as(self.anna, "/my/containers/request", {"quantity": "1", "form_token": new_form_token()})
        post()
        self._log("post", post)
