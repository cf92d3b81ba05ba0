"""Odoo 19.0 Community, unpacked from its Debian package without installing it."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from . import debian
from .paths import STATE
from .steps import Problem, Stamp, lock, step

HOME = STATE / "odoo"
SERIES = "19.0"

PACKAGES = {
    # Odoo and the static files which Debian keeps in packages of their own.
    "sid": [
        "odoo-19",
        "libjs-jquery",
        "libjs-underscore",
        "libjs-jquery-form",
        "fonts-roboto-unhinted",
        "fonts-montserrat",
        "fonts-inconsolata",
        "fonts-ocr-b",
    ],
    # Version 4.7: the one in sid no longer has the fonts that Odoo's style sheets name.
    "bookworm": ["fonts-font-awesome"],
}

# Left over in the package: Odoo would append them to its addons path.
LEFTOVERS = ("addons", "doc", "setup")

# Background blur of video calls; Debian leaves the library out, and without the file
# every back-office page reports a broken asset bundle. Calls work without the blur.
SELFIE_SEGMENTATION = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def have_odoo(given=None):
    """Folder that holds the package ``odoo``: the given one, or Debian's unpacked."""
    given = given or os.environ.get("ODOO_HOME")
    if given:
        return _find_package(Path(given).expanduser().resolve())
    if not debian.is_debian_12():
        raise Problem(
            "This machine is not a Debian 12. Please name the folder of an Odoo 19.0"
            " that is there:\nset ODOO_HOME, or add --odoo PATH."
        )
    stamp = Stamp("odoo", PACKAGES, LEFTOVERS, SELFIE_SEGMENTATION)
    with lock("odoo"):
        if not stamp.is_current():
            stamp.remove()
            with step("Odoo 19.0"):
                _unpack(debian.download(PACKAGES))
            stamp.write()
    return _find_package(HOME)


def _find_package(home):
    for folder in (home, home / "usr/lib/python3/dist-packages", home.parent):
        release = folder / "odoo" / "release.py"
        if release.exists():
            if not re.search(r"version_info = \(19, 0\b", release.read_text()):
                raise Problem(f"{folder} holds an Odoo, but not {SERIES}.")
            return folder
    raise Problem(f"No Odoo {SERIES} in {home}.")


def _unpack(folder):
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True)
    for package in sorted(folder.glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", package, HOME], check=True)
    packages = HOME / "usr/lib/python3/dist-packages"
    for leftover in LEFTOVERS:
        shutil.rmtree(packages / leftover, ignore_errors=True)
    for metadata in packages.glob("odoo*-info"):
        # It names other packages than our pins do; erp.python tells pip what is here.
        shutil.rmtree(metadata)
    _complete_static_files(packages / "odoo/addons")


def _complete_static_files(addons):
    fonts = HOME / "usr/share/fonts"
    inconsolata = addons / "point_of_sale/static/src/fonts/Inconsolata.otf"
    inconsolata.unlink(missing_ok=True)
    target = fonts / "opentype/inconsolata/Inconsolata-Regular.otf"
    inconsolata.symlink_to(os.path.relpath(target, inconsolata.parent))
    segmentation = addons / SELFIE_SEGMENTATION
    segmentation.parent.mkdir(parents=True, exist_ok=True)
    segmentation.write_text(
        "// Not in Debian's package: calls work without background blur.\n"
    )
    dangling = [
        path for path in HOME.rglob("*") if path.is_symlink() and not path.exists()
    ]
    if dangling:
        raise Problem(
            f"Odoo's static files are incomplete: {', '.join(map(str, dangling))}"
        )
