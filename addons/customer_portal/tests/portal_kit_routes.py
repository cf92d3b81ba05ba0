"""Pages that exist during tests only, to see the building blocks in a browser."""

from werkzeug.exceptions import BadRequest

from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from odoo.addons.customer_portal.controllers.portal_csv import records_query, stream_csv
from odoo.addons.customer_portal.controllers.portal_files import (
    UploadForm,
    stream_attachment,
)
from odoo.addons.customer_portal.controllers.portal_form import (
    PortalForm,
    new_form_token,
)
from odoo.addons.customer_portal.controllers.portal_list import PortalList

REASON = "Not today."
PRINT_LIMITS = {"max_bytes": 2 * 1024 * 1024, "extensions": ("zip", "svg", "pdf")}
LIST_PAGE = """
    <t t-name="customer_portal.test_contacts">
        <t t-call="portal.portal_layout">
            <t t-set="breadcrumbs_searchbar" t-value="True"/>
            <t t-call="portal.portal_searchbar"/>
            <t t-call="portal.portal_table">
                <tr t-foreach="records" t-as="contact">
                    <td class="contact" t-out="contact.name"/>
                    <td t-out="contact.parent_id.name"/>
                </tr>
            </t>
        </t>
    </t>
"""
FORM_PAGE = """
    <t t-name="customer_portal.test_form">
        <t t-call="portal.portal_layout">
            <form method="post">
                <input type="hidden" name="form_token" t-att-value="form_token"/>
                <input name="title" t-att-value="form.typed.get('title')"/>
                <textarea name="remark" t-out="form.typed.get('remark')"/>
                <p class="error" t-foreach="form.errors" t-as="name" t-out="name"/>
            </form>
        </t>
    </t>
"""


def contact_list(**values):
    """Return the contacts that the visitor may see, as a list page."""
    return PortalList(
        **{
            "model": "res.partner",
            "url": "/my/kit_test/contacts",
            "page_name": "kit_test_contacts",
            "sortings": {
                "name": {"label": "Name", "order": "name"},
                "newest": {"label": "Newest", "order": "create_date desc"},
            },
            "filters": {
                "all": {"label": "All", "domain": []},
                "people": {"label": "People", "domain": [("is_company", "=", False)]},
            },
            "searches": {
                "name": {"label": "Name", "fields": ("name",)},
                "place": {"label": "Place", "fields": ("city", "street")},
            },
            "fields": ("name", "parent_id"),
            "step": 10,
        }
        | values
    )


class PortalKitRoutes(Controller):
    @route(
        ["/my/kit_test/contacts", "/my/kit_test/contacts/page/<page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def contacts(self, **params):
        return request.render(
            "customer_portal.test_contacts", contact_list().values(**params)
        )

    @route(
        "/my/kit_test/contacts.csv",
        type="http",
        auth="user",
        readonly=True,
        website=True,
    )
    def contacts_export(self, **params):
        contacts = contact_list()
        query = records_query(
            request.env["res.partner"],
            contacts.get_domain(**params),
            ["name", "parent_id.name"],
            contacts.get_order(**params),
        )
        return stream_csv("contacts.csv", ["Name", "Customer"], query, request.env)

    @route(
        "/my/kit_test/form", type="http", auth="user", methods=["POST"], website=True
    )
    def form(self, **post):
        form = PortalForm(post)
        token = form.token()
        form.text("title", "Title", required=True)
        form.text("remark", "Remark", multiline=True)
        return request.render(
            "customer_portal.test_form",
            {"form": form, "form_token": form.typed["form_token"] or token},
        )

    @route("/my/kit_test/boxes", type="http", auth="user", methods=["POST"])
    def boxes(self, **post):
        form = PortalForm(post)
        chosen = form.choices("boxes", "Boxes", ["a", "b", "c"])
        return request.make_json_response(
            {"chosen": chosen, "typed": form.typed["boxes"]}
        )

    @route("/my/kit_test/upload", type="http", auth="user", methods=["POST"])
    def upload(self, **post):
        form = UploadForm(post)
        limits = PRINT_LIMITS if post.get("print") else {}
        uploads = form.files(
            "photos", "Photos", required=bool(post.get("required")), **limits
        )
        sent = [
            [upload.name, upload.mimetype, len(upload.content)] for upload in uploads
        ]
        return request.make_json_response(
            {"files": sent, "errors": form.errors, "typed": form.typed}
        )

    @route("/my/kit_test/download/<int:attachment_id>", type="http", auth="user")
    def download(self, attachment_id):
        # Whether the visitor may have the file is the business of a real page.
        attachment_sudo = request.env["ir.attachment"].sudo().browse(attachment_id)
        return stream_attachment(attachment_sudo)

    @route("/my/kit_test/strict", type="http", auth="user")
    def strict(self):
        headers = {"X-Frame-Options": "DENY", "Cache-Control": "no-store, max-age=0"}
        return request.make_response("strict", headers)

    @route("/my/kit_test/public_cache", type="http", auth="user")
    def public_cache(self):
        return request.make_response("x", {"Cache-Control": "public, max-age=3600"})

    @route("/my/kit_test/json", type="jsonrpc", auth="user")
    def json(self, fail=False):
        if fail:
            raise UserError(REASON)
        return new_form_token()

    @route("/my/kit_test/failure", type="http", auth="user", website=True)
    def failure(self):
        raise UserError(REASON)

    @route("/my/kit_test/plain_failure", type="http", auth="user")
    def plain_failure(self):
        raise BadRequest(REASON)

    @route("/mykit_test", type="http", auth="user")
    def elsewhere(self):
        return "not below /my"
