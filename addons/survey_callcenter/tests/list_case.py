"""People whom selections find, and surveys whose contact lists they come onto."""

from odoo.fields import Command

from .common import GROUP, CallCenterCase


class ListCase(CallCenterCase):
    """``manager`` and ``colleague`` plan; all people here are named "List …"."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls._create_user("colleague", f"{GROUP}manager")
        cls.selection.domain = "[('name', '=like', 'List %')]"
        cls.good = cls._create_partner("List good", phone="+49301234501")
        cls.planned = cls._create_survey(cc_state="planning", title="Planned")
        cls.env.flush_all()

    @classmethod
    def _create_partner(cls, name, **values):
        country = cls.env.ref("base.de").id
        return cls.env["res.partner"].create(
            {"name": name, "country_id": country, **values}
        )

    @classmethod
    def _create_difficult_people(cls):
        """Four people of whom a list gets one: see scenario 9."""
        cls.env["phone.blacklist"]._add(["+49 30 7654321"])
        return (
            cls._create_partner("List no phone")
            | cls._create_partner("List blacklisted", phone="030 7654321")
            | cls._create_partner("List duplicate", phone="030 1234501")
        )

    def _create_officer(self):
        """Return somebody who makes surveys, but none on the phone."""
        return self._create_user("officer", "base.group_user,survey.group_survey_user")

    def _create_selection(self, user=None, **values):
        selections = self.env["survey.callcenter.selection"]
        return selections.with_user(user or self.manager).create(
            {"name": "Another", "domain": "[('name', '=like', 'List %')]", **values}
        )

    def as_manager(self, records):
        return records.with_user(self.manager)

    def release(self, survey=None):
        """Release as the manager; return the jobs."""
        survey = self.as_manager(survey or self.planned)
        survey.action_cc_release()
        return survey.cc_list_job_ids

    def run_jobs(self):
        self.run_job("write_contact_lists")

    def listed(self, survey=None):
        """Return the names on the contact list."""
        contacts = self.contacts_of(survey or self.planned)
        return contacts.partner_id.sorted("id").mapped("name")

    def choose(self, selections, survey=None):
        (survey or self.planned).cc_selection_ids = [Command.set(selections.ids)]
