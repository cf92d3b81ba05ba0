"""Many at once: what a site serves in a second, and what a download takes of memory."""

import re
import statistics
import threading
import time
from pathlib import Path

from .measuring import WrongAnswer


def get_throughput(people, path, expected, seconds=10):
    """Let people open a page again and again at the same time, each for himself.

    :param expected: what stands in the page
    :return: pages per second, and the milliseconds that 95 of 100 do not exceed
    """
    times, wrong = [], []
    end = time.perf_counter() + seconds

    def keep_asking(person):
        while (start := time.perf_counter()) < end:
            _response, content, _began = person.site.fetch("GET", path, person.cookies)
            times.append(time.perf_counter() - start)
            if expected.encode() not in content:
                wrong.append(content)

    threads = [threading.Thread(target=keep_asking, args=[who]) for who in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise WrongAnswer(f"{path}, {len(people)} at once: {wrong[0][:200]}")
    return len(times) / seconds, statistics.quantiles(times, n=20)[-1] * 1000


def get_memory(site, ask):
    """By how many megabytes the server grows at most while it answers something.

    Memory that it has had before is taken again: ask a fresh server.
    """
    process = Path("/proc", str(site.process.pid))
    (process / "clear_refs").write_text("5")  # forget the highest so far
    before = _read_status(process, "VmRSS")
    ask()
    return (_read_status(process, "VmHWM") - before) / 1024


def _read_status(process, name):
    text = (process / "status").read_text()
    return int(re.search(rf"{name}:\s+(\d+) kB", text)[1])
