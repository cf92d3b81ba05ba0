"""Our addons as their manifests describe them."""

import ast

from .paths import ADDONS


def names():
    return sorted(path.parent.name for path in ADDONS.glob("*/__manifest__.py"))


def manifest(name):
    return ast.literal_eval((ADDONS / name / "__manifest__.py").read_text())


def closure(*addons):
    """These addons of ours and those of ours that they depend on, dependencies first."""
    result = []
    for addon in addons:
        own = [name for name in manifest(addon)["depends"] if name in names()]
        result += [name for name in [*closure(*own), addon] if name not in result]
    return list(dict.fromkeys(result))


def dependencies(*addons):
    """What these addons need and is not ours: Odoo's and OCA's addons."""
    needed = {name for addon in closure(*addons) for name in manifest(addon)["depends"]}
    return sorted(needed - set(names()))
