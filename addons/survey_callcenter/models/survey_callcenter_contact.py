from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

NORMAL, FOLLOW_UP = "1", "3"
PRIORITIES = [("0", "Low"), (NORMAL, "Normal"), ("2", "High")]


class SurveyCallcenterContact(models.Model):
    """A person on the contact list of a survey: open, done or excluded.

    An agent holds at most one contact at a time (``lock_user_id``); whoever holds it
    is on the phone with the person. ``_cc_apply`` is the only writer of what a call or
    the dialog changes; no group may write contacts.
    """

    _name = "survey.callcenter.contact"
    _description = "Survey Contact"
    _order = "id"
    _rec_name = "partner_id"
    _check_company_auto = True

    _transitions = {
        "open": {"done", "excluded"},
        "done": {"open"},
        "excluded": {"open", "done"},
    }

    survey_id = fields.Many2one(
        "survey.survey", required=True, readonly=True, ondelete="cascade"
    )
    selection_id = fields.Many2one(
        "survey.callcenter.selection",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact Person",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    phone_e164 = fields.Char(string="Phone", readonly=True)
    # The number again where the selection wants each number once, for a unique index.
    phone_key = fields.Char(readonly=True)
    tz = fields.Char(string="Time Zone", readonly=True)
    priority = fields.Selection(
        [*PRIORITIES, (FOLLOW_UP, "Follow-Up")],
        required=True,
        default=NORMAL,
        readonly=True,
    )
    state = fields.Selection(
        [("open", "Open"), ("done", "Done"), ("excluded", "Excluded")],
        required=True,
        default="open",
        readonly=True,
    )
    close_reason = fields.Selection(
        [
            ("completed", "Completed"),
            ("refused", "Refused"),
            ("dnc", "Do not call"),
            ("max_attempts", "Too many attempts"),
            ("invalid", "Number is invalid"),
            ("not_eligible", "Out of the target group"),
            ("withdrawn", "Person archived"),
            ("manual", "Set by hand"),
        ],
        readonly=True,
    )
    rating_id = fields.Many2one(
        "survey.callcenter.rating", readonly=True, ondelete="restrict"
    )
    outcome_id = fields.Many2one(
        "survey.callcenter.outcome",
        string="Last Outcome",
        readonly=True,
        ondelete="restrict",
    )
    attempt_count = fields.Integer(string="Attempts", readonly=True)
    contact_established = fields.Boolean(readonly=True)
    first_user_id = fields.Many2one(
        "res.users",
        string="First Agent",
        readonly=True,
        help="Who reached the person first.",
    )
    allow_user_change = fields.Boolean(
        string="User May Change", readonly=True, default=True
    )
    next_call_at = fields.Datetime(string="Next Call", readonly=True)
    callback_at = fields.Datetime(string="Follow-Up", readonly=True)
    callback_user_id = fields.Many2one(
        "res.users", string="Follow-Up By", readonly=True, index="btree_not_null"
    )
    callback_note = fields.Char(string="Note on the Follow-Up", readonly=True)
    queue_user_id = fields.Many2one(
        "res.users",
        string="Only For",
        compute="_compute_queue_user_id",
        store=True,
        help="The only agent who is offered this contact. Empty: all agents.",
    )
    lock_user_id = fields.Many2one("res.users", string="On the Phone", readonly=True)
    locked_at = fields.Datetime(readonly=True)
    lock_until = fields.Datetime(readonly=True)
    call_uuid = fields.Char(readonly=True, copy=False)
    draft_note = fields.Text(readonly=True)
    user_input_id = fields.Many2one(
        "survey.user_input",
        string="Questionnaire",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        groups="survey_callcenter.group_cc_manager",
    )
    last_call_at = fields.Datetime(string="Last Call", readonly=True)
    last_user_id = fields.Many2one("res.users", string="Last Agent", readonly=True)
    done_at = fields.Datetime(readonly=True)
    done_user_id = fields.Many2one("res.users", readonly=True)
    version = fields.Integer(readonly=True)
    changed_by_id = fields.Many2one("res.users", readonly=True)
    changed_at = fields.Datetime(readonly=True)
    call_ids = fields.One2many("survey.callcenter.call", "contact_id", string="Calls")
    appointment_ids = fields.One2many(
        "survey.callcenter.appointment", "contact_id", string="Appointments"
    )

    # The partner first: it is also the index of the foreign key, and of names.
    _partner_survey_unique = models.UniqueIndex(
        "(partner_id, survey_id)", "This person is on the contact list already."
    )
    _survey_phone_unique = models.UniqueIndex(
        "(survey_id, phone_key) WHERE phone_key IS NOT NULL",
        "This number is on the contact list already.",
    )
    _lock_user_unique = models.UniqueIndex(
        "(lock_user_id) WHERE lock_user_id IS NOT NULL",
        "An agent holds one contact at a time.",
    )
    # What "next contact" reads; a contact leaves them while somebody holds it.
    _queue_index = models.Index(
        "(survey_id, priority, tz, next_call_at) WHERE state = 'open'"
        " AND lock_user_id IS NULL AND queue_user_id IS NULL"
    )
    _callback_index = models.Index(
        "(survey_id, queue_user_id, callback_at) WHERE state = 'open'"
        " AND lock_user_id IS NULL AND callback_at IS NOT NULL"
    )
    _own_queue_index = models.Index(
        "(queue_user_id, next_call_at) WHERE state = 'open'"
        " AND queue_user_id IS NOT NULL"
    )
    _call_uuid_index = models.Index("(call_uuid) WHERE call_uuid IS NOT NULL")
    _lock_until_index = models.Index("(lock_until) WHERE lock_user_id IS NOT NULL")
    _last_user_index = models.Index(
        "(last_user_id, last_call_at) WHERE last_user_id IS NOT NULL"
    )
    # The contact list, also by state.
    _survey_state_index = models.Index("(survey_id, state, id)")

    def init(self):
        """Let PostgreSQL tidy up early: calls leave dead rows where picks begin."""
        self.env.cr.execute(
            SQL(
                "ALTER TABLE survey_callcenter_contact SET"
                " (autovacuum_vacuum_scale_factor = 0.01,"
                " autovacuum_vacuum_threshold = 1000)"
            )
        )
        return super().init()

    # === COMPUTE METHODS === #

    @api.depends(
        "callback_user_id", "first_user_id", "contact_established", "allow_user_change"
    )
    def _compute_queue_user_id(self):
        for contact in self:
            is_bound = contact.contact_established and not contact.allow_user_change
            contact.queue_user_id = contact.callback_user_id or (
                contact.first_user_id if is_bound else False
            )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        contacts = super().create(vals_list)
        for survey, of_survey in contacts.grouped("survey_id").items():
            survey._cc_add_time_zones({zone for zone in of_survey.mapped("tz") if zone})
        return contacts

    # === BUSINESS METHODS === #

    def _move_to(self, state):
        """Move all contacts to ``state``, or none of them.

        :raise UserError: a contact is not where this step starts
        """
        if not all(state in self._transitions[contact.state] for contact in self):
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(name)s cannot become %(state)s now.",
                    name=", ".join(self.mapped("display_name")),
                    state=labels[state],
                )
            )
        self.write({"state": state})

    def _cc_apply(self, vals, source, **call_vals):
        """Change one contact and note down who did it: the only way to do so.

        Callers have checked the rights and hold the row lock.

        :param vals: fields of the contact; a new ``state`` goes through ``_move_to``
        :param source: what made the change, see ``survey.callcenter.call``
        :param call_vals: fields of the call row that are not on the contact
        :return: the call row (of the superuser)
        """
        self.ensure_one()
        contact_sudo = self.sudo()  # no group may write contacts
        vals = contact_sudo._prepare_apply_vals(vals)
        state = vals.pop("state", contact_sudo.state)
        if state != contact_sudo.state:
            contact_sudo._move_to(state)
        contact_sudo.write(vals)
        calls_sudo = self.env["survey.callcenter.call"].sudo()
        return calls_sudo.create(contact_sudo._prepare_call_vals(source, call_vals))

    def _prepare_apply_vals(self, vals):
        """Add what follows from a change: the version, and done clears follow-ups."""
        now = fields.Datetime.now()
        state = vals.get("state", self.state)
        vals = vals | {
            "version": self.version + 1,
            "changed_by_id": self.env.uid,
            "changed_at": now,
        }
        if state != "open":
            vals |= dict.fromkeys(("callback_at", "callback_user_id", "callback_note"))
            vals["next_call_at"] = False
        if state == "done" and self.state != "done":
            vals |= {"done_at": now, "done_user_id": self.env.uid}
        return vals

    def _prepare_call_vals(self, source, call_vals):
        return {
            "contact_id": self.id,
            "survey_id": self.survey_id.id,
            "selection_id": self.selection_id.id,
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "user_id": self.env.uid,
            "source": source,
            "call_at": fields.Datetime.now(),
            "rating_id": self.rating_id.id,
            **call_vals,
        }
