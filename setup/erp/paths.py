"""Where things are."""

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDONS = ROOT / "addons"
SETUP = ROOT / "setup"
TESTS = ROOT / "tests"

STATE = ROOT / ".state"
LOGS = STATE / "log"

# Downloads only: a fresh clone on the same machine is faster, nothing depends on it.
CACHE = (
    Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "portal-family"
)

# Tells two clones on one machine apart wherever they share a place.
CLONE = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
