from odoo.addons.customer_portal.tests.upload_files import (
    EPS,
    EXE,
    HTML,
    SVG,
    pdf,
    picture,
)

from .sheet_form_case import SheetFormCase

MEGABYTE = 1024 * 1024


class TestUpload(SheetFormCase):
    """Customers answer a question with files: with JavaScript and without it."""

    def setUp(self):
        super().setUp()
        self.request = self._start_as(self.anna)
        self._fill(self.request, center="Mitte", logo="yes")
        self.url = self._page_url(self.request, "Logo")
        self.sheet.invalidate_recordset()

    def _limit(self, **values):
        self.sheet.action_revise()
        self._question("logo_file").write(values)
        self.sheet._publish()

    def _names(self):
        return self._files(self.request).mapped("name")

    def _all_files(self):
        domain = [("res_model", "=", "order.sheet.request")]
        return self.env["ir.attachment"].search(domain)

    def _post_files(self, *files, step="next", **data):
        """Return the answer to the page, sent with files, as without JavaScript."""
        form = self._form_of(self.open_as(self.anna, self.url))
        sent = [("file.logo_file", (name, content)) for name, content in files]
        return self.post_as(
            self.anna, self.url, form | data | {"step": step}, files=sent
        )

    # === WHAT IS TAKEN === #

    def test_files_complete_the_page(self):
        answer = self._upload(self.anna, self.request, ("logo.pdf", pdf())).json()
        [file] = self._files(self.request)
        self.assertEqual(
            answer["files"],
            [
                {
                    **{"id": file.id, "name": "logo.pdf"},
                    "url": f"{self.request.access_url}/attachment/{file.id}",
                }
            ],
        )
        self.assertTrue(answer["pages"][2]["complete"])
        self.assertNotIn("error", answer)
        self.assertEqual((file.raw, file.mimetype), (pdf(), "application/pdf"))
        self.assertEqual(self._complete(self.request)["Logo"], True)
        page = self.open_as(self.anna, self.url)
        self.assertEqual(self._links(page, "//form//li[@data-id]/a"), [file_url(file)])

    def test_files_go_with_the_page(self):
        answer = self._post_files(("a.pdf", pdf()), ("b.eps", EPS))
        self._assert_leads(answer, f"{self.request.access_url}/summary")
        self.assertEqual(self._names(), ["a.pdf", "b.eps"])

    def test_same_file_is_kept_once(self):
        for _time in range(2):
            self._upload(self.anna, self.request, ("a.pdf", pdf()))
            self._post_files(("a.pdf", pdf()), ("a.pdf", pdf()))
        self.assertEqual(self._names(), ["a.pdf"])
        self.assertEqual(len(self._all_files()), 1)

    def test_colleagues_add_to_each_others_files(self):
        self._upload(self.anna, self.request, ("a.pdf", pdf()))
        self._upload(self.bert, self.request, ("b.png", picture("PNG")))
        self.assertEqual(self._names(), ["a.pdf", "b.png"])

    # === WHAT IS REFUSED === #

    def test_what_is_refused_leaves_nothing(self):
        self._limit(file_max_mb=1, file_ext="pdf, png")
        for name, content, fault in (
            ("x.svg", SVG, "of a type that cannot be sent"),
            ("x.html", HTML, "of a type that cannot be sent"),
            ("x.exe", EXE, "of a type that cannot be sent"),
            ("x.jpg", picture(), "of a type that cannot be sent"),
            ("a.pdf", HTML, "not what its name says"),
            ("a.png", SVG, "not what its name says"),
            ("a.pdf", b"", "is empty"),
            ("a.pdf", pdf() + b" " * MEGABYTE, "A file may have 1 MB."),
            ("../../etc/passwd", b"x", "of a type that cannot be sent"),
        ):
            answer = self._upload(self.anna, self.request, (name, content))
            self.assertEqual(answer.status_code, 200)
            self.assertIn(fault, answer.json()["error"], name)
            page = self._post_files((name, content))
            self.assertEqual(page.status_code, 200)
            self.assertIn(fault, self._faults(page)["logo_file"], name)
        self.assertFalse(self._all_files())
        self.assertFalse(self._complete(self.request)["Logo"])

    def test_one_bad_file_keeps_all_of_them_away(self):
        page = self._post_files(("a.pdf", pdf()), ("x.svg", SVG))
        self.assertEqual(list(self._faults(page)), ["logo_file"])
        self.assertFalse(self._all_files())

    def test_files_are_counted(self):
        self._limit(file_max_count=2)
        fault = "“Logo file” takes at most 2 files."
        self._upload(self.anna, self.request, ("a.pdf", pdf()))
        files = [(f"{name}.png", picture("PNG")) for name in "bc"]
        answer = self._upload(self.anna, self.request, *files).json()
        self.assertEqual(answer["error"], fault)
        page = self._post_files(*files)
        self.assertEqual(self._faults(page), {"logo_file": fault})
        self.assertEqual(self._names(), ["a.pdf"])
        self._upload(self.anna, self.request, files[0])
        self.assertEqual(self._names(), ["a.pdf", "b.png"])
        self.assertEqual(len(self._all_files()), 2)

    def test_only_questions_for_files_take_them(self):
        for key in ("center", "nobody", "", "\x00"):
            answer = self._upload(self.anna, self.request, ("a.pdf", pdf()), key=key)
            self.assertEqual(answer.status_code, 404)
        answer = self.post_as(self.anna, f"{self.request.access_url}/upload", {})
        self.assertEqual(answer.status_code, 404)
        page = self._post_files(("a.pdf", pdf()), **{"answer.logo_file": "7"})
        self.assertEqual(page.status_code, 303)
        answer = self.post_as(
            self.anna, f"{self.request.access_url}/upload", {"key": "logo_file"}
        )
        self.assertEqual(len(answer.json()["files"]), 1)

    # === REMOVING === #

    def test_files_are_taken_away(self):
        self._upload(self.anna, self.request, ("a.pdf", pdf()), ("b.eps", EPS))
        first, second = self._files(self.request)
        url = f"{self.request.access_url}/file/{first.id}/delete"
        answer = self.post_as(self.bert, url).json()
        self.assertEqual([file["name"] for file in answer["files"]], ["b.eps"])
        self.assertFalse(first.exists())
        page = self._post_files(remove=second.id)
        self._assert_leads(page, self.url)
        self.assertFalse(self._all_files())
        self.assertFalse(self._complete(self.request)["Logo"])
        self.assertEqual(self.post_as(self.bert, url).status_code, 404)

    def test_strangers_take_nothing_away(self):
        self._upload(self.anna, self.request, ("a.pdf", pdf()))
        file = self._files(self.request)
        url = f"{self.request.access_url}/file/{file.id}/delete"
        self.assertEqual(self.post_as(self.carla, url).status_code, 404)
        answer = self._upload(self.carla, self.request, ("b.pdf", pdf()))
        self.assertEqual(answer.status_code, 404)
        self.assertEqual(self.post_as(self.erik, url).status_code, 403)
        other = self._start_as(self.bert, self._create_page({"label": "Other"}))
        for foreign in (file.id, 2**31 - 1):
            url = f"{other.access_url}/file/{foreign}/delete"
            self.assertEqual(self.post_as(self.bert, url).status_code, 404)
        form = self._form_of(
            self.open_as(self.bert, self._page_url(other, "Only Page"))
        )
        self.post_as(
            self.bert, self._page_url(other, "Only Page"), form | {"remove": file.id}
        )
        self.assertTrue(file.exists())

    def test_closed_sheet_takes_and_gives_nothing(self):
        self._upload(self.anna, self.request, ("a.pdf", pdf()))
        file = self._files(self.request)
        self.sheet.action_close()
        answer = self._upload(self.anna, self.request, ("b.eps", EPS)).json()
        self.assertIn("is closed", answer["error"])
        url = f"{self.request.access_url}/file/{file.id}/delete"
        self.assertIn("is closed", self.post_as(self.anna, url).json()["error"])
        self.assertEqual(self._all_files(), file)

    # === WHAT WAS SUBMITTED === #

    def test_submitted_files_outlive_their_correction(self):
        self._fill(self.request, flyer="100")
        self._upload(self.anna, self.request, ("a.pdf", pdf()))
        file = self._files(self.request)
        self.request.sudo()._submit(self.anna.partner_id.sudo())
        self.request.with_user(self.erik)._return("Another one, please")
        self._upload(self.anna, self.request, ("b.eps", EPS))
        self.post_as(self.anna, f"{self.request.access_url}/file/{file.id}/delete")
        self.assertEqual(self._names(), ["b.eps"])
        self.assertTrue(file.exists())
        order_sudo = self.request.sudo()
        self.assertEqual(order_sudo._find_file(file.id), file)

    def test_answers_take_their_files_along(self):
        self._fill(self.request, flyer="100")
        self._upload(self.anna, self.request, ("a.pdf", pdf()))
        self._fill(self.request, logo="no")
        self.request.sudo()._submit(self.anna.partner_id.sudo())
        self.assertFalse(self._all_files())

    def test_who_may_have_which_file(self):
        self._upload(self.anna, self.request, ("a.pdf", pdf()))
        order_sudo, file = self.request.sudo(), self._files(self.request)
        self.assertEqual(order_sudo._find_file(file.id), file)
        attachments = self.env["ir.attachment"].create(
            [
                {
                    **{"name": name, "raw": pdf(), "res_id": self.request.id},
                    "res_model": "order.sheet.request",
                }
                for name in ("internal.pdf", "chat.pdf", "loose.pdf")
            ]
        )
        internal, chat, loose = attachments
        note = self.env.ref("mail.mt_note")
        order = self.request.with_user(self.env.ref("base.user_admin"))
        order.message_post(body="x", attachment_ids=internal.ids, subtype_id=note.id)
        order.message_post(
            body="x", attachment_ids=chat.ids, subtype_xmlid="mail.mt_comment"
        )
        self.assertEqual(order_sudo._find_file(chat.id), chat)
        for foreign in (internal.id, loose.id, 2**31 - 1, False):
            self.assertFalse(order_sudo._find_file(foreign))


def file_url(file):
    return f"/my/order-sheets/requests/{file.res_id}/attachment/{file.id}"
