from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.fields import Command
from odoo.tools import SQL

from ..tools import field_values

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

    # === WHAT A FORM CHANGES === #

    @api.model
    def _get_changes(self, target, values):
        """Return what really changes: ``{field: (value now, wished value)}``.

        :param target: the partner to change; empty for a new address
        :param values: ``{field: value}``, as forms and ``write`` have them
        """
        names = self.env["res.partner"]._get_change_fields()
        changes = {}
        for name, value in values.items():
            if name not in names:
                continue
            old = field_values.get_value(target, name)
            new = field_values.to_plain(target, name, value)
            if old != new:
                changes[name] = (old, new)
        return changes

    @api.model
    def _get_preview(self, target, values):
        """Return the changes of a form as a customer reads them before he sends them.

        :return: list of dicts with ``name``, ``label``, ``old``, ``new``
        """
        partners = self.env["res.partner"]
        return [
            {
                "name": name,
                "label": partners._get_change_label(name),
                "old": field_values.show(partners, name, old),
                "new": field_values.show(partners, name, new),
            }
            for name, (old, new) in self._get_changes(target, values).items()
        ]

    @api.model
    def _get_refusals(self, contact, target, values):
        """Return why some of the changes cannot be asked for: ``{field: message}``."""
        changes = self._get_changes(target, values)
        if not contact._may_request_changes(target):
            return dict.fromkeys(changes, self._get_no_right_text())
        actions = self._get_actions(contact, target, changes)
        return {
            name: self.env._(
                "“%(field)s” cannot be changed here. Please contact us.",
                field=self.env["res.partner"]._get_change_label(name),
            )
            for name, action in actions.items()
            if action == "locked"
        }

    @api.model
    def _get_no_right_text(self):
        return self.env._(
            "You may not change the data of your company here. Please ask a colleague,"
            " or contact us."
        )

    @api.model
    def _get_actions(self, contact, target, changes):
        """Return what becomes of each change: ``{field: auto, approve or locked}``."""
        company = self._get_company(contact)
        rules = self.env["customer.change.rule"]._get_rules(
            target._get_change_scope(), company
        )
        mode = contact.commercial_partner_id.portal_change_mode
        return {
            name: self._get_action(rules.get(name), mode, target, name)
            for name in changes
        }

    @api.model
    def _get_action(self, rule, mode, target, name):
        action = rule.action if rule else "approve"
        if "locked" in (action, mode):
            return "locked"
        if mode == "approve":
            return "approve"
        if mode == "direct":
            action = "auto"
        if action == "auto" and target and target._is_locked_by_documents(name):
            return "approve"
        return action

    @api.model
    def _get_company(self, contact):
        return contact.company_id or self.env.company

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
        if set(actions.values()) == {"auto"}:
            request = self._create_applied(vals)
            request._apply_approval()
            return request
        request = self._create_once(vals)
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
        if self._find_open(target):
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
        if contact.commercial_partner_id.portal_change_mode == "direct":
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
            if not old and actions[name] != "locked" and name != "vat"
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
    def _check_refusals(self, contact, target, values):
        """:raise UserError: it is not theirs, or they may not change it"""
        customer = contact.commercial_partner_id
        if target and target.commercial_partner_id != customer:
            raise UserError(self.env._("This address belongs to somebody else."))
        if not contact._may_request_changes(target):
            raise UserError(self._get_no_right_text())
        refusals = self._get_refusals(contact, target, values)
        if refusals:
            raise UserError("\n".join(refusals.values()))

    @api.model
    def _apply_at_once(self, contact, target, changes, **details):
        if not changes:
            return self.browse()
        values = {
            name: field_values.to_write(target, name, new)
            for name, (_old, new) in changes.items()
        }
        target.with_context(customer_change_writer=CHANGE_WRITER).write(values)
        return self._file_applied(contact, target, changes, **details)

    @api.model
    def _ask_for(self, contact, target, changes, dropped, **details):
        """Ask for changes in a request of their own or in the open one.

        :param dropped: fields that need not be changed any more
        """
        if open_request := self._find_open(target):
            return open_request._merge(changes, dropped, **details)
        if not changes:
            return self.browse()
        request = self._create_open(
            self._prepare_vals(contact, target, changes, **details)
        )
        request._notify_submitted()
        return request

    def _merge(self, changes, dropped, **details):
        """Add changes to this open request.

        :return: the request, or an empty recordset if it says all this already
        """
        self.ensure_one()
        self._wait_for_lock()
        if self.operation == "archive":
            raise UserError(
                self.env._(
                    "The removal of “%(address)s” is asked for already. Please withdraw"
                    " that request first.",
                    address=self.target_partner_id.display_name,
                )
            )
        lines = self.line_ids.grouped("field_name")
        commands = [Command.delete(lines[name].id) for name in lines if name in dropped]
        for name, (old, new) in changes.items():
            if name not in lines:
                commands.append(Command.create(self._prepare_line(name, old, new)))
            elif lines[name].new_value != new:
                renewed = self._prepare_line(name, old, new)
                commands.append(Command.update(lines[name].id, renewed))
        given = {
            name: details[name]
            for name in ("remark", "effective_date")
            if details.get(name) and details[name] != self[name]
        }
        if not commands and not given:
            return self.browse()
        if token := details.get("form_token"):
            given["form_token"] = token
        self._revise(commands, given)
        return self

    def _wait_for_lock(self):
        """Wait until nobody else is changing this request.

        Staff read at once that somebody is at it; a customer would have to type again.
        If the other one changes it, the database makes the server repeat the POST.
        """
        self.env.execute_query(
            SQL(
                "SELECT id FROM customer_change_request WHERE id IN %s"
                " FOR NO KEY UPDATE",
                self._ids,
            )
        )

    def _revise(self, commands, values):
        before = {line.field_name: line.new_value for line in self.line_ids}
        self.write({**values, "line_ids": commands, "revision": self.revision + 1})
        if not self.line_ids:
            self._withdraw()
            return
        if self.state == "scheduled":  # what was approved is no longer what is asked
            self._move_to("pending", decided_by_id=False, decided_on=False)
        self.line_ids.filtered(lambda line: line.decision != "open").decision = "open"
        self._log_revision(before)
        self._mail_administrators("changed")

    def _log_revision(self, before):
        """Note for staff what this revision changes.

        :param before: ``{field: wished value}`` of the revision before
        """
        self.message_post_with_source(
            "customer_portal.change_revision_note",
            render_values={"request": self, "before": before},
            subtype_xmlid="mail.mt_note",
        )

    def _create_open(self, vals):
        """Create a request; a colleague may have done so at this very moment."""
        try:
            return self._create_once(vals)
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
            "old_value": old,
            "new_value": new,
            "decision": "open",
            "overridden": False,
        }
