"""A customer who creates orders: the form, the draft, the summary, the approval."""

import uuid

from erp import database
from shared.measuring import Case, Person, form_values

FORM = "form of a new order"
DRAFT = "POST of the form: a draft"
SUMMARY = "summary of a draft"
APPROVE = "POST of the approval"

URL = "/my/service-orders"
FORM_URL = f"{URL}/new"


class OrderingQuestions:
    def prepare_ordering(self):
        self.ordering = Person(self.site, "pattern")
        self.ordered = 0
        (location,) = self._ids("SELECT min(id) FROM customer_service_location")
        (service,) = self._ids("SELECT min(id) FROM customer_service_type")
        (task,) = self._ids("SELECT min(id) FROM customer_service_task")
        self.typed = {
            "location_id": location,
            "service_type_id": service,
            f"task_{task}": "yes",
            "device_name": "Phone 17",
            "issue": "It does not charge any more.",
            "step": "summary",
        }
        self._send_form()

    def get_ordering_cases(self):
        return [
            Case(
                FORM,
                lambda: self.ordering.open(FORM_URL),
                lambda answer: "location_id" in form_values(answer, FORM_URL),
            ),
            Case(
                DRAFT,
                self._send_form,
                lambda answer: answer.status == 303 and self.draft_path,
            ),
            Case(
                SUMMARY,
                lambda: self.ordering.open(f"{self.draft_path}/summary"),
                lambda answer: self.serial_number in answer.text,
            ),
            Case(
                APPROVE,
                self._approve,
                lambda answer: (
                    answer.status == 303 and answer.location.endswith("?sent=1")
                ),
            ),
        ]

    def get_ordering_expectations(self):
        return [
            (
                "orders sent, with their devices",
                1 + self.ordered,  # the first is the pattern
                """
                SELECT count(o.device_id) FROM customer_service_order AS o
                JOIN res_users AS u ON u.partner_id = o.partner_id
                WHERE u.login = 'pattern' AND o.state IN ('confirmed', 'completed')
                """,
            ),
        ]

    def _send_form(self):
        """Send a form for another device."""
        form = form_values(self.ordering.open(FORM_URL), FORM_URL)
        self.serial_number = uuid.uuid4().hex[:12].upper()
        typed = {
            "csrf_token": form["csrf_token"],
            "form_token": form["form_token"],
            "serial_number": self.serial_number,
        }
        answer = self.ordering.post(FORM_URL, **self.typed, **typed)
        self.draft_path = self._find_draft_path()
        return answer

    def _approve(self):
        """Approve a draft that was sent for this."""
        self._send_form()
        url = f"{self.draft_path}/approve"
        summary = self.ordering.open(f"{self.draft_path}/summary")
        answer = self.ordering.post(url, **form_values(summary, url))
        self.ordered += 1
        # The summary is asked for as a case of its own.
        self._send_form()
        return answer

    def _find_draft_path(self):
        """Where the draft is that was made last, or None."""
        rows = database.query(
            self.site.database,
            "SELECT id FROM customer_service_order"
            " WHERE serial_number = %s AND state = 'draft'",
            self.serial_number,
        )
        return f"{URL}/{rows[0][0]}" if rows else None
