import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

_logger = logging.getLogger(__name__)


class SurveyCallcenterListJob(models.Model):
    """Writes the people of a selection into the contact list of a survey, bit by bit.

    Each bit is committed with how far the job is: after a crash it goes on from there.
    How a bit is written stands in ``list_job_batch.py``.
    """

    _name = "survey.callcenter.list.job"
    _description = "Contact List Job"
    _order = "id desc"
    _rec_name = "selection_id"

    survey_id = fields.Many2one(
        "survey.survey", required=True, readonly=True, ondelete="cascade", index=True
    )
    selection_id = fields.Many2one(
        "survey.callcenter.selection",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("running", "Running"),
            ("done", "Done"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="waiting",
        readonly=True,
        index=True,
    )
    total = fields.Integer(string="Found", readonly=True)
    processed = fields.Integer(readonly=True)
    added = fields.Integer(readonly=True)
    skipped_known = fields.Integer(string="On the List Already", readonly=True)
    skipped_no_phone = fields.Integer(string="No Phone Number", readonly=True)
    skipped_dnc = fields.Integer(string="Do Not Call", readonly=True)
    skipped_other_survey = fields.Integer(string="In Other Open Surveys", readonly=True)
    skipped_duplicate = fields.Integer(string="Same Number Again", readonly=True)
    last_partner_id = fields.Integer(readonly=True)
    done_at = fields.Datetime(string="Finished", readonly=True)
    error = fields.Text(string="What Went Wrong", readonly=True)
    percent = fields.Float(compute="_compute_percent", aggregator="avg")

    # === COMPUTE METHODS === #

    @api.depends("total", "processed", "state")
    def _compute_percent(self):
        for job in self:
            job.percent = job._get_percent()

    def _get_percent(self):
        """Return how much of all these jobs is written."""
        if all(job.state == "done" for job in self):
            return 100
        total = sum(self.mapped("total"))
        # People who came to the selection meanwhile are more than were found.
        return min(100 * sum(self.mapped("processed")) / total, 100) if total else 0

    # === ACTION METHODS === #

    def action_retry(self):
        """Go on with jobs that failed, once the selection is in order again."""
        self.check_access("read")
        self.survey_id._cc_check_manager()
        if any(job.state != "failed" for job in self):
            raise UserError(self.env._("Only what has failed can be tried again."))
        self.sudo().write({"state": "waiting", "error": False})  # by the program only
        self._trigger()

    # === BUSINESS METHODS === #

    @api.model
    def _cron_run(self):
        """Write all contact lists that are not finished, as far as the time allows."""
        cron = self.env["ir.cron"]
        jobs = self.search(self._unfinished_domain(), order="id")
        cron._commit_progress(remaining=jobs._count_remaining())
        for job in jobs:
            while count := job._write_batch_or_fail():
                seconds = cron._commit_progress(
                    count, remaining=jobs._count_remaining()
                )
                if not seconds:
                    return
        cron._commit_progress(remaining=0)

    def _write_batch_or_fail(self):
        """Write some people; one bad selection does not stop the other jobs."""
        try:
            with self.env.cr.savepoint():
                return self._write_batch()
        except (UserError, ValueError, TypeError, psycopg2.DataError) as error:
            _logger.warning("Contact list job %s failed: %s", self.id, error)
            self.write({"state": "failed", "error": str(error)})
            return 0

    def _count_remaining(self):
        unfinished = self.filtered_domain(self._unfinished_domain())
        return sum(max(job.total - job.processed, 1) for job in unfinished)

    def _unfinished_domain(self):
        return Domain("state", "in", ("waiting", "running"))

    def _trigger(self):
        cron = self.env.ref("survey_callcenter.ir_cron_write_contact_lists")
        cron.sudo()._trigger()  # managers of the call center run no jobs themselves
