"""The follower against an invented portal on a real line, which is cut, lied on, and killed in the middle."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import unittest
from datetime import datetime
from pathlib import Path
from typing import Any, Dict, List
from unittest import mock

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))

import changes  # noqa: E402
import judgement  # noqa: E402
import line as line_of  # noqa: E402
from answer import answered  # noqa: E402
from line import Line  # noqa: E402
from mirror import Mirror  # noqa: E402
from notation import instant, to_base64  # noqa: E402
from pace import Pacer  # noqa: E402
from portal import (  # noqa: E402
    NEXT_SERIES,
    UNIT,
    Portal,
    Served as served,
    Signer,
    attached,
    bulletin,
    changes_page,
    event,
    keys_document,
    posting,
    timestamp_of,
)

HERE = f"/bang-tin/{UNIT}"
KEYS = "/.well-known/bangtin.json"
NOW = "2026-11-23T08:00:00+07:00"
SOON = "2026-11-23T08:04:00+07:00"
NEXT_DAY = "2026-11-24T08:00:00+07:00"


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        room = tempfile.TemporaryDirectory()
        cls.addClassCleanup(room.cleanup)
        cls.room = Path(room.name)
        cls.k1, cls.k2, cls.thief = (Signer(cls.room, name) for name in ("k1", "k2", "thief"))

    def setUp(self) -> None:
        self.portal = Portal()
        self.addCleanup(self.portal.close)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.now = NOW
        self.mirror = self.opened()
        self.portal.put(KEYS, keys_document([self.k1.entry()]), self.k1)

    def opened(self) -> Mirror:
        """As after a new start."""
        return Mirror(Line(self.portal.address), UNIT, self.folder, self.k1.public, self.clock)

    def clock(self) -> datetime:
        return instant(self.now)

    def sync(self) -> dict:
        return answered(self.mirror.sync)

    def reason(self) -> str:
        return str(self.sync().get("reason"))

    def titles(self) -> List[str]:
        return [item["title"] for item in self.opened().show()["items"]]

    def asked(self, name: str) -> int:
        return sum(1 for asked in self.portal.asked if asked[0].split("?")[0] == f"{HERE}/{name}")

    def everything(self) -> bytes:
        return b"".join(path.read_bytes() for path in self.folder.rglob("*") if path.is_file())


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
        # What it took over binds it: the bulletin of before is an older issue now.
        self.assertEqual(answered(self.mirror.bulletin)["reason"], "replayed")

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
        self.now = NEXT_DAY
        self.sync()
        self.assertEqual(self.titles(), [])
        self.now = NOW
        self.sync()
        self.assertEqual(self.titles(), ["Thông báo mot"])

    def test_an_exercise_is_said_to_be_one(self) -> None:
        self.portal.put_bulletin(bulletin([posting(drill=True), posting("b")]), self.k1)
        self.sync()
        self.assertEqual([item.get("drill") for item in self.mirror.show()["items"]], [True, None])


class Refusing(Case):
    def setUp(self) -> None:
        super().setUp()
        self.good = bulletin([posting()])
        self.portal.put_bulletin(self.good, self.k1)
        self.sync()

    def next(self, signer: Any = None, **more: Any) -> None:
        self.portal.put_bulletin(bulletin([posting("hai")], **{"number": 11, **more}), signer or self.k1)

    def refused(self, reason: str) -> None:
        """And the follower goes on with what it had."""
        self.assertEqual(self.reason(), reason)
        self.assertEqual(self.titles(), ["Thông báo mot"])

    def test_bytes_that_were_changed(self) -> None:
        self.next()
        served = self.portal.served[f"{HERE}/bulletin.json"]
        served.octets = served.octets.replace("Thông báo".encode(), "Thông bào".encode())
        self.refused("bad-signature")

    def test_bytes_that_were_garbled(self) -> None:
        self.next()
        self.portal.served[f"{HERE}/bulletin.json"].headers["Content-Digest"] = f"sha-256=:{to_base64(bytes(32))}:"
        self.refused("cut")

    def test_an_answer_without_a_signature(self) -> None:
        self.next()
        self.portal.served[f"{HERE}/bulletin.json"].signature = None
        self.refused("bad-signature")

    def test_what_was_already_over(self) -> None:
        self.next()
        self.sync()
        self.portal.put_bulletin(self.good, self.k1)
        self.assertEqual(self.reason(), "replayed")
        self.assertEqual(self.titles(), ["Thông báo hai"])

    def test_a_bulletin_older_than_the_timestamp_that_announced_it(self) -> None:
        self.next()
        self.portal.put(f"{HERE}/timestamp.json", timestamp_of(bulletin([], number=12)), self.k1)
        self.refused("replayed")

    def test_another_units_bulletin(self) -> None:
        self.next(unit={"code": "99002"})
        self.portal.put(f"{HERE}/timestamp.json", timestamp_of(bulletin([])), self.k1)
        self.refused("wrong-unit")

    def test_a_key_that_nobody_vouches_for(self) -> None:
        self.next(self.thief)
        self.refused("unknown-key")

    def test_a_key_that_was_revoked(self) -> None:
        keys = [self.k2.revoked(self.k1.entry()), self.k2.entry(self.k1)]
        self.portal.put(KEYS, keys_document(keys), self.k2)
        self.assertEqual(answered(self.mirror.keys), {"ok": True, "trusted": [self.k2.id], "revoked": [self.k1.id]})
        self.next()
        self.refused("revoked-key")

    def test_what_is_not_yet(self) -> None:
        self.next(issued_at=NEXT_DAY)
        self.refused("from-the-future")

    def test_another_version(self) -> None:
        self.next(protocol="bangtin/2")
        self.refused("not-understood")

    def test_an_item_whose_digest_is_wrong(self) -> None:
        self.portal.put_bulletin(bulletin([{**posting("hai"), "title": "Khác"}], number=11), self.k1)
        self.refused("bad-digest")

    def test_no_answer(self) -> None:
        self.portal.close()
        self.refused("no-answer")

    def test_a_portal_that_asks_for_patience(self) -> None:
        self.next()
        self.portal.served[f"{HERE}/timestamp.json"].status = 503
        for said, heard in (
            ("120", 120.0),
            ("999999999999", 3600.0),
            ("bald", None),
            ("Mon, 01 Jan 2001 00:00:00 GMT", None),
        ):
            self.portal.served[f"{HERE}/timestamp.json"].headers["Retry-After"] = said
            self.assertEqual(self.sync().get("retry_after"), heard)

    def test_more_than_is_reasonable(self) -> None:
        self.next()
        with mock.patch.object(judgement, "MOST_BYTES", 100):
            self.refused("not-understood")
        self.portal.served[f"{HERE}/bulletin.json"].headers["Content-Encoding"] = "gzip"
        self.refused("not-understood")

    def test_an_answer_that_drips(self) -> None:
        stop = threading.Event()
        self.addCleanup(stop.set)
        self.portal.before = lambda target: stop.wait(10)
        with mock.patch.object(line_of, "SHORT", 0.2):
            self.refused("no-answer")

    def test_garbage_never_ends_it(self) -> None:
        for garbage in (b"", b"\0" * 1000, b"null", b"[]", b"<html>", b'"' * 99, b"{" * 9999):
            for field in (
                None,
                "",
                "\x00",
                'keyid="x"',
                f'keyid="{self.k1.id}", sig=:AA==:',
                f'keyid="{self.k1.id}", sig="x"',
            ):
                self.portal.served[f"{HERE}/timestamp.json"] = served(garbage, field)
                self.portal.served[f"{HERE}/bulletin.json"] = served(garbage, field)
                self.refused("bad-signature")
                self.assertEqual(answered(self.mirror.bulletin)["reason"], "bad-signature")

    def test_a_check_by_hand_changes_nothing(self) -> None:
        def checked(what: str, told: Any, signer: Signer) -> Any:
            document = json.dumps(told).encode()
            given = (to_base64(document), signer.id, to_base64(signer.sign(document)))
            return answered(lambda: self.mirror.check(what, *given)).get("reason")

        newer = bulletin([posting("hai")], number=11)
        before = self.everything()
        self.assertIsNone(checked("bulletin", newer, self.k1))
        self.assertIsNone(checked("timestamp", timestamp_of(newer), self.k1))
        self.assertIsNone(checked("changes", changes_page([], 0), self.k1))
        self.assertIsNone(checked("portal", keys_document([self.k1.entry(), self.k2.entry(self.k1)]), self.k1))
        self.assertEqual(checked("bulletin", bulletin([], number=9), self.k1), "replayed")
        self.assertEqual(checked("bulletin", newer, self.k2), "unknown-key")
        self.assertEqual(checked("bread", newer, self.k1), "not-understood")
        self.assertEqual(answered(lambda: self.mirror.check("bulletin", 5, None, []))["reason"], "not-understood")
        self.assertEqual(self.everything(), before)


class Resuming(Case):
    def setUp(self) -> None:
        super().setUp()
        self.told = bulletin([posting(html="<p>" + "dài " * 5000 + "</p>")])
        self.portal.put_bulletin(self.told, self.k1)
        self.bulletin = self.portal.served[f"{HERE}/bulletin.json"]

    def downloads(self) -> List[tuple]:
        return [
            (ranged, status, sent)
            for target, ranged, _, status, sent in self.portal.asked
            if target == f"{HERE}/bulletin.json"
        ]

    def test_a_cut_download_goes_on_where_it_stopped(self) -> None:
        whole = len(self.bulletin.octets)
        self.bulletin.cut_after = 7000
        self.assertEqual(self.reason(), "cut")
        self.assertEqual(self.titles(), [])
        self.mirror = self.opened()
        self.bulletin.cut_after = 5000
        self.assertEqual(self.reason(), "cut")
        self.assertTrue(self.sync()["ok"])
        expected = [(None, 200, 7000), ("bytes=7000-", 206, 5000), ("bytes=12000-", 206, whole - 12000)]
        self.assertEqual(self.downloads(), expected)

    def test_a_bulletin_that_has_changed_meanwhile_is_got_whole(self) -> None:
        self.bulletin.cut_after = 7000
        self.sync()
        self.portal.put_bulletin(bulletin([posting("hai")], number=11), self.k1)
        self.assertTrue(self.sync()["ok"])
        self.assertEqual([(ranged, status) for ranged, status, _ in self.downloads()], [(None, 200), ("bytes=7000-", 200)])
        self.assertEqual(self.titles(), ["Thông báo hai"])

    def test_a_beginning_that_was_spoilt_is_refused_once_and_then_forgotten(self) -> None:
        self.bulletin.cut_after = 7000
        self.sync()
        part = self.folder / "parts" / "bulletin"
        part.write_bytes(b"x" * 7000)
        self.assertEqual(self.reason(), "bad-signature")
        self.assertTrue(self.sync()["ok"])

    def test_a_beginning_that_is_too_long_is_got_anew(self) -> None:
        self.bulletin.cut_after = 7000
        self.sync()
        (self.folder / "parts" / "bulletin").write_bytes(b"x" * 1_000_000)
        self.assertTrue(self.sync()["ok"])
        self.assertEqual([status for _, status, _ in self.downloads()], [200, 416, 200])

    def test_a_part_of_something_else_is_not_put_to_it(self) -> None:
        self.bulletin.cut_after = 7000
        self.sync()
        for said, etag in (
            ("bytes 6999-7048/99999", self.bulletin.etag),
            ("bytes 7000-7049/99999", '"other"'),
            ("", self.bulletin.etag),
        ):
            crooked = served(b"x" * 50, self.bulletin.signature, 206, Content_Range=said, ETag=etag)
            crooked.etag = "never asked for"
            self.portal.served[f"{HERE}/bulletin.json"] = crooked
            self.assertEqual(self.reason(), "cut")
            self.portal.served[f"{HERE}/bulletin.json"] = self.bulletin
            self.bulletin.cut_after = 7000
            self.assertEqual(self.reason(), "cut")
        self.assertTrue(self.sync()["ok"])
        self.assertEqual([status for _, status, _ in self.downloads()], [200] + [206, 200] * 3 + [206])

    def test_half_a_document_does_not_lie_about_for_days(self) -> None:
        self.bulletin.cut_after = 7000
        self.sync()
        del self.portal.served[f"{HERE}/timestamp.json"]
        self.now = NEXT_DAY
        self.assertEqual(self.reason(), "no-answer")
        self.assertEqual(list((self.folder / "parts").iterdir()), [])


class Files(Case):
    def setUp(self) -> None:
        super().setUp()
        self.file = attached(b"tep" * 1000)
        self.target = f"{HERE}/tep/{self.file['sha256']}/t%E1%BB%87p.pdf"
        self.portal.served[self.target] = served(b"tep" * 1000)

    def put(self, number: int = 10, **more: Any) -> None:
        self.portal.put_bulletin(bulletin([posting(files=[{**self.file, **more}])], number=number), self.k1)

    def test_texts_do_not_wait_for_a_file_that_cannot_be_got(self) -> None:
        self.portal.served[self.target].octets = b"gia" * 1000
        self.put()
        answer = self.sync()
        self.assertEqual(
            (answer["ok"], answer["lacking"]), (True, [{"sha256": self.file["sha256"], "reason": "bad-digest"}])
        )
        self.assertEqual(self.titles(), ["Thông báo mot"])
        self.portal.served[self.target] = served(b"tep" * 1000)
        self.assertNotIn("lacking", self.sync())

    def test_a_file_that_was_cut_goes_on_too(self) -> None:
        self.portal.served[self.target].cut_after = 1000
        self.put()
        self.assertEqual(self.sync()["lacking"][0]["reason"], "cut")
        self.assertNotIn("lacking", self.sync())
        self.assertEqual(self.portal.asked[-1][1:], ("bytes=1000-", None, 206, 2000))

    def test_no_other_host_is_asked_and_no_name_is_a_path(self) -> None:
        for number, url in enumerate(
            ("https://evil.example/tep", "file:///etc/passwd", "//evil.example/tep", "http://169.254.169.254/")
        ):
            self.put(number=11 + number, url=url)
            self.assertEqual(self.sync()["lacking"][0]["reason"], "not-understood", url)
        self.put(number=20)
        self.sync()
        self.assertEqual([path.name for path in (self.folder / "files").iterdir()], [self.file["sha256"]])

    def test_a_file_longer_than_it_was_said_to_be_is_not_read_to_its_end(self) -> None:
        self.put(bytes=10)
        self.assertEqual(self.sync()["lacking"][0]["reason"], "not-understood")
        self.put(number=11, bytes=judgement.MOST_FILE_BYTES + 1)
        self.assertEqual(self.sync()["lacking"][0]["reason"], "not-understood")

    def test_a_file_goes_at_its_own_end(self) -> None:
        self.put(until=SOON)
        self.sync()
        self.assertEqual(len(list((self.folder / "files").iterdir())), 1)
        self.now = SOON
        self.sync()
        self.assertEqual(list((self.folder / "files").iterdir()), [])
        self.assertEqual(self.titles(), ["Thông báo mot"])

    def test_a_file_that_was_spoilt_on_the_disk_is_got_again(self) -> None:
        self.put()
        self.sync()
        (self.folder / "files" / self.file["sha256"]).write_bytes(b"x" * 3000)
        self.sync()
        self.assertEqual((self.folder / "files" / self.file["sha256"]).read_bytes(), b"tep" * 1000)


class Redirected(Case):
    def led(self, *steps: str) -> str:
        for here, there in zip((f"{HERE}/timestamp.json", *steps), steps):
            self.portal.served[here] = served(b"", status=301, Location=there)
        return self.reason()

    def test_three_steps_and_no_more(self) -> None:
        told = bulletin([posting()])
        self.portal.put_bulletin(told, self.k1)
        self.portal.served["/3"] = self.portal.served[f"{HERE}/timestamp.json"]
        self.assertEqual(self.led("/1", "/2", "/3"), "None")
        self.portal.served["/4"] = self.portal.served["/3"]
        self.assertEqual(self.led("/1", "/2", "/3", "/4"), "no-answer")

    def test_to_no_other_host(self) -> None:
        port = self.portal.server.server_port
        for there in (
            f"http://localhost:{port}/1",
            "https://evil.example/",
            "http://127.0.0.1:1/",
            "//evil.example/x",
            "ftp://127.0.0.1/",
            "",
        ):
            self.assertEqual(self.led(there), "no-answer", there)

    def test_an_heir_is_another_unit(self) -> None:
        heir = {**bulletin([posting()]), "unit": {"code": "99002"}}
        self.portal.put("/bang-tin/99002/timestamp.json", {**timestamp_of(heir), "unit": {"code": "99002"}}, self.k1)
        self.assertEqual(self.led("/bang-tin/99002/timestamp.json"), "wrong-unit")


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


class Running(Case):
    """For ever, but for the sleeps: each is noted, and the last one wakes nobody."""

    def run_for(self, sleeps: int, verb: str) -> List[float]:
        slept: List[float] = []

        def sleep(seconds: float) -> None:
            slept.append(seconds)
            if len(slept) == sleeps:
                raise KeyboardInterrupt

        self.told: List[dict] = []
        with mock.patch("time.sleep", sleep), self.assertRaises(KeyboardInterrupt):
            getattr(Pacer(self.mirror, self.told.append, random.Random(1)), verb)()
        return slept

    def test_it_waits_at_the_portal_and_not_at_home(self) -> None:
        self.portal.put_bulletin(bulletin([posting()]), self.k1)
        slept = self.run_for(3, "by_long_poll")
        self.assertEqual([told["ok"] for told in self.told], [True] * 3)
        self.assertTrue(all(9 <= seconds <= 20 for seconds in slept), slept)
        asked = [(target.rpartition("/")[2], status) for target, _, _, status, _ in self.portal.asked]
        expected = [("bangtin.json", 200), ("timestamp.json", 200), ("bulletin.json", 200), ("timestamp.json?wait=25", 200)]
        self.assertEqual(asked, [*expected, ("timestamp.json?wait=25", 304)])

    def test_a_dead_line_is_asked_less_and_less(self) -> None:
        self.portal.close()
        slept = self.run_for(40, "by_long_poll")
        self.assertTrue(all(seconds <= min(300, 2 ** (n + 1)) for n, seconds in enumerate(slept)), slept)
        self.assertGreater(max(slept), 200)

    def test_an_event_is_a_reason_to_ask_and_no_more(self) -> None:
        self.portal.put_bulletin(bulletin([posting()]), self.k1)
        news = (
            b': here\n\nevent: bulletin\nid: 99\ndata: {"number":99,"content":"lie"}\n\nevent: other\n\nevent: bulletin\n\n'
        )
        self.portal.served[f"{HERE}/events"] = served(news)
        self.run_for(2, "by_events")
        self.assertEqual(
            [(told["ok"], told.get("number", told.get("reason"))) for told in self.told],
            [(True, 10), (True, 10), (False, "no-answer")],
        )
        self.assertEqual(self.asked("timestamp.json"), 2)


class CommandLine(Case):
    def test_it_serves_until_nobody_asks_any_more(self) -> None:
        told = bulletin([posting()])
        self.portal.put_bulletin(told, self.k1)
        self.portal.put(f"{HERE}/changes?after=0", changes_page([event(1, "posted")], 1), self.k1)
        document, mark = json.dumps(told).encode(), self.k1.sign(json.dumps(told).encode())
        check = {
            "do": "check",
            "what": "bulletin",
            "document": to_base64(document),
            "signature": to_base64(mark),
            "keyid": self.k1.id,
        }
        commands: List[Any] = [{"do": "sync"}, {"do": "show"}, {"do": "changes"}, {"do": "keys"}, {"do": "bulletin"}, check]
        lines = [json.dumps({**command, "now": NOW}) for command in commands]
        lines += [
            "",
            "{",
            "[]",
            "null",
            '{"do":"dance"}',
            '{"do":"sync","now":"soon"}',
            "[" * 99999,
            "\udcff",
            json.dumps({"do": "show", "now": NEXT_DAY}),
        ]
        said = self.follower("serve", "\n".join(lines))
        self.assertEqual([answer["ok"] for answer in said], [True] * 6 + [False] * 7 + [True])
        self.assertEqual((said[1]["items"][0]["title"], said[1]["fresh"], said[-1]["fresh"]), ("Thông báo mot", True, False))
        self.assertEqual(said[2]["set"], [["a", 1]])

    def test_it_tries_once_and_shows(self) -> None:
        self.portal.put_bulletin(bulletin([posting()]), self.k1)
        self.assertEqual(self.follower("sync")[0]["number"], 10)
        self.assertEqual(self.follower("show")[0]["issued_at"], NOW)
        self.portal.close()
        self.assertEqual(self.follower("sync")[0]["reason"], "no-answer")

    def follower(self, verb: str, said: str = "") -> List[dict]:
        program = [sys.executable, str(Path(__file__).parent / "follower.py"), "--from", self.portal.address, "--unit", UNIT]
        program += ["--folder", str(self.folder), "--key", to_base64(self.k1.public), "--now", NOW, verb]
        ran = subprocess.run(
            program, input=said.encode("utf-8", "surrogateescape"), capture_output=True, timeout=60, check=False
        )
        self.assertEqual(ran.stderr, b"")
        return [json.loads(line) for line in ran.stdout.splitlines()]


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
