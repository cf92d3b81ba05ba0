import re
from datetime import datetime

from odoo import models
from odoo.tools import single_email_re

from odoo.addons.customer_portal.controllers.portal_form import NOT_IN_A_LINE

from ..tools.filled_sheet import WrongAnswer
from ..tools.numbers import format_number, is_multiple, parse_number
from .order_sheet_field import QUANTITIES

URL = re.compile(r"(https?://)?([\w-]+\.)+[a-z]{2,}(:\d+)?(/\S*)?", re.IGNORECASE)
PHONE = re.compile(r"\+?[0-9 ()/.-]{4,30}")
TEXTS = ("char", "text", "email", "phone", "url")
# where an answer of a type is kept
COLUMNS = {
    **dict.fromkeys((*TEXTS, "choice", "image_choice"), "value_text"),
    **dict.fromkeys(("integer", "float", *QUANTITIES), "value_number"),
    "boolean": "value_bool",
    "date": "value_date",
    "multi": "value_json",
    "address": "partner_id",
    "product_choice": "product_id",
    "file": "attachment_ids",
}


class OrderSheetField(models.Model):
    """How an answer is read, checked and shown, for each type of question.

    A new type has a method ``_parse_<type>``, and where needed ``_check_<type>`` and
    ``_show_<type>``. Values are plain: a text, a number, a date, the key of an option,
    a list of keys, an id; None is no answer.
    """

    _inherit = "order.sheet.field"

    def _get_column(self):
        """Return the field of ``order.sheet.answer`` that keeps the value, or None."""
        return COLUMNS.get(self.field_type)

    # === WHAT WAS TYPED === #

    def _parse(self, typed, choices):
        """Return the value of what a customer has typed, or None.

        :param typed: a text, or a list of texts where several can be chosen
        :param choices: what the customer may choose from: see ``Choices``
        :raise WrongAnswer: it cannot be, or keeps not to the rules
        """
        if isinstance(typed, str):
            typed = typed.strip()
        if not typed:
            return None
        value = getattr(self, f"_parse_{self.field_type}")(typed)
        self._check(value, choices)
        return value

    def _parse_line(self, typed):
        if NOT_IN_A_LINE.search(typed):
            raise WrongAnswer(
                self.env._("There are characters in it that cannot be used.")
            )
        return typed

    _parse_char = _parse_line
    _parse_email = _parse_line
    _parse_phone = _parse_line
    _parse_url = _parse_line
    _parse_choice = _parse_line
    _parse_image_choice = _parse_line

    def _parse_text(self, typed):
        return typed

    def _parse_integer(self, typed):
        number = self._parse_float(typed)
        if not number.is_integer():
            raise WrongAnswer(self.env._("Please enter a whole number."))
        return int(number)

    def _parse_float(self, typed):
        number = parse_number(self.env, typed)
        if number is None:
            raise WrongAnswer(self.env._("Please enter a number."))
        return number

    def _parse_product_qty(self, typed):
        return self._parse_float(typed) or None

    _parse_product_matrix = _parse_product_qty

    def _parse_boolean(self, typed):
        return typed not in ("0", "false") or None

    def _parse_date(self, typed):
        for parse in (_parse_iso, self._parse_local_date):
            day = parse(typed)
            if day and day.year >= 1900:
                return day
        raise WrongAnswer(self.env._("Please enter a day."))

    def _parse_local_date(self, typed):
        lang = self.env["res.lang"]._lang_get(self.env.lang or "en_US")
        return _parse_day(typed, lang.date_format) if typed.isascii() else None

    def _parse_multi(self, typed):
        keys = typed if isinstance(typed, list) else [typed]
        return sorted({key for key in keys if key}) or None

    def _parse_id(self, typed):
        if not re.fullmatch(r"[0-9]{1,9}", typed):
            raise WrongAnswer(self.env._("Please choose from the list."))
        return int(typed)

    _parse_address = _parse_id
    _parse_product_choice = _parse_id

    # === RULES === #

    def _check(self, value, choices):
        """:raise WrongAnswer: a value does not keep to the rules, by now"""
        if value is None:
            return
        check = getattr(self, f"_check_{self.field_type}", None)
        if check:
            check(value, choices)

    def _check_text(self, value, choices):
        _ = self.env._
        most = self._get_max_length()
        if len(value) > most:
            raise WrongAnswer(
                _(
                    "At most %(most)s characters, please; these are %(count)s.",
                    most=most,
                    count=len(value),
                )
            )
        if len(value) < self.min_length:
            raise WrongAnswer(
                _("At least %(least)s characters, please.", least=self.min_length)
            )
        if self.regex and not re.fullmatch(self.regex, value):
            raise WrongAnswer(
                self.regex_message or _("This is not in the expected form.")
            )

    _check_char = _check_text

    def _check_email(self, value, choices):
        self._check_text(value, choices)
        if not single_email_re.fullmatch(value):
            raise WrongAnswer(self.env._("Please enter a valid e-mail address."))

    def _check_phone(self, value, choices):
        self._check_text(value, choices)
        if not PHONE.fullmatch(value):
            raise WrongAnswer(self.env._("Please enter a phone number."))

    def _check_url(self, value, choices):
        self._check_text(value, choices)
        if not URL.fullmatch(value):
            raise WrongAnswer(
                self.env._("Please enter an address such as www.example.com.")
            )

    def _check_float(self, value, choices):
        _, show = self.env._, self._show_number
        if value < self.min_value:
            raise WrongAnswer(_("At least %(least)s", least=show(self.min_value)))
        if self.max_value and value > self.max_value:
            raise WrongAnswer(_("At most %(most)s", most=show(self.max_value)))
        if self.step and not is_multiple(value - self.min_value, self.step):
            raise WrongAnswer(_("Steps of %(step)s", step=show(self.step)))

    _check_integer = _check_float

    def _check_product_qty(self, value, choices):
        self._check_float(value, choices)
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        if round(value, digits) != value:
            raise WrongAnswer(
                self.env._("At most %(digits)s decimal places.", digits=digits)
            )

    _check_product_matrix = _check_product_qty

    def _check_date(self, value, choices):
        _ = self.env._
        first, last = self._get_days()
        show = self.company_id.sudo()._portal_format_date
        if first and value < first:
            raise WrongAnswer(_("Not before %(day)s, please.", day=show(first)))
        if last and value > last:
            raise WrongAnswer(_("Not after %(day)s, please.", day=show(last)))

    def _check_choice(self, value, choices):
        if value not in self._get_options().mapped("key"):
            raise WrongAnswer(self.env._("Please choose from the list."))

    _check_image_choice = _check_choice

    def _check_multi(self, value, choices):
        _ = self.env._
        if not set(value) <= set(self._get_options().mapped("key")):
            raise WrongAnswer(_("Please choose from the list."))
        if len(value) < self.choice_min:
            raise WrongAnswer(
                _("Please choose at least %(least)s.", least=self.choice_min)
            )
        if self.choice_max and len(value) > self.choice_max:
            raise WrongAnswer(
                _("Please choose at most %(most)s.", most=self.choice_max)
            )

    def _check_address(self, value, choices):
        if value not in choices.addresses_sudo.ids:
            raise WrongAnswer(self.env._("Please choose from the list."))

    def _check_product_choice(self, value, choices):
        if value not in self._get_products().ids:
            raise WrongAnswer(self.env._("Please choose from the list."))

    # === WHAT IS SHOWN === #

    def _get_products(self):
        """Return the products that can be ordered with this question."""
        return self.product_ids.filtered(lambda it: it.active and it.sale_ok)

    def _get_options(self):
        """Return the options of which the product, if they have one, can be ordered."""
        return self.option_ids.filtered(
            lambda it: (
                not it.product_id or (it.product_id.active and it.product_id.sale_ok)
            )
        )

    def _to_typed(self, value):
        """Return a value as the customer would type it: a text, or a list of texts."""
        if value is None:
            return [] if self.field_type == "multi" else ""
        if self._get_column() == "value_number":
            return format_number(self.env, value)
        if self.field_type == "boolean":
            return "1" if value else ""
        if self.field_type == "multi":
            return value
        return str(value)  # a date as inputs of the type date want it

    def _show(self, value, choices):
        """Return a value as a text to read, in the language of the environment."""
        if value is None:
            return ""
        show = getattr(self, f"_show_{self.field_type}", None)
        return show(value, choices) if show else str(value)

    def _show_number(self, value, choices=None):
        return format_number(self.env, value)

    _show_integer = _show_number
    _show_float = _show_number
    _show_product_qty = _show_number
    _show_product_matrix = _show_number

    def _show_boolean(self, value, choices):
        return self.env._("Yes") if value else self.env._("No")

    def _show_date(self, value, choices):
        return self.company_id.sudo()._portal_format_date(value)

    def _show_choice(self, value, choices):
        return self._show_multi([value], choices)

    _show_image_choice = _show_choice

    def _show_multi(self, value, choices):
        return ", ".join(
            option.label for option in self.option_ids if option.key in value
        )

    def _show_address(self, value, choices):
        address_sudo = choices.addresses_sudo.filtered(lambda it: it.id == value)
        lines = (address_sudo.name, address_sudo._get_portal_address_text())
        return "\n".join(filter(None, lines)) if address_sudo else ""

    def _show_product_choice(self, value, choices):
        return self._get_products().filtered(lambda it: it.id == value).display_name


def _parse_iso(typed):
    return _parse_day(typed, "%Y-%m-%d") if typed.isascii() else None


def _parse_day(typed, date_format):
    try:
        return datetime.strptime(typed, date_format).date()
    except ValueError:
        return None
