"""The search for customers, beside Odoo's own in stock.py."""

from shared.measuring import Case

from .stock import COMMON, RARE

SEARCH = "search {}"
TERMS = {
    "rare": f"'{RARE}', two letters that few have",
    "missing": "'zz', two letters that nobody has",
    "common": f"'{COMMON}', two letters of many",
    "three": "'mül', three letters",
    "miss": "'zzqq', nobody",
    "stars": "'*a*b'",
    "all": "'**', all companies",
    "ticket": "the number of a ticket",
}
RECENT = "customers seen last"


class SearchQuestions:
    def get_search_cases(self):
        (number,) = self._ids(
            # Everybody sees a ticket that no team has.
            "SELECT number FROM helpdesk_ticket WHERE customer_company_id = %s"
            " AND team_id IS NULL ORDER BY id OFFSET 9 LIMIT 1",
            self.customers["huge"],
        )
        return [
            self._search("rare", RARE, lambda result: 0 < result["total"] < 1000),
            self._search("missing", "zz", lambda result: result["total"] == 0),
            self._search("common", COMMON, lambda result: result["total"] > 20),
            self._search("three", "mül", lambda result: result["total"] > 20),
            self._search("miss", "zzqq", lambda result: result["total"] == 0),
            self._search("stars", "*a*b", lambda result: result["total"] > 20),
            self._search("all", "**", lambda result: result["more"]),
            self._search("ticket", number, lambda result: 0 < result["total"] < 3),
            Case(
                RECENT,
                lambda: self.agent.call_model("helpdesk.center", "recent"),
                lambda answer: len(answer.result) < 2,
            ),
        ]

    def _search(self, name, term, is_right):
        return Case(
            get_name(name),
            lambda: self.restricted.call_model(
                "helpdesk.center", "search_customers", term
            ),
            lambda answer: is_right(answer.result),
        )


def get_name(name):
    return SEARCH.format(TERMS[name])
