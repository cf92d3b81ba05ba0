from odoo import api, fields, models




from ..tools.columns import COLUMNS, DEFAULT_COLUMNS

SIZES = [("5", "5"), ("10", "10"), ("15", "15"), ("20", "20"), ("25", "25"), ("50", "50")]


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
        default="x",
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
            ("status", "Company Status"),
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
    default_tab = fields.Selection(
        [("all", "All")], required=True, default="all"
    )
    default_order = fields.Char(
        required=True,
        default="create_date desc",
        help="A column and “asc” or “desc”.",
    )
    default_size = fields.Selection(SIZES, string="Rows", required=True, default="10")
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
        string="Shown by Default", default=True, help="Who wants it can switch it on."
    )
    is_mandatory = fields.Boolean(
        string="Mandatory", help="Agents cannot close this widget."
    )
    group_ids = fields.Many2many(
        "res.groups",
        string="Only for Groups",
        help="Without any, every agent sees the widget.",
    )
    company_id = fields.Many2one("res.company", string="Company")
    active = fields.Boolean(default=True)

    _key_uniq = models.UniqueIndex("(key)", "Another widget has this key.")
