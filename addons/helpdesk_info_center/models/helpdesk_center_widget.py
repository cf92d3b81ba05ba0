from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

from ..tools.columns import (
    COLUMNS,
    DEFAULT_COLUMNS,
    SIZES,
    clean_columns,
    clean_order,
)
from ..tools.tabs import TABS


class HelpdeskCenterWidget(models.Model):
    """A box of the customer information center, which an agent may move and close.

    Managers add boxes with tickets of their own choice; what a box shows is decided by
    its kind.
    """

    _name = "helpdesk.center.widget"
    _description = "Information Center Widget"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    key = fields.Char(
        required=True,
        copy=False,
        help="Under this name users' layouts remember the widget. It never changes.",
        default=lambda self: uuid4().hex[:12],
    )
    center = fields.Selection(
        [("company", "Company"), ("contact", "Contact"), ("both", "Both")],
        string="Shown for",
        required=True,
        default="both",
    )
    kind = fields.Selection(
        [
            ("tickets", "Tickets"),
            ("unlinked", "Unlinked Tickets"),
            ("contacts", "Contacts"),
            ("companies", "Companies"),
            ("status", "Status"),
            ("info", "Customer Information"),
        ],
        required=True,
        default="tickets",
    )
    domain = fields.Char(
        string="Tickets",
        help="Which tickets of the customer the widget lists. Relative dates as in"
        " filters (now, -1w) and uid, the agent, can be used.",
        default="[]",
    )
    has_tabs = fields.Boolean(
        string="Tabs",
        default=True,
        help="Beside all tickets: those that the agent has locked, owns, is responsible"
        " for, and those in his queues.",
    )
    has_watched_tab = fields.Boolean(
        string="Tab of Watched Tickets", help="One more tab: those the agent follows."
    )
    is_marking_due = fields.Boolean(
        string="Count Due Reminders",
        help="Mark the tickets whose reminder date is reached, and count them.",
    )
    default_tab = fields.Selection(TABS, required=True, default="all")
    default_order = fields.Char(
        required=True,
        default="create_date desc",
        help="A column and “asc” or “desc”.",
    )
    default_size = fields.Selection(
        [(str(size), str(size)) for size in SIZES],
        string="Rows",
        required=True,
        default="10",
    )
    default_columns = fields.Char(
        required=True,
        default=",".join(DEFAULT_COLUMNS),
        help="Technical names of the columns that are shown at first, with commas.",
    )
    zone = fields.Selection(
        [("main", "Content"), ("side", "Sidebar")], required=True, default="main"
    )
    sequence = fields.Integer(default=10)
    is_shown = fields.Boolean(
        string="Shown by Default",
        default=True,
        help="Otherwise agents can switch it on in the settings box.",
    )
    is_mandatory = fields.Boolean(
        string="Mandatory", help="Agents cannot close this widget."
    )
    group_ids = fields.Many2many(
        "res.groups",
        string="Only for Groups",
        help="Without any, every agent sees the widget.",
    )
    company_id = fields.Many2one("res.company")
    active = fields.Boolean(default=True)

    _key_uniq = models.UniqueIndex("(key)", "Another widget has this key.")

    @api.constrains("domain")
    def _check_domain(self):
        tickets = self.env["helpdesk.ticket"]
        for widget in self:
            try:
                chosen = safe_eval(widget.domain or "[]", {"uid": self.env.uid})
                Domain(chosen).validate(tickets)
                # some computed fields cannot be searched, which only a search tells
                with self.env.cr.savepoint():
                    tickets.search_count(chosen, limit=1)
            except Exception as error:
                raise ValidationError(
                    self.env._(
                        "The filter of the widget “%(name)s” cannot be used: %(error)s",
                        name=widget.name,
                        error=error,
                    )
                ) from error

    @api.constrains("default_order")
    def _check_default_order(self):
        for widget in self:
            if not clean_order((widget.default_order or "").split(" ")):
                raise ValidationError(
                    self.env._(
                        "“%(order)s” is no order: give a column and “asc” or “desc”."
                        " Columns are: %(columns)s.",
                        order=widget.default_order,
                        columns=", ".join(COLUMNS),
                    )
                )

    @api.constrains("default_columns")
    def _check_default_columns(self):
        for widget in self:
            names = (widget.default_columns or "").split(",")
            if clean_columns(names) != names:
                raise ValidationError(
                    self.env._(
                        "“%(names)s” are no columns: list some of %(columns)s, each"
                        " once, “number” among them.",
                        names=widget.default_columns,
                        columns=", ".join(COLUMNS),
                    )
                )

    @api.constrains("key")
    def _check_key(self):
        for widget in self:
            if not widget.key.replace("_", "").isalnum() or len(widget.key) > 40:
                raise ValidationError(
                    self.env._("A key has letters, digits and underscores only.")
                )

    def write(self, vals):
        if "key" in vals and any(widget.key != vals["key"] for widget in self):
            raise ValidationError(
                self.env._("The key of a widget cannot change: layouts refer to it.")
            )
        return super().write(vals)
