"""The follower on a line that is cut, slow, or lied on: each fault has its reason, and changes nothing."""

from __future__ import annotations

import json
import sys
import threading
import unittest
from pathlib import Path
from typing import Any, List
from unittest import mock

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))

import judgement  # noqa: E402
import line as line_of  # noqa: E402
from answer import answered  # noqa: E402
from case import HERE, KEYS, NEXT_DAY, NOW, SOON, Case  # noqa: E402
from notation import to_base64  # noqa: E402
from portal import Served as served  # noqa: E402
from portal import Signer, attached, bulletin, changes_page, keys_document, posting, timestamp_of  # noqa: E402


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
            self.portal.served[f"{HERE}/bulletin.json"].headers["Content-Length"] = ""
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

    def test_the_pictures_of_articles_are_got_too(self) -> None:
        told = bulletin([posting(files=[self.file])], articles=[posting("tin", files=[self.file, attached(b"anh")])])
        self.portal.served[self.target.replace(self.file["sha256"], attached(b"anh")["sha256"])] = served(b"anh")
        self.portal.put_bulletin(told, self.k1)
        self.assertNotIn("lacking", self.sync())
        self.assertEqual({path.stat().st_size for path in (self.folder / "files").iterdir()}, {3000, 3})
        self.assertEqual([asked[0] for asked in self.portal.asked].count(self.target), 1)

    def test_a_file_that_has_ended_is_not_asked_for(self) -> None:
        self.put(until=NOW)
        self.sync()
        ended = posting("hai", until=NOW, files=[self.file])
        self.portal.put_bulletin(bulletin([ended], number=11), self.k1)
        self.sync()
        self.assertNotIn(self.target, [asked[0] for asked in self.portal.asked])

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
        self.portal.put_bulletin(bulletin([posting()]), self.k1)
        self.portal.served["/1"] = self.portal.served[f"{HERE}/timestamp.json"]
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


if __name__ == "__main__":
    unittest.main()
