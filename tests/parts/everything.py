"""Which parts a run consists of."""

from erp import addons, postgres, server
from erp.steps import Problem

from . import addon_tests
from .result import run_part, run_parts


def run(arguments):
    """Run what was asked for; the exit code."""
    with postgres.running():
        server.write_configuration()
        if arguments.target:
            result = one_addon(arguments.target)
        else:
            result = run_parts(
                (f"{addon} alone", addon_tests.alone, addon) for addon in addons.names()
            )
    print(f"\ntests: {result}", flush=True)
    return 1 if result.failed or not result.passed else 0


def one_addon(target):
    if target.partition(":")[0] not in addons.names():
        raise Problem(f"There is no addon {target}; there are: {', '.join(addons.names())}.")
    return run_part(target, addon_tests.alone, target)
