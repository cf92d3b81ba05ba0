import re
from typing import NamedTuple

from odoo.http import content_disposition, request

from ..tools.uploads import ACCEPT, ALLOWED_EXTENSIONS, UploadRefused, check_upload
from .portal_form import PortalForm

MAX_FILES = 10
MEGABYTE = 1024 * 1024


class Upload(NamedTuple):
    """A file of a customer that can be kept as it is."""

    name: str
    content: bytes
    mimetype: str


class UploadForm(PortalForm):
    """A form with files beside its other fields.

    The form of the page has ``enctype="multipart/form-data"``, and its input has
    ``multiple`` and ``t-att-accept="form.accept"``::

        form = UploadForm(post)
        uploads = form.files("photos", _("Photos"))

    A browser shows no files again: where the form has a mistake, the customer chooses
    them anew. A form that takes other types than most sets ``accept`` as well, by
    ``get_accept(extensions)``.
    """

    accept = ACCEPT

    def files(
        self,
        name,
        label,
        required=False,
        maximum=MAX_FILES,
        company=None,
        max_bytes=None,
        extensions=ALLOWED_EXTENSIONS,
    ):
        """Return the files sent in one field, each an ``Upload``: all of them, or none.

        :param maximum: so many files at once
        :param company: whose setting says how large each may be; default: the visitor's
        :param max_bytes: how large each may be, in place of that setting
        :param extensions: endings that this field takes, as for ``check_upload``
        """
        sent = [
            file
            for file in request.httprequest.files.getlist(name)
            if file.filename or file.read(1)  # no file was chosen
        ]
        if not sent:
            self._missing(name, label, required)
            return []
        if len(sent) > maximum:
            self.fail(name, self._describe_too_many(maximum))
            return []
        company = company or request.env.company
        limits = {"max_bytes": max_bytes, "extensions": extensions}
        uploads = [self._read_upload(name, file, company, **limits) for file in sent]
        return [] if name in self.errors else uploads

    def _read_upload(self, field, file, company, **limits):
        try:
            return read_upload(file, company, **limits)
        except UploadRefused as refused:
            # all at once: a customer who reads of one would send the others again
            messages = [self.errors.get(field), describe_refusal(refused, company)]
            self.errors[field] = "\n".join(filter(None, messages))

    def _describe_too_many(self, maximum):
        return request.env._("Please send at most %(maximum)s files.", maximum=maximum)


def read_upload(file, company, max_bytes=None, extensions=ALLOWED_EXTENSIONS):
    """Return a file from a request, checked.

    :param file: as werkzeug gives it
    :param company: its setting says how large a file may be
    :param max_bytes: how large this one may be, in place of that setting
    :param extensions: endings that are taken, as for ``check_upload``
    :raise UploadRefused: it is not taken; ``describe_refusal`` says it in words
    """
    max_bytes = max_bytes or company._portal_upload_max_bytes()
    file.seek(0)
    content = file.read(max_bytes + 1)
    name, mimetype = check_upload(file.filename, content, max_bytes, extensions)
    return Upload(name, content, mimetype)


def describe_refusal(refused, company):
    """Return in the customer's words why a file is not taken."""
    _ = company.env._
    if refused.reason == "size":
        return _(
            "“%(name)s” is too large. A file may have %(maximum)s MB.",
            name=refused.name,
            maximum=refused.allowed // MEGABYTE,
        )
    if refused.reason == "empty":
        return _("“%(name)s” is empty.", name=refused.name)
    if refused.reason == "pixels":
        return _("The picture “%(name)s” has too many pixels.", name=refused.name)
    if refused.reason == "content":
        return _(
            "“%(name)s” is damaged, or it is not what its name says.", name=refused.name
        )
    return _(
        "“%(name)s” is of a type that cannot be sent. Possible are: %(types)s.",
        name=refused.name,
        types=", ".join(refused.allowed),
    )


def stream_attachment(attachment_sudo):
    """Return a download of a file that the visitor may have.

    It is saved and never shown in the page's own name, whatever the file is.
    """
    stream = request.env["ir.binary"]._get_stream_from(attachment_sudo)
    response = stream.get_response(as_attachment=True)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def send_pdf(pdf, name, is_download=True):
    """Return a paper as answer.

    :param name: of the file, without its ending
    :param is_download: whether it is saved; else the browser shows it
    """
    filename = re.sub(r"[^\w-]+", "_", name)
    kind = "attachment" if is_download else "inline"
    return request.make_response(
        pdf,
        headers=[
            ("Content-Type", "application/pdf"),
            ("Content-Length", len(pdf)),
            ("Content-Disposition", content_disposition(f"{filename}.pdf", kind)),
            ("X-Content-Type-Options", "nosniff"),
        ],
    )
