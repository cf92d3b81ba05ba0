"""The chat about an order, beside the one of a sale order in Odoo's portal."""

from erp import database
from shared.measuring import Case

FETCH = "chat: its two requests"
STOCK_FETCH = "stock: chat of a sale order, its two requests"
POST = "chat: a message"
STOCK_POST = "stock: a message to a sale order"
SEEN = "JSON: the customer has read it"
FLOOR_JSON = "JSON without data: /web/session/check"

MODEL = "order.sheet.request"
PAGE = "page of an order, huge"
TOKEN = "6ff1b5a0-benchmark"  # noqa: S105 (of a database that lives for minutes)


class ChatQuestions:
    def prepare_chat(self):
        (self.chatted, self.talked) = self._ids(
            """
            SELECT r.id FROM order_sheet_request AS r
            JOIN res_users AS u ON u.login = 'huge' AND u.partner_id = r.partner_id
            WHERE r.state = 'in_progress' ORDER BY r.id DESC LIMIT 2
            """
        )
        (self.stock_chatted, self.stock_talked) = self._ids(
            """
            SELECT o.id FROM sale_order AS o
            JOIN res_users AS u ON u.login = 'huge'
            JOIN res_partner AS p ON p.id = u.partner_id
                AND p.commercial_partner_id = o.partner_id
            WHERE o.state = 'sale' ORDER BY o.id DESC LIMIT 2
            """
        )
        # Odoo's customers write with the token of the page.
        database.query(
            self.site.database,
            "UPDATE sale_order SET access_token = %s WHERE id = %s",
            *(TOKEN, self.stock_talked),
        )
        self.posted = 0

    def get_chat_cases(self):
        order_url = f"/my/order-sheets/requests/{self.chatted}"
        return [
            Case(
                FLOOR_JSON,
                lambda: self.huge.call("/web/session/check"),
                lambda answer: answer.result is None,
            ),
            Case(
                PAGE,
                lambda: self.huge.open(order_url),
                lambda answer: 'id="discussion"' in answer.text,
            ),
            self._fetch(FETCH, MODEL, self.chatted),
            self._fetch(STOCK_FETCH, "sale.order", self.stock_chatted),
            # Others than those of which the messages are counted.
            self._post_to(POST, MODEL, self.talked),
            self._post_to(STOCK_POST, "sale.order", self.stock_talked, token=TOKEN),
            Case(
                SEEN,
                lambda: self.huge.call(f"{order_url}/seen"),
                lambda answer: answer.result is None,
            ),
        ]

    def get_chat_expectations(self):
        return [
            (
                "messages of the customer",
                self.posted,
                "SELECT count(*) FROM mail_message WHERE body LIKE '%%Blue, please%%'"
                " AND (model, res_id) IN ((%s, %s), ('sale.order', %s))",
                *(MODEL, self.talked, self.stock_talked),
            )
        ]

    def _fetch(self, name, model, record_id):
        thread = {"thread_model": model, "thread_id": record_id}

        def ask():
            begin = self.huge.call("/portal/chatter_init", **thread)
            return self.huge.call("/mail/chatter_fetch", **thread) + begin

        return Case(name, ask, lambda answer: len(answer.result["messages"]) == 3)

    def _post_to(self, name, model, record_id, **access):
        def ask():
            self.posted += 1
            return self.huge.call(
                "/mail/message/post",
                thread_model=model,
                thread_id=record_id,
                **access,
                post_data={
                    "body": "Blue, please.",
                    "message_type": "comment",
                    "subtype_xmlid": "mail.mt_comment",
                },
            )

        return Case(name, ask, lambda answer: bool(answer.result["message_id"]))
