"""Mistakes that no ready-made linter finds, read from the syntax tree."""

import ast
import unittest

from erp.paths import ADDONS, ROOT

READING_VERBS = ("GET", "HEAD", "OPTIONS")


def syntax_trees():
    for path in sorted(ADDONS.glob("*/**/*.py")):
        if "tests" not in path.parts:
            yield path, ast.parse(path.read_text(), path)


def nodes(kind):
    for path, tree in syntax_trees():
        for node in ast.walk(tree):
            if isinstance(node, kind):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node, path


def name_of(node):
    """``route`` of ``route(...)`` as well as of ``http.route(...)``."""
    return getattr(node, "attr", getattr(node, "id", ""))


def writes(function):
    """Whether a function changes records, as far as one can see."""
    acts = ("write", "create", "unlink", "copy")
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (node.func.attr in acts or node.func.attr.startswith("action_"))
        for node in ast.walk(function)
    )


def is_silent(handler):
    return all(isinstance(statement, ast.Pass) for statement in handler.body)


class TestConventions(unittest.TestCase):
    longMessage = False

    def check(self, wrong):
        wrong = sorted(wrong)
        self.assertFalse(wrong, "\n".join(wrong))

    def test_routes_that_change_something_name_their_methods(self):
        """Otherwise a link in a mail or on a foreign page can press the button."""
        wrong = []
        for place, function, _path in nodes(ast.FunctionDef):
            for route in self.new_routes(function):
                options = {option.arg: option.value for option in route.keywords}
                methods = ast.literal_eval(options.get("methods", ast.Constant(None)))
                is_http = ast.unparse(options["type"]) == "'http'"
                reads = not methods or {*methods} & {*READING_VERBS}
                if is_http and reads and writes(function):
                    wrong.append(
                        f'{place}: {function.name} writes and has no methods=["POST"]'
                    )
        self.check(wrong)

    def new_routes(self, function):
        """Decorators that define a route; an override without a type inherits it."""
        for decorator in function.decorator_list:
            if isinstance(decorator, ast.Call) and name_of(decorator.func) == "route":
                if any(option.arg == "type" for option in decorator.keywords):
                    yield decorator

    def test_markup_is_never_built_from_values(self):
        """Markup(f"…") and Markup("…" % x) let HTML of a visitor through."""
        built = (ast.JoinedStr, ast.BinOp)
        self.check(
            f"{place}: Markup of a built string"
            for place, call, _path in nodes(ast.Call)
            if name_of(call.func) == "Markup"
            and any(
                isinstance(argument, built) or is_format(argument)
                for argument in call.args
            )
        )

    def test_swallowed_exceptions_say_why(self):
        self.check(
            f"{place}: an exception is swallowed without a comment that says why"
            for place, handler, path in nodes(ast.ExceptHandler)
            if is_silent(handler) and not has_comment(handler, path)
        )

    def test_nothing_prints(self):
        self.check(
            f"{place}: print"
            for place, call, _path in nodes(ast.Call)
            if isinstance(call.func, ast.Name) and call.func.id == "print"
        )


def is_format(node):
    return isinstance(node, ast.Call) and name_of(node.func) == "format"


def has_comment(handler, path):
    lines = path.read_text().splitlines()[handler.lineno - 1 : handler.end_lineno]
    return any("#" in line for line in lines)
