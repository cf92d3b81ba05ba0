from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request, route

from .address_form import AddressForm
from .portal_company import COMPANY_URL, CompanyPortal
from .portal_form import PortalForm, parse_id

ADDRESS_URL = f"{COMPANY_URL}/address"


class CompanyAddressPortal(CompanyPortal):
    """The further addresses of a customer; none comes or goes without an approval.

    /my/company/address          the form of a new address, or of one of theirs
    /my/company/address/submit   shows what the form would change, and asks for it
    /my/company/address/archive  asks whether, and then for the removal of an address
    """

    @route(
        ADDRESS_URL,
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def portal_company_address(self, partner_id=None, address_type=None, **_params):
        address_sudo = self._find_address_sudo(partner_id)
        if address_sudo is None:
            return request.redirect("/my")
        if refusal := self._refuse_form(address_sudo):
            return refusal
        form = AddressForm(address_sudo, {"address_type": address_type or ""})
        if form.open_sudo.operation == "archive":
            return request.redirect(form.open_sudo.access_url)
        return self._render_change_form(form)

    @route(
        f"{ADDRESS_URL}/submit",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_company_address_submit(self, **post):
        address_sudo = self._find_address_sudo(post.get("partner_id"))
        if address_sudo is None:
            raise request.not_found()
        self._check_may_ask(address_sudo)
        return self._answer_change_form(AddressForm(address_sudo, post))

    @route(
        f"{ADDRESS_URL}/archive",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def portal_company_address_archive(self, partner_id=None, **_params):
        address_sudo = self._find_address_sudo(partner_id)
        if not address_sudo:
            return request.redirect("/my")
        if refusal := self._refuse_form(address_sudo):
            return refusal
        return self._render_removal(address_sudo, PortalForm({}))

    @route(
        f"{ADDRESS_URL}/archive",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_company_address_archive_submit(self, **post):
        address_sudo = self._find_address_sudo(post.get("partner_id"))
        if not address_sudo:
            raise request.not_found()
        self._check_may_ask(address_sudo)
        form, requests = PortalForm(post), request.env["customer.change.request"]
        token = form.token()
        if not (token and requests._find_by_token(token)):
            if form.ok:
                self._file_removal(address_sudo, form)
            if not form.ok:
                return self._render_removal(address_sudo, form)
        return request.redirect(requests._get_token_url(token))

    # === HELPERS === #

    def _find_address_sudo(self, partner_id):
        """Return an address of the visitor's company.

        :return: an empty recordset if he names none, None if he names another one
        """
        addresses_sudo = request.env["res.partner"].sudo()
        if not partner_id:
            return addresses_sudo
        customer_sudo = self._get_customer_sudo()
        found_sudo = addresses_sudo.search(
            customer_sudo._get_portal_address_domain()
            & Domain("id", "=", parse_id(partner_id))
        )
        return found_sudo or None

    def _file_removal(self, address_sudo, form):
        # Customers may not write, but ask; whether he may was checked.
        requests_sudo = request.env["customer.change.request"].sudo()
        try:
            with request.env.cr.savepoint():
                requests_sudo._file_archiving(
                    request.env.user.partner_id,
                    address_sudo,
                    form_token=form.form_token,
                )
        except UserError as error:
            form.fail("form", str(error))

    def _render_removal(self, address_sudo, form):
        page = {
            "page_name": "company_address_archive",
            "address": address_sudo,
            "errors": form.errors,
            "form_token": form.form_token,
        }
        return request.render(
            "customer_portal.portal_address_removal",
            self._prepare_portal_layout_values() | page,
        )
