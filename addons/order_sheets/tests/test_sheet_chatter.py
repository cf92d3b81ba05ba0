from odoo.addons.customer_portal.tests.common import PortalTransactionCase

from .sheet_common import SheetPeople


class TestSheetChatter(SheetPeople, PortalTransactionCase):
    """What staff write to each other about a sheet stays with them."""

    def _messages_as(self, user):
        message = self.sheet.with_user(self.mia).message_post(
            body="The margin is high", subtype_xmlid="mail.mt_comment"
        )
        return (
            self.env["mail.message"].with_user(user).search([("id", "=", message.id)])
        )

    def test_customers_do_not_read_it(self):
        self.assertEqual(self.sheets.with_user(self.anna).search([]), self.sheet)
        self.assertFalse(self._messages_as(self.anna))

    def test_colleagues_read_it(self):
        self.assertTrue(self._messages_as(self.erik))
