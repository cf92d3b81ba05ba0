"""Asks a served Odoo over HTTP, and says what each question costs."""

import contextlib
import html.parser
import http.client
import json
import random
import re
import statistics
import subprocess
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from erp import server
from erp.paths import LOGS
from erp.steps import Problem

# "GET /my HTTP/1.1" 200 - <queries> <seconds in SQL> <seconds elsewhere>
LOG_LINE = re.compile(
    r'"[A-Z]+ (?P<path>[^ ?#]+).* HTTP/1\.\d" \d+ -'
    r" (?P<queries>\d+) (?P<sql>[\d.]+) [\d.]+$",
    re.M,
)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}


@dataclass
class Answer:
    status: int
    text: str
    location: str
    seconds: float
    queries: int
    sql_seconds: float
    first_byte: float  # seconds until the answer began

    def __add__(self, other):
        """Both together, for what takes several requests; the first one's text."""
        return replace(
            self,
            seconds=self.seconds + other.seconds,
            queries=self.queries + other.queries,
            sql_seconds=self.sql_seconds + other.sql_seconds,
        )

    @property
    def result(self):
        """What a JSON route returned; an error of Odoo's is a wrong answer."""
        content = json.loads(self.text)
        if "error" in content:
            raise WrongAnswer(content["error"].get("data", {}).get("message"))
        return content.get("result")


class WrongAnswer(Exception):
    """A page does not say what it has to say."""


@contextlib.contextmanager
def serving(database, workers=0):
    """A site that serves a database, without jobs that would work beside it.

    :param workers: how many processes serve it; 0: one, with threads
    """
    port = server.free_port()
    path = LOGS / f"{database}-served{workers or ''}.log"
    arguments = ["server", "-c", server.CONFIGURATION, "-d", database]
    arguments += ["--http-port", port, "--max-cron-threads=0", "--workers", workers]
    arguments += ["--gevent-port", server.free_port()]
    with path.open("w") as output:
        process = subprocess.Popen(
            server.command(*arguments),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        with path.open() as log:
            site = Site(database, port, log, process)
            site.wait_for_start()
            yield site
    finally:
        server.end(process)


class Site:
    def __init__(self, database, port, log, process):
        self.database = database
        self.port = port
        self.log = log
        self.process = process
        self.stock = None  # the site without our addon, where there is one

    def wait_for_start(self):
        for _attempt in range(300):
            if self.process.poll() is not None:
                raise Problem(f"Odoo did not start; {self.log.name} says why.")
            with contextlib.suppress(OSError):
                self.ask("GET", "/web/login", {}, None)
                return
            time.sleep(0.2)
        raise Problem(f"Odoo does not answer; {self.log.name} may say why.")

    def ask(self, method, path, headers, body):
        """One request, and what it cost."""
        self.log.read()
        start = time.perf_counter()
        response, content, began = self.fetch(method, path, headers, body)
        seconds = time.perf_counter() - start
        self.cookies = response.headers.get_all("Set-Cookie") or []
        queries, sql_seconds = self._read_log(path)
        return Answer(
            status=response.status,
            text=content.decode(errors="replace"),
            location=response.headers.get("Location", ""),
            seconds=seconds,
            queries=queries,
            sql_seconds=sql_seconds,
            first_byte=began - start,
        )

    def fetch(self, method, path, headers, body=None):
        """One request on a connection of its own, as Odoo's threaded server has it.

        :return: the response, its content, and when that began
        """
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        with contextlib.closing(connection):
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            first = response.read(1)
            began = time.perf_counter()
            return response, first + response.read(), began

    def _read_log(self, path):
        """What Odoo's own log says about the last request, the only one under way."""
        text = ""
        for _attempt in range(200):
            text += self.log.read()
            for found in LOG_LINE.finditer(text):
                # Odoo adds the called method, as in /web/dataset/call_kw/…#model.method
                if found["path"] == path.partition("?")[0]:
                    return int(found["queries"]), float(found["sql"])
            time.sleep(0.01)
        raise Problem(f"{self.log.name} does not mention {path}.")


class Person:
    """Somebody who is signed in; the password is the login."""

    def __init__(self, site, login):
        self.site = site
        self.login = login
        self.session = ""
        credentials = {"db": site.database, "login": login, "password": login}
        if not self.call("/web/session/authenticate", **credentials).result["uid"]:
            raise WrongAnswer(f"{login} cannot sign in")
        *_others, self.session = [
            cookie.split(";")[0]
            for cookie in site.cookies
            if cookie.startswith("session_id=")
        ]

    def open(self, path, **params):
        query = urllib.parse.urlencode(params)
        return self._ask("GET", f"{path}?{query}" if query else path)

    def post(self, path, **values):
        return self._ask("POST", path, FORM, urllib.parse.urlencode(values))

    def call(self, path, **params):
        body = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        return self._ask("POST", path, JSON, json.dumps(body))

    def call_model(self, model, method, *args, **kwargs):
        return self.call(
            f"/web/dataset/call_kw/{model}/{method}",
            model=model,
            method=method,
            args=args,
            kwargs=kwargs,
        )

    def csrf_token(self, path):
        """The token that a form on this page carries, good for all forms."""
        return re.search(r'name="csrf_token" value="(\w+)"', self.open(path).text)[1]

    @property
    def cookies(self):
        return {"Cookie": f"{self.session}; tz=UTC"}

    def _ask(self, method, path, headers=None, body=None):
        return self.site.ask(method, path, self.cookies | (headers or {}), body)


def form_values(answer, action):
    """What a browser would send from a form of a page, before anybody types in it."""
    reader = _FormReader(action)
    reader.feed(answer.text)
    return reader.values


class _FormReader(html.parser.HTMLParser):
    def __init__(self, action):
        super().__init__()
        self.action = action
        self.values = {}
        self.is_inside = False
        self.choosing = self.typing = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.is_inside = attrs.get("action") == self.action
        if not self.is_inside:
            return
        name, value = attrs.get("name"), attrs.get("value") or ""
        if tag == "input" and (attrs.get("type") != "radio" or "checked" in attrs):
            self.values[name] = value
        elif tag == "textarea":
            self.typing, self.values[name] = name, ""
        elif tag == "select":
            self.choosing = name
        elif tag == "option" and self.choosing:
            if "selected" in attrs or self.choosing not in self.values:
                self.values[self.choosing] = value

    def handle_endtag(self, tag):
        if tag == "form":
            self.is_inside = False
        elif tag == "select":
            self.choosing = None
        elif tag == "textarea":
            self.typing = None

    def handle_data(self, data):
        if self.typing:
            self.values[self.typing] += data


@dataclass
class Case:
    """One question that is asked again and again, and what the answer must be."""

    name: str
    ask: Callable  # returns the Answer
    check: Callable  # whether the answer is right
    every: int = 1  # in which turns it is asked; more for what takes seconds
    answers: list = field(default_factory=list)

    def run(self, is_measured):
        answer = self.ask()
        try:
            is_right = self.check(answer)
        except WrongAnswer as error:
            raise WrongAnswer(f"{self.name}: {error}") from None
        if not is_right:
            path = LOGS / "benchmark-wrong-answer.html"
            path.write_text(answer.text)
            raise WrongAnswer(f"{self.name}: status {answer.status}, {path}")
        if is_measured:
            self.answers.append(answer)

    @property
    def milliseconds(self):
        return [answer.seconds * 1000 for answer in self.answers]

    @property
    def median(self):
        return statistics.median(self.milliseconds)

    @property
    def queries(self):
        """The usual number of queries; the dearest where they differ."""
        return max(statistics.multimode(answer.queries for answer in self.answers))

    @property
    def sql_median(self):
        """Milliseconds in SQL."""
        return statistics.median(a.sql_seconds for a in self.answers) * 1000

    def row(self, floor):
        times = sorted(self.milliseconds)
        low, high = interval(self, floor)
        return (
            self.name,
            str(len(times)),
            f"{self.median:.1f}",
            f"{times[max(int(len(times) * 0.95 + 0.5) - 1, 0)]:.1f}",
            f"{times[0]:.1f}",
            str(self.queries),
            f"{self.sql_median:.0f}",
            f"{self.median / floor.median:.2f} [{low:.2f}..{high:.2f}]",
        )


def measure(cases, n, warm_up):
    """Ask all questions in turn, in another order each time."""
    order = random.Random(19)  # noqa: S311 (the same orders in each run)
    for turn in range(-warm_up, n):
        for case in order.sample(cases, len(cases)):
            if turn % case.every == 0 or turn == -1:
                case.run(is_measured=turn >= 0)


def interval(case, other, tries=1000):
    """The bootstrap's 95 % interval of the ratio of two medians."""
    draw = random.Random(19)  # noqa: S311
    ratios = sorted(
        statistics.median(draw.choices(case.milliseconds, k=len(case.answers)))
        / statistics.median(draw.choices(other.milliseconds, k=len(other.answers)))
        for _try in range(tries)
    )
    return ratios[int(tries * 0.025)], ratios[int(tries * 0.975)]


def print_table(header, rows):
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    for row in [header, *rows]:
        cells = [
            cell.rjust(width) if re.match(r"[\d.]+", values[-1]) else cell.ljust(width)
            for cell, width, values in zip(
                row, widths, zip(*rows, strict=True), strict=True
            )
        ]
        print("  ".join(cells).rstrip())
