"""Watched folders: half-written files wait, links lead nowhere, one taker wins, everything ends in done or failed."""

import os
import tempfile
import time
import unittest
from pathlib import Path

from clients.folder import Folder, FolderError, is_allowed

LIMIT = 1000


class TestFolder(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.root = Path(holder.name) / "in"
        self.root.mkdir()
        self.outside = Path(holder.name) / "outside"
        self.outside.mkdir()
        (self.outside / "secret.csv").write_text("secret")

    def folder(self, path=None):
        return Folder(str(path or self.root), [str(self.root)])

    def put(self, name, text="content", age=60):
        path = self.root / name
        path.write_text(text)
        os.utime(path, (time.time() - age,) * 2)
        return path

    def still(self, folder, before):
        return [sight.name for sight in folder.still(folder.sights(), before, time.time())]

    def seen(self, folder):
        return {sight.name: (sight.size, sight.mtime) for sight in folder.sights()}

    # === PARTIAL FILES === #

    def test_a_file_is_taken_only_when_two_looks_saw_the_same(self):
        self.put("a.csv")
        with self.folder() as folder:
            self.assertEqual(self.still(folder, {}), [])
            before = self.seen(folder)
            self.assertEqual(self.still(folder, before), ["a.csv"])
            self.put("a.csv", "content and more")
            self.assertEqual(self.still(folder, before), [])

    def test_a_fresh_file_waits_although_it_looks_the_same(self):
        self.put("a.csv", age=2)
        with self.folder() as folder:
            self.assertEqual(self.still(folder, self.seen(folder)), [])

    def test_unfinished_and_hidden_names_wait(self):
        for name in ("a.csv.part", ".a.csv", "b.tmp", "c.FILEPART", "d.csv~"):
            self.put(name)
        self.put("e.csv")
        with self.folder() as folder:
            self.assertEqual([sight.name for sight in folder.sights()], ["e.csv"])

    # === LINKS === #

    def test_links_are_not_followed(self):
        (self.root / "link.csv").symlink_to(self.outside / "secret.csv")
        (self.root / "folder").symlink_to(self.outside)
        os.link(self.outside / "secret.csv", self.root / "hard.csv")
        os.mkfifo(self.root / "pipe.csv")
        with self.folder() as folder:
            self.assertEqual(folder.sights(), [])

    def test_a_file_that_becomes_a_link_after_the_look_is_not_read(self):
        path = self.put("a.csv")
        with self.folder() as folder:
            [sight] = folder.sights()
            path.unlink()
            path.symlink_to(self.outside / "secret.csv")
            self.assertIsNone(folder.take(sight, LIMIT))

    def test_subfolders_that_are_links_are_refused(self):
        (self.root / "work").symlink_to(self.outside)
        self.put("a.csv")
        with self.folder() as folder:
            [sight] = folder.sights()
            with self.assertRaises(FolderError) as caught:
                folder.take(sight, LIMIT)
        self.assertEqual(caught.exception.code, "denied")
        self.assertEqual(sorted(os.listdir(self.outside)), ["secret.csv"])

    def test_only_allowed_folders_are_opened(self):
        (self.root / "away").symlink_to(self.outside)
        (self.root / "below").mkdir()
        for path, allowed in (
            (self.root, True),
            (self.root / "below", True),
            (self.root / "away", False),
            (self.root / "below" / ".." / ".." / "outside", False),
            (self.outside, False),
            (f"{self.root}-other", False),
            ("in", False),
            ("", False),
        ):
            with self.subTest(path=str(path)):
                self.assertEqual(is_allowed(str(path), [str(self.root)]), allowed)
                if not allowed:
                    with self.assertRaises(FolderError) as caught, self.folder(path or "x"):
                        pass
                    self.assertEqual(caught.exception.code, "not_allowed")
        self.assertFalse(is_allowed(str(self.root), []))

    def test_a_missing_folder_says_so(self):
        with self.assertRaises(FolderError) as caught, self.folder(self.root / "nowhere"):
            pass
        self.assertEqual(caught.exception.code, "missing")

    # === TAKING === #

    def test_one_taker_wins(self):
        self.put("a.csv")
        with self.folder() as first, self.folder() as second:
            [sight] = first.sights()
            self.assertEqual(first.take(sight, LIMIT).data, b"content")
            self.assertIsNone(second.take(sight, LIMIT))

    def test_what_was_taken_before_a_crash_is_found_again_with_the_same_key(self):
        self.put("a.csv")
        with self.folder() as folder:
            taken = folder.take(folder.sights()[0], LIMIT)
        with self.folder() as folder:
            self.assertEqual(folder.left_behind([], LIMIT), [taken])
            self.assertEqual(folder.left_behind([taken.place], LIMIT), [])

    def test_too_large_is_taken_unread(self):
        self.put("a.csv", "x" * (LIMIT + 1))
        with self.folder() as folder:
            self.assertIsNone(folder.take(folder.sights()[0], LIMIT).data)

    def test_odd_names_become_showable_and_stay_apart(self):
        for name in (b"\xff\xfe.csv", b"a\nb.csv", "ü.csv".encode()):
            (Path(os.fsdecode(os.fsencode(self.root) + b"/" + name))).write_text("content")
        with self.folder() as folder:
            names = {folder.take(sight, LIMIT).name for sight in folder.sights()}
        self.assertEqual(len(names), 3)
        self.assertTrue(all(name.isprintable() and name.encode() for name in names), names)

    # === PUTTING AWAY === #

    def test_done_and_failed(self):
        with self.folder() as folder:
            for name, good in (("a.csv", True), ("a.csv", True), ("b.csv", False)):
                self.put(name)
                taken = folder.take(folder.sights()[0], LIMIT)
                place = folder.settle(taken.place, good)
                self.assertTrue((self.root / place).is_file())
            self.assertEqual(sorted(os.listdir(self.root / "done")), ["a-1.csv", "a.csv"])
            self.assertEqual(os.listdir(self.root / "failed"), ["b.csv"])
            # A second try succeeded.
            self.assertEqual(folder.settle("failed/b.csv", True), "done/b.csv")

    def test_places_of_elsewhere_move_nothing(self):
        with self.folder() as folder:
            for place in ("../outside/secret.csv", "work/../../outside/secret.csv", "work/", "x/y", "work/gone.csv"):
                self.assertEqual(folder.settle(place, True), place)
        self.assertTrue((self.outside / "secret.csv").is_file())


if __name__ == "__main__":
    unittest.main()
