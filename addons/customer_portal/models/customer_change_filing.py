from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.fields import Command

from ..tools import field_values

# What an order cannot do without; the rest of an address can wait for an approval.
NEEDED_FOR_ORDERS = frozenset(
    [
        *("name", "email", "phone"),
        *("street", "zip", "city", "state_id", "country_id"),
    ]
)
# Proof that a write to a partner comes from here and is documented by a request. An
# object, because a client may send any context key but never this object.
CHANGE_WRITER = object()


class CustomerChangeRequest(models.Model):
    """How what a customer typed becomes a request, or takes effect at once.

    Call these methods with sudo, on values that were checked: customers may not write
    here, but ask.
    """

    _inherit = "customer.change.request"

    @api.model
    def _is_asked_of(self, user, company):
        """Return whether changes by this user go through requests."""
        return company.change_enabled and user.share and not user._is_public()

    # === FILING === #

    @api.model
    def _file_update(self, contact, target, values, keep_open=True, **details):
        """File what a contact wants to have changed about a partner of his company.

        :param contact: who asks
        :param values: ``{field: value}``
        :param keep_open: whether a value that equals the present one leaves an open
            wish for another value alone; a form that shows open wishes sends
            ``False``, and takes them back that way
        :param details: further fields of the request, such as ``source``
        :return: the requests that it led to; none if nothing changes
        :raise UserError: a field is locked, or the removal of the target is asked for
        """
        target = target.with_company(self._get_company(contact))
        self._check_refusals(contact, target, values)
        changes = self._get_changes(target, values)
        actions = self._get_actions(contact, target, changes)
        if details.get("effective_date"):  # what is for later, somebody looks at
            actions = dict.fromkeys(actions, "approve")
        auto = {name: changes[name] for name in changes if actions[name] == "auto"}
        asked = {name: changes[name] for name in changes if name not in auto}
        dropped = auto.keys() | (set() if keep_open else values.keys() - changes.keys())
        waiting = self._ask_for(contact, target, asked, dropped, **details)
        if waiting:  # a form belongs to one request
            details["form_token"] = None
        return waiting | self._apply_at_once(contact, target, auto, **details)

    @api.model
    def _file_creation(self, contact, values, address_type="delivery", **details):
        """File a new address; as long as it is not approved it does not exist.

        :return: the request, or an empty recordset if this form was sent before
        :raise UserError: a field is locked
        """
        target = self.env["res.partner"]
        self._check_refusals(contact, target, values)
        changes = self._get_changes(target, values)
        actions = self._get_actions(contact, target, changes)
        details |= {"operation": "create", "address_type": address_type}
        vals = self._prepare_vals(contact, target, changes, **details)
        is_for_later = bool(details.get("effective_date"))
        if set(actions.values()) == {"auto"} and not is_for_later:
            request = self._create_applied(vals)
            request._apply_approval()
            return request
        request = self._create_open(vals)
        request._notify_submitted()
        return request

    @api.model
    def _file_archiving(self, contact, target, **details):
        """File the removal of an address.

        :raise UserError: it is no further address, or somebody has asked for changes
            of it already
        """
        self._check_refusals(contact, target, {})
        if target in contact + contact.commercial_partner_id:
            raise UserError(self.env._("Your main address cannot be removed."))
        if self._find_own_open(target):
            raise UserError(
                self.env._(
                    "There is an open request about “%(address)s” already. Please"
                    " withdraw it first.",
                    address=target.display_name,
                )
            )
        vals = self._prepare_vals(
            contact, target, {}, **(details | {"operation": "archive"})
        )
        is_direct = contact.commercial_partner_id.portal_change_mode == "direct"
        if is_direct and not details.get("effective_date"):
            request = self._create_applied(vals)
            request._apply_approval()
            return request
        request = self._create_open(vals)
        request._notify_submitted()
        return request

    @api.model
    def _file_created(self, contact, address):
        """File an address that was created at once, because an order needs it."""
        address_type = (
            address.type if address.type in ("delivery", "invoice") else "other"
        )
        changes = {}
        for name in self.env["res.partner"]._get_change_fields():
            value = field_values.get_value(address, name)
            if value:
                changes[name] = (
                    field_values.get_value(self.env["res.partner"], name),
                    value,
                )
        return self._file_applied(
            contact,
            self.env["res.partner"],
            changes,
            operation="create",
            address_type=address_type,
            result_partner_id=address.id,
            source="checkout",
        )

    @api.model
    def _fill_empty(self, contact, target, values):
        """Fill what is empty so far, which an order needs to go on.

        :return: the values that remain to be asked for
        """
        changes = self._get_changes(target, values)
        actions = self._get_actions(contact, target, changes)
        empty = {
            name: (old, new)
            for name, (old, new) in changes.items()
            if not old and actions[name] != "locked" and name in NEEDED_FOR_ORDERS
        }
        self._apply_at_once(contact, target, empty, source="checkout")
        return {name: value for name, value in values.items() if name not in empty}

    @api.model
    def _file_applied(self, contact, target, changes, **details):
        """File what has taken effect already."""
        vals = self._prepare_vals(contact, target, changes, **details)
        return self._create_applied(vals)

    # === HELPERS === #

    @api.model
    def _apply_at_once(self, contact, target, changes, **details):
        if not changes:
            return self.browse()
        values = {
            name: field_values.to_write(target, name, new)
            for name, (_old, new) in changes.items()
        }
        self._write_partner(target, values)
        return self._file_applied(contact, target, changes, **details)

    @api.model
    def _ask_for(self, contact, target, changes, dropped, **details):
        """Ask for changes in a request of their own or in the open one.

        :param dropped: fields that need not be changed any more
        """
        if not changes and not dropped:
            return self.browse()
        if open_request := self._find_own_open(target):
            return open_request._merge(changes, dropped, **details)
        if not changes:
            return self.browse()
        request = self._create_open(
            self._prepare_vals(contact, target, changes, **details)
        )
        request._notify_submitted()
        return request

    @api.model
    def _find_own_open(self, target):
        """Return the open request of the customer whom a partner belongs to.

        What a former customer wants of an address that he has no more is withdrawn.
        """
        found = self.search(self._get_open_domain(target), limit=1)
        if found and found.commercial_partner_id != target.commercial_partner_id:
            found._withdraw()
            return self.browse()
        return found

    def _create_open(self, vals):
        """Create a request; a colleague may have done so at this very moment."""
        # Who asked, when and where stands in fields; no need to log it as well.
        quiet = self.with_context(mail_create_nolog=True)
        try:
            return quiet._create_once(vals).with_env(self.env)
        except UniqueViolation as error:
            # In a new transaction this one sees the other and adds to it.
            raise ConcurrencyError from error

    def _create_applied(self, vals):
        """Create a request about something that needs no approval."""
        vals = vals | {"is_automatic": True, "decided_on": self.env.cr.now()}
        for command in vals["line_ids"]:
            command[2]["decision"] = "approved"
        quiet = self.with_context(mail_create_nolog=True)
        try:
            with self.env.cr.savepoint():
                return quiet._create_in("approved", vals)
        except UniqueViolation as error:
            # The same form was sent twice; in a new transaction this is seen.
            raise ConcurrencyError from error

    @api.model
    def _prepare_vals(self, contact, target, changes, **details):
        """Return the values of a new request."""
        return {
            "partner_id": contact.id,
            "company_id": self._get_company(contact).id,
            "target_partner_id": target.id,
            "line_ids": [
                Command.create(self._prepare_line(name, old, new))
                for name, (old, new) in changes.items()
            ],
            **details,
        }

    @api.model
    def _prepare_line(self, name, old, new):
        return {
            "field_id": self.env["ir.model.fields"]._get("res.partner", name).id,
            "field_name": name,
            "old_value": old,
            "new_value": new,
            "decision": "open",
            "overridden": False,
        }
