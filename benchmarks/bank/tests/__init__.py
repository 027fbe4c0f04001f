"""Tests of the benchmark's own books."""
