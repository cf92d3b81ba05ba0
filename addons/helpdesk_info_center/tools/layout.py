"""The arrangement of widgets: what is stored, what counts, how changes are merged.

``described`` is everywhere ``{key: (zone, is_shown, is_mandatory)}`` of the widgets
that there are, in their default order.
"""

from functools import cached_property

from .columns import SIZES, clean_columns, clean_filters, clean_order
from .tabs import TABS

ZONES = ("main", "side")
REFRESH_MINUTES = (0, 2, 5, 10, 15)


class Layout:
    """What an agent sees where: his own arrangement, else his team's, else the default.

    Widgets that are new since it was stored come last in their zone; those that are
    gone are left out; mandatory ones are always shown.
    """

    def __init__(self, described, own=None, team=None):
        self.described = described
        self.own, self.team = _dict(own), _dict(team)

    @property
    def version(self):
        version = self.own.get("v")
        return version if type(version) is int else 0

    @cached_property
    def zones(self):
        arranged = _dict(self.own.get("zones") or self.team.get("zones"))
        zones = {zone: clean_keys(arranged.get(zone), self.described) for zone in ZONES}
        zones["side"] = [key for key in zones["side"] if key not in zones["main"]]
        placed = {*zones["main"], *zones["side"]}
        for key, (zone, _is_shown, _is_mandatory) in self.described.items():
            if key not in placed:
                zones[zone].append(key)
        return zones

    @cached_property
    def hidden(self):
        chosen = self.own.get("hidden", self.team.get("hidden"))
        known = self.own.get("known", self.team.get("known", ()))
        return [
            key
            for key, (_zone, is_shown, is_mandatory) in self.described.items()
            if not is_mandatory
            and (key in chosen if chosen is not None and key in known else not is_shown)
        ]

    @cached_property
    def widgets(self):
        """``{key: options}``: tab, size, order, columns, filters, fold."""
        own, team = _dict(self.own.get("widgets")), _dict(self.team.get("widgets"))
        return {
            key: {**_dict(team.get(key)), **_dict(own.get(key))}
            for key in self.described
        }


def merge_patch(stored, patch, described, team=None):
    """Return a stored arrangement with the changes of a patch that make sense.

    A patch says what was shown and what was closed, so that windows of an agent do not
    undo each other; the first one starts from what counted for him. Which widgets there
    were is kept with what is closed: one that is added later is shown or not as its
    default says.
    """
    merged, patch = dict(_dict(stored)), _dict(patch)
    if isinstance(patch.get("zones"), dict):
        zones = patch["zones"]
        merged["zones"] = {
            zone: clean_keys(zones.get(zone), described) for zone in ZONES
        }
    shown = clean_keys(patch.get("show"), described)
    closed = clean_keys(patch.get("hide"), described)
    if shown or closed:
        before = Layout(described, stored, team).hidden
        merged["hidden"] = change_hidden(before, shown, closed, described)
        merged["known"] = [*described]
    if isinstance(patch.get("widgets"), dict):
        widgets = dict(_dict(merged.get("widgets")))
        for key in clean_keys([*patch["widgets"]], described):
            widgets[key] = merge_options(widgets.get(key), patch["widgets"][key])
        merged["widgets"] = widgets
    version = merged.get("v")
    merged["v"] = (version if type(version) is int else 0) + 1
    return merged


def change_hidden(hidden, shown, closed, described):
    """Return which widgets are closed after some were shown and some were closed."""
    still = [key for key in hidden if key not in shown]
    return [key for key in dict.fromkeys(still + closed) if not described[key][2]]


def merge_options(stored, changed):
    """Return the options of a widget with what has changed; no columns: the default."""
    options = {**_dict(stored), **clean_options(changed)}
    if _dict(changed).get("columns") is False:
        options.pop("columns", None)
    return options


def clean_keys(keys, described):
    """Return those of the keys that are widgets, each once."""
    keys = keys if isinstance(keys, list) else []
    return [key for key in dict.fromkeys(map(str, keys)) if key in described]


def clean_options(options):
    """Return the options of a widget that can be kept."""
    options = _dict(options)
    cleaned = {
        "tab": _one_of(dict(TABS), options.get("tab")),
        "size": _one_of(SIZES, options.get("size")),
        "order": clean_order(options.get("order")),
        "columns": clean_columns(options.get("columns")) or None,
        "fold": _one_of((True, False), options.get("fold")),
    }
    if isinstance(options.get("filters"), dict):
        cleaned["filters"] = clean_filters(options["filters"])
    return {name: value for name, value in cleaned.items() if value is not None}


def _one_of(choices, value):
    """Return a value that is one of the choices, of their type too, else nothing."""
    fits = any(type(value) is type(choice) and value == choice for choice in choices)
    return value if fits else None


def _dict(value):
    return value if isinstance(value, dict) else {}
