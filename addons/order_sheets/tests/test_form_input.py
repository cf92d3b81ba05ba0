from odoo.fields import Command

from .sheet_form_case import SheetFormCase

TEXTS = (
    *("   ", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'),
    *("' onmouseover='alert(1)", "</textarea><script>", "{{7*7}}", "${7*7}"),
    *('<t t-out="request.env.cr.dbname"/>', "&lt;b&gt;", "'", '"', "\\", "%", "_"),
    *("');--", "[('id','>',0)]", '{"a":1}', "\u202ecod", "👩‍👩‍👧‍👦"),
    *("=cmd|' /C calc'!A0", "a" * 255),
)
NO_LINE = {
    "a" * 256: "At most 255 characters, please; these are 256.",
    "a\x00b": None,
    "a\r\nBcc: a@b": "There are characters in it that cannot be used.",
    "a\tb": "There are characters in it that cannot be used.",
    "a" * 100_000: "At most 255 characters, please; these are 5001.",
}
NUMBERS = (
    *("-1", "1e9", "abc", "120", "99", "NaN", "inf", "1 OR 1=1", "[1]", "٣"),
    *("9" * 30, "1,000,0", "100;", "0x64", "100\x00", "--100", "2147483648"),
)
IDS = ("x", "-1", "0", "1.5", "99999999999", "2147483647", "[1]", "٣", "yes\x00")


class TestFormInput(SheetFormCase):
    """Whatever a browser sends, the customer reads what is wrong and loses nothing."""

    def test_texts_stay_texts(self):
        request = self._start_as(self.anna)
        for text in TEXTS:
            answer = self._send(self.anna, request, "Center", center=text)
            self.assertEqual(answer.status_code, 303, text)
            page = self.open_as(self.anna, self._page_url(request, "Center"))
            shown = self._form_of(page)["answer.center"]
            self.assertEqual(shown.strip(), text.replace("\r", "").strip(), text)
            self.assertNotIn(b"<script>alert(1)", page.content)
            self.assertNotIn(b"<img src=x", page.content)

    def test_what_is_no_line_is_kept_as_it_was_typed(self):
        request = self._start_as(self.anna)
        for text, fault in NO_LINE.items():
            page = self._send(self.anna, request, "Center", center=text)
            if not fault:
                self.assertEqual(page.status_code, 303)
                self.assertEqual(self._typed(request, "center"), "a\ufffdb")
                continue
            self.assertEqual(self._faults(page), {"center": fault})
            kept = self._form_of(page)["answer.center"]
            self.assertEqual(kept, text.replace("\r", "")[:5001])
            self.assertFalse(self._complete(request)["Center"])

    def test_numbers_are_numbers(self):
        request = self._start_as(self.anna)
        for text in NUMBERS:
            page = self._send(self.anna, request, "Material", flyer=text)
            self.assertEqual(page.status_code, 200, text)
            self.assertEqual(list(self._faults(page)), ["flyer"], text)
            answer = self._save(self.anna, request, "Material", flyer=text)
            self.assertEqual(list(answer["errors"]), ["flyer"], text)
            self.assertFalse(self._complete(request)["Material"])
        for text in ("100", "1,000", " 150 ", "200.0"):
            answer = self._send(self.anna, request, "Material", flyer=text)
            self.assertEqual(answer.status_code, 303, text)

    def test_only_what_is_offered_is_chosen(self):
        options = [Command.create({"key": "yes", "label": "Yes"})]
        products = {"product_ids": [Command.set(self.poster_a.ids)]}
        sheet = self._create_page(
            {
                **{"key": "multi", "label": "M", "field_type": "multi"},
                "option_ids": options,
            },
            {
                **{"key": "choice", "label": "C", "field_type": "choice"},
                "option_ids": options,
            },
            {"key": "address", "label": "A", "field_type": "address"},
            {
                "key": "product",
                "label": "P",
                "field_type": "product_choice",
                **products,
            },
        )
        request = self._start_as(self.anna, sheet)
        foreign = {
            "address": str(self.krone.id),
            "product": str(self.poster_b.id),
            **{"multi": "no", "choice": "no"},
        }
        fault = "Please choose from the list."
        for typed in (foreign, *(dict.fromkeys(foreign, junk) for junk in IDS)):
            page = self._send(self.anna, request, "Only Page", **typed)
            self.assertEqual(page.status_code, 200, typed)
            self.assertEqual(self._faults(page), dict.fromkeys(foreign, fault), typed)
        own = {"address": str(self.adler.id), "product": str(self.poster_a.id)}
        answer = self._send(
            self.anna, request, "Only Page", **own, multi="yes", choice="yes"
        )
        self.assertEqual(answer.status_code, 303)

    def test_foreign_names_are_not_read(self):
        request = self._start_as(self.anna)
        form = self._form_of(self.open_as(self.anna, self._page_url(request, "Center")))
        fields = (
            "state",
            "partner_id",
            "sheet_id",
            "rev",
            "snapshot",
            "context",
            "self",
        )
        junk = {name: "9" for name in fields if name != "rev"}
        junk |= {f"answer.{name}": "9" for name in (*fields, "", "center-", "center-x")}
        junk |= {f"answer.x{number}": "9" for number in range(500)}
        answer = self._send(self.anna, request, "Center", "next", form | junk)
        self.assertEqual(answer.status_code, 303)
        request.invalidate_recordset()
        self.assertEqual((request.state, request.rev), ("draft", 1))
        self.assertEqual(request.partner_id, self.anna.partner_id)
        self.assertFalse(request.sudo().answer_ids)

    def test_json_may_hold_anything(self):
        request = self._start_as(self.anna)
        for typed, kept in (
            *(("\ud800x", "\ufffdx"), ("a\x00", "a\ufffd"), (["x", "Mitte"], "Mitte")),
            *(([], ""), (1e9, "1000000000.0"), (-1, "-1"), (None, "")),
        ):
            answer = self._save(self.anna, request, center=typed)
            self.assertEqual(self._typed(request, "center"), kept)
            self.assertEqual(
                answer["saved"], ["center"] if not answer["errors"] else []
            )
        answer = self._save(
            self.anna, request, center="Mitte", nobody="x", state="done"
        )
        self.assertEqual((answer["saved"], request.state), (["center"], "draft"))

    def test_huge_revision_is_no_more_than_the_last(self):
        request = self._start_as(self.anna)
        answer = self._save(self.anna, request, rev=2**31 - 1, center="Mitte")
        self.assertEqual(answer["rev"], 2)
