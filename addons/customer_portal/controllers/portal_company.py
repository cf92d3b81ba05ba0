from werkzeug.exceptions import Forbidden

from odoo.exceptions import UserError
from odoo.http import request, route
from odoo.tools.translate import get_translation

from .company_form import CompanyForm
from .portal_address import AddressPortal

COMPANY_URL = "/my/company"
OWN_FIELDS = ("name", "function", "phone", "email")
NOT_FILLED = "Some required fields are empty."  # as Odoo says it
# An address may have neither; for the company itself Odoo wants both.
OPTIONAL_IN_ADDRESS = frozenset(("email", "phone"))


class CompanyPortal(AddressPortal):
    """The data of the customer, and what he wants to have changed about them.

    /my/company         what we know about him, and what is asked for
    /my/company/edit    the form
    /my/company/submit  shows what the form would change, and asks for it
    """

    @route(COMPANY_URL, type="http", auth="user", website=True, readonly=True)
    def portal_my_company(self, **_params):
        if not self._is_change_asked_for():
            return request.redirect("/my/account")
        return request.render(
            "customer_portal.portal_my_company",
            self._prepare_portal_layout_values() | self._prepare_company_values(),
        )

    @route(f"{COMPANY_URL}/edit", type="http", auth="user", website=True, readonly=True)
    def portal_company_edit(self, **_params):
        customer_sudo = self._get_customer_sudo()
        if refusal := self._refuse_form(customer_sudo):
            return refusal
        return self._render_change_form(CompanyForm(customer_sudo))

    @route(
        f"{COMPANY_URL}/submit",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_company_submit(self, **post):
        customer_sudo = self._get_customer_sudo()
        self._check_may_ask(customer_sudo)
        return self._answer_change_form(CompanyForm(customer_sudo, post))

    # === THE PAGE === #

    def _prepare_company_values(self):
        contact_sudo = request.env.user.partner_id
        # Read as the visitor: record rules say what is his.
        contact = request.env["res.partner"].browse(contact_sudo.id)
        customer = contact.commercial_partner_id
        requests = request.env["customer.change.request"]._find_all_open()
        addresses = customer.search_fetch(
            customer._get_portal_address_domain(), order="name, id"
        )
        return {
            "page_name": "company",
            "customer": customer,
            "contact": contact,
            "own_fields": OWN_FIELDS,
            "addresses": addresses,
            "requests": requests.grouped("target_partner_id"),
            "new_addresses": requests.filtered(lambda it: it.operation == "create"),
            "may_edit": contact_sudo._may_request_changes(customer.sudo()),
            "may_edit_own": contact_sudo._may_request_changes(contact_sudo),
            "may_add": contact_sudo._may_request_changes(contact_sudo.browse()),
        }

    # === WHO === #

    def _get_customer_sudo(self):
        return request.env.user.partner_id.commercial_partner_id

    def _refuse_form(self, target_sudo):
        """Return where a visitor is led who may not have this form, or None."""
        if not self._is_change_asked_for():
            return request.redirect("/my/account")
        if not request.env.user.partner_id._may_request_changes(target_sudo):
            return request.redirect(COMPANY_URL)
        return None

    def _check_may_ask(self, target_sudo):
        """:raise Forbidden: the visitor may not ask for changes of this partner"""
        contact_sudo = request.env.user.partner_id
        is_asked_for = self._is_change_asked_for()
        if not (is_asked_for and contact_sudo._may_request_changes(target_sudo)):
            raise Forbidden

    # === FROM THE FORM TO THE REQUEST === #

    def _answer_change_form(self, form):
        """Return the form, its confirmation, or the way to what was asked for."""
        form.parse_all()
        requests = request.env["customer.change.request"]
        if form.token_sent and requests._find_by_token(form.token_sent):
            return request.redirect(requests._get_token_url(form.token_sent))
        step = form.typed.get("step")
        if step == "edit":
            form.errors.clear()
            return self._render_change_form(form)
        self._check_change_form(form)
        if form.ok and form.is_outdated:
            return self._render_change_form(form, notice="outdated")
        if form.ok and not form.has_news:
            return self._render_change_form(form, notice="no_changes")
        if form.ok and step == "confirm" and form.is_seen:
            return self._file_change_form(form)
        if form.ok:
            return self._render_confirmation(form, is_renewed=step == "confirm")
        return self._render_change_form(form)

    def _file_change_form(self, form):
        try:
            with request.env.cr.savepoint():
                filed = form.file()
        except UserError as error:
            form.fail("form", str(error))
            return self._render_change_form(form)
        if not filed:  # this very form was sent before
            return request.redirect(form.requests_sudo._get_token_url(form.token_sent))
        url = filed.access_url if len(filed) == 1 else "/my/changes"
        return request.redirect(f"{url}?sent=1")

    def _render_change_form(self, form, notice=None):
        form.required = self._get_required_fields(form)
        page = {
            "page_name": form.page_name,
            "form": form,
            "errors": form.errors,
            "form_token": form.form_token,
            "notice": notice,
        }
        return request.render(
            "customer_portal.portal_change_form",
            self._prepare_portal_layout_values() | page,
        )

    def _render_confirmation(self, form, is_renewed):
        page = {
            "page_name": form.page_name,
            "form": form,
            "form_token": form.form_token,
            "is_renewed": is_renewed,
        }
        return request.render(
            "customer_portal.portal_change_confirm",
            self._prepare_portal_layout_values() | page,
        )

    # === WHAT AN ADDRESS NEEDS === #

    def _check_change_form(self, form):
        """Leave a message at each field that is missing, wrong or locked."""
        form.required = self._get_required_fields(form)
        form.require_fields()
        if form.ok:
            self._check_as_odoo_does(form)
        if form.ok:
            for name, message in form.get_refusals().items():
                form.fail(name, message)

    def _check_as_odoo_does(self, form):
        invalid, missing, messages = self._validate_address_values(
            {name: value or "" for name, value in form.complete.items()},
            form.target_sudo.with_context(change_request_mode=True),
            form.odoo_type,
            form.is_for_both,
            "",
        )
        if missing:  # asked for field by field, where it must be filled in
            lang = request.env.lang or "en_US"
            said = get_translation("portal", lang, NOT_FILLED, ())
            messages = [message for message in messages if message != said]
        form.blame(invalid, messages)

    def _get_required_fields(self, form):
        """Return what must be filled in: what Odoo wants, as far as it is there today.

        Whoever moves house need not look up a phone number that we never had.
        """
        required = set()
        if form.is_for_both or form.odoo_type == "delivery":
            required |= self._get_mandatory_delivery_address_fields(form.country)
        if form.is_for_both or form.odoo_type == "billing":
            required |= self._get_mandatory_billing_address_fields(form.country)
        if form.target_sudo:
            required = {name for name in required if form.present(name)}
        if form.is_further_address:
            required -= OPTIONAL_IN_ADDRESS
        return required - form.locked
