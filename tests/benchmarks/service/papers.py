"""The page of an order, its PDF and the file of all orders, beside those of Odoo."""
# The statements are put together from parts that all stand in this file.
# ruff: noqa: S608

import csv
import io
import json

from erp import database
from shared.measuring import Case, WrongAnswer

PAGE_SMALL = "page of an order, small"
PAGE_HUGE = "page of an order, huge"
PAGE_AND_CHAT = "page of an order and its chat, huge"
STOCK_PAGE = "stock: page of an order, huge"
STOCK_AND_CHAT = "stock: page of an order and its chat, huge"
PDF = "PDF of an order, again"
PDF_FIRST = "PDF of an order, after a change"
STOCK_PDF = "stock: PDF of an order"
EXPORT = "CSV of all orders, reseller"
STOCK_EXPORT = "stock: /web/export/csv of the same orders"

URL = "/my/service-orders"
# A tenth of all orders takes its time: these are asked for now and then.
EXPORT_EVERY, STOCK_EXPORT_EVERY, PDF_EVERY = 3, 5, 5

# What the file of our own has as well; answers make lines of their own in Odoo's.
EXPORTED = (
    *("name", "client_order_ref", "internal_ref", "date_order", "status_id/name"),
    *("location_id/name", "service_type_id/name", "shipping_type_id/name"),
    *("end_customer_name", "device_name", "manufacturer", "configuration"),
    *("serial_number", "imei", "imei2", "issue", "diagnosis", "resolution"),
    *("completed_on", "inbound_tracking", "outbound_tracking", "amount_untaxed"),
    *("amount_total", "answer_ids/question", "answer_ids/display_value"),
)
OWN = """
    FROM {table} AS o
    JOIN res_partner AS c ON c.id = o.{column}
    JOIN res_users AS u ON u.login = %s
    JOIN res_partner AS p ON p.id = u.partner_id
        AND p.commercial_partner_id = c.commercial_partner_id
"""


class PaperQuestions:
    """What customers read about one order, and what resellers take away."""

    def prepare_papers(self):
        # Where the program that makes PDFs finds style sheets and pictures.
        database.query(
            self.site.database,
            "INSERT INTO ir_config_parameter (key, value) VALUES ('report.url', %s)",
            f"http://127.0.0.1:{self.site.port}",
        )
        self.quoted = {
            login: self._get_own(
                login, "customer_service_order", "o.quote_state = 'waiting'"
            )
            for login in ("small", "huge")
        }
        self.stock_order = self._get_own("huge", "sale_order", "o.state = 'sale'")
        ((self.ways,),) = database.query(
            self.site.database,
            f"SELECT count(DISTINCT (o.location_id, o.shipping_type_id)) "
            f"{_own('customer_service_order')}"
            " WHERE o.state = 'confirmed' AND o.shipment_id IS NULL",
            "huge",
        )

    def get_paper_cases(self):
        return [
            self._order_page(PAGE_SMALL, self.small),
            self._order_page(PAGE_HUGE, self.huge),
            self._order_page(PAGE_AND_CHAT, self.huge, with_chat=True),
            self._stock_page(STOCK_PAGE),
            self._stock_page(STOCK_AND_CHAT, with_chat=True),
            *self._pdfs(),
            *self._exports(),
        ]

    # === PAGES === #

    def _order_page(self, name, person, with_chat=False):
        order_id, order_name = self.quoted[person.login]
        expected = (
            *(order_name, "A scratch of", "photo.txt", "Charging port"),
            "The charging port is broken.",
        )
        return self._page_of(
            name,
            *(person, URL, "customer.service.order", order_id, expected),
            with_chat=with_chat,
        )

    def _stock_page(self, name, with_chat=False):
        order_id, order_name = self.stock_order
        return self._page_of(
            name,
            *(self.huge, "/my/orders", "sale.order", order_id),
            *[(order_name, "Charging port")],
            with_chat=with_chat,
        )

    def _page_of(self, name, person, url, model, record_id, expected, with_chat):
        def ask():
            answer = person.open(f"{url}/{record_id}")
            return answer + chat() if with_chat else answer

        def chat():
            thread = {"thread_model": model, "thread_id": record_id}
            begin = person.call("/portal/chatter_init", **thread)
            fetched = person.call("/mail/chatter_fetch", **thread)
            if len(fetched.result["messages"]) != 3:
                raise WrongAnswer(f"{name}: not the three messages of the chat")
            return begin + fetched

        return Case(
            name, ask, lambda answer: all(text in answer.text for text in expected)
        )

    # === FILES === #

    def _pdfs(self):
        order_id, _name = self.quoted["huge"]
        stock_id, _name = self.stock_order
        other_id, _name = self.quoted["small"]

        def change():
            database.query(
                self.site.database,
                "UPDATE customer_service_order SET write_date = now() WHERE id = %s",
                other_id,
            )
            return self.small.open(f"{URL}/{other_id}/pdf")

        return [
            Case(PDF, lambda: self.huge.open(f"{URL}/{order_id}/pdf"), _is_pdf),
            Case(PDF_FIRST, change, _is_pdf, every=PDF_EVERY),
            Case(
                STOCK_PDF,
                lambda: self.huge.open(f"/my/orders/{stock_id}", report_type="pdf"),
                _is_pdf,
                every=PDF_EVERY,
            ),
        ]

    def _exports(self):
        names = self._names(
            "customer_service_order",
            "reseller",
            "date_order DESC, id DESC",
            "state <> 'draft'",
        )

        def is_right(answer):
            _titles, *rows = csv.reader(io.StringIO(answer.text))
            return [row[0] for row in rows if row[0]] == names

        return [
            Case(
                EXPORT,
                lambda: self.reseller.open(f"{URL}/export.csv"),
                is_right,
                every=EXPORT_EVERY,
            ),
            Case(
                STOCK_EXPORT,
                get_stock_export(self.site, self.staff),
                is_right,
                every=STOCK_EXPORT_EVERY,
            ),
        ]

    # === WHAT THE DATABASE SAYS === #

    def _get_own(self, login, table, where):
        """The newest document of a customer's, with what it is about: id and name."""
        rows = database.query(
            self.site.database,
            f"SELECT o.id, o.name {_own(table)} WHERE {where}"
            " AND EXISTS (SELECT FROM mail_message AS m WHERE m.res_id = o.id"
            " AND m.model = %s) ORDER BY o.id DESC LIMIT 1",
            login,
            table.replace("_", "."),
        )
        (row,) = rows
        return row


def get_stock_export(site, person):
    """Odoo's export of the reseller's orders, as the list of the back office asks."""
    ((customer_id,),) = database.query(
        site.database,
        "SELECT p.commercial_partner_id FROM res_users AS u"
        " JOIN res_partner AS p ON p.id = u.partner_id WHERE u.login = 'reseller'",
    )
    request = {
        "model": "customer.service.order",
        "fields": [{"name": name, "label": name} for name in EXPORTED],
        "ids": False,
        "domain": [
            ["commercial_partner_id", "=", customer_id],
            ["state", "!=", "draft"],
        ],
        "import_compat": False,
    }
    token = person.csrf_token("/my/security")
    return lambda: person.post(
        "/web/export/csv", data=json.dumps(request), csrf_token=token
    )


def _own(table):
    column = "partner_id" if table == "sale_order" else "commercial_partner_id"
    return OWN.format(table=table, column=column)


def _is_pdf(answer):
    return answer.text.startswith("%PDF")
