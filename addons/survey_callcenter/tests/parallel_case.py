"""Tests on several real connections, as several requests at the same moment have."""

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class ParallelCase(TransactionCase):
    """What a test needs is committed, and deleted again in the order of ``created``."""

    def setUp(self):
        super().setUp()
        self.created = []
        self.addCleanup(self._delete_committed)
        with self.registry.cursor() as cr:
            self._create_committed(self._env(cr))

    def _env(self, cr):
        context = {"tracking_disable": True, "no_reset_password": True}
        return self.env(cr=cr, su=True, context=context)

    def _create_committed(self, env):
        """Create what all tests of the class need, and fill ``created``."""
        raise NotImplementedError

    def _delete_committed(self):
        with self.registry.cursor() as cr:
            env = self._env(cr)
            created = [
                env[records._name].browse(records.ids).exists()
                for records in self.created
            ]
            for records in created:
                if records._name == "survey.survey":
                    # Surveys that are being called cannot be deleted.
                    records.cc_state = "closed"
            for records in created:
                records.exists().unlink()
