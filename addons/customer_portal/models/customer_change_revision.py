from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL


class CustomerChangeRequest(models.Model):
    """How a customer adds to an open request, or takes some of it back."""

    _inherit = "customer.change.request"

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
            if name in details and (details[name] or False) != self[name]
        }
        if not commands and not given:
            return self.browse()
        token = details.get("form_token")
        # A token of somebody else's form is worth nothing here.
        if token and not self.search_count([("form_token", "=", token)], limit=1):
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
        """Note for staff what this revision changes, in their language.

        :param before: ``{field: wished value}`` of the revision before
        """
        request = self.with_context(lang=self.company_id.partner_id.lang)
        taken_back = before.keys() - set(request.line_ids.mapped("field_name"))
        label = request.env["res.partner"]._get_change_label
        request.message_post_with_source(
            "customer_portal.change_revision_note",
            render_values={
                "request": request,
                "before": before,
                "taken_back": sorted(map(label, taken_back)),
            },
            subtype_xmlid="mail.mt_note",
        )
