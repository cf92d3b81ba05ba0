"""The platform of this repository: everything the addons need in order to run.

One module per thing that exists afterwards. Each ``have_*`` function makes its thing
under ``.state/`` when it is missing, prints one line with its time, and is silent
and quick when the thing is there and its inputs have not changed.

Until the virtual environment exists only the standard library may be imported;
``erp.python.enter`` then starts the command again inside of it.
"""
