"""Odoo's command line as a file.

A server with several processes starts the one for its websockets by the path of its own
program. ``python -m odoo`` cannot be started so: it would fail and be tried for ever.
"""

from odoo.cli import main

main()
