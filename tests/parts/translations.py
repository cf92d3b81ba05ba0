"""German is complete: each ``i18n/de.po`` holds what its addon says, and no more."""

import polib
from erp import addons, database, server
from erp.paths import ADDONS, LOGS
from erp.steps import Problem

from .result import Result

EXPORT = """
from odoo.tools.translate import trans_export
for name in {names}:
    with open({folder!r} + f"/{{name}}.pot", "wb") as file:
        trans_export(None, [name], file, "po", env)
"""


def check(database_name):
    """Compare what the installed addons say with their ``de.po``: a check per addon."""
    result = Result()
    for addon, template in _export(database_name).items():
        faults = list(_faults(template, _german(addon)))
        if faults:
            faults.append("./tests/run --translations brings the files up to date.")
            result.fail(f"addons/{addon}/i18n/de.po\n" + "\n".join(faults))
        else:
            result.passed += 1
    return result


def rewrite():
    """Bring every ``de.po`` up to date: new terms are empty, obsolete ones gone."""
    names = addons.names()
    with database.dependencies(*names).temporary("translations") as name:
        options = ["--skip-auto-install", "--stop-after-init", "--no-http"]
        code, log = server.run(name, "-i", ",".join(names), *options, log=name)
        if code:
            raise Problem(f"Odoo could not install the addons; {log} says why.")
        for addon, template in _export(name).items():
            merged = _merge(template, _german(addon))
            merged.save(str(_path(addon)))
            print(f"{_path(addon).relative_to(ADDONS.parent)}: {len(merged)} terms")
            for entry in merged:
                if not entry.msgstr:
                    print(f"  empty: {entry.msgid!r}")


def _path(addon):
    return ADDONS / addon / "i18n" / "de.po"


def _german(addon):
    if not _path(addon).exists():
        return polib.POFile()
    return polib.pofile(str(_path(addon)))


def _export(database_name):
    """``{addon: its terms}``, as Odoo finds them in the installed addons."""
    folder = LOGS / f"{database_name}-terms"
    folder.mkdir(parents=True, exist_ok=True)
    code, log = server.odoo(
        *["shell", "-c", server.CONFIGURATION, "-d", database_name, "--no-http"],
        script=EXPORT.format(names=addons.names(), folder=str(folder)),
        log=f"{database_name}-export",
    )
    if code:
        raise Problem(f"Odoo could not export the terms; {log} says why.")
    return {name: polib.pofile(str(folder / f"{name}.pot")) for name in addons.names()}


def _faults(template, german):
    translated = {entry.msgid: entry for entry in german if not entry.obsolete}
    for entry in template:
        there = translated.pop(entry.msgid, None)
        if there is None:
            yield f"missing: {entry.msgid!r}"
        elif not there.msgstr or there.fuzzy:
            yield f"{'fuzzy' if there.fuzzy else 'empty'}: {entry.msgid!r}"
    for msgid in translated:
        yield f"no longer used: {msgid!r}"


def _merge(template, german):
    known = {entry.msgid: entry.msgstr for entry in german if not entry.fuzzy}
    for entry in template:
        entry.msgstr = known.get(entry.msgid, "")
    template.metadata |= {
        "Language": "de",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    # Dates would change the file each time.
    for name in ("POT-Creation-Date", "PO-Revision-Date"):
        template.metadata.pop(name, None)
    return template
