import logging

from psycopg2 import IntegrityError

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

MOST = 1000  # in one run; the next one goes on


class CustomerStateMixin(models.AbstractModel):
    """What jobs do with records that live on their own."""

    _inherit = "customer.state.mixin"

    def _do_or_log(self, do):
        """Do something; one record that fails shall not keep the others waiting."""
        try:
            with self.env.cr.savepoint():
                do(self)
        except (UserError, IntegrityError):
            _logger.warning("%s: the job leaves it out", self, exc_info=True)


class CustomerDocumentMixin(models.AbstractModel):
    """What jobs do with documents: one after the other, whatever happens to one."""

    _inherit = "customer.document.mixin"

    @api.model
    def _do_for_each(self, domain, do):
        """Do something with each document of this company, committing after each.

        A document that somebody else is changing, or that fails, is left to a later
        run.

        :param domain: which documents are due; ``do`` has to take them out of it
        :param do: function that gets one document, locked
        """
        domain &= Domain("company_id", "=", self.env.company.id)
        documents = self.search(domain, limit=MOST)
        self.env["ir.cron"]._commit_progress(remaining=len(documents))
        for document in documents:
            if document := document.try_lock_for_update().filtered_domain(domain):
                document._do_or_log(do)
            if not self.env["ir.cron"]._commit_progress(1):
                return
