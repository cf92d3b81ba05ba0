import polib

from odoo.tests import BaseCase, tagged
from odoo.tools.misc import file_path

# What the German description of the call center calls things.
WORDS = {
    "Call Center": "CallCenter",
    "Change": "Ändern",
    "Change contact status: %s": "Kontaktstatus ändern: %s",
    "Contact History": "Kontakt-Historie",
    "Contact List": "Liste der Kontaktpersonen",
    "Done": "Erledigt",
    "Field Service": "Außendienst",
    "Follow-Up": "Wiedervorlage",
    "Manage Call Surveys": "Umfragen verwalten",
    "Notes": "Notizen",
    "Rating": "Beurteilung",
    "Selection": "Selektierung",
    "User May Change": "Benutzer darf wechseln",
}


@tagged("post_install", "-at_install")
class TestWords(BaseCase):
    def test_germans_read_the_words_that_they_use(self):
        entries = polib.pofile(file_path("survey_callcenter/i18n/de.po"))
        german = {
            entry.msgid: entry.msgstr
            for entry in entries.translated_entries()
            if entry.msgid in WORDS
        }
        self.assertEqual(german, WORDS)
