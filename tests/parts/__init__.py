"""The parts of ``tests/run``: each is a function that returns one result."""
