"""The addons stay apart where they should, and each of them is complete."""

import ast
import re
import unittest

from erp import addons
from erp.paths import ADDONS, ROOT

# The addon whose building blocks the others share.
SHARED = "customer_portal"
REQUIRED_FILES = (
    "README.md",
    "i18n/de.po",
    "static/description/icon.png",
    "tests/__init__.py",
)
MODULE = re.compile(r"odoo\.addons\.(\w+)")
# An XML id of another addon: in an attribute of XML, or in quotes in Python and CSV.
XML_ID = re.compile(r"""["'(](\w+)\.\w+["')]""")
ADDRESS = re.compile(
    r"https?://(?!localhost|127\.0\.0\.1|[^/]*\bexample\b|[{$%<])[\w.-]+"
)
HOME = re.compile(r"(?<![\w.])/(?:home|root|Users)/\w")


def files(*patterns):
    for pattern in patterns:
        for path in sorted(ADDONS.glob(f"*/**/{pattern}")):
            yield path.relative_to(ADDONS).parts[0], path


def imported_addons(path):
    """Names of the addons that a Python file imports."""
    for node in ast.walk(ast.parse(path.read_text(), path)):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            modules = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (m.group(1) for m in map(MODULE.match, modules) if m)


def checked_in_files():
    for part in ("addons", "setup", "tests", ".ci", "requirements.txt", "README.md"):
        for path in [ROOT / part, *(ROOT / part).rglob("*")]:
            is_binary = path.suffix in (".png", ".pdf", ".mo", ".pyc")
            if path.is_file() and not is_binary:
                yield path


class TestArchitecture(unittest.TestCase):
    longMessage = False

    def check(self, wrong):
        """All findings at once, one a line."""
        wrong = sorted(set(wrong))
        self.assertFalse(wrong, "\n".join(wrong))

    def test_addons_know_only_what_they_depend_on(self):
        ours = set(addons.names())
        allowed = {addon: {addon} | addons.reachable(addon) for addon in ours}
        wrong = [
            f"{path.relative_to(ROOT)} imports {other}"
            for addon, path in files("*.py")
            for other in imported_addons(path)
            if other in ours and other not in allowed[addon]
        ]
        for addon, path in files("*.py", "*.xml", "*.csv"):
            for other in set(XML_ID.findall(path.read_text())) & ours:
                if other not in allowed[addon]:
                    wrong.append(f"{path.relative_to(ROOT)} refers to {other}")
        self.check(wrong)

    def test_only_the_shared_addon_is_depended_on(self):
        self.check(
            f"{addon} depends on {other}"
            for addon in addons.names()
            for other in addons.manifest(addon)["depends"]
            if other in addons.names() and other != SHARED
        )

    def test_dependencies_have_no_circle(self):
        self.check(
            f"{addon} and {other} depend on each other"
            for addon in addons.names()
            for other in addons.reachable(addon)
            if addon in addons.reachable(other)
        )

    def test_every_addon_is_complete(self):
        self.check(
            f"{addon} has no {name}"
            for addon in addons.names()
            for name in REQUIRED_FILES
            if not (ADDONS / addon / name).exists()
        )

    def test_manifests_list_the_files_that_exist(self):
        wrong = []
        for addon in addons.names():
            manifest = addons.manifest(addon)
            listed = manifest.get("data", []) + manifest.get("demo", [])
            wrong += [
                f"{addon} lists {name} twice"
                for name in listed
                if listed.count(name) > 1
            ]
            there = {
                str(path.relative_to(ADDONS / addon))
                for folder in ("data", "demo", "report", "security", "views", "wizard")
                for path in (ADDONS / addon / folder).rglob("*")
                if path.suffix in (".xml", ".csv")
            }
            wrong += [f"{addon} has no {name}" for name in set(listed) - there]
            wrong += [f"{addon} does not list {name}" for name in there - set(listed)]
        self.check(wrong)

    def test_every_test_file_is_imported(self):
        wrong = []
        for addon in addons.names():
            for path in (ADDONS / addon / "tests").glob("test_*.py"):
                init = (path.parent / "__init__.py").read_text()
                if not re.search(rf"import \(?[^#]*\b{path.stem}\b", init):
                    wrong.append(
                        f"{addon}/tests/__init__.py does not import {path.stem}"
                    )
        self.check(wrong)

    def test_nothing_names_a_machine_or_a_registry(self):
        """What is checked in works elsewhere: no home folders, no hosts."""
        wrong = []
        for path in checked_in_files():
            name = path.relative_to(ROOT)
            text = path.read_text(errors="replace")
            is_ours = name.parts[0] != "addons"
            found = HOME.findall(text) + (ADDRESS.findall(text) if is_ours else [])
            wrong += [f"{name} names {place}" for place in found]
        self.check(wrong)
