import re
import uuid
from datetime import datetime

from odoo.http import request
from odoo.tools.misc import get_lang

MAX_INTEGER = 2**31 - 1
OLDEST_YEAR = 1900  # a year typed in a hurry arrives as 0026

NOT_IN_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_NOT_IN_A_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_UUID4 = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
)


def parse_id(value):
    """Return the record id that a route or an RPC call was given, or None.

    :param value: anything; only whole numbers that can be an id are taken, as number
        or as plain digits
    """
    return _parse_digits(value, 1, MAX_INTEGER)


def new_form_token():
    """Return a new ``form_token``: one for each time that a form is shown."""
    return str(uuid.uuid4())


def clean_text(value):
    """Return a text that every page can show and the database can take."""
    return _NOT_IN_A_TEXT.sub("", _as_text(value))


class PortalForm:
    """What a customer typed into a form, with an answer to each mistake.

    Each method reads one field and returns its value; where there is none, or a wrong
    one, it returns an empty value and a wrong one leaves a message for the customer in
    ``errors``. Nothing that a browser can send raises. Read all fields, then ask::

        form = PortalForm(post)
        vals = {
            "form_token": form.token(),
            "delivery_date": form.date("delivery_date", _("Delivery date")),
            "remark": form.text("remark", _("Remark"), max_length=2000, multiline=True),
        }
        if not form.ok:
            return request.render(page, {"form": form, "errors": form.errors})

    ``typed`` holds what was typed, to show the form again with nothing lost; in a
    textarea or an input write ``t-att-value="form.typed.get('remark')"``, and
    ``t-att="form.attributes('remark', 'form-control')"``.
    """

    # In the order of the page: the first mistake gets the focus.
    field_order = ()

    def __init__(self, post):
        """
        :param post: the parameters of the request: texts, and files, which are left
            out; a list is what ``choices`` reads
        """
        self.errors = {}
        self.typed = {
            name: clean_text(value) for name, value in post.items() if _is_plain(value)
        }
        self._sent = {name: _as_text(post[name]) for name in self.typed}
        self._lists = {
            name: values for name, values in post.items() if isinstance(values, list)
        }

    @property
    def ok(self):
        """Whether no field read so far has a mistake."""
        return not self.errors

    def fail(self, name, message):
        """Show a message at a field, unless it has one; for rules of the business."""
        self.errors.setdefault(name, message)

    # === FIELDS === #

    def text(self, name, label, required=False, max_length=128, multiline=False):
        """Return a text without spaces around it, or None.

        :param label: name of the field in the language of the page
        :param multiline: whether it is a textarea: line breaks and tabs are welcome
        """
        _ = request.env._
        value = self._value(name)
        unwanted = _NOT_IN_A_TEXT if multiline else NOT_IN_A_LINE
        if unwanted.search(value):
            return self.fail(
                name,
                _("“%(label)s” contains characters that cannot be used.", label=label),
            )
        if len(value) > max_length:
            return self.fail(
                name,
                _(
                    "“%(label)s” may have %(max_length)s characters, not %(length)s.",
                    label=label,
                    max_length=max_length,
                    length=len(value),
                ),
            )
        return value or self._missing(name, label, required)

    def date(self, name, label, required=False):
        """Return a date, as date inputs send it or the visitor's language writes it."""
        value = self._value(name)
        if not value:
            return self._missing(name, label, required)
        for date_format in ("%Y-%m-%d", get_lang(request.env).date_format):
            day = _parse_date(value, date_format)
            if day:
                return day
        return self.fail(
            name, request.env._("“%(label)s” is not a valid date.", label=label)
        )

    def natural(self, name, label, minimum=1, maximum=None, required=False):
        """Return a whole number that counts something, or None."""
        return self.integer(name, label, minimum, maximum, required)

    def integer(self, name, label, minimum=None, maximum=None, required=False):
        """Return a whole number within its limits, or None; it may be negative."""
        value = self._value(name)
        if not value:
            return self._missing(name, label, required)
        least = -MAX_INTEGER if minimum is None else minimum
        most = MAX_INTEGER if maximum is None else maximum
        number = _parse_digits(value, least, most)
        if number is not None:
            return number
        return self.fail(name, _describe_number(label, minimum, maximum))

    def record(self, name, label, candidates, required=False):
        """Return the chosen one of the records offered, or an empty recordset.

        :param candidates: the records that this visitor may choose; a record of another
            customer gets the same answer as one that does not exist
        """
        value = self._value(name)
        chosen = parse_id(value)
        if chosen in candidates._ids:
            return candidates.browse(chosen)
        if value:
            self._not_offered(name, label)
        else:
            self._missing(name, label, required)
        return candidates.browse()

    def choice(self, name, label, options, required=False):
        """Return the chosen one of the options (a dict or a list of keys), or None."""
        value = self._value(name)
        if not value:
            return self._missing(name, label, required)
        return value if value in options else self._not_offered(name, label)

    def choices(self, name, label, options, required=False):
        """Return those of the options that were ticked, in the order of the options.

        The boxes share one name. Afterwards ``typed`` has a list of what was ticked.

        :param options: a dict or a list of keys
        """
        sent = [_as_text(value).strip() for value in self._values(name)]
        self.typed[name] = [clean_text(value) for value in sent]
        if any(value not in options for value in sent):
            self._not_offered(name, label)
            return []
        if not sent:
            self._missing(name, label, required)
        return [key for key in options if key in sent]

    def yes_no(self, name, label, required=False):
        """Return the answer to a question: True, False, or None if there is none.

        :return: whether the one with the value ``yes`` of two radio buttons was chosen,
            whose values are ``yes`` and ``no``
        """
        answer = self.choice(name, label, ("yes", "no"), required)
        return None if answer is None else answer == "yes"

    def flag(self, name):
        """Return whether a box was ticked."""
        return self._value(name).lower() not in ("", "0", "false", "off")

    def token(self, name="form_token"):
        """Return the token of this form, which makes a repeated POST harmless, or None.

        A form without a usable token cannot be told from its repetition. It is shown
        again with a new one in ``typed``.
        """
        value = self._value(name)
        if _UUID4.fullmatch(value):
            return value
        self.typed[name] = new_form_token()
        return self.fail(
            name,
            request.env._(
                "This form was outdated and has been renewed. Please send it again."
            ),
        )

    # === THE PAGE === #

    @property
    def form_token(self):
        return self.typed.get("form_token") or new_form_token()

    def attributes(self, name, css_class, help_id=None):
        """Return the attributes of an input that tell everybody about its mistake."""
        is_wrong = name in self.errors
        first_error = next(
            (field for field in self.field_order if field in self.errors), None
        )
        described_by = [f"{name}_error"] * is_wrong + [help_id or ""]
        return {
            "id": name,
            "name": name,
            "class": f"{css_class} is-invalid" if is_wrong else css_class,
            "aria-invalid": "true" if is_wrong else None,
            "aria-describedby": " ".join(described_by).strip() or None,
            "autofocus": "autofocus" if name == first_error else None,
        }

    # === HELPERS === #

    def _value(self, name):
        return self._sent.get(name, "").strip()

    def _values(self, name):
        """Return all that was sent under one name.

        The parameters of a request have the first one only.
        """
        if name in self._lists:
            return [value for value in self._lists[name] if _is_plain(value)]
        if name not in self._sent:
            return []
        # The form may also be read from elsewhere, while the request has another one.
        sent = request.httprequest.form.getlist(name)
        first = self._sent[name]
        return sent if sent and _as_text(sent[0]) == first else [first]

    def _missing(self, name, label, required):
        if required:
            self.fail(name, request.env._("Please fill in “%(label)s”.", label=label))

    def _not_offered(self, name, label):
        self.fail(
            name, request.env._("Please choose “%(label)s” from the list.", label=label)
        )


def _is_plain(value):
    return isinstance(value, str | int)


def _as_text(value):
    """Return what was typed, with the line breaks of this side of the wire."""
    if isinstance(value, bool):  # a ticked box, as JSON sends it
        return "1" if value else ""
    return str(value).replace("\r\n", "\n") if _is_plain(value) else ""


def _describe_number(label, minimum, maximum):
    _ = request.env._
    if minimum is None and maximum is None:
        return _("“%(label)s” must be a whole number.", label=label)
    if maximum is None:
        return _(
            "“%(label)s” must be a whole number of at least %(minimum)s.",
            label=label,
            minimum=minimum,
        )
    if minimum is None:
        return _(
            "“%(label)s” must be a whole number of at most %(maximum)s.",
            label=label,
            maximum=maximum,
        )
    return _(
        "“%(label)s” must be a whole number from %(minimum)s to %(maximum)s.",
        label=label,
        minimum=minimum,
        maximum=maximum,
    )


def _parse_digits(value, minimum, maximum):
    # no int(text): it also takes "٣", "1_000" and "+1", and digits without end
    digits = _as_text(value).strip() if not isinstance(value, bool) else ""
    if not re.fullmatch(r"-?[0-9]{1,10}", digits):
        return None
    number = int(digits)
    return number if minimum <= number <= maximum else None


def _parse_date(value, date_format):
    if not value.isascii():  # strptime reads "٣" as 3
        return None
    try:
        day = datetime.strptime(value, date_format).date()
    except ValueError:
        return None
    return day if day.year >= OLDEST_YEAR else None
