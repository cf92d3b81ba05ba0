"""What every benchmark asks: the cheapest page, Odoo's own lists, the back office's."""
# The statements are put together from parts that all stand in the benchmarks.
# ruff: noqa: S608

import json
import re
from functools import cached_property
from itertools import islice
from xml.etree import ElementTree

from erp import database

from .measuring import Case, Person, WrongAnswer

# The cases that others are compared with.
FLOOR = "page without data: /my/security"
ORDERS = "stock: /my/orders, small (19 rows)"
ORDER_LIST = "stock: sale.order list (80 rows)"

MANY = 100
PAGE = 20
OFFICE_PAGE = 80
OFFICE_COUNT = 10001  # lists count no further
ACTIVITY_FIELDS = (
    *("activity_exception_decoration", "activity_exception_icon", "activity_state"),
    *("activity_summary", "activity_type_icon", "activity_type_id"),
)


class BaseQuestions:
    """All cases about one site.

    ``cases`` is what to measure; ``wrong`` tells afterwards what the acts left behind
    that should be otherwise.
    """

    FLOOR = FLOOR  # the case that all are compared with
    LOGINS = ("huge", "small", "staff", "seller")

    def __init__(self, site):
        self.site = site
        for login in self.LOGINS:
            setattr(self, login, Person(site, login))
        self.prepare()
        self.cases = [*self._stock_cases(), *self.get_cases()]

    def prepare(self):
        """Find out what the cases need to know."""

    def get_cases(self):
        raise NotImplementedError

    @classmethod
    def get_figures(cls, database):
        """What is measured on servers of their own: ``{name: number}``."""
        return {}

    def get_expectations(self):
        """What the acts should have brought about.

        :return: list of ``(what, expected number, statement, *values)``
        """
        return []

    def wrong(self):
        """What the acts should have brought about, and did not: sentences."""
        sentences = []
        for what, expected, statement, *values in self.get_expectations():
            ((found,),) = database.query(self.site.database, statement, *values)
            if found != expected:
                sentences.append(f"{what}: {found} instead of {expected}")
        return sentences

    def _stock_cases(self):
        return [
            Case(
                FLOOR,
                lambda: self.small.open("/my/security"),
                lambda answer: 'name="new1"' in answer.text,
            ),
            Case(
                ORDERS,
                lambda: self.small.open("/my/orders"),
                shows(self._get_stock_orders("small")),
            ),
            self._office_list(ORDER_LIST, "sale.order", [], "true", person=self.seller),
        ]

    def _get_stock_orders(self, login):
        """What Odoo's own list of a customer's orders has."""
        return self._names("sale_order", login, "date_order DESC", "state = 'sale'")

    # === CUSTOMERS === #

    def _page(self, name, person, path, rows, page=1, step=PAGE, **params):
        """One page of a list that has these rows in all, and shows so many of them."""
        address = path if page == 1 else f"{path}/page/{page}"
        expected = rows[(page - 1) * step : page * step]
        return Case(name, lambda: person.open(address, **params), shows(expected))

    def _get_address(self, login, address_type="contact"):
        """What Odoo's form sends, without the street.

        :param address_type: of a user's contact, or of an address of his company
        """
        rows = database.query(
            self.site.database,
            """
            SELECT a.id, a.name, a.email, a.phone
            FROM res_users AS u
            JOIN res_partner AS c ON c.id = u.partner_id
            JOIN res_partner AS a ON a.commercial_partner_id = c.commercial_partner_id
            WHERE u.login = %s AND a.type = %s AND NOT a.is_company
            """,
            login,
            address_type,
        )
        (values,) = rows
        names = "partner_id", "name", "email", "phone"
        return dict(zip(names, values, strict=True)) | {
            "zip": "93047",
            "city": "Regensburg",
            "country_id": self.country_id,
        }

    # === STAFF === #

    def _office_list(self, name, model, domain, where, person=None, is_growing=False):
        """The call that the web client makes for the first page of a list.

        :param where: the domain in SQL
        :param is_growing: acts of other cases change what is in the list
        """
        person = person or self.staff
        specification, order = self._get_list(person, model)
        table = model.replace(".", "_")
        ((count,),) = database.query(
            self.site.database, f"SELECT count(*) FROM {table} WHERE {where}"
        )

        def is_right(answer):
            rows, length = answer.result["records"], answer.result["length"]
            is_full = len(rows) == min(count, OFFICE_PAGE)
            is_full = is_full and set(specification) <= set(rows[0])
            return is_full and (is_growing or length == min(count, OFFICE_COUNT))

        return Case(
            name,
            lambda: person.call_model(
                model,
                "web_search_read",
                domain=domain,
                specification=specification,
                limit=OFFICE_PAGE,
                offset=0,
                order=order,
                count_limit=OFFICE_COUNT,
                context={"lang": "en_US", "tz": "UTC", "bin_size": True},
            ),
            is_right,
        )

    def _get_list(self, person, model):
        """What the web client's list asks for: the view's fields, and its order."""
        views = person.call_model(model, "get_views", [[False, "list"]]).result
        fields = views["models"][model]["fields"]
        arch = ElementTree.fromstring(views["views"]["list"]["arch"])  # noqa: S314
        specification, order = {}, arch.get("default_order", "")
        for node in arch:
            name = node.get("name")
            if node.tag != "field" or name not in fields:
                continue
            specification[name] = {}
            if fields[name]["type"] == "many2one":
                is_shown = node.get("column_invisible") not in ("1", "True")
                names = {"display_name": {}} if is_shown else {}
                specification[name] = {"fields": names}
            if node.get("widget") == "handle":
                order = order or f"{name}, id"
            if node.get("widget") == "list_activity":
                specification |= {field: {} for field in ACTIVITY_FIELDS}
                specification["activity_type_id"] = {"fields": {"display_name": {}}}
        return specification, _as_client_sends(order)

    def _act(self, name, model, method, source, done, number):
        """A button of the back office, each time with records that nobody touched yet.

        :param source: iterator of their ids
        :param done: list of those that were used
        """

        def ask():
            ids = list(islice(source, number))
            if len(ids) < number:
                raise WrongAnswer("there are too few fresh ones")
            done.extend(ids)
            return self.staff.call_model(model, method, ids)

        return Case(name, ask, lambda answer: not answer.result)

    # === WHAT THE DATABASE SAYS === #

    def _ids(self, statement, *values):
        rows = database.query(self.site.database, statement, *values)
        return [row_id for (row_id,) in rows]

    @cached_property
    def country_id(self):
        (country_id,) = self._ids("SELECT id FROM res_country WHERE code = 'DE'")
        return country_id

    def _names(self, table, login, order, where="true", key="name"):
        """The names in a customer's list, in its order."""
        column = "partner_id" if table == "sale_order" else "commercial_partner_id"
        statement = f"""
            SELECT {key} FROM {table}
            WHERE {column} = (
                    SELECT p.commercial_partner_id FROM res_users AS u
                    JOIN res_partner AS p ON p.id = u.partner_id WHERE u.login = %s
                )
                AND {where}
            ORDER BY {order}
        """
        rows = database.query(self.site.database, statement, login)
        return [name for (name,) in rows]


def shows(names):
    """Whether the table of a page has exactly these rows."""

    def is_right(answer):
        table = answer.text.partition("</thead>")[2].partition("</table>")[0]
        return table.count("<tr") == len(names) and all(
            f">{name}<" in re.sub(r">\s+|\s+<", _strip, table) for name in names
        )

    return is_right


def is_address_taken(answer):
    return "redirectUrl" in json.loads(answer.text)


def _as_client_sends(order):
    """An order of a view, with the direction that the web client writes out."""
    terms = [term.split() for term in order.split(",") if term.strip()]
    return ", ".join(
        f"{name} {'DESC' if 'desc' in map(str.lower, direction) else 'ASC'}"
        for name, *direction in terms
    )


def _strip(match):
    return match[0].strip()
