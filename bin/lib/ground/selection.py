"""What the caller narrowed a lane to: files and tests by path, the rest are pytest's options."""

import os

from .settings import CHECKOUT


class Selection:
    def __init__(self, words):
        paths, self.options = [], []
        for word in words:
            is_path = not self._takes_value() and os.path.exists(CHECKOUT / word.split("::")[0])
            (paths if is_path else self.options).append(word)
        self.wanted = [self._split(word) for word in paths]
        self.is_narrow = bool(paths) or "-k" in self.options

    def _takes_value(self):
        return bool(self.options) and self.options[-1] in ("-k", "-m", "--deselect", "--maxfail")

    @staticmethod
    def _split(word):
        path, _separator, test = word.partition("::")
        return (CHECKOUT / path).resolve(), test

    def touches(self, path):
        return not self.wanted or bool(self.targets(path))

    def targets(self, path):
        """What to give pytest for `path`, spelled by the name under which pytest sees it."""
        if not self.wanted:
            return [str(path)]
        found, real = [], path.resolve()
        for wanted, test in self.wanted:
            if wanted == real or wanted in real.parents:
                found.append(f"{path}::{test}" if test else str(path))
            elif real in wanted.parents:
                inside = path / wanted.relative_to(real)
                found.append(f"{inside}::{test}" if test else str(inside))
        return found

    def narrow(self, files):
        return [file for file in files if self.touches(file)]
