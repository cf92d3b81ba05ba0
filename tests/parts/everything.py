"""Which parts a run consists of."""

from erp import addons, postgres, server
from erp.steps import Problem, forget_old_logs

from . import addon_tests, demo_data, journeys, lint, neighbours, together, translations
from .result import Result, run_part, side_by_side


def run(arguments):
    """Run what was asked for and print the closing line; the exit code."""
    if arguments.lint:
        return close(linting())
    forget_old_logs()
    with postgres.running():
        server.write_configuration()
        if arguments.translations:
            return translations.rewrite()
        if arguments.target:
            return close(one_addon(arguments.target))
        if arguments.journeys:
            return close(run_part("journeys", journeys.run))
        if arguments.neighbours:
            return close(side_by_side(beside_odoo()))
        return close(linting() + everything())


def close(result):
    print(f"\ntests: {result}", flush=True)
    return 1 if result.failed or not result.passed else 0


def linting():
    return side_by_side((run_part, *check) for check in lint.CHECKS)


def everything():
    """The longest first: two processors have something to do until the end."""
    alone = [
        (run_part, f"{addon} alone", addon_tests.alone, addon)
        for addon in addons.names()
    ]
    return side_by_side([*beside_odoo(), (together.together,), (in_the_demo,), *alone])


def beside_odoo():
    return [
        (run_part, "Odoo's own tests", neighbours.ODOO.test),
        (run_part, "OCA's own tests", neighbours.OCA.test),
        (run_part, "Odoo's own tests of surveys", neighbours.SURVEYS.test),
        (run_part, "checkout in Odoo's shop", neighbours.checkout),
    ]


def in_the_demo():
    demo = run_part("demo data", demo_data.check)
    return demo + (run_part("journeys", journeys.run) if not demo.failed else Result())


def one_addon(target):
    if target.partition(":")[0] not in addons.names():
        known = ", ".join(addons.names())
        raise Problem(f"There is no addon {target}; there are: {known}.")
    return run_part(target, addon_tests.alone, target)
