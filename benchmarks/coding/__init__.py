"""Coding measured: time-ordered splits of real files, simple methods in the same run."""
