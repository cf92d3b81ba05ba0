"""What the tests of filling in order sheets share; it holds no tests itself."""

import io
import json

from lxml import html

from odoo.fields import Command

from .sheet_page_case import URL, SheetPageCase


class SheetFormCase(SheetPageCase):
    """Customers who fill in the pages of a sheet in a browser."""

    # === WHERE === #

    def _page_url(self, request, page):
        """Return the address of a page of a draft, by the name or the record."""
        if isinstance(page, str):
            pages = request.sudo().sheet_id.page_ids
            page = pages.filtered(lambda it: it.name == page)
        return f"{request.access_url}/page/{page.id}"

    def _start_by_form(self, user, sheet=None):
        url = f"{URL}/{(sheet or self.sheet).id}/start"
        return self.post_as(user, url)

    # === WHAT HE DOES === #

    def _form_of(self, page):
        """Return what the form on a page would send: ``{name: value or values}``."""
        values = {}
        for name, value in self._form(page).form_values():
            if name == "csrf_token":
                continue
            value = "" if value == "on" else value  # what lxml makes of no value
            known = values.get(name)
            if known is not None:  # boxes that share a name, and the empty one before
                known = known if isinstance(known, list) else [known]
                value = [*known, value]
            values[name] = value
        return values

    def _send(self, user, request, page, /, step="next", form=None, **typed):
        """Return the answer to a page, with some inputs typed.

        :param form: what was on the screen; default: the page as it is now
        """
        url = self._page_url(request, page)
        if form is None:
            form = self._form_of(self.open_as(user, url))
        return self.post_as(user, url, form | self._answers(typed) | {"step": step})

    def _answers(self, typed):
        return {f"answer.{key.replace('__', '-')}": it for key, it in typed.items()}

    def _save(self, user, request, page="Center", rev=None, **values):
        """Return what the server answers to the browser that keeps what is typed."""
        self._sign_in(user)
        pages = request.sudo().sheet_id.page_ids
        page_id = pages.filtered(lambda it: it.name == page).id
        request.invalidate_recordset()
        return self.call_json(
            f"{request.access_url}/save",
            page_id=page_id,
            values={key.replace("__", "-"): it for key, it in values.items()},
            rev=request.rev if rev is None else rev,
        )

    def _post_json(self, user, url, params):
        """Return the answer to a JSON call, whatever it is."""
        self._sign_in(user)
        body = json.dumps(
            {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        )
        headers = {"Content-Type": "application/json"}
        return self.url_open(url, data=body, headers=headers, method="POST")

    def _upload(self, user, request, *files, key="logo_file"):
        """Return the answer to files that JavaScript sends.

        :param files: each ``(name, content)``
        """
        sent = [
            (f"file.{key}", (name, io.BytesIO(content), "application/octet-stream"))
            for name, content in files
        ]
        url = f"{request.access_url}/upload"
        return self.post_as(user, url, {"key": key}, files=sent)

    # === WHAT IS KEPT, AND SHOWN === #

    def _typed(self, request, name):
        request.invalidate_recordset()
        return request.sudo()._get_filled().slots[name].typed

    def _files(self, request):
        request.invalidate_recordset()
        return request.sudo().answer_ids.attachment_ids.sorted("id")

    def _complete(self, request):
        request.invalidate_recordset()
        filled = request.sudo()._get_filled()
        return {page.name: page.is_complete for page in filled.pages}

    def _form(self, page):
        [form] = html.fromstring(page.content).xpath(
            "//form[contains(@class, 'o_sheet_form')]"
        )
        return form

    def _faults(self, page):
        """Return the messages at the inputs: ``{name: message}``."""
        nodes = html.fromstring(page.content).xpath(
            "//*[contains(@class, 'o_sheet_fault')][not(@hidden)]"
        )
        return {
            node.get("data-name"): " ".join(node.text_content().split())
            for node in nodes
        }

    def _questions(self, page):
        """Return the keys of the questions that are shown."""
        return self._attributes(
            page, "//*[contains(@class, 'o_sheet_question')][not(@hidden)]", "data-key"
        )

    def _contents(self, page):
        """Return the pages that the contents offer: ``{name: is complete}``."""
        nodes = html.fromstring(page.content).xpath(
            "//li[contains(@class, 'o_sheet_entry')][not(@hidden)]"
        )
        return {
            node.xpath(".//*[contains(@class, 'o_sheet_name')]")[0].text: (
                "o_sheet_complete" in node.get("class")
            )
            for node in nodes
        }

    # === SHEETS === #

    @classmethod
    def _show_if(cls, sheet, key, source, **condition):
        """Show a question of a sheet only if another one is answered."""
        sheet.action_revise()
        cls.env["order.sheet.condition"].create(
            {
                "field_id": cls._question(key, sheet).id,
                "source_field_id": cls._question(source, sheet).id,
                "operator": "set",
                **condition,
            }
        )
        sheet._publish()

    @classmethod
    def _create_page(cls, *fields, **values):
        """Return a sheet of one page with these questions, which can be filled in."""
        page = {"name": "Only Page", "field_ids": [Command.create(it) for it in fields]}
        sheet = cls.sheets.create(
            {
                "name": "Other Campaign",
                "page_ids": [Command.create(page)],
                **values,
            }
        )
        sheet._publish()
        return sheet
