"""Rules decide: pure functions on plain values; no I/O and no clock, time is passed in."""
