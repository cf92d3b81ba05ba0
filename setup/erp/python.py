"""The virtual environment: Odoo's Python packages, the OCA addons, the tools."""

import os
import shutil
import sys
import sysconfig
import zipfile
from pathlib import Path

from .odoo import SERIES
from .paths import CACHE, ROOT, SETUP, STATE
from .steps import Problem, Stamp, digest, lock, run, step

VENV = STATE / "venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = [
    SETUP / "requirements" / "odoo.txt",
    SETUP / "requirements" / "tools.txt",
    ROOT / "requirements.txt",
]
# No addon may raise a pin of Odoo's, and packages without a wheel are built with these
# pins too. The path is relative because pip splits the variable at spaces.
PIP_ENVIRONMENT = os.environ | {"PIP_CONSTRAINT": "setup/requirements/odoo.txt"}


def is_entered():
    return Path(sys.prefix) == VENV


def enter():
    """Start the running command again, with the Python of the virtual environment."""
    os.execv(PYTHON, [str(PYTHON), *sys.argv])  # noqa: S606 (no shell is wanted)


def have_python(odoo_home):
    """A virtual environment in which Odoo can be imported and pip knows about it."""
    interpreter = _interpreter()
    stamp = Stamp("python", *REQUIREMENTS, interpreter, str(odoo_home))
    with lock("python"):
        if stamp.is_current():
            return
        stamp.remove()
        with step("Python packages"):
            shutil.rmtree(VENV, ignore_errors=True)
            run([interpreter, "-m", "venv", VENV], "venv")
            _install(_wheels())
            _make_odoo_importable(odoo_home)
        stamp.write()


def _interpreter():
    """The distribution's own Python: it can be reached by every user."""
    interpreter = Path("/usr/bin/python3")
    if not interpreter.exists():
        interpreter = Path(sys.executable)
    version = run(
        [interpreter, "-c", "import sys; print(*sys.version_info[:2], sep='.')"],
        "python",
    )
    if version.read_text().strip() != "3.11":
        raise Problem(
            f"Python 3.11 is needed, because the packages are pinned for it;"
            f" {interpreter} is another."
        )
    return interpreter


def _wheels():
    """Folder of wheels in the user's cache: installing from it takes seconds."""
    wheels = CACHE / f"wheels-{digest(*REQUIREMENTS, sysconfig.get_platform())}"
    complete = wheels / "complete"
    if not complete.exists():
        wheels.mkdir(parents=True, exist_ok=True)
        _write_odoo_wheel(wheels)
        command = [*_pip("wheel"), "--use-pep517"]
        command += ["--find-links", wheels, "--wheel-dir", wheels]
        run(command, "pip-wheel", title="pip wheel", cwd=ROOT, env=PIP_ENVIRONMENT)
        complete.touch()
    return wheels


def _pip(command):
    pip = [PYTHON, "-m", "pip", command, "--disable-pip-version-check"]
    return pip + [part for path in REQUIREMENTS for part in ("--requirement", path)]


def _write_odoo_wheel(folder):
    """An empty wheel ``odoo 19.0``: OCA addons ask pip for it."""
    info = f"odoo-{SERIES}.dist-info"
    with zipfile.ZipFile(folder / f"odoo-{SERIES}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(
            f"{info}/METADATA",
            f"Metadata-Version: 2.1\nName: odoo\nVersion: {SERIES}\n",
        )
        wheel.writestr(
            f"{info}/WHEEL",
            "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        wheel.writestr(f"{info}/RECORD", "")


def _install(wheels):
    command = [*_pip("install"), "--no-index", "--find-links", wheels, "odoo"]
    run(command, "pip-install", title="pip install", cwd=ROOT, env=PIP_ENVIRONMENT)
    run([PYTHON, "-m", "pip", "check"], "pip-check", title="pip check")


def _make_odoo_importable(odoo_home):
    site_packages = next(VENV.glob("lib/python3*/site-packages"))
    (site_packages / "odoo.pth").write_text(f"{odoo_home}\n")


def odoo_home():
    """Folder that holds the package ``odoo`` of the virtual environment."""
    return Path(
        next(VENV.glob("lib/python3*/site-packages/odoo.pth")).read_text().strip()
    )
