from dataclasses import dataclass, field
from urllib.parse import urlencode

from odoo.fields import Domain
from odoo.http import request
from odoo.tools import SQL, escape_psql

from odoo.addons.portal.controllers.portal import pager as portal_pager

from .portal_form import clean_text, parse_id

MAX_SEARCH_LENGTH = 128


@dataclass(frozen=True)
class PortalList:
    """A list page of the portal: what it shows and how a visitor may narrow it down.

    Record rules alone decide which records exist for the visitor; a list never adds an
    ownership domain of its own. It writes nothing, so its route is ``readonly=True``.
    Whatever a visitor puts into the address, he gets a page: what the list does not
    know falls back to its default.

    A controller describes the list in a method, because its labels are translated::

        def _container_rental_list(self):
            _ = request.env._
            return PortalList(
                model="container.rental",
                url="/my/containers",
                page_name="containers",
                sortings={"date": {"label": _("Newest"), "order": "issued_on desc"}},
                searches={"name": {"label": _("Number"), "fields": ("name",)}},
            )

        values = self._container_rental_list().values(**params)

    :param sortings: ``{key: {"label", "order"}}``; the first one is the default
    :param filters: ``{key: {"label", "domain"}}``; the first one is the default
    :param tabs: like filters, shown by ``customer_portal.portal_tabs`` with the number
        of records that the visitor finds behind each
    :param all_tab: key of the tab in which a search looks, whichever tab the visitor
        comes from; default: the tab he is in
    :param searches: ``{key: {"label", "fields": (name, ...), "clean": function}}``;
        searching in all of them is the default. ``clean``, if there is one, returns
        what is looked for in these fields, for example a number without its spaces;
        where it leaves nothing, nothing is found
    :param domain: what the page is about, for all filters and tabs
    :param kept: further parameters of the address that the links of the page keep, such
        as the days of a ``domain`` that the visitor has chosen
    :param fields: the fields that the page shows, to fetch them at once; default: all
    :param step: records on one page
    """

    model: str
    url: str
    page_name: str
    sortings: dict
    filters: dict = field(default_factory=dict)
    tabs: dict = field(default_factory=dict)
    all_tab: str | None = None
    searches: dict = field(default_factory=dict)
    domain: Domain = Domain.TRUE
    kept: dict = field(default_factory=dict)
    fields: tuple | None = None
    step: int = 20

    def values(self, page=1, **params):
        """Return what the page needs: its records and its search bar.

        :param page: number of the page; the last one if there are fewer
        :param params: parameters of the request: ``sortby``, ``filterby``, ``tab``,
            ``search``, ``search_in``; others are ignored
        :return: dict with ``records``, ``total``, ``pager``, ``tabs``, and what
            ``portal.portal_searchbar`` reads
        """
        model = request.env[self.model]
        chosen = self._get_chosen(**params)
        domain = self._get_domain(chosen)
        counts = self._count_tabs(model)
        total = self._get_total(model, domain, chosen, counts)
        pager = portal_pager(
            self.url,
            total,
            page=parse_id(page) or 1,
            step=self.step,
            url_args=self._get_url_args(chosen),
        )
        records = model.search_fetch(
            domain,
            self.fields,
            offset=pager["offset"],
            limit=self.step,
            order=self.get_order(**params),
        )
        return chosen | {
            "records": records,
            "total": total,
            "pager": pager,
            "page_name": self.page_name,
            "default_url": self.url,
            "tabs": self._get_tabs(chosen, counts),
            "searchbar_sortings": self.sortings,
            "searchbar_filters": self.filters,
            "searchbar_inputs": self._get_search_inputs(),
        }

    def get_tabs(self):
        """Return the tabs for a page beside the list: none of them is active."""
        return self._get_tabs({"tab": None}, self._count_tabs(request.env[self.model]))

    def get_domain(self, **params):
        """Return what the list shows on all its pages, for an export of the same."""
        return self._get_domain(self._get_chosen(**params))

    def get_order(self, sortby=None, **_other):
        """Return the order of the list; each record has one place in it."""
        order = self.sortings[_known(sortby, self.sortings)]["order"]
        last_field, *direction = order.split(",")[-1].lower().split()
        return order if last_field == "id" else " ".join([f"{order}, id", *direction])

    # === HELPERS === #

    def _get_chosen(
        self, sortby=None, filterby=None, tab=None, search="", search_in=None, **_other
    ):
        text = clean_text(search).strip()[:MAX_SEARCH_LENGTH]
        return {
            "sortby": _known(sortby, self.sortings),
            "filterby": _known(filterby, self.filters),
            "tab": _known(self.all_tab if text and self.all_tab else tab, self.tabs),
            "search": text,
            "search_in": search_in if search_in in self._get_search_keys() else "all",
        }

    def _get_search_keys(self):
        return ["all", *self.searches]  # a list: visitors may send what has no hash

    def _get_domain(self, chosen):
        domain = self._get_domain_of_all_tabs(chosen)
        if self.tabs:
            domain &= Domain(self.tabs[chosen["tab"]]["domain"])
        return domain

    def _get_domain_of_all_tabs(self, chosen):
        domain = Domain(self.domain)
        if self.filters:
            domain &= Domain(self.filters[chosen["filterby"]]["domain"])
        return domain & self._get_search_domain(chosen["search"], chosen["search_in"])

    def _get_search_domain(self, search, search_in):
        if not search or not self.searches:
            return Domain.TRUE
        searches = (
            [self.searches[search_in]] if search_in != "all" else self.searches.values()
        )
        # without doubles, as a field may be in several searches
        texts = dict.fromkeys(
            (name, entry.get("clean", str)(search))
            for entry in searches
            for name in entry["fields"]
        )
        # the visitor's % and _ are letters, not wildcards
        return Domain.OR(
            Domain(name, "ilike", escape_psql(text)) for name, text in texts if text
        )

    def _get_search_inputs(self):
        if not self.searches:
            return {}
        inputs = {"all": {"input": "all", "label": request.env._("Search in all")}}
        for key, entry in self.searches.items():
            inputs[key] = {"input": key, "label": entry["label"]}
        return inputs

    def _get_tabs(self, chosen, counts):
        return [
            {
                "name": entry["label"],
                "url": f"{self.url}?{urlencode({'tab': key} | self.kept)}",
                "active": key == chosen["tab"],
                "count": counts[key],
            }
            for key, entry in self.tabs.items()
        ]

    def _get_total(self, model, domain, chosen, counts):
        defaults = self._get_chosen()
        is_narrowed = any(
            chosen[name] != defaults[name] for name in ("search", "filterby")
        )
        if self.tabs and not is_narrowed:
            return counts[chosen["tab"]]
        return model.search_count(domain)

    def _count_tabs(self, model):
        """Return how many records the visitor finds behind each tab, in one query.

        That is what a click on the tab shows, so no search narrows the numbers.
        """
        if not self.tabs:
            return {}
        domain = self._get_domain_of_all_tabs(self._get_chosen())
        query = model._search(domain, active_test=False)
        # as in a search for one tab: either of its domains may ask for archived records
        names = {condition.field_expr for condition in domain.iter_conditions()}
        active_test = model._active_name not in names
        counts = [
            SQL("COUNT(*) FILTER (WHERE %s)", _get_condition(tab))
            for tab in (
                # whom the records belong to is asked once, in the query around them
                model._search(
                    entry["domain"], active_test=active_test, bypass_access=True
                )
                for entry in self.tabs.values()
            )
        ]
        (row,) = model.env.execute_query(query.select(*counts))
        return dict(zip(self.tabs, row, strict=True))

    def _get_url_args(self, chosen):
        """Return what the links to other pages must keep: all that is no default."""
        defaults = self._get_chosen()
        changed = {
            key: value for key, value in chosen.items() if value != defaults[key]
        }
        return changed | self.kept


def _known(key, options):
    """Return the key if it is one of the options, else the first one."""
    keys = list(options)
    return key if key in keys else next(iter(keys), None)


def _get_condition(query):
    """Return a search as a condition on a record of another query of its model."""
    if query.from_clause == SQL.identifier(query.table):
        return query.where_clause or SQL("TRUE")
    # what it joins must neither hide nor double the records of the others
    return SQL("%s IN %s", SQL.identifier(query.table, "id"), query.subselect())
