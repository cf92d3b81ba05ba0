#!/usr/bin/env python3
"""Measure what the pages and acts of container_rental cost on a lot of data.

It fills a database of its own, serves it, asks over HTTP and prints tables: times at
the client, SQL queries from Odoo's log, ratios to pages of Odoo in the same run, and
the goals. Times never fail; a wrong answer does (exit code 1).
"""

import argparse
import contextlib
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "setup"))

from erp import odoo, python, steps  # noqa: E402

TITLES = ("case", "n", "median ms", "p95", "min", "queries", "SQL ms", "x floor [95 %]")


def main():
    arguments = parse_arguments()
    if not python.is_entered():
        python.have_python(odoo.have_odoo(arguments.odoo))
        python.enter()
    from measuring import WrongAnswer

    start = time.monotonic()
    try:
        wrong = benchmark(arguments)
    except WrongAnswer as error:
        wrong = [str(error)]
    for sentence in wrong:
        print(f"\nWRONG: {sentence}")
    print(f"\n{steps.seconds_since(start)}, {len(wrong)} wrong answers", flush=True)
    return 1 if wrong else 0


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )

    def number(name, default, text):
        parser.add_argument(f"--{name}", type=int, default=default, help=text)

    number("movements", 1_000_000, "entries in the histories of containers")
    number("rentals", 500_000, "stays of containers, most of them over")
    number("requests", 200_000, "what customers asked for")
    number("containers", 20_000, "two fifths of them at customers")
    number("customers", 5_000, "besides a huge and a small one")
    number("n", 30, "how often each question is measured")
    number("warm-up", 3, "how often it is asked before that")
    parser.add_argument(
        "--scale",
        type=float,
        nargs="+",
        default=[1.0],
        metavar="FACTOR",
        help="times these sizes; two factors (1 0.1) also show the growth",
    )
    parser.add_argument(
        "--keep", action="store_true", help="leave the databases (they are named)"
    )
    parser.add_argument(
        "--odoo", metavar="PATH", help="use the Odoo 19.0 in this folder"
    )
    return parser.parse_args()


def benchmark(arguments):
    """Fill, measure and print; what was wrong, as sentences."""
    # They need the virtual environment.
    from erp import postgres, server
    from measuring import measure, serving
    from questions import Questions

    with contextlib.ExitStack() as stack:
        stack.enter_context(postgres.running())
        server.write_configuration()
        databases = [
            stack.enter_context(filled(arguments, scale)) for scale in arguments.scale
        ]
        print_plans(databases[0])
        with steps.step("Odoo starts"):
            sites = [stack.enter_context(serving(name)) for name in databases]
            asked = [Questions(site) for site in sites]
        cases = [case for questions in asked for case in questions.cases]
        with steps.step(f"{len(cases)} cases, {arguments.n} times each"):
            measure(cases, arguments.n, arguments.warm_up)
        print_results([{case.name: case for case in q.cases} for q in asked])
        return [sentence for questions in asked for sentence in questions.wrong()]


@contextlib.contextmanager
def filled(arguments, factor):
    """A database with the addon and a lot of data, gone after the block."""
    import filling
    from erp import addons, database, server

    size = filling.Size(
        movements=arguments.movements,
        rentals=arguments.rentals,
        requests=arguments.requests,
        containers=arguments.containers,
        customers=arguments.customers,
        # Each turn approves 1 and 100 requests, and issues 100 rentals.
        fresh=(arguments.n + arguments.warm_up) * 101,
    ).scaled(factor)
    size.check()
    # Sales are there to be compared with.
    modules = [*addons.dependencies("container_rental"), "sale"]
    template = database.Template("benchmark", modules, ["--skip-auto-install"])
    name = database.name_of(f"benchmark_{os.getpid()}_{factor:g}".replace(".", "_"))
    try:
        template.clone(name)
        with steps.step(f"Database {name}: addon"):
            options = ["-i", "container_rental", "--skip-auto-install"]
            options += ["--stop-after-init", "--no-http"]
            code, log = server.run(name, *options, log=f"{name}-install")
            if code or "container_rental" not in database.installed(name):
                raise steps.Problem(f"The addon could not be installed: {log}")
            filling.make_patterns(name)
        with steps.step(f"Database {name}: {size.rentals:,} rentals and the rest"):
            filling.fill(name, size)
        yield name
    finally:
        if not arguments.keep:
            database.drop(name)


def print_plans(name):
    import plans
    from measuring import print_table

    with steps.step("Plans of the queries"):
        rows = plans.get(name)
    print()
    print_table(("query", "ms", "indexes"), rows)
    print(flush=True)


def print_results(sites):
    import goals
    import questions
    from measuring import interval, print_table

    cases, *smaller = sites
    print()
    print_table(TITLES, [c.row(cases[questions.FLOOR]) for c in cases.values()])
    print(
        "The rows of the CSV come from a cursor of their own, which Odoo's log leaves"
    )
    print("out. The server is threaded, its jobs do not run, mails are only queued.\n")
    for other in smaller:
        print_table(
            ("growth", "median ms", "of the smaller", "ratio [95 %]", "queries"),
            [growth(case, other[name], interval) for name, case in cases.items()],
        )
        print()
    for line in goals.lines(cases, *smaller[:1]):
        print(line)


def growth(case, other, interval):
    low, high = interval(case, other)
    return (
        case.name,
        f"{case.median:.1f}",
        f"{other.median:.1f}",
        f"{case.median / other.median:.2f} [{low:.2f}..{high:.2f}]",
        f"{other.queries} -> {case.queries}",
    )


if __name__ == "__main__":
    steps.main(main)
