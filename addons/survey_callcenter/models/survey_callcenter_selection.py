import ast

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from .survey_callcenter_contact import NORMAL, PRIORITIES

MAX_NAME = 128
MAX_ZIP = 10


class SurveyCallcenterSelection(models.Model):
    """Stored criteria that choose whom a survey calls (Selektierung).

    It belongs to who made it: colleagues use a shared one as it is, or copy it.
    """

    _name = "survey.callcenter.selection"
    _description = "Selection of Contacts"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
    )
    owner_id = fields.Many2one(
        "res.users",
        required=True,
        default=lambda self: self.env.user,
        readonly=True,
        copy=False,
        index=True,
        help="Only the owner changes the criteria.",
    )
    shared = fields.Boolean(
        default=True,
        help="Colleagues see the selection and use it in their surveys.",
    )
    mode = fields.Selection(
        [("dynamic", "Dynamic"), ("static", "Static")],
        required=True,
        default="dynamic",
        help="Dynamic: who fits the criteria at the time of use."
        " Static: the contacts that were marked.",
    )
    domain = fields.Char(required=True, default="[]", string="Criteria")
    partner_ids = fields.Many2many("res.partner", string="Members", copy=False)
    country_id = fields.Many2one("res.country")
    zip_from = fields.Char(
        string="ZIP From",
        help="The first letters or digits are enough: 86 to 88 are all ZIP codes that"
        " begin with 86, 87 or 88.",
    )
    zip_to = fields.Char(string="ZIP To")
    exclude_dnc = fields.Boolean(string="Without Do-Not-Call Numbers", default=True)
    require_phone = fields.Boolean(
        string="Only With a Phone Number",
        default=True,
        help="Off: agents also get people without a number, and look it up.",
    )
    dedupe_phone = fields.Boolean(string="Each Number Once", default=True)
    exclude_other_open_surveys = fields.Boolean(
        string="Not in Other Open Surveys",
        help="Leave out who still waits for a call of another survey.",
    )
    allow_user_change = fields.Boolean(
        string="User May Change",
        default=True,
        help="Off: once an agent has reached the person, only this agent goes on.",
    )
    priority = fields.Selection(
        PRIORITIES,
        required=True,
        default=NORMAL,
        help="Who comes first when several people are due. An agreed follow-up comes"
        " before all of them.",
    )
    can_edit = fields.Boolean(compute="_compute_can_edit")

    _name_unique = models.UniqueIndex(
        "(company_id, name)", "Another selection has this name."
    )

    # === COMPUTE METHODS === #

    @api.depends("owner_id")
    @api.depends_context("uid")
    def _compute_can_edit(self):
        for selection in self:
            selection.can_edit = selection.owner_id == self.env.user

    # === CONSTRAINTS === #

    @api.constrains("name")
    def _check_name(self):
        if any(len(selection.name) > MAX_NAME for selection in self):
            raise ValidationError(
                self.env._("A name has at most %(most)s characters.", most=MAX_NAME)
            )

    @api.constrains("country_id", "zip_from", "zip_to")
    def _check_zip(self):
        for selection in self:
            if problem := selection._get_zip_problem():
                raise ValidationError(problem)

    def _get_zip_problem(self):
        first, last = self.zip_from or "", self.zip_to or ""
        if not first and not last:
            return None
        if not (first and last):
            return self.env._("Please enter both ZIP codes, or none.")
        if not self.country_id:
            return self.env._("ZIP codes need a country.")
        if max(len(first), len(last)) > MAX_ZIP:
            return self.env._(
                "A ZIP code has at most %(most)s characters.", most=MAX_ZIP
            )
        if first[: len(last)] > last:
            return self.env._(
                "The first ZIP code (%(first)s) comes after the last one (%(last)s).",
                first=first,
                last=last,
            )
        return None

    @api.constrains("domain")
    def _check_domain(self):
        """Criteria must be such that the one who writes them may search by them."""
        for selection in self:
            try:
                with self.env.cr.savepoint():
                    criteria = selection._get_criteria()
                    self.env["res.partner"].search(criteria, limit=1)
            except (UserError, ValueError, TypeError, psycopg2.DataError) as error:
                raise ValidationError(
                    self.env._(
                        "The criteria of “%(name)s” cannot be used: please choose them"
                        " again.",
                        name=selection.name,
                    )
                ) from error

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._normalize_zips(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._normalize_zips(vals))

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        return [
            {**vals, "name": self.env._("%s (copy)", selection.name)} | (default or {})
            for selection, vals in zip(self, vals_list, strict=True)
        ]

    def _normalize_zips(self, vals):
        """Write ZIP codes the way in which they are compared."""
        zips = {name: vals[name] for name in ("zip_from", "zip_to") if vals.get(name)}
        return vals | {
            name: "".join(str(value).split()).upper() for name, value in zips.items()
        }

    # === BUSINESS METHODS === #

    def _get_partner_domain(self):
        """Return whom the selection means: who fits now, or the marked ones."""
        self.ensure_one()
        if self.mode == "static":
            return self._reachable_domain() & self._member_domain()
        return self._fitting_domain()

    def _fitting_domain(self):
        """Return who fits the criteria now, also where members are marked."""
        domain = self._reachable_domain() & self._get_criteria()
        if self.country_id:
            domain &= Domain("country_id", "=", self.country_id.id)
        if self.zip_from:
            domain &= self._zip_domain()
        return domain

    def _reachable_domain(self):
        companies = [False, self.company_id.id]
        return Domain("active", "=", True) & Domain("company_id", "in", companies)

    def _get_criteria(self):
        """:raise ValueError: the criteria are no domain"""
        try:
            return Domain(ast.literal_eval(self.domain or "[]"))
        except (SyntaxError, TypeError, RecursionError, MemoryError) as error:
            raise ValueError(self.domain) from error

    def _zip_domain(self):
        """Return who has a ZIP code that begins within the two bounds.

        867 to 88 are 867, 868, 869, 87 and 88 with all that may follow.
        """
        first, last = self.zip_from, self.zip_to

        def to_sql(model, alias, query):
            # Compared letter by letter, whatever the language of the database is.
            code = SQL(
                """upper(replace(%s, ' ', '')) COLLATE "C" """,
                model._field_to_sql(alias, "zip", query),
            )
            return SQL(
                "(%s >= %s AND left(%s, %s) <= %s)", code, first, code, len(last), last
            )

        def fits(partner):
            code = (partner.zip or "").replace(" ", "").upper()
            return code >= first and code[: len(last)] <= last

        return Domain.custom(to_sql=to_sql, predicate=fits)
