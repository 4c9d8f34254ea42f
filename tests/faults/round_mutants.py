"""The bot with one guard of its rounds missing: `python -m tests.faults.rounds --mutant NAME` must turn red with each.

Production code has no switches for this: the guard is replaced here, in the process whose forks are killed.
"""

from collections.abc import Callable, Mapping

MUTANTS: Mapping[str, Callable[[], None]] = {}
