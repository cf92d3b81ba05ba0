import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.customer_portal.tools.uploads import KNOWN_EXTENSIONS

from ..tools.patterns import is_quick

MAX_CHAR = 255
MAX_TEXT = 5000
MAX_DAYS = 3650


class OrderSheetField(models.Model):
    """What an answer must keep to."""

    _inherit = "order.sheet.field"

    min_value = fields.Float(
        string="At Least",
        digits=(16, 6),
        help="For quantities: if anything is ordered. 0: no negative numbers.",
    )
    max_value = fields.Float(
        string="At Most", digits=(16, 6), help="0: there is no limit."
    )
    step = fields.Float(
        string="Steps of", digits=(16, 6), help="0: any number. 50: 50, 100, 150 …"
    )
    min_length = fields.Integer(string="Characters, at Least")
    max_length = fields.Integer(
        string="Characters, at Most",
        help="0: as many as fit, 255 in a line, 5,000 in a text.",
    )
    regex = fields.Char(
        string="Pattern",
        help="A regular expression that the whole text must match; it has 255"
        " characters at most then.",
    )
    regex_message = fields.Char(
        string="Message",
        translate=True,
        help="What customers read if the text does not match the pattern.",
    )
    date_limit = fields.Selection(
        [
            ("none", "Any day"),
            ("fixed", "Between two days"),
            ("relative", "Days from today"),
        ],
        string="Days",
        required=True,
        default="none",
    )
    date_min = fields.Date(string="First Day")
    date_max = fields.Date(string="Last Day")
    days_min = fields.Integer(
        string="First Day in … Days", help="0 is today, 1 is tomorrow."
    )
    days_max = fields.Integer(
        string="Last Day in … Days", help="0: there is no last day."
    )
    file_ext = fields.Char(
        string="Endings",
        default="pdf, png, jpg, jpeg, tif, ai, eps, docx, xlsx, zip",
        help="Which files customers may send.",
    )
    file_max_mb = fields.Integer(string="Largest File (MB)", default=20)
    file_max_count = fields.Integer(string="Files, at Most", default=5)
    choice_min = fields.Integer(string="Choices, at Least")
    choice_max = fields.Integer(string="Choices, at Most", help="0: all of them.")

    _file_limits_in_range = models.Constraint(
        "CHECK (file_max_mb BETWEEN 1 AND 100 AND file_max_count BETWEEN 1 AND 20)",
        "Customers may send 1 to 20 files of 1 to 100 MB.",
    )
    _days_in_range = models.Constraint(
        f"CHECK (days_min BETWEEN -{MAX_DAYS} AND {MAX_DAYS}"
        f" AND days_max BETWEEN -{MAX_DAYS} AND {MAX_DAYS})",
        "Days lie within ten years.",
    )
    _limits_natural = models.Constraint(
        "CHECK (min_length >= 0 AND max_length >= 0 AND choice_min >= 0"
        " AND choice_max >= 0 AND step >= 0)",
        "Lengths, steps and numbers of choices cannot be negative.",
    )

    @api.constrains(
        *("min_value", "max_value", "min_length", "max_length"),
        *("choice_min", "choice_max", "date_min", "date_max", "days_min", "days_max"),
    )
    def _check_limits(self):
        pairs = (
            *(("min_value", "max_value"), ("min_length", "max_length")),
            *(("choice_min", "choice_max"), ("date_min", "date_max")),
            ("days_min", "days_max"),
        )
        for field in self:
            for least, most in pairs:
                if field[most] and field[least] and field[least] > field[most]:
                    raise ValidationError(
                        self.env._(
                            "“%(label)s”: “%(most)s” is less than “%(least)s”.",
                            label=field.label,
                            most=self._fields[most]._description_string(self.env),
                            least=self._fields[least]._description_string(self.env),
                        )
                    )

    @api.constrains("regex")
    def _check_regex(self):
        for field in self.filtered("regex"):
            try:
                quick = is_quick(field.regex)
            except re.error as error:
                raise ValidationError(
                    self.env._(
                        "The pattern of “%(label)s” is no regular expression:"
                        " %(error)s",
                        label=field.label,
                        error=error,
                    )
                ) from error
            if not quick:
                raise ValidationError(
                    self.env._(
                        "The pattern of “%(label)s” could take for ever. Say how often"
                        " something may come at most, like {1,20} instead of +.",
                        label=field.label,
                    )
                )

    @api.constrains("file_ext")
    def _check_file_ext(self):
        for field in self:
            unknown = set(field._get_extensions()) - set(KNOWN_EXTENSIONS)
            if unknown:
                raise ValidationError(
                    self.env._(
                        "Files with these endings cannot be sent: %(endings)s."
                        " Possible are: %(known)s.",
                        endings=", ".join(sorted(unknown)),
                        known=", ".join(KNOWN_EXTENSIONS),
                    )
                )

    def _get_extensions(self):
        """Return the endings of files that customers may send, in the given order."""
        parts = re.split(r"[\s,;]+", (self.file_ext or "").lower())
        return [part.strip(".") for part in parts if part.strip(".")]

    def _get_max_length(self):
        is_long = self.field_type == "text" and not self.regex
        most = MAX_TEXT if is_long else MAX_CHAR
        return min(self.max_length or most, most)

    def _get_days(self):
        """Return the first and the last day that may be chosen, each one or None."""
        if self.date_limit == "fixed":
            return self.date_min or None, self.date_max or None
        if self.date_limit == "relative":
            today = self.company_id.sudo()._portal_today()
            last = fields.Date.add(today, days=self.days_max) if self.days_max else None
            return fields.Date.add(today, days=self.days_min), last
        return None, None
