from lxml import etree

from .change_common import ChangePeople
from .common import PortalTransactionCase

FORM = "customer_portal.customer_change_request_view_form"
LIST = "customer_portal.customer_change_request_view_list"


class ChangeOffice(ChangePeople, PortalTransactionCase):
    """Ulf reads requests, Erik approves them, Marta sets the rules."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ulf = cls._create_user(
            "Ulf", "customer_portal.customer_portal_group_change_user"
        )

    def setUp(self):
        super().setUp()
        self.request = self._ask(
            self.anna, self.adler, street="Neue Str. 5", zip="93059"
        )

    def _arch(self, user, xmlid):
        view = self.env.ref(xmlid)
        result = self.env[view.model].with_user(user).get_view(view.id, view.type)
        return etree.fromstring(result["arch"])

    def _buttons(self, user, xmlid):
        return set(self._arch(user, xmlid).xpath("//header/button/@name"))
