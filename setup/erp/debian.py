"""Debian packages: installed ones for the system, unpacked ones for Odoo."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from .paths import CACHE, STATE
from .steps import Problem, digest, lock, run, step

PROGRAMS = {
    # Debian's unpatched build is enough: the reports keep their header in the body.
    "wkhtmltopdf": ["wkhtmltopdf", "fonts-dejavu-core"],
    "chromium": ["chromium", "fonts-liberation"],
}


def os_release():
    lines = Path("/etc/os-release").read_text().splitlines()
    return dict(line.replace('"', "").split("=", 1) for line in lines if "=" in line)


def is_debian_12():
    try:
        release = os_release()
    except FileNotFoundError:
        return False
    return release.get("ID") == "debian" and release.get("VERSION_ID") == "12"


def have_programs(*names):
    """Programs of the distribution, installed with apt where they are missing."""
    missing = [name for name in names if not shutil.which(name)]
    if missing:
        install([package for name in missing for package in PROGRAMS[name]])


def install(packages):
    """Install Debian packages, as root or through sudo."""
    if not shutil.which("apt-get"):
        raise Problem(
            f"Please install {', '.join(packages)}: this is not a Debian system."
        )
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    if sudo and not shutil.which("sudo"):
        raise Problem(
            "Packages of Debian are missing, and neither root nor sudo is at hand.\n"
            f"Please have them installed: apt-get install {' '.join(packages)}"
        )
    if sudo and subprocess.run(["sudo", "-v"]).returncode:
        raise Problem(
            "Packages of Debian are missing, and sudo refused.\n"
            f"Please have them installed: apt-get install {' '.join(packages)}"
        )
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    with lock("apt"), step(f"Debian packages {', '.join(packages)}"):
        run([*apt, "update"], "apt-update")
        run([*apt, "install", "--no-install-recommends", *packages], "apt-install")


def download(packages_by_suite):
    """Folder with the ``.deb`` files of ``{suite: [package]}``, kept in the cache.

    The suites come from the machine's own Debian source with only the suite's name
    replaced, and apt checks the signatures; nothing on the machine changes.
    """
    target = CACHE / f"debs-{digest(sorted(packages_by_suite.items()))}"
    complete = target / "complete"
    if not complete.exists():
        target.mkdir(parents=True, exist_ok=True)
        environment = _private_apt(packages_by_suite)
        run(["apt-get", "update"], "odoo-apt-update", env=environment)
        for suite, packages in packages_by_suite.items():
            names = [f"{package}/{suite}" for package in packages]
            run(
                ["apt-get", "download", *names],
                "odoo-apt-download",
                env=environment,
                cwd=target,
            )
        shutil.rmtree(STATE / "apt")
        complete.touch()
    return target


def _private_apt(suites):
    """Environment for an apt with its own state, the same for root and others."""
    home = STATE / "apt"
    shutil.rmtree(home, ignore_errors=True)
    for folder in ("etc", "state/lists/partial", "cache/archives/partial", "log"):
        (home / folder).mkdir(parents=True)
    (home / "state/status").touch()
    (home / "sources.list").write_text("\n\n".join(_stanza(suite) for suite in suites))
    (home / "apt.conf").write_text(
        f"""\
Dir::Etc "{home}/etc";
Dir::Etc::main "/dev/null";
Dir::Etc::sourcelist "{home}/debian.sources";
Dir::Etc::preferences "/dev/null";
Dir::State "{home}/state";
Dir::State::status "{home}/state/status";
Dir::Cache "{home}/cache";
Dir::Log "{home}/log";
APT::Sandbox::User "root";
Acquire::Languages "none";
// A mirror of sid may carry an expired release file; its signature is still checked.
Acquire::Check-Valid-Until "false";
{_proxy_settings()}"""
    )
    (home / "sources.list").rename(home / "debian.sources")
    return os.environ | {"APT_CONFIG": str(home / "apt.conf"), "LC_ALL": "C.UTF-8"}


def _proxy_settings():
    """The machine's proxy: a private apt does not read its settings."""
    dump = subprocess.run(
        ["apt-config", "dump"], capture_output=True, text=True, check=True
    ).stdout
    return "\n".join(re.findall(r"(?m)^Acquire::\w+::Proxy.*$", dump))


def _stanza(suite):
    uris, signed_by = _machine_source()
    return f"Types: deb\nURIs: {uris}\nSuites: {suite}\nComponents: main\n" + (
        f"Signed-By: {signed_by}\n" if signed_by else ""
    )


def _machine_source():
    """URIs and keyring of the machine's own source of its Debian release."""
    codename = os_release()["VERSION_CODENAME"]
    for uris, suites, signed_by in [*_deb822_sources(), *_one_line_sources()]:
        if codename in suites.split():
            return uris, signed_by
    raise Problem(f"This machine has no apt source for Debian's suite {codename}.")


def _deb822_sources():
    for path in sorted(Path("/etc/apt/sources.list.d").glob("*.sources")):
        for stanza in re.split(r"\n\s*\n", path.read_text()):
            lines = [line for line in stanza.splitlines() if not line.startswith("#")]
            text = re.sub(r"\n[ \t]+", " ", "\n".join(lines))
            fields = dict(re.findall(r"(?m)^([\w-]+):[ \t]*(.*)$", text))
            enabled = fields.get("Enabled", "yes").strip().lower() != "no"
            if enabled and "deb" in fields.get("Types", "").split():
                # A key in the stanza itself has no file; the default keyring serves.
                signed_by = fields.get("Signed-By", "")
                yield (
                    fields["URIs"],
                    fields["Suites"],
                    signed_by if signed_by.startswith("/") else "",
                )


def _one_line_sources():
    files = [
        Path("/etc/apt/sources.list"),
        *sorted(Path("/etc/apt/sources.list.d").glob("*.list")),
    ]
    for path in filter(Path.exists, files):
        for options, uri, suite in re.findall(
            r"(?m)^deb\s+(?:\[([^]]*)\]\s+)?(\S+)\s+(\S+)", path.read_text()
        ):
            signed_by = re.search(r"signed-by=(\S+)", options)
            yield uri, suite, signed_by.group(1) if signed_by else ""
