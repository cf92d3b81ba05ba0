from odoo import fields, models


class SurveyCallcenterOutcome(models.Model):
    """What came of a call, and what happens with the contact because of it."""

    _name = "survey.callcenter.outcome"
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
    counts_attempt = fields.Boolean(string="Counts as an Attempt", default=True)
    is_contact = fields.Boolean(
        string="Contact Established",
        help="The person was on the phone. From then on only the same agent goes on"
        " where users may not change.",
    )
    sets_done = fields.Boolean(string="Sets the Contact to Done")
    close_reason = fields.Selection(
        selection="_get_close_reasons", help="Why the contact is closed by this outcome."
    )
    require_note = fields.Boolean(string="Needs a Note")
    require_callback = fields.Boolean(string="Needs a Follow-Up")
    adds_dnc = fields.Boolean(
        string="Puts the Number on the Do-Not-Call List",
        help="The number goes on Odoo's phone blacklist: no survey calls it any more.",
    )
    default_rating_id = fields.Many2one("survey.callcenter.rating", string="Rating")
    hotkey = fields.Selection(
        [(str(key), str(key)) for key in range(1, 10)],
        string="Key",
        help="Pressing this key on the work screen chooses the outcome.",
    )

    _code_unique = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "Another outcome has this code."
    )

    def _get_close_reasons(self):
        return self.env["survey.callcenter.contact"]._fields["close_reason"].selection
