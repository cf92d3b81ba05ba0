"""Reads the portal's form of a new ticket."""

import re

from odoo.http import request

from ..tools import uploads
from ..tools.portal_params import as_text

MAX_SUBJECT = 128
MAX_DESCRIPTION = 10_000

# Control characters and halves of characters; a text has tabs and line breaks.
_NOT_IN_A_LINE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_NOT_IN_A_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class TicketForm:
    """What a customer has typed, and what is wrong with it.

    :ivar typed: for the form, when it has to be shown again
    :ivar errors: {name of the field: message}
    :ivar values: what OCA's route makes a ticket of, when there are no errors
    """

    def __init__(self, post, files, page):
        """
        :param post: the parameters of the request
        :param files: what the browser sent as files
        :param page: values of the form's page: teams, categories, which are required
        """
        names = ("team", "category", "subject", "description")
        self.typed = {name: as_text(post.get(name)) for name in names}
        self.errors = {}
        self.values = {
            "subject": self._line(),
            "description": self._text(),
            "team": self._choice(
                "team", page["teams"], page["ticket_team_id_required"]
            ),
            "category": self._choice(
                "category", page["categories"], page["ticket_category_id_required"]
            ),
            "attachment": self._files(files),
        }

    def _line(self):
        value = self.typed["subject"].strip()
        if not value:
            self.errors["subject"] = request.env._("Please enter a subject.")
        self._check_text("subject", value, _NOT_IN_A_LINE, MAX_SUBJECT)
        return value

    def _text(self):
        value = self.typed["description"].replace("\r\n", "\n").strip()
        if not value:
            self.errors["description"] = request.env._("Please enter a description.")
        self._check_text("description", value, _NOT_IN_A_TEXT, MAX_DESCRIPTION)
        return value

    def _check_text(self, name, value, unwanted, maximum):
        if unwanted.search(value):
            self.errors[name] = request.env._(
                "This text contains characters that cannot be used."
            )
        elif len(value) > maximum:
            self.errors[name] = request.env._(
                "This text may have %(maximum)s characters, not %(length)s.",
                maximum=maximum,
                length=len(value),
            )

    def _choice(self, name, records, is_required):
        """Return the id of what was chosen, as the browser sent it."""
        value = self.typed[name].strip()
        if not records:
            return ""  # the form does not ask for it
        if value and value not in map(str, records.ids):
            self.errors[name] = request.env._("Please choose an entry of the list.")
        elif not value and is_required:
            self.errors[name] = request.env._("Please choose an entry.")
        return value

    def _files(self, files):
        """Return the first file; OCA's route reads all of them from the request."""
        files = [file for file in files if file.filename]
        if len(files) > uploads.MAX_FILES:
            self.errors["attachment"] = request.env._(
                "You can send %(maximum)s files with a ticket, not %(number)s.",
                maximum=uploads.MAX_FILES,
                number=len(files),
            )
            return ""
        messages = filter(None, map(self._check_file, files))
        if message := " ".join(messages):
            self.errors["attachment"] = message
        return files[0] if files else ""

    def _check_file(self, file):
        """Give a file its cleaned name; return what is wrong with it, if anything."""
        file.filename = uploads.clean_filename(file.filename)
        # The server may repeat a request; the file has been read then.
        file.seek(0)
        content = file.read(uploads.MAX_BYTES + 1)
        file.seek(0)
        mistake = uploads.find_mistake(file.filename, content)
        return mistake and self._file_message(mistake, file.filename)

    def _file_message(self, mistake, name):
        _ = request.env._
        if mistake == "type":
            types = ", ".join(uploads.ALLOWED_EXTENSIONS)
            return _(
                "“%(name)s” is not a kind of file that can be sent. These can be sent:"
                " %(types)s.",
                name=name,
                types=types,
            )
        if mistake == "size":
            megabytes = uploads.MAX_BYTES // 1024**2
            return _(
                "“%(name)s” is larger than %(megabytes)s MB.",
                name=name,
                megabytes=megabytes,
            )
        if mistake == "empty":
            return _("“%(name)s” is empty.", name=name)
        return _("“%(name)s” is damaged, or is not what its name says.", name=name)
