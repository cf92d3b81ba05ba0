"""What is asked: pages and acts of customers and staff, and what the answer must be."""
# The statements are put together from parts that all stand in this file.
# ruff: noqa: S608

from shared.measuring import Case, form_values
from shared.questions import MANY, BaseQuestions, is_address_taken, shows

from .asking import CHANGES_URL, FORM_URL, Asker

COMPANY_SMALL = "company page, small (5 addresses)"
COMPANY_HUGE = "company page, huge (300 addresses)"
COMPANY_FORM = "company form"
CHANGES_SMALL = "requests, small (all 19)"
CHANGES_HUGE = "requests, huge (page 1, 20 rows)"
CHANGES_LATER = "requests, huge (page 50, 20 rows)"
CHANGES_OPEN = "requests, huge, open ones (20 rows)"
CHANGES_NUMBER = "requests, huge, search for a number"
CHANGES_WORDS = "requests, huge, search for words"
CHANGE_SMALL = "one request, small"
CHANGE_HUGE = "one request, huge"

PREVIEW = "POST /my/company/submit, preview"
NEW = "POST /my/company/submit, new request"
ADD = "POST /my/company/submit, to an open one"
WITHDRAW = "POST /my/changes/<id>/cancel"
CONTACT_STOCK = "stock: POST /my/address/submit, contact"
CONTACT_NEW = "POST /my/address/submit, contact, new"
CONTACT_ADD = "POST /my/address/submit, contact, to open"
ADDRESS_STOCK = "stock: POST /my/address/submit, address"
ADDRESS_NEW = "POST /my/address/submit, address, new"
ADDRESS_ADD = "POST /my/address/submit, address, to open"

OPEN_LIST = "office: open requests (80 rows)"
ALL_LIST = "office: all requests (80 rows)"
LATE_LIST = "office: late requests (80 rows)"
CONFLICT_LIST = "office: requests with conflicts"
FIELD_LIST = "office: open requests about a field"
NUMBER_LIST = "office: search for a number"
APPROVE_ONE = "office: approve 1 request"
APPROVE_MANY = "office: approve 100 requests"

MODEL, TABLE = "customer.change.request", "customer_change_request"
IS_OPEN = "state IN ('pending', 'scheduled')"
IN_CONFLICT = """(
    SELECT request_id FROM customer_change_line WHERE old_value = '"Marktplatz 9"'
)"""
# Undecided since the day before yesterday, as the people on site count days.
IS_LATE = """
    state = 'pending' AND (
        create_date AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Berlin'
    )::date <= (now() AT TIME ZONE 'Europe/Berlin')::date - 2
"""
ALL = {"filterby": "all"}

NOTE = """\
“stock” sends Odoo's own form as a contact of a second company in which changes by
customers need no approval; everything else is the same. Before a new request the one
before is withdrawn, which is not measured with it. The server is threaded, its jobs do
not run, mails are only queued."""


class Questions(BaseQuestions):
    def prepare(self):
        self.stock, self.asker, self.adder = (
            Asker(self.site, login) for login in ("stock", "pattern", "adding")
        )
        self.undecided = self._ids(
            f"""
            SELECT r.id FROM {TABLE} AS r
            JOIN res_partner AS p ON p.id = r.commercial_partner_id
            WHERE r.state = 'pending' AND p.name LIKE 'Hotel %'
                AND r.id NOT IN {IN_CONFLICT}
            ORDER BY md5(r.id::text)
            """
        )
        self.approved = []

    def get_cases(self):
        return [
            *self._company_pages(),
            *self._lists(),
            *self._request_pages(),
            *self._company_acts(),
            *self._address_acts(
                "contact", CONTACT_STOCK, CONTACT_NEW, CONTACT_ADD, "billing"
            ),
            *self._address_acts(
                "delivery", ADDRESS_STOCK, ADDRESS_NEW, ADDRESS_ADD, "delivery"
            ),
            *self._office_lists(),
            *self._office_acts(),
        ]

    def get_expectations(self):
        return [
            (
                "requests approved whose street counts",
                len(self.approved),
                f"""
                SELECT count(*) FROM {TABLE} AS r
                LEFT JOIN res_partner AS p
                    ON p.id = coalesce(r.target_partner_id, r.result_partner_id)
                LEFT JOIN customer_change_line AS l
                    ON l.request_id = r.id AND l.field_name = 'street'
                WHERE r.id = ANY(%s) AND r.state = 'approved'
                    AND CASE r.operation WHEN 'archive' THEN NOT p.active
                        ELSE p.street = l.new_value #>> '{{}}' END
                """,
                self.approved,
            ),
            (
                "requests made",
                1 + self.asker.filed,  # the first is the pattern
                f"""
                SELECT count(*) FROM {TABLE} AS r
                JOIN res_partner AS p ON p.id = r.commercial_partner_id
                WHERE p.name = 'Customer pattern'
                """,
            ),
            (
                "mails to be written about requests that have arrived",
                1 + self.asker.filed + self.adder.filed,
                "SELECT count(*) FROM customer_mail_event WHERE event = 'received'",
            ),
            (
                "requests where Odoo writes by itself",
                0,
                f"""
                SELECT count(*) FROM {TABLE} AS r
                JOIN res_partner AS p ON p.id = r.commercial_partner_id
                WHERE p.name = 'Customer stock'
                """,
            ),
        ]

    # === CUSTOMERS === #

    def _company_pages(self):
        return [
            self._company_page(COMPANY_SMALL, self.small, "small"),
            self._company_page(COMPANY_HUGE, self.huge, "huge"),
            Case(
                COMPANY_FORM,
                lambda: self.small.open("/my/company/edit"),
                lambda answer: "street" in form_values(answer, FORM_URL),
            ),
        ]

    def _company_page(self, name, person, login):
        addresses = self._names("res_partner", login, "id", "type <> 'contact'", "id")
        open_ids = self._names(TABLE, login, "id", IS_OPEN, "id")

        def is_right(answer):
            cards = answer.text.count('<article class="o_company_card card')
            return cards == len(addresses) and all(
                f'href="{CHANGES_URL}/{open_id}"' in answer.text for open_id in open_ids
            )

        return Case(name, lambda: person.open("/my/company"), is_right)

    def _lists(self):
        def names(login, where="true", key="name"):
            return self._names(TABLE, login, "id DESC", where, key)

        few, many, some = names("small"), names("huge"), names("huge", IS_OPEN)
        number = many[-1]
        words = names("huge", "remark IS NOT NULL", "remark")[-1][-8:]
        worded = names("huge", f"strpos(remark, '{words}') > 0")
        page, huge, url = self._page, self.huge, CHANGES_URL
        return [
            page(CHANGES_SMALL, self.small, url, few, **ALL),
            page(CHANGES_HUGE, huge, url, many, **ALL),
            page(CHANGES_LATER, huge, url, many, page=50, **ALL),
            page(CHANGES_OPEN, huge, url, some),
            page(CHANGES_NUMBER, huge, url, [number], search=number, **ALL),
            page(CHANGES_WORDS, huge, url, worded, search=words, **ALL),
        ]

    def _request_pages(self):
        return [
            self._request_page(CHANGE_SMALL, self.small, "small"),
            self._request_page(CHANGE_HUGE, self.huge, "huge"),
        ]

    def _request_page(self, name, person, login):
        """The newest request that has two fields, as most people open it."""
        *_older, request_id = self._names(
            "customer_change_line", login, "id", "field_name = 'zip'", "request_id"
        )
        wishes = self._ids(
            "SELECT new_value #>> '{}' FROM customer_change_line WHERE request_id = %s",
            request_id,
        )
        url = f"{CHANGES_URL}/{request_id}"
        return Case(name, lambda: person.open(url), shows(wishes))

    def _company_acts(self):
        asker, adder = self.asker, self.adder
        adder.ask_anew(adder.confirm)

        def preview():
            asker.withdraw_all()
            return asker.preview()

        def withdraw():
            if not asker.get_open_ids():
                asker.ask_anew(asker.confirm)
            request_id, *others = asker.get_open_ids()
            for other_id in others:
                asker.withdraw(other_id)
            return asker.withdraw(request_id)

        return [
            Case(
                PREVIEW,
                preview,
                lambda answer: (
                    form_values(answer, FORM_URL)["street"] == asker.street
                    and shows([asker.street])(answer)
                ),
            ),
            Case(
                NEW,
                lambda: asker.ask_anew(asker.confirm),
                lambda answer: answer.status == 303 and asker.is_asked_for(),
            ),
            Case(
                ADD,
                adder.confirm,
                lambda answer: answer.status == 303 and adder.is_asked_for(),
            ),
            Case(
                WITHDRAW,
                withdraw,
                lambda answer: answer.status == 303 and not asker.get_open_ids(),
            ),
        ]

    def _address_acts(self, partner_type, stock, new, add, address_type):
        """Odoo's form: it writes; it makes a request; it adds to an open request."""

        def sending(person):
            address = self._get_address(person.login, partner_type)
            return lambda: person.send_address(address, address_type=address_type)

        ask, add_to_open = sending(self.asker), sending(self.adder)
        if address_type == "delivery":  # there is one about the company already
            self.adder.filed += 1
            add_to_open()
        return [
            Case(
                stock,
                sending(self.stock),
                lambda answer: is_address_taken(answer) and self.stock.is_written(),
            ),
            Case(
                new,
                lambda: self.asker.ask_anew(ask),
                lambda answer: is_address_taken(answer) and self.asker.is_asked_for(),
            ),
            Case(
                add,
                add_to_open,
                lambda answer: is_address_taken(answer) and self.adder.is_asked_for(),
            ),
        ]

    # === STAFF === #

    def _office_lists(self):
        is_open = [["state", "in", ["pending", "scheduled"]]]
        about_field = [
            "|",
            ["line_ids.field_id.field_description", "ilike", "street"],
            ["line_ids.field_name", "ilike", "street"],
        ]
        (number,) = self._ids(
            f"SELECT min(name) FROM {TABLE} WHERE name LIKE 'CR/OLD%'"
        )

        def listing(name, domain, where, is_growing=True):
            return self._office_list(name, MODEL, domain, where, is_growing=is_growing)

        return [
            listing(OPEN_LIST, is_open, IS_OPEN),
            listing(ALL_LIST, [], "true"),
            listing(
                LATE_LIST,
                [["is_late", "=", True]],
                IS_LATE,
            ),
            listing(
                CONFLICT_LIST,
                [["has_conflict", "=", True]],
                f"{IS_OPEN} AND id IN {IN_CONFLICT}",
                is_growing=False,
            ),
            listing(FIELD_LIST, [*is_open, *about_field], IS_OPEN),
            listing(
                NUMBER_LIST,
                [["name", "ilike", number]],
                f"name = '{number}'",
                is_growing=False,
            ),
        ]

    def _office_acts(self):
        act = MODEL, "action_approve", iter(self.undecided), self.approved
        return [self._act(APPROVE_ONE, *act, 1), self._act(APPROVE_MANY, *act, MANY)]
