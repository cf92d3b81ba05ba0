from .common import CallCenterCase

OTHER_NUMBER = "+4930777001"


class TestDial(CallCenterCase):
    """Numbers are looked up on the do-not-call list before they are dialled."""

    def setUp(self):
        super().setUp()
        company = self.env["res.partner"].create(
            {"name": "Bakery", "is_company": True, "phone": OTHER_NUMBER}
        )
        self.p1.partner_id.parent_id = company
        self.p1.priority = "2"
        page = self.pick(self.agent_a)
        self.uuid, self.phone = page["call_uuid"], page["person"]["phone"]

    def _dial(self, phone, user=None):
        contacts = self.contacts_as(user or self.agent_a)
        return contacts.cc_dial(self.uuid, phone)["warning"]

    def _do_not_call(self, phone):
        self.env["phone.blacklist"].create({"number": phone})

    def test_numbers_of_the_page_may_be_dialled(self):
        self.assertFalse(self._dial(self.phone))
        self.assertFalse(self._dial(OTHER_NUMBER))

    def test_number_that_was_put_on_the_list_during_the_call_is_not_dialled(self):
        """The person wrote to a colleague while the agent was reading the script."""
        self._do_not_call(self.phone)
        self.assertIn("may not be called any more", self._dial(self.phone))
        self.assertFalse(self._dial(OTHER_NUMBER))

    def test_other_number_that_was_put_on_the_list_is_not_dialled(self):
        self._do_not_call(OTHER_NUMBER)
        self.assertIn("may not be called any more", self._dial(OTHER_NUMBER))
        self.assertFalse(self._dial(self.phone))

    def test_agents_find_out_nothing_about_numbers_of_others(self):
        """The answer is the same, whether the number is on the list or not."""
        unlisted = self._dial("+4930999")
        self._do_not_call("+4930999")
        self.assertEqual(self._dial("+4930999"), unlisted)

    def test_who_has_lost_the_contact_dials_nobody(self):
        self.p1.with_user(self.manager)._cc_take_away()
        self.assertIn("manager has taken this contact over", self._dial(self.phone))
        self.assertIn("do not hold", self._dial(self.phone, self.agent_b))

    def test_junk_is_no_number(self):
        for junk in (None, 5, ["x"], "", "\0"):
            self.assertTrue(self._dial(junk))

    def test_person_without_a_number_has_none_to_dial(self):
        self.contacts_as(self.agent_a).cc_release(self.uuid)
        self.selection.require_phone = False
        self.p2.partner_id.phone = False
        self.p2.priority = "2"
        page = self.pick(self.agent_a)
        self.assertEqual(page["contact_id"], self.p2.id)
        self.assertEqual((page["person"]["phone"], page["person"]["numbers"]), ("", []))
