import json

from odoo.tools import mute_logger

from . import upload_files
from .common import PortalTransactionCase
from .service_page_case import ServicePageCase

TOO_MUCH = b"x" * (1024 * 1024 + 1)


class TestServiceFiles(ServicePageCase):
    """Customer and technicians exchange files, and nobody else gets them."""

    def setUp(self):
        super().setUp()
        self.order = self._received_order(self.anna)
        self.order_sudo = self.order.sudo()

    def _send(self, user, *files, order=None):
        """Return the answer to files that were chosen on the page."""
        order = order or self.order
        sent = [("files", file) for file in files]
        return self.post_as(user, f"{order.access_url}/upload", files=sent)

    def _listed(self, user=None, order=None):
        page = self.open_as(user or self.anna, (order or self.order).access_url)
        return self._texts(page, "//section[@name='files']//li/a")

    def _url(self, attachment, order=None):
        return f"{(order or self.order).access_url}/attachment/{attachment.id}"

    def _staff_file(self, name="report.pdf", **values):
        return self.env["ir.attachment"].create(
            {
                "name": name,
                "raw": upload_files.pdf(),
                "res_model": "customer.service.order",
                "res_id": self.order.id,
                **values,
            }
        )

    def assertRefused(self, answer, message):  # noqa: N802
        """Check that nothing was kept, and for the message at the field."""
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(self._texts(answer, "//*[@id='files_error']"), [message])
        self.assertFalse(self.order_sudo.public_attachment_ids)
        self.assertFalse(self.order_sudo.customer_reply_pending)

    # === WHAT IS TAKEN === #

    def test_files_are_listed_and_can_be_saved(self):
        photo, paper = upload_files.picture(), upload_files.pdf()
        answer = self._send(self.anna, ("photo.jpg", photo), ("note.pdf", paper))
        self.assertEqual(answer.status_code, 303)
        self.assertURLEqual(
            answer.headers["Location"], f"{self.order.access_url}#service_files"
        )
        page = self.open_as(self.anna, self.order.access_url)
        rows = self._texts(page, "//section[@name='files']//li")
        self.assertEqual([row.split()[0] for row in rows], ["photo.jpg", "note.pdf"])
        self.assertTrue(all(row.endswith(("bytes", "Kb")) for row in rows), rows)
        for link, name, content in zip(
            self._links(page, "//section[@name='files']//li/a"),
            ("photo.jpg", "note.pdf"),
            (photo, paper),
            strict=True,
        ):
            for user in (self.anna, self.bert):
                answer = self.open_as(user, link)
                self.assertEqual((answer.status_code, answer.content), (200, content))
                self.assertEqual(
                    answer.headers["Content-Disposition"],
                    f"attachment; filename={name}",
                )
                self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")

    def test_large_photo_is_kept_as_it_was_sent(self):
        photo = upload_files.picture(size=(3000, 2000))
        self._send(self.anna, ("photo.jpg", photo))
        self.assertEqual(self.order_sudo.public_attachment_ids.raw, photo)

    def test_what_was_sent_before_is_not_kept_twice(self):
        photo = upload_files.picture(size=(3000, 2000))
        files = [("photo.jpg", photo), ("note.txt", b"a")]
        for _time in range(2):
            self.assertEqual(self._send(self.anna, *files).status_code, 303)
        self.assertEqual(self._listed(), ["photo.jpg", "note.txt"])
        self._send(
            self.anna, ("note.txt", b"b"), ("more.txt", b"a"), ("more.txt", b"a")
        )
        self.assertEqual(
            self._listed(), ["photo.jpg", "note.txt", "note.txt", "more.txt"]
        )

    def test_whoever_looks_after_the_order_is_told(self):
        self._send(self.bert, ("photo.jpg", upload_files.picture()))
        message = self.order_sudo.message_ids[0]
        self.assertIn("Files: photo.jpg", message.body)
        self.assertEqual(message.author_id, self.bert.partner_id)
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_comment"))
        self.assertTrue(self.order_sudo.customer_reply_pending)
        [activity] = self.order_sudo.activity_ids
        self.assertEqual(activity.user_id, self.berlin.user_ids)
        self.assertEqual(activity.summary, "Customer replied")

    # === WHAT IS REFUSED === #

    def test_what_could_do_harm_is_refused(self):
        for name, content, reason in (
            ("virus.exe", upload_files.EXE, "is of a type that cannot be sent"),
            ("page.html", upload_files.HTML, "is of a type that cannot be sent"),
            ("x.svg", upload_files.SVG, "is of a type that cannot be sent"),
            ("photo.jpg", upload_files.HTML, "is damaged, or it is not what"),
            ("photo.jpg", b"", "is empty"),
        ):
            answer = self._send(self.anna, (name, content))
            [message] = self._texts(answer, "//*[@id='files_error']")
            self.assertIn(f"“{name}” {reason}", message)
            self.assertRefused(answer, message)

    def test_one_bad_file_keeps_the_good_ones_out(self):
        answer = self._send(self.anna, ("note.txt", b"a"), ("photo.jpg", b""))
        self.assertRefused(answer, "“photo.jpg” is empty.")

    def test_size_and_number_have_limits(self):
        self.company.portal_upload_max_mb = 1
        answer = self._send(self.anna, ("note.txt", TOO_MUCH))
        self.assertRefused(answer, "“note.txt” is too large. A file may have 1 MB.")
        answer = self._send(self.anna, *[(f"{n}.txt", b"a") for n in range(11)])
        self.assertRefused(answer, "Please send at most 10 files.")

    @mute_logger("odoo.http")
    def test_what_is_longer_than_all_files_together_is_not_read(self):
        self.company.portal_upload_max_mb = 1
        answer = self._send(self.anna, *[(f"{n}.txt", TOO_MUCH * 2) for n in range(9)])
        self.assertEqual(answer.status_code, 413)
        self.assertFalse(self.order_sudo.public_attachment_ids)

    def test_order_has_so_many_files_and_no_more(self):
        many = [(f"{n}.txt", b"a", "text/plain") for n in range(100)]
        self.order_sudo._add_files(many)
        answer = self._send(self.anna, ("one.txt", b"a"))
        messages = self._texts(answer, "//*[@id='files_error']")
        self.assertEqual(messages, ["An order may have 100 files."])
        self.assertEqual(len(self.order_sudo.public_attachment_ids), 100)

    def test_no_file_is_told(self):
        answer = self._send(self.anna, ("", b""))
        self.assertRefused(answer, "Please fill in “Files”.")

    def test_order_that_is_over_takes_no_files(self):
        self.order.with_user(self.erik)._complete(resolution="New battery")
        page = self.open_as(self.anna, self.order.access_url)
        self.assertIsNone(self._section(page, "upload"))
        self._send(self.anna, ("note.txt", b"a"))
        self.assertFalse(self.order_sudo.public_attachment_ids)

    def test_chat_refuses_the_same(self):
        data = {"thread_model": self.order._name, "thread_id": self.order.id}
        answer = self.post_as(
            self.anna,
            "/mail/attachment/upload",
            data | {"is_pending": "true"},
            files={"ufile": ("virus.exe", upload_files.EXE)},
        )
        self.assertEqual(list(json.loads(answer.text)), ["error"])

    # === WHO === #

    @mute_logger("odoo.http")
    def test_only_who_sees_the_order_sends_files(self):
        file = ("note.txt", b"a")
        draft = self._draft_as(self.anna, imei=self._next_imei())
        for user, order, status in (
            (self.carla, self.order, 404),
            (self.erik, self.order, 403),
            (self.bert, draft, 404),
            (self.anna, draft, 404),  # its files come with its form
        ):
            answer = self._send(user, file, order=order)
            self.assertEqual(answer.status_code, status)
            self.assertFalse(order.sudo().public_attachment_ids)
        answer = self._send(None, file)
        self.assertIn("/web/login", answer.headers["Location"])
        self.assertFalse(self.order_sudo.public_attachment_ids)
        answer = self.post_as(self.anna, "/my/service-orders/99999999/upload")
        self.assertEqual(answer.status_code, 404)
        answer = self.open_as(self.anna, f"{self.order.access_url}/upload")
        self.assertEqual(answer.status_code, 405)

    @mute_logger("odoo.http")
    def test_only_who_sees_the_order_gets_its_files(self):
        [file] = self.order_sudo._add_files([("note.txt", b"a", "text/plain")])
        own = self._new_order(self.carla)
        for user, url, status in (
            (self.bert, self._url(file), 200),
            (self.erik, self._url(file), 200),
            (self.carla, self._url(file), 404),
            (self.carla, self._url(file, own), 404),
            (None, self._url(file), 404),
            (self.anna, self._url(file, self._new_order(self.anna)), 404),
            (self.anna, f"{self.order.access_url}/attachment/99999999", 404),
            (self.anna, f"/my/service-orders/99999999/attachment/{file.id}", 404),
        ):
            self.assertEqual(self.open_as(user, url).status_code, status, url)

    @mute_logger("odoo.http")
    def test_file_of_staff_is_the_customers_once_it_is_made_public(self):
        file = self._staff_file()
        self.assertEqual(self._listed(), [])
        self.assertEqual(self.open_as(self.anna, self._url(file)).status_code, 404)
        self.order_sudo.public_attachment_ids |= file
        self.assertEqual(self._listed(), ["report.pdf"])
        self.assertEqual(self.open_as(self.anna, self._url(file)).status_code, 200)

    @mute_logger("odoo.http")
    def test_file_of_an_internal_note_stays_internal(self):
        note, answer = self._staff_file("note.pdf"), self._staff_file("answer.pdf")
        order = self.order.with_user(self.erik)
        order.message_post(
            body="Do not tell", subtype_xmlid="mail.mt_note", attachment_ids=note.ids
        )
        order.message_post(
            body="Here you are",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            attachment_ids=answer.ids,
        )
        self.assertEqual(self._listed(), ["answer.pdf"])
        for file, status in ((note, 404), (answer, 200)):
            url = self._url(file)
            self.assertEqual(self.open_as(self.anna, url).status_code, status)
            web = self.open_as(self.anna, f"/web/content/{file.id}")
            self.assertEqual(web.status_code, 404, "the order is the only way")

    def test_name_of_a_file_is_a_text(self):
        name = "<img src=x onerror=alert(1)>.txt"
        self.order_sudo._add_files([(name, b"a", "text/plain")])
        page = self.open_as(self.anna, self.order.access_url)
        self.assertEqual(self._listed(), [name])
        self.assertNotIn("<img src=x", page.text)


class TestServiceFilesAtOnce(PortalTransactionCase):
    def test_form_that_arrives_twice_at_once_is_kept_once(self):
        [order_id] = self.create_committed(
            lambda env: env["customer.service.order"].create(
                {"partner_id": env.ref("base.partner_admin").id}
            )
        )

        def send(env):
            order = env["customer.service.order"].browse(order_id)
            order._receive_files([("note.txt", b"a", "text/plain")])

        results = self.run_in_parallel(send, send)
        # The other one is told to wait, or tried again by the server.
        self.assertIn(None, results)
        with self.registry.cursor() as cr:
            order = self.env(cr=cr)["customer.service.order"].browse(order_id)
            self.assertEqual(order.public_attachment_ids.mapped("name"), ["note.txt"])
