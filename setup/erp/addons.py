"""Our addons as their manifests describe them."""

import ast

from .paths import ADDONS


def names():
    return sorted(path.parent.name for path in ADDONS.glob("*/__manifest__.py"))


def manifest(name):
    return ast.literal_eval((ADDONS / name / "__manifest__.py").read_text())


def content():
    """Inputs for a digest of all that gets into a database: not the tests."""
    folders = sorted(ADDONS.glob("*/*"))
    return [
        part
        for path in folders
        if path.name not in ("tests", "README.md", "__pycache__")
        for part in (str(path.relative_to(ADDONS)), path)
    ]


def reachable(name):
    """Our addons that this one depends on, directly or not."""
    found, to_visit = set(), [name]
    while to_visit:
        own = {*manifest(to_visit.pop())["depends"]} & {*names()}
        to_visit += own - found
        found |= own
    return found


def dependencies(*addons):
    """What these addons need and is not ours: Odoo's and OCA's addons."""
    closure = {*addons}.union(*map(reachable, addons))
    needed = {name for addon in closure for name in manifest(addon)["depends"]}
    return sorted(needed - {*names()})
