from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain


class SurveyCallcenterOutcome(models.Model):
    """What came of a call, and what happens with the contact because of it."""

    _name = "survey.callcenter.outcome"
    _inherit = "survey.callcenter.remembered"
    _description = "Call Outcome"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, help="A short word that programs know the outcome by."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index="btree_not_null")
    type = fields.Selection(
        [
            ("no_contact", "Nobody reached"),
            ("contact", "Somebody reached"),
            ("callback", "Follow-up agreed"),
            ("appointment", "Appointment agreed"),
            ("refusal", "Refused"),
            ("final", "Finished"),
            ("supervisor", "For a supervisor"),
        ],
        required=True,
        default="no_contact",
    )
    delay_minutes = fields.Integer(
        string="Call Again After (Minutes)",
        default=180,
        help="When the contact is called again, if it is not done and no follow-up was"
        " agreed. Moved into the calling hours.",
    )
    ignore_gap = fields.Boolean(
        string="Even Within the Gap",
        help="Call again after these minutes also where the survey wants a longer gap"
        " between two attempts: a busy line has disturbed nobody.",
    )
    counts_attempt = fields.Boolean(string="Counts as an Attempt", default=True)
    is_contact = fields.Boolean(
        string="Contact Established",
        help="The person was on the phone. From then on only the same agent goes on"
        " where users may not change.",
    )
    sets_done = fields.Boolean(string="Sets the Contact to Done")
    close_reason = fields.Selection(
        selection="_get_close_reasons",
        help="Why the contact is closed by this outcome. “Do not call” puts the number"
        " on Odoo's phone blacklist: no survey calls it any more.",
    )
    require_note = fields.Boolean(string="Needs a Note")
    require_callback = fields.Boolean(string="Needs a Follow-Up")
    default_rating_id = fields.Many2one("survey.callcenter.rating", string="Rating")
    hotkey = fields.Selection(
        [(str(key), str(key)) for key in range(1, 10)],
        string="Key",
        help="Pressing this key on the work screen chooses the outcome.",
    )

    _code_unique = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "Another outcome has this code."
    )

    _delay_positive = models.Constraint(
        "CHECK (delay_minutes >= 0)", "Minutes cannot be negative."
    )

    def _get_close_reasons(self):
        reasons = self.env["survey.callcenter.contact"]._fields["close_reason"]
        return reasons._description_selection(self.env)

    # === CONSTRAINT METHODS === #

    @api.constrains("require_callback", "type", "close_reason")
    def _check_callback(self):
        for outcome in self.filtered("require_callback"):
            if outcome.type != "callback":
                raise ValidationError(
                    self.env._(
                        "“%(name)s” needs a follow-up: its type must be “Follow-up"
                        " agreed”.",
                        name=outcome.name,
                    )
                )
            if outcome.close_reason:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” needs a follow-up: it cannot close the contact.",
                        name=outcome.name,
                    )
                )

    @api.constrains("close_reason", "sets_done")
    def _check_close_reason(self):
        for outcome in self:
            if outcome.sets_done and not outcome.close_reason:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” sets the contact to done: please choose the close"
                        " reason.",
                        name=outcome.name,
                    )
                )
            if outcome.close_reason == "completed" and not outcome.sets_done:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” completes the contact: it must set it to done.",
                        name=outcome.name,
                    )
                )

    @api.constrains("hotkey", "company_id", "active")
    def _check_hotkey(self):
        for outcome in self.filtered(lambda row: row.hotkey and row.active):
            # The same key in a company that the user does not see is a clash, too.
            other_sudo = self.sudo().search(outcome._same_hotkey_domain(), limit=1)
            if other_sudo:
                raise ValidationError(
                    self.env._(
                        "The key %(key)s belongs to “%(name)s” already.",
                        key=outcome.hotkey,
                        name=other_sudo.name,
                    )
                )

    def _same_hotkey_domain(self):
        domain = Domain("hotkey", "=", self.hotkey) & Domain("id", "!=", self.id)
        if self.company_id:
            domain &= Domain("company_id", "in", [self.company_id.id, False])
        return domain

    # === CRUD METHODS === #

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for outcome in self:
            domain = Domain("outcome_id", "=", outcome.id)
            # Also calls that the user may not see need their outcome.
            if self.env["survey.callcenter.call"].sudo().search_count(domain, limit=1):
                raise UserError(
                    self.env._(
                        "Calls have the outcome “%(name)s”. Archive it: it is offered"
                        " no more, and the calls keep it.",
                        name=outcome.name,
                    )
                )
