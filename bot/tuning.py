"""What the interpreter and the C library are told, for a process that starts once and goes on for long."""

import contextlib
import ctypes
import gc
import sys

GARBAGE = (10_000, 2, 2)
"""So many new objects before garbage is looked for; at Python's own 700 that is once in every few praises. It is soon
looked for among what has survived as well: at Python's own 10 and 10 more of it lies about."""
SWITCH_S = 0.001
"""How long the event loop and the writer let one another wait for the interpreter; Python's own is 5 ms."""

M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
"""As glibc's malloc.h has them."""
LARGE = 64 * 1024
"""Bytes from which on an allocation is no part of the heap, so that it leaves no hole there."""


def one_heap() -> None:
    """Let all threads allocate from one heap; to be called before there are any.

    glibc gives each thread a heap of its own, with room in each: 6 MB together. And left to itself it puts ever larger
    pieces into them, which makes holes. Nothing happens where the C library is another.
    """
    with contextlib.suppress(AttributeError):
        option = ctypes.CDLL(None).mallopt
        option(M_ARENA_MAX, 1)
        option(M_MMAP_THRESHOLD, LARGE)


def tune() -> None:
    """Let the interpreter be as a process wants it that has started; what is there now is kept for good."""
    gc.collect()
    gc.freeze()  # what is here stays: full collections need not walk it
    gc.set_threshold(*GARBAGE)
    sys.setswitchinterval(SWITCH_S)
