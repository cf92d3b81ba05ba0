"""What has to be asked inside of Odoo, since no request does it."""

import json

from erp import server
from erp.steps import Problem


def run(database, script, log):
    """Run Python in Odoo's shell; what it passes to ``tell``."""
    shell = ["shell", "-c", server.CONFIGURATION, "-d", database, "--no-http"]
    telling = 'import json\ndef tell(it):\n    print("TOLD " + json.dumps(it))\n'
    name = f"{database}-{log}"
    _code, path = server.odoo(*shell, script=f"{telling}\n{script}", log=name)
    for line in path.read_text().splitlines():
        # The shell's prompts stand before what is printed.
        if "TOLD " in line:
            return json.loads(line.partition("TOLD ")[2])
    raise Problem(f"Odoo's shell told nothing; {path} says why.")
