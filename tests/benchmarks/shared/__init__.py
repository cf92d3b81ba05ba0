"""What the benchmarks of all addons have in common."""
