"""The command of a benchmark: its options, its databases, the run, what is printed."""

import argparse
import contextlib
import os
import time

from erp import odoo, python, steps

TITLES = ("case", "n", "median ms", "p95", "min", "queries", "SQL ms", "x floor [95 %]")


def main(description, addon, numbers, load, also=("sale",), has_stock=False):
    """Fill a database, serve it, measure, and print.

    :param description: what ``--help`` says
    :param addon: the addon that is measured
    :param numbers: ``(name, default, text)`` of the options that say how much there is;
        ``Size`` has them as fields
    :param load: function that imports and returns the modules ``filling``, ``plans``,
        ``questions`` and ``goals``, which need the virtual environment
    :param also: modules of Odoo's that are there to be compared with
    :param has_stock: the same data are also served without our addon, as ``site.stock``
    """
    arguments = _parse_arguments(description, numbers)
    if not python.is_entered():
        python.have_python(odoo.have_odoo(arguments.odoo))
        python.enter()
    from .measuring import WrongAnswer

    start = time.monotonic()
    names = [name.replace("-", "_") for name, _default, _text in numbers]
    try:
        benchmark = _Benchmark(addon, also, arguments, names, *load())
        wrong = benchmark.run(has_stock)
    except WrongAnswer as error:
        wrong = [str(error)]
    for sentence in wrong:
        print(f"\nWRONG: {sentence}")
    print(f"\n{steps.seconds_since(start)}, {len(wrong)} wrong answers", flush=True)
    return 1 if wrong else 0


def _parse_arguments(description, numbers):
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, default, text in (
        *numbers,
        ("n", 30, "how often each question is measured"),
        ("warm-up", 3, "how often it is asked before that"),
    ):
        parser.add_argument(f"--{name}", type=int, default=default, help=text)
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


class _Benchmark:
    def __init__(self, addon, also, arguments, names, filling, plans, questions, goals):
        self.addon = addon
        self.also = also
        self.arguments = arguments
        self.names = names
        self.filling = filling
        self.plans = plans
        self.questions = questions
        self.goals = goals

    def run(self, has_stock=False):
        """Fill, measure and print; what was wrong, as sentences."""
        # They need the virtual environment.
        from erp import postgres, server

        from .measuring import measure, serving

        n, warm_up = self.arguments.n, self.arguments.warm_up
        with contextlib.ExitStack() as stack:
            stack.enter_context(postgres.running())
            server.write_configuration()
            databases = [
                stack.enter_context(self._filled(scale))
                for scale in self.arguments.scale
            ]
            stocks = [
                stack.enter_context(self._filled(scale, is_stock=True))
                for scale in (self.arguments.scale if has_stock else ())
            ]
            self._print_plans(databases[0])
            with steps.step("Odoo starts"):
                sites = [stack.enter_context(serving(name)) for name in databases]
                for site, name in zip(sites, stocks, strict=False):
                    site.stock = stack.enter_context(serving(name))
                asked = [self.questions.Questions(site) for site in sites]
            cases = [case for questions in asked for case in questions.cases]
            load = os.getloadavg()[0]
            with steps.step(f"{len(cases)} cases, {n} times each"):
                measure(cases, n, warm_up)
            print(
                f"Load of the machine, of {os.cpu_count()} cores:"
                f" {load:.1f} before, {os.getloadavg()[0]:.1f} at the end"
            )
            figures = asked[0].get_figures(databases[0])
            self._print_results(
                [{case.name: case for case in q.cases} for q in asked], figures
            )
            return [sentence for questions in asked for sentence in questions.wrong()]

    @contextlib.contextmanager
    def _filled(self, factor, is_stock=False):
        """A database with a lot of data, gone after the block.

        :param is_stock: leave our addon out
        """
        from erp import database

        template = database.dependencies(self.addon, also=self.also)
        size = self._get_size(factor)
        kind = "stock" if is_stock else "benchmark"
        name = database.name_of(f"{kind}_{os.getpid()}_{factor:g}".replace(".", "_"))
        try:
            template.clone(name)
            if not is_stock:
                with steps.step(f"Database {name}: {self.addon}"):
                    self._install(name)
            self.filling.Filling.make_patterns(name)
            with steps.step(f"Database {name}: {size}"):
                self.filling.Filling.fill_database(name, size)
            yield name
        finally:
            if not self.arguments.keep:
                database.drop(name)

    def _get_size(self, factor):
        """How much of everything there is to be.

        :raise Problem: nobody could have so little
        """
        numbers = {name: getattr(self.arguments, name) for name in self.names}
        # Each turn decides about 1 and 100 records that nobody has touched yet.
        fresh = (self.arguments.n + self.arguments.warm_up) * 101
        size = self.filling.Size(**numbers, fresh=fresh).scaled(factor)
        size.check()
        return size

    def _install(self, name):
        from erp import database, server

        options = ["-i", self.addon, "--skip-auto-install"]
        options += ["--stop-after-init", "--no-http"]
        code, log = server.run(name, *options, log=f"{name}-install")
        if code or self.addon not in database.installed(name):
            raise steps.Problem(f"The addon could not be installed: {log}")

    def _print_plans(self, name):
        from . import plans
        from .measuring import print_table

        with steps.step("Plans of the queries"):
            rows = plans.get(name, self.plans.ASKED, self.plans.BIG)
        print()
        print_table(("query", "ms", "indexes"), rows)
        print(flush=True)

    def _print_results(self, sites, figures):
        from . import goals
        from .measuring import print_table

        cases, *smaller = sites
        floor = cases[self.questions.Questions.FLOOR]
        print()
        print_table(TITLES, [case.row(floor) for case in cases.values()])
        print(f"{self.questions.NOTE}\n")
        for other in smaller:
            print_table(
                ("growth", "median ms", "of the smaller", "ratio [95 %]", "queries"),
                [_get_growth(case, other[name]) for name, case in cases.items()],
            )
            print()
        if figures:
            rows = [(name, f"{value:.3g}") for name, value in figures.items()]
            print_table(("on a server of its own", "value"), rows)
            print()
        results = goals.Results(cases, *smaller[:1], figures=figures)
        for line in goals.lines(self.goals.get_goals(results)):
            print(line)


def _get_growth(case, other):
    from .measuring import interval

    low, high = interval(case, other)
    return (
        case.name,
        f"{case.median:.1f}",
        f"{other.median:.1f}",
        f"{case.median / other.median:.2f} [{low:.2f}..{high:.2f}]",
        f"{other.queries} -> {case.queries}",
    )
