"""What an agent asks OCA's helpdesk about a customer, where the addon is not there."""

from xml.etree import ElementTree

from erp import database
from shared.measuring import Case, Person, WrongAnswer
from shared.questions import OFFICE_COUNT, OFFICE_PAGE

SEQUENCE = "stock: form, tickets, open, escalated, by stage, {}, {}"
FORM = "stock: the customer's form, huge"
LIST = "stock: tickets of a customer (80 rows), {}"
LIST_HERE = "the same list beside the addon, {}"
STAGES = "stock: a customer's tickets by stage, {}"
STAGES_HERE = "the same by stage beside the addon, {}"
COUNTS = "stock: ticket numbers of 40 partners"
COUNTS_HERE = "ticket numbers of 40 partners beside the addon"
NAME_SEARCH = "stock: web_name_search '{}'"

MODEL = "helpdesk.ticket"
CUSTOMERS = ("huge", "small")
RARE, COMMON = "qj", "sc"
PARTNERS = 40
# They take seconds.
EVERY = 3


class StockQuestions:
    def prepare_stock(self):
        self.stock_agent, self.stock_restricted = (
            Person(self.site.stock, login) for login in ("agent", "restricted")
        )
        form = self.stock_agent.call_model(
            "res.partner", "get_views", [[False, "form"]]
        ).result
        self.form = _get_specification(form)
        self.list = self._get_list(self.stock_agent, MODEL)

    def get_stock_cases(self):
        people = {"user": self.stock_agent, "restricted": self.stock_restricted}
        return [
            *(
                Case(
                    SEQUENCE.format(name, who),
                    lambda person=person, name=name: self._ask_all(person, name),
                    lambda answer: bool(answer.result),
                    every=EVERY,
                )
                for who, person in people.items()
                for name in CUSTOMERS
            ),
            Case(
                FORM,
                lambda: self._open_form(self.stock_agent, "huge"),
                lambda answer: answer.result[0]["id"] == self.customers["huge"],
                every=EVERY,
            ),
            *self._compare_lists(),
            *self._compare_counts(),
            *(self._search_name(term) for term in (RARE, COMMON)),
        ]

    # === ONE CUSTOMER IN FIVE REQUESTS === #

    def _ask_all(self, person, name):
        answer = self._open_form(person, name)
        for domain in (
            [],
            [["closed", "=", False]],
            [["ticket_sla_ids.expired", "=", True]],
        ):
            answer += self._list_tickets(person, name, domain)
        return answer + self._count_stages(person, name)

    def _open_form(self, person, name):
        return person.call_model(
            "res.partner", "web_read", [self.customers[name]], specification=self.form
        )

    def _list_tickets(self, person, name, domain=()):
        specification, order = self.list
        answer = person.call_model(
            MODEL,
            "web_search_read",
            domain=[*self._of(name), *domain],
            specification=specification,
            limit=OFFICE_PAGE,
            offset=0,
            order=order,
            count_limit=OFFICE_COUNT,
        )
        if not answer.result["records"]:
            raise WrongAnswer(f"the {name} customer has no tickets")
        return answer

    def _count_stages(self, person, name):
        return person.call_model(
            MODEL, "formatted_read_group", self._of(name), ["stage_id"], ["__count"]
        )

    def _of(self, name):
        return [["partner_id", "child_of", self.customers[name]]]

    # === OCA'S OWN LISTS, WITH AND WITHOUT OUR INDEXES === #

    def _compare_lists(self):
        sites = (LIST, STAGES, self.stock_agent), (LIST_HERE, STAGES_HERE, self.agent)
        for listed, counted, person in sites:
            for name in CUSTOMERS:
                numbers = self.get_numbers("agent", name)
                linked = numbers["all"]
                yield Case(
                    listed.format(name),
                    lambda person=person, name=name: self._list_tickets(person, name),
                    lambda answer, linked=linked: (
                        answer.result["length"] == min(linked, OFFICE_COUNT)
                    ),
                )
                yield Case(
                    counted.format(name),
                    lambda person=person, name=name: self._count_stages(person, name),
                    lambda answer, linked=linked: (
                        sum(row["__count"] for row in answer.result) == linked
                    ),
                )

    def _compare_counts(self):
        """The smart button, in a list of partners."""
        ids = self._ids(
            """
            SELECT id FROM res_partner
            WHERE parent_id = (SELECT id FROM res_partner WHERE name = 'Customer huge')
            ORDER BY id LIMIT %s
            """,
            PARTNERS,
        )
        names = "helpdesk_ticket_count", "helpdesk_ticket_active_count"
        for title, person in ((COUNTS, self.stock_agent), (COUNTS_HERE, self.agent)):
            yield Case(
                title,
                lambda person=person: person.call_model(
                    "res.partner",
                    "web_read",
                    ids,
                    specification={name: {} for name in names},
                ),
                lambda answer: (
                    len(answer.result) == PARTNERS
                    and all(row[names[0]] >= row[names[1]] for row in answer.result)
                    and any(row[names[1]] for row in answer.result)
                ),
                every=EVERY if person is self.stock_agent else 1,
            )

    def _search_name(self, term):
        return Case(
            NAME_SEARCH.format(term),
            lambda: self.stock_agent.call_model(
                "res.partner",
                "web_name_search",
                name=term,
                specification={"display_name": {}},
                limit=8,
            ),
            lambda answer: bool(answer.result),
        )

    def _ids(self, statement, *values):
        rows = database.query(self.site.database, statement, *values)
        return [row_id for (row_id,) in rows]


def _get_specification(views):
    """What the web client's form asks for, the fields inside of lists left out."""
    fields = views["models"]["res.partner"]["fields"]
    arch = ElementTree.fromstring(views["views"]["form"]["arch"])  # noqa: S314
    specification = {}
    for name in _get_names(arch):
        kind = fields[name]["type"]
        specification[name] = {}
        if kind == "many2one":
            specification[name] = {"fields": {"display_name": {}}}
        elif kind in ("one2many", "many2many"):
            specification[name] = {"fields": {}, "limit": 40}
    return specification


def _get_names(node):
    """The fields of a form; what is inside of a field belongs to another model."""
    for child in node:
        if child.tag == "field":
            yield child.get("name")
        else:
            yield from _get_names(child)
