"""What the follower holds: how it is renewed, whose keys it trusts, what it shows, and that it survives."""

from __future__ import annotations

import os
import sys
import unittest
from pathlib import Path
from typing import Any, Dict
from unittest import mock

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))

import changes  # noqa: E402
from answer import answered  # noqa: E402
from case import HERE, KEYS, NEXT_DAY, NOW, SOON, Case  # noqa: E402
from line import Line  # noqa: E402
from mirror import Mirror  # noqa: E402
from portal import NEXT_SERIES, UNIT, attached, bulletin, changes_page, event, keys_document, posting, timestamp_of  # noqa: E402
from portal import Served as served  # noqa: E402


class Renewing(Case):
    def test_a_first_try_brings_keys_texts_and_files(self) -> None:
        told = bulletin([posting(files=[attached(b"tep")])], articles=[posting("tin")])
        self.portal.put_bulletin(told, self.k1)
        self.portal.served[f"{HERE}/tep/{told['items'][0]['files'][0]['sha256']}/t%E1%BB%87p.pdf"] = served(b"tep")
        self.assertEqual(self.sync(), {"ok": True, "number": 10, "content": told["content"]})
        shown = self.opened().show()
        self.assertEqual(
            (shown["items"][0]["title"], shown["articles"][0]["title"], shown["fresh"]),
            ("Thông báo mot", "Thông báo tin", True),
        )
        self.assertEqual([path.read_bytes() for path in (self.folder / "files").iterdir()], [b"tep"])

    def test_a_timestamp_of_the_same_content_is_enough(self) -> None:
        told = bulletin([posting()])
        self.portal.put_bulletin(told, self.k1)
        self.sync()
        later = timestamp_of(told, issued_at=SOON, fresh_until="2026-11-23T08:10:00+07:00", number=12)
        self.portal.put(f"{HERE}/timestamp.json", later, self.k1)
        self.now = "2026-11-23T08:06:00+07:00"
        self.assertFalse(self.mirror.show()["fresh"])
        self.assertEqual(self.sync()["number"], 12)
        self.assertTrue(self.opened().show()["fresh"])
        self.assertEqual(self.asked("bulletin.json"), 1)
        # The bulletin that it holds is still what the portal serves.
        self.assertEqual(answered(self.mirror.bulletin)["number"], 12)
        # What it took over binds it: any other of that number has to be issued later.
        self.portal.put_bulletin(bulletin([posting("hai")], number=12), self.k1)
        self.assertEqual(answered(self.mirror.bulletin)["reason"], "replayed")

    def test_a_timestamp_of_before_vouches_for_nothing_after(self) -> None:
        for number, name in ((10, "mot"), (11, "hai"), (12, "mot")):
            self.portal.put_bulletin(bulletin([posting(name)], number=number), self.k1, fresh_until=NEXT_DAY)
            self.sync()
            if number == 10:
                self.sync()
                self.assertEqual(self.mirror.show()["fresh_until"], NEXT_DAY)
        shown = self.mirror.show()
        self.assertEqual((shown["number"], shown["fresh_until"]), (12, "2026-11-23T08:05:00+07:00"))

    def test_an_unchanged_timestamp_proves_nothing(self) -> None:
        self.portal.put_bulletin(bulletin([posting()]), self.k1)
        self.sync()
        self.sync()
        self.now = "2026-11-23T08:05:00+07:00"
        self.assertTrue(self.sync()["ok"])
        self.assertEqual(self.portal.asked[-1][3], 304)
        self.assertFalse(self.mirror.show()["fresh"])

    def test_what_is_not_in_the_new_bulletin_is_gone_with_its_files(self) -> None:
        file = attached(b"tep")
        self.portal.served[f"{HERE}/tep/{file['sha256']}/t%E1%BB%87p.pdf"] = served(b"tep")
        self.portal.put_bulletin(bulletin([posting("mot", files=[file])]), self.k1)
        self.sync()
        self.portal.put_bulletin(bulletin([posting("hai")], number=11), self.k1)
        self.sync()
        self.assertEqual(self.titles(), ["Thông báo hai"])
        self.assertNotIn("Lời của mot".encode(), self.everything())
        self.assertEqual(list((self.folder / "files").iterdir()), [])

    def test_words_are_not_kept_past_their_end_also_without_a_line(self) -> None:
        self.portal.put_bulletin(bulletin([posting("mot", until=SOON), posting("hai")]), self.k1)
        self.sync()
        del self.portal.served[f"{HERE}/timestamp.json"]
        self.now = SOON
        self.assertIn(b"mot", self.everything())
        self.assertEqual(self.reason(), "no-answer")
        self.assertNotIn(b"mot", self.everything())
        self.assertEqual(self.titles(), ["Thông báo hai"])

    def test_what_was_taken_out_by_a_wrong_clock_comes_back(self) -> None:
        self.portal.put_bulletin(bulletin([posting("mot", until=SOON)]), self.k1)
        self.sync()
        later = timestamp_of(bulletin([posting("mot", until=SOON)]), issued_at="2026-11-23T08:01:00+07:00")
        self.portal.put(f"{HERE}/timestamp.json", later, self.k1)
        self.assertTrue(self.sync()["ok"])
        self.now = NEXT_DAY
        self.sync()
        self.assertEqual(self.titles(), [])
        self.now = NOW
        self.assertTrue(self.sync()["ok"])
        self.assertEqual(self.titles(), ["Thông báo mot"])

    def test_an_exercise_is_said_to_be_one(self) -> None:
        self.portal.put_bulletin(bulletin([posting(drill=True), posting("b")]), self.k1)
        self.sync()
        self.assertEqual([item.get("drill") for item in self.mirror.show()["items"]], [True, None])


class KeysOfAPortal(Case):
    def test_a_rotation_is_followed(self) -> None:
        self.portal.put_bulletin(bulletin([posting()]), self.k1)
        self.sync()
        self.portal.put(KEYS, keys_document([self.k1.entry(until=SOON), self.k2.entry(self.k1)]), self.k2)
        self.portal.put_bulletin(bulletin([posting("hai")], number=11), self.k2)
        self.assertTrue(self.sync()["ok"])
        self.portal.put_bulletin(bulletin([posting("ba")], number=12, issued_at="2026-11-23T08:04:01+07:00"), self.k1)
        self.now = "2026-11-23T08:04:01+07:00"
        self.assertEqual(self.reason(), "revoked-key")
        self.assertEqual(self.titles(), ["Thông báo hai"])

    def test_what_came_under_a_key_that_is_revoked_binds_nobody(self) -> None:
        genuine = bulletin([posting()])
        forged = {**bulletin([posting("gia")], number=2**53 - 1), "content": genuine["content"], "series": NEXT_SERIES}
        self.portal.put_bulletin(forged, self.k1)
        self.sync()
        self.assertEqual(self.titles(), ["Thông báo gia"])
        self.portal.put(KEYS, keys_document([self.k2.revoked(self.k1.entry()), self.k2.entry(self.k1)]), self.k2)
        answered(self.mirror.keys)
        self.assertFalse(self.mirror.show()["fresh"])
        self.portal.put_bulletin(genuine, self.k2)
        self.assertTrue(self.sync()["ok"])
        self.assertEqual(self.titles(), ["Thông báo mot"])

    def test_nobody_is_trusted_at_first_sight_without_tls(self) -> None:
        self.portal.put_bulletin(bulletin([posting()]), self.k1)
        self.mirror = Mirror(Line(self.portal.address), UNIT, self.folder, None, self.clock)
        self.assertEqual(self.reason(), "unknown-key")

    def test_keys_are_read_once_a_day(self) -> None:
        self.portal.put_bulletin(bulletin([posting()]), self.k1)
        for self.now in (NOW, SOON, "2026-11-24T07:59:59+07:00", NEXT_DAY):
            self.sync()
        self.assertEqual(sum(1 for asked in self.portal.asked if asked[0] == KEYS), 2)

    def test_a_bulletin_is_taken_also_while_the_keys_cannot_be_read(self) -> None:
        self.portal.put_bulletin(bulletin([posting()]), self.k1)
        del self.portal.served[KEYS]
        self.assertTrue(self.sync()["ok"])


class Feeding(Case):
    def feed(self, pages: Dict[int, dict], signer: Any = None) -> Any:
        for after, page in pages.items():
            self.portal.put(f"{HERE}/changes?after={after}", page, signer or self.k1)
        answer = answered(lambda: changes.follow(self.opened()))
        return answer.get("set", answer.get("reason"))

    def test_pages_are_followed_by_their_next(self) -> None:
        pages = {0: changes_page([event(1, "posted"), event(2, "posted", "b")], 5, more=True)}
        pages[5] = changes_page([event(6, "revised", edition=2), event(7, "ended", "b")], 9)
        self.assertEqual(self.feed(pages), [["a", 2]])
        self.assertEqual(self.feed({9: changes_page([event(10, "restored", "b", 3)], 10)}), [["a", 2], ["b", 3]])
        self.assertEqual(self.asked("changes"), 3)

    def test_a_reread_sets_what_shows(self) -> None:
        told = bulletin([posting(), posting("sau", **{"from": SOON})])
        pages = {0: changes_page([event(1, "posted", "gone"), {"type": "reread", "position": 2, "at": NOW}], 2)}
        self.assertEqual(self.feed(pages), "no-answer")
        self.portal.put_bulletin(told, self.k1)
        self.assertEqual(self.feed({2: changes_page([], 2)}), [[posting()["id"], 1]])
        self.assertEqual(self.titles(), ["Thông báo mot"])

    def test_a_new_series_is_told_from_its_beginning(self) -> None:
        self.feed({0: changes_page([event(1, "posted", "old")], 9, number=9)})
        new = {"series": NEXT_SERIES, "number": 2}
        pages = {9: changes_page([], 2, **new), 0: changes_page([event(1, "posted", "new")], 2, **new)}  # type: ignore[arg-type]
        self.assertEqual(self.feed(pages), [["new", 1]])
        self.assertEqual(self.feed({2: changes_page([], 9, number=9)}), "replayed")

    def test_a_last_page_of_earlier_is_replayed(self) -> None:
        self.feed({0: changes_page([], 9, number=10)})
        self.assertEqual(self.feed({9: changes_page([], 9, number=8)}), "replayed")

    def test_it_is_led_to_no_other_host_and_round_no_circle(self) -> None:
        for there in ("https://evil.example/", "//evil.example/", "changes?after=3", "/\r\nX: y"):
            self.assertEqual(self.feed({0: {**changes_page([], 3), "next": there}}), "not-understood")
        self.assertEqual(self.feed({0: changes_page([], 0, more=True)}), "not-understood")
        self.assertEqual(self.feed({0: changes_page([], 3)}, self.thief), "unknown-key")


class Surviving(Case):
    def test_it_can_be_killed_at_any_instant(self) -> None:
        """At every write, every rename and every deletion in turn; what is read afterwards is the old or the new."""
        file = attached(b"tep")
        self.portal.served[f"{HERE}/tep/{file['sha256']}/t%E1%BB%87p.pdf"] = served(b"tep")
        number, steps = 10, 0
        self.portal.put_bulletin(bulletin([posting("0", files=[file])], number=number), self.k1)
        self.sync()
        while True:
            number, steps = number + 1, steps + 1
            old, new = self.titles(), [f"Thông báo {steps}"]
            self.portal.put_bulletin(bulletin([posting(str(steps), files=[file])], number=number), self.k1)
            self.mirror = self.opened()
            with Killed(steps) as killed:
                self.sync()
            self.assertIn(self.titles(), (old, new))
            self.assertEqual(self.opened().folder.noticed, [])
            self.mirror = self.opened()
            self.assertTrue(self.sync()["ok"], steps)
            self.assertEqual(self.titles(), new)
            if not killed.done:
                break
        self.assertGreater(steps, 8)
        left = {path.name for path in self.folder.iterdir()}
        self.assertEqual(left, {"bulletin", "timestamp", "keys", "lock", "files", "parts", "room"})
        self.assertEqual([path.name for path in (self.folder / "files").iterdir()], [file["sha256"]])

    def test_what_cannot_be_read_is_noticed_and_is_none(self) -> None:
        told = bulletin([posting()])
        for name in ("bulletin", "timestamp", "keys"):
            for spoil in (
                lambda octets: octets[:-1],
                lambda octets: b"",
                lambda octets: octets.replace(b"a", b"b"),
                lambda octets: b"\xff\n\n",
            ):
                self.portal.put_bulletin(told, self.k1)
                self.sync()
                self.sync()
                path = self.folder / name
                path.write_bytes(spoil(path.read_bytes()))
                again = self.opened()
                with mock.patch("sys.stderr"):
                    shown = again.show()
                self.assertIn(name, shown["noticed"][0])
                self.assertEqual(shown["items"] == [], name == "bulletin")
                self.mirror = self.opened()
                with mock.patch("sys.stderr"):
                    self.assertTrue(self.sync()["ok"])
                self.assertEqual(self.titles(), ["Thông báo mot"])

    def test_a_lost_bulletin_is_got_again_though_its_timestamp_is_left(self) -> None:
        told = bulletin([posting()])
        self.portal.put_bulletin(told, self.k1)
        self.sync()
        self.portal.put(f"{HERE}/timestamp.json", timestamp_of(told, issued_at=SOON), self.k1)
        self.sync()
        (self.folder / "bulletin").unlink()
        self.assertTrue(self.sync()["ok"])
        self.assertEqual(self.titles(), ["Thông báo mot"])

    def test_what_a_killed_one_left_is_cleared_up(self) -> None:
        (self.folder / "bulletin.new").write_bytes(b"half")
        (self.folder / "room" / "left").mkdir()
        self.sync()
        self.assertEqual([*self.folder.glob("*.new"), *(self.folder / "room").iterdir()], [])

    def test_keys_outlive_the_bulletin(self) -> None:
        self.portal.put(KEYS, keys_document([self.k2.revoked(self.k1.entry()), self.k2.entry(self.k1)]), self.k2)
        self.portal.put_bulletin(bulletin([posting()]), self.k2)
        self.sync()
        (self.folder / "bulletin").write_bytes(b"x")
        del self.portal.served[KEYS]
        self.portal.put_bulletin(bulletin([posting()]), self.k1)
        self.mirror = self.opened()
        with mock.patch("sys.stderr"):
            self.assertEqual(self.reason(), "revoked-key")

    def test_another_units_folder_is_not_taken_for_its_own(self) -> None:
        self.portal.put_bulletin(bulletin([posting()]), self.k1)
        self.sync()
        with mock.patch("sys.stderr"):
            self.assertEqual(Mirror(None, "99002", self.folder, self.k1.public, self.clock).show()["items"], [])


class Killed:
    """Ends the one under test at its n-th touch of the disk."""

    TOUCHES = ("replace", "fsync", "unlink", "mkdir", "rmdir")

    class Now(BaseException):
        pass

    def __init__(self, step: int) -> None:
        self.left = step
        self.done = False
        self.patches = [mock.patch.object(os, name, self.touch(getattr(os, name))) for name in self.TOUCHES]

    def touch(self, really: Any) -> Any:
        def touched(*given: Any, **more: Any) -> Any:
            self.left -= 1
            if self.left <= 0:
                self.done = True
                raise Killed.Now
            return really(*given, **more)

        return touched

    def __enter__(self) -> "Killed":
        for patch in self.patches:
            patch.start()
        return self

    def __exit__(self, kind: Any, *_: Any) -> bool:
        for patch in self.patches:
            patch.stop()
        return kind is Killed.Now


if __name__ == "__main__":
    unittest.main()
