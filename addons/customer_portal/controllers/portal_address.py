import json

from werkzeug.exceptions import Forbidden

from odoo.http import request, route
from odoo.tools import str2bool

from odoo.addons.portal.controllers.portal import CustomerPortal

from .change_form import ChangeForm
from .portal_form import clean_text, parse_id

# What a browser may say about an address besides its fields. Odoo hands everything
# that is sent to its own methods, so that a visitor could switch the checks off.
FORM_OPTIONS = ("address_type", "use_delivery_as_billing", "callback", "required_fields")
ADDRESS_TYPES = ("billing", "delivery")
# Names that Odoo's methods give to their own arguments.
ARGUMENTS = ("address_values", "partner_sudo", "self")
RESERVED = ("order_sudo", "verify_address_values", "change_source", *ARGUMENTS)
# Proof that a form comes from the portal: a browser can send any text, not this object.
_PORTAL = object()


class AddressPortal(CustomerPortal):
    """Odoo's own account and address pages, whose changes become requests.

    /my/account, /my/addresses, /my/address  as they are
    /my/address/submit                       asks for a change or a new address
    /my/address/archive                      asks for the removal of an address
    /shop/address/submit                     asks for changes; a new address is needed
                                             for the order and counts at once
    """

    @route()
    def portal_address(self, partner_id=None, **query_params):
        return super().portal_address(
            partner_id=self._parse_partner_id(partner_id),
            **self._clean_options(query_params),
        )

    @route()
    def account(self, redirect="/my", **kwargs):
        return super().account(redirect=_get_local_url(redirect, "/my"), **kwargs)

    @route()
    def portal_address_submit(self, partner_id=None, **form_data):
        if not self._is_change_asked_for():
            return super().portal_address_submit(partner_id=partner_id, **form_data)
        partner_sudo = self._find_editable_partner(partner_id)
        form_data = self._clean_options(form_data)
        for name in RESERVED:
            form_data.pop(name, None)
        _partner_sudo, feedback = self._create_or_update_address(
            partner_sudo, change_source=_PORTAL, **form_data
        )
        return json.dumps(feedback)

    @route()
    def address_archive(self, partner_id):
        if not self._is_change_asked_for():
            return super().address_archive(partner_id)
        address_sudo = self._find_editable_partner(partner_id)
        if not address_sudo:
            raise Forbidden
        self._file_archiving(address_sudo)
        return None

    # === WHAT BECOMES OF AN ADDRESS === #

    def _create_or_update_address(
        self,
        partner_sudo,
        address_type="billing",
        use_delivery_as_billing=False,
        callback="/my/addresses",
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
        source = "portal" if change_source is _PORTAL else "checkout"
        if not self._is_change_asked_for():
            options["verify_address_values"] = verify_address_values
            return super()._create_or_update_address(
                partner_sudo, **options, **form_data
            )
        form, values, extra = self._read_address(form_data)
        if form.ok:
            invalid, messages = self._check_address(
                values, partner_sudo, extra, **options
            )
        else:
            invalid, messages = list(form.errors), list(form.errors.values())
        if messages:
            return partner_sudo, {"invalid_fields": invalid, "messages": messages}
        if not partner_sudo and source == "checkout":
            return self._create_and_file_address(options, form_data)
        requests = self._file_address(
            partner_sudo, values, address_type, use_delivery_as_billing, source
        )
        self._handle_extra_form_data(extra, values)
        url = callback if source == "checkout" else _get_sent_url(requests)
        return partner_sudo, {"redirectUrl": url or _get_local_url(callback)}

    def _read_address(self, form_data):
        """Return ``(form, values of partner fields, everything else)``."""
        names = request.env["res.partner"]._get_change_fields()
        form = ChangeForm(form_data)
        values = form.parse(names)
        if form.typed.get("zipcode") and not values.get("zip"):
            values["zip"] = form.text("zipcode", form.label("zip"), max_length=256)
        extra = {
            name: value
            for name, value in form_data.items()
            if value and name not in names and name not in ("zipcode", *ARGUMENTS)
        }
        return form, values, extra

    def _check_address(
        self,
        values,
        partner_sudo,
        extra,
        address_type="billing",
        use_delivery_as_billing=False,
        required_fields=False,
        **_options,
    ):
        """Check an address as Odoo does; ``(names of invalid fields, messages)``."""
        # Odoo takes out of the values what is the company's; they stay as they are.
        checked = {name: value or "" for name, value in values.items()}
        invalid, missing, messages = self._validate_address_values(
            checked,
            partner_sudo.with_context(change_request_mode=True),
            address_type,
            str2bool(use_delivery_as_billing or "false"),
            required_fields or "",
            **extra,
        )
        if messages:
            return list(invalid | missing), messages
        refusals = self._get_address_refusals(partner_sudo, values)
        return list(refusals), list(dict.fromkeys(refusals.values()))

    def _get_address_refusals(self, partner_sudo, values):
        """Return why changes of an address cannot be asked for: ``{field: why}``."""
        contact_sudo = request.env.user.partner_id
        requests_sudo = request.env["customer.change.request"].sudo()
        refusals = {}
        for target_sudo, changes in _split(partner_sudo, values).items():
            changes = requests_sudo._get_changes(target_sudo, changes)
            if changes and not contact_sudo._may_request_changes(target_sudo):
                message = request.env._(
                    "You may not change the data of your company. Please ask a"
                    " colleague, or contact us."
                )
                refusals |= dict.fromkeys(changes, message)
            wished = {name: new for name, (_old, new) in changes.items()}
            refusals |= requests_sudo._get_refusals(contact_sudo, target_sudo, wished)
        return refusals

    def _file_address(
        self, partner_sudo, values, address_type, use_delivery_as_billing, source
    ):
        """File what changes; the requests that it led to."""
        # Customers may not write, but ask; everything was checked.
        requests_sudo = request.env["customer.change.request"].sudo()
        contact_sudo = request.env.user.partner_id
        if not partner_sudo:
            kind = _get_partner_type(address_type, use_delivery_as_billing)
            return requests_sudo._file_creation(contact_sudo, values, kind)
        filed = requests_sudo
        for target_sudo, changes in _split(partner_sudo, values).items():
            if source == "checkout":
                changes = requests_sudo._fill_empty(contact_sudo, target_sudo, changes)
            filed |= requests_sudo._file_update(
                contact_sudo, target_sudo, changes, source=source
            )
        return filed

    def _create_and_file_address(self, options, form_data):
        """Create an address that an order needs now, and file that it was created."""
        address_sudo, feedback = super()._create_or_update_address(
            request.env["res.partner"].sudo(), **options, **form_data
        )
        if address_sudo:
            request.env["customer.change.request"].sudo()._file_created(
                request.env.user.partner_id, address_sudo
            )
        return address_sudo, feedback

    def _file_archiving(self, address_sudo):
        """Ask for the removal of an address.

        :raise UserError: it is the visitor's own one, or he may not ask
        """
        # Customers may not write, but ask.
        request.env["customer.change.request"].sudo()._file_archiving(
            request.env.user.partner_id, address_sudo
        )

    # === HELPERS === #

    def _is_change_asked_for(self):
        return request.env["customer.change.request"]._is_asked_of(
            request.env.user, request.env.company
        )

    def _find_editable_partner(self, partner_id):
        """Return the partner that the visitor may have changed; empty for a new one.

        :raise Forbidden: he may not, or there is none
        """
        partner_sudo = request.env["res.partner"].with_context(show_address=1).sudo()
        partner_sudo = partner_sudo.browse(self._parse_partner_id(partner_id))
        if partner_sudo and not partner_sudo._can_be_edited_by_current_customer():
            raise Forbidden
        return partner_sudo

    def _parse_partner_id(self, partner_id):
        """Return an id or None; :raise Forbidden: for what cannot be one"""
        if partner_id in (None, False, ""):
            return None
        parsed = parse_id(partner_id)
        if not parsed:
            raise Forbidden
        return parsed

    def _clean_options(self, params):
        """Return the parameters with options that Odoo's methods can take."""
        cleaned = {
            name: clean_text(value) if name in FORM_OPTIONS else value
            for name, value in params.items()
        }
        if cleaned.get("address_type", "billing") not in ADDRESS_TYPES:
            cleaned["address_type"] = "billing"
        flag = cleaned.get("use_delivery_as_billing")
        if flag is not None:
            cleaned["use_delivery_as_billing"] = str(str2bool(flag, False))
        if "callback" in cleaned:
            cleaned["callback"] = _get_local_url(cleaned["callback"])
        cleaned.pop("required_fields", None)
        return cleaned


def _split(partner_sudo, values):
    if not partner_sudo:
        return {partner_sudo: values}
    return partner_sudo._split_changes(values)


def _get_partner_type(address_type, use_delivery_as_billing):
    if str2bool(use_delivery_as_billing or "false"):
        return "other"
    return "invoice" if address_type == "billing" else "delivery"


def _get_local_url(url, default="/my/addresses"):
    """Return where to go next, never another site and never a script."""
    url = clean_text(url)
    is_local = url.startswith("/") and not url.startswith(("//", "/\\"))
    return url if is_local else default


def _get_sent_url(requests):
    if not requests:
        return None
    url = requests.access_url if len(requests) == 1 else "/my/changes"
    return f"{url}?sent=1"
