from odoo import api, fields, models

from .starting_value import starts_with


class SurveyCallcenterStatusWizard(models.TransientModel):
    """The dialog "Change contact status" (Kontaktstatus ändern) of managers.

    It starts with what the contact is like now; ``version`` is the state of the contact
    that the manager looked at.
    """

    _name = "survey.callcenter.status.wizard"
    _description = "Change Contact Status"

    contact_id = fields.Many2one(
        "survey.callcenter.contact", required=True, ondelete="cascade"
    )
    version = fields.Integer(
        **starts_with("version", lambda wizard: wizard.contact_id.version)
    )
    survey_id = fields.Many2one(related="contact_id.survey_id")
    state = fields.Selection(related="contact_id.state")
    close_reason = fields.Selection(related="contact_id.close_reason")
    lock_user_id = fields.Many2one(related="contact_id.lock_user_id")
    take_over = fields.Boolean(
        help="The agent cannot save this call any more. The notes he has written so far"
        " are kept with the calls.",
    )
    # Call center
    done = fields.Boolean(
        **starts_with("done", lambda wizard: wizard.contact_id.state == "done")
    )
    reopen = fields.Boolean(
        string="Put Back on the List", help="Agents call this person again."
    )
    rating_id = fields.Many2one(
        "survey.callcenter.rating",
        domain="[('id', 'in', allowed_rating_ids)]",
        **starts_with("rating_id", lambda wizard: wizard.contact_id.rating_id),
    )
    allowed_rating_ids = fields.Many2many(related="survey_id.cc_rating_ids")
    is_newly_done = fields.Boolean(compute="_compute_is_newly_done")
    history_on_done = fields.Selection(
        related="survey_id.cc_history_on_done", string="History Wanted"
    )
    create_history = fields.Boolean(string="Entry in the Contact History", default=True)
    include_notes = fields.Boolean(
        string="With the Notes",
        help="The entry in the contact history contains the notes.",
        **starts_with(
            "include_notes", lambda wizard: wizard.survey_id.cc_history_include_notes
        ),
    )
    note = fields.Text(string="Notes")

    # === COMPUTE METHODS === #

    @api.depends("done", "contact_id")
    def _compute_is_newly_done(self):
        for wizard in self:
            wizard.is_newly_done = wizard.done and wizard.contact_id.state != "done"

    # === CRUD METHODS === #

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        context = self.env.context
        if context.get("active_model") == "survey.callcenter.contact":
            values.setdefault("contact_id", context.get("active_id"))
        self._get_contact(values)._check_dialog_access()
        return values

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._get_contact(vals)._check_dialog_access()
        return super().create(vals_list)

    def write(self, vals):
        self._get_contact(vals)._check_dialog_access()
        return super().write(vals)

    def _get_contact(self, vals):
        return self.env["survey.callcenter.contact"].browse(
            vals.get("contact_id") or []
        )
