import json

from werkzeug.exceptions import Forbidden

from odoo.exceptions import UserError
from odoo.http import request, route

from ..models.customer_change_filing import CHANGE_WRITER
from .address_options import ADDRESSES_URL, clean_options
from .address_requests import AddressRequests
from .change_form import MAX_LENGTH, ChangeForm

# Where an address comes from: the portal's form, or the server, which lets Odoo create
# it. A browser can send any text, but neither of these objects.
_PORTAL = object()
_SERVER = object()


class AddressPortal(AddressRequests):
    """What customers send from Odoo's own address forms becomes requests.

    /my/address/submit     asks for a change or a new address
    /my/address/archive    asks for the removal of an address
    /shop/address/submit   asks for a change; what an order needs and does not have yet,
                           such as a new address, counts at once
    """

    @route()
    def portal_address_submit(self, partner_id=None, **form_data):
        _partner_sudo, feedback = self._create_or_update_address(
            self._find_editable_partner(partner_id), change_source=_PORTAL, **form_data
        )
        return json.dumps(feedback)

    @route()
    def address_archive(self, partner_id=None):
        address_sudo = self._find_editable_partner(partner_id)
        if not address_sudo:
            raise Forbidden
        if not self._is_change_asked_for():
            return super().address_archive(address_sudo.id)
        self._file_archiving(address_sudo)
        return None

    # === FORMS === #

    def _create_or_update_address(
        self,
        partner_sudo,
        address_type="billing",
        use_delivery_as_billing=False,
        callback=ADDRESSES_URL,
        required_fields=False,
        verify_address_values=True,
        change_source=None,
        **form_data,
    ):
        """Ask for the address instead of writing it, if a customer is signed in.

        :param change_source: the pages of the portal say so; every other caller needs
            a new address at once, for an order or an invoice
        """
        options = {
            "address_type": address_type,
            "use_delivery_as_billing": use_delivery_as_billing,
            "callback": callback,
            "required_fields": required_fields,
        }
        is_asked = change_source is not _SERVER and self._is_change_asked_for()
        is_portal = change_source is _PORTAL
        if not is_asked and not is_portal:
            options["verify_address_values"] = verify_address_values
            return super()._create_or_update_address(
                partner_sudo, **options, **form_data
            )
        options = self._clean_options(options)
        form, values, extra = self._read_address(form_data)
        if not form.ok:
            return partner_sudo, _refuse(form.errors, form.errors.values(), form_data)
        if not is_asked:
            return super()._create_or_update_address(
                partner_sudo, **options, **form_data
            )
        invalid, messages = self._check_address(values, partner_sudo, extra, **options)
        if messages:
            return partner_sudo, _refuse(invalid, messages, form_data)
        submit = self._submit_to_staff if is_portal else self._submit_to_order
        try:
            return submit(partner_sudo, values, extra, form, options)
        except UserError as error:
            request.env.cr.rollback()  # all of it or nothing
            return partner_sudo, _refuse((), [str(error)], form_data)

    def _clean_options(self, options):
        cleaned = clean_options(options)
        names = request.env["res.partner"]._get_change_fields()
        required = names.intersection(cleaned["required_fields"].split(","))
        return cleaned | {"required_fields": ",".join(required)}

    def _read_address(self, form_data):
        """Return ``(form, values of partner fields, everything else)``."""
        names = request.env["res.partner"]._get_change_fields()
        form = ChangeForm(form_data)
        values = form.parse(names)
        if form.typed.get("zipcode") and not values.get("zip"):
            label = form.label("zip")
            values["zip"] = form.text("zipcode", label, max_length=MAX_LENGTH)
        extra = {
            name: value
            for name, value in form_data.items()
            if value and name not in (*names, "zipcode", "form_token")
        }
        return form, values, extra

    def _submit_to_staff(self, partner_sudo, values, extra, form, options):
        token = form.token() if form.typed.get("form_token") else None
        requests_sudo = request.env["customer.change.request"].sudo()
        if not requests_sudo._find_by_token(token):
            requests_sudo = self._file_address(
                partner_sudo,
                values,
                options["address_type"],
                options["use_delivery_as_billing"],
                form_token=token,
            )
            self._handle_extra_form_data(extra, values)
        next_url = _get_next_url(requests_sudo, options["callback"])
        return partner_sudo, {"redirectUrl": next_url}

    def _submit_to_order(self, partner_sudo, values, extra, _form, options):
        if partner_sudo:
            self._file_address(partner_sudo, values, source="checkout")
            self._handle_extra_form_data(extra, values)
            return partner_sudo, {"redirectUrl": options["callback"]}
        split = self._split_address(partner_sudo, values)
        address_sudo, feedback = self._create_address(
            split.pop(partner_sudo), extra, options
        )
        if address_sudo:
            # Customers may not write, but ask.
            request.env["customer.change.request"].sudo()._file_created(
                request.env.user.partner_id, address_sudo
            )
            for target_sudo, changes in split.items():
                self._file_address(target_sudo, changes, source="checkout")
        return address_sudo, feedback

    def _create_address(self, values, extra, options):
        """Create an address as Odoo does."""
        context = request.env.context
        request.update_context(customer_change_writer=CHANGE_WRITER)
        try:
            return self._create_or_update_address(
                request.env["res.partner"].sudo(),
                change_source=_SERVER,
                **(extra | values | options),
            )
        finally:
            request.update_env(context=context)


def _refuse(invalid, messages, form_data):
    """Return an answer that Odoo's form shows: it marks fields which it has."""
    return {
        "invalid_fields": [name for name in invalid if name in form_data] or ["name"],
        "messages": list(dict.fromkeys(messages)),
    }


def _get_next_url(requests, callback):
    """Return the page with what was sent, unless another page waits for the visitor."""
    is_own_page = callback == "/my" or callback.startswith("/my/")
    return (is_own_page and _get_sent_url(requests)) or callback


def _get_sent_url(requests):
    """Return the page with what staff have to decide about, if there is anything."""
    waiting = requests.filtered(lambda change: change._is_open())
    if not waiting:
        return None
    url = waiting.access_url if len(waiting) == 1 else "/my/changes"
    return f"{url}?sent=1"
