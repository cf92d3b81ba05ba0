from .common import PortalTransactionCase
from .service_paper_case import PaperCase


class TestServiceOrderFile(PaperCase, PortalTransactionCase):
    """The file is drawn once for each kind of reader, until something changes."""

    def setUp(self):
        super().setUp()
        self.order = self._order_as(self.anna, delivery_address_id=self.adler.id)
        self.order.with_user(self.erik).action_receive()
        self.quotation = self._quote(self.order)
        self.contact = self.anna.partner_id.sudo()

    def _kept(self):
        """Return the files that are kept."""
        return self.env["ir.attachment"].search(
            [("res_field", "=", "pdf_cache"), ("res_id", "=", self.order.id)]
        )

    def _get(self, reader=None):
        """Return the file that a reader gets, as attachment."""
        before = self._kept()
        pdf = self.order.sudo()._get_pdf(reader or self.contact)
        kept = (self._kept() - before) or before
        self.assertIn(pdf, kept.mapped("raw"))
        return kept

    def _touch(self, records):
        """Write what is there already, in a later transaction."""
        self.env.flush_all()
        self.env.cr.execute(
            f"UPDATE {records._table}"  # noqa: S608 (a table of ours)
            " SET write_date = write_date + interval '1 second' WHERE id IN %s",
            [tuple(records.ids)],
        )
        self.env.invalidate_all()

    def test_unchanged_order_is_drawn_once(self):
        first = self._get()
        self.assertEqual(self._get(), first)
        self.assertEqual(len(first), 1)

    def test_asking_for_the_kept_file_costs_three_queries(self):
        self._get()
        self.order.invalidate_recordset()
        order = self.order.sudo()
        order.mapped("name"), self.order.company_id.sudo().partner_id.ids
        before = self.env.cr.sql_log_count
        order._get_pdf(self.contact)
        self.assertLessEqual(self.env.cr.sql_log_count - before, 3)

    def test_whatever_is_printed_is_drawn_anew_when_it_changes(self):
        order = self.order.sudo()
        view = self.env.ref("customer_portal.report_page")
        printed = {
            "order": order,
            "answers": order.answer_ids,
            "status": order.status_id,
            "service": order.service_type_id,
            "quotation": self.quotation,
            "product": self.quotation.order_line[1],
            "contact": order.partner_id,
            "customer": order.commercial_partner_id,
            "location": order.location_id,
            "address of the location": order.location_id.partner_id,
            "company": order.company_id,
            "address of the company": order.company_id.partner_id,
            "template": view,
        }
        known = self._get()
        for what, records in printed.items():
            with self.subTest(what=what):
                self._touch(records)
                drawn = self._get()
                self.assertNotEqual(drawn, known)
                self.assertEqual(self._kept(), drawn, "what is outdated is gone")
                known = drawn

    def test_template_of_another_addon_counts(self):
        known = self._get()
        extension = self.env["ir.ui.view"].create(
            {
                "name": "extension",
                "type": "qweb",
                "mode": "extension",
                "inherit_id": self.env.ref("customer_portal.report_page").id,
                "arch": "<xpath expr='//strong' position='after'><i>new</i></xpath>",
            }
        )
        drawn = self._get()
        self.assertNotEqual(drawn, known)
        self.assertIn(b"<i>new</i>", drawn.raw)
        self._touch(extension)
        self.assertNotEqual(self._get(), drawn)

    def test_line_that_is_deleted_is_drawn_no_more(self):
        known = self._get()
        self.quotation.state = "draft"
        self.quotation.order_line[1].unlink()
        self.assertNotEqual(self._get(), known)

    def test_readers_with_other_rights_have_files_of_their_own(self):
        bert = self.bert.partner_id.sudo()
        shared = self._get()
        self.assertEqual(self._get(bert), shared)
        bert.service_hide_prices = True
        own = self._get(bert)
        self.assertNotEqual(own, shared)
        self.assertEqual(self._kept(), own | shared)
        self.assertEqual(self._get(), own | shared)  # neither was drawn again

    def test_file_that_a_full_disk_has_cut_off_is_drawn_anew(self):
        kept = self._get()
        path = kept._full_path(kept.store_fname)
        with open(path, "rb") as file:
            whole = file.read()
        self.addCleanup(self._write_file, path, whole)
        self._write_file(path, whole[:100])
        kept.invalidate_recordset()
        pdf = self.order.sudo()._get_pdf(self.contact)
        self.assertEqual(
            self._words(self._pages(pdf)[0]), self._words(self._pages(whole)[0])
        )

    def _write_file(self, path, content):
        with open(path, "wb") as file:
            file.write(content)

    def test_kept_file_is_no_file_of_the_customer_or_the_chat(self):
        kept = self._get()
        attachments = self.env["ir.attachment"]
        shown = attachments.search(
            [("res_model", "=", self.order._name), ("res_id", "=", self.order.id)]
        )
        self.assertNotIn(kept, shown)
        self.assertNotIn(kept, self.order.sudo().public_attachment_ids)
        for user in (self.anna, self.erik):
            with self.subTest(user=user.name):
                self.assertFalse(kept.with_user(user).has_access("read"))

    def test_keeping_a_file_does_not_touch_the_order(self):
        before = self.order.write_date
        self._get()
        self.env.flush_all()
        self.order.invalidate_recordset()
        self.assertEqual(self.order.write_date, before)
