"""The pure parts of the follower, with real keys. Run as: python3 -m unittest discover -s tests/follower"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import tempfile
import unittest
from datetime import timedelta
from pathlib import Path
from typing import Any, List, Optional

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))

from changes import Feed  # noqa: E402
from judgement import MOST_ITEMS, Mark, Signed, judge, mark_of, showing, shows  # noqa: E402
from keyring import Keyring  # noqa: E402
from line import Origin  # noqa: E402
from notation import Refused, canonical, dictionary, digest_of, instant, read_json, to_base64  # noqa: E402
from pace import pause, until_next  # noqa: E402
from portal import NEXT_SERIES, SERIES, UNIT, Signer, attached, bulletin, event, keys_document, posting, timestamp_of  # noqa: E402
from signature import Openssl, weak  # noqa: E402

NOW = instant("2026-11-23T08:00:00+07:00")
LATER = "2026-11-23T09:00:00+07:00"


class Case(unittest.TestCase):
    def refused(self, reason: str, verb: Any, *given: Any) -> None:
        with self.assertRaises(Refused) as caught:
            verb(*given)
        self.assertEqual(caught.exception.reason, reason, caught.exception.detail)


class Canonical(Case):
    def test_names_stand_by_their_utf_16_units(self) -> None:
        # RFC 8785, 3.2.3.
        mixed = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}
        self.assertEqual(list(json.loads(canonical(mixed)).values()), [2, 4, 6, 7, 1, 5, 3])

    def test_text_is_escaped_no_more_than_it_must_be(self) -> None:
        # RFC 8785, 3.2.2.2, and what a later reader might escape: the delete, the line separator, the slash.
        self.assertEqual(
            canonical({"s": '\u20ac$\x0f\nA\'B"\\\\"/\x7f\u2028\b\t\f\r'}),
            '{"s":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/\x7f\u2028\\b\\t\\f\\r"}'.encode(),
        )

    def test_values_are_written_in_one_way(self) -> None:
        self.assertEqual(canonical({"xã": "Đông Kiều"}), '{"xã":"Đông Kiều"}'.encode())
        read = read_json(b' { "b" : [ null , true , false , -0 , 9007199254740991 ] , "a" : { } } ')
        self.assertEqual(canonical(read), b'{"a":{},"b":[null,true,false,0,9007199254740991]}')

    def test_fractions_are_written_as_ecmascript_does(self) -> None:
        # RFC 8785, appendix B.
        samples = {
            5e-324: "5e-324",
            -0.0: "0",
            1.7976931348623157e308: "1.7976931348623157e+308",
            295147905179352830000.0: "295147905179352830000",
            9.999999999999997e22: "9.999999999999997e+22",
            999999999999999700000.0: "999999999999999700000",
            1e21: "1e+21",
            9.999999999999997e-7: "9.999999999999997e-7",
            0.000001: "0.000001",
            333333333.3333332: "333333333.3333332",
            -0.00034: "-0.00034",
            1424953923781206.2: "1424953923781206.2",
            100.0: "100",
        }
        for value, written in samples.items():
            self.assertEqual(canonical(value).decode(), written)

    def test_what_two_readers_could_read_in_two_ways_is_not_read(self) -> None:
        doubtful = (
            b'{"a":1,"a":2}', b"9007199254740992", b"1" * 1_000_000, b"1e400", b"NaN", b"-Infinity", b'"\xff"', b"\xef\xbb\xbf{}",
            '{"a":1}'.encode("utf-16"), b"[" * 100_000, b"", b"{} {}", b"{'a':1}", b'{"a":1',
        )  # fmt: skip
        for document in doubtful:
            self.refused("not-understood", read_json, document)

    def test_half_a_character_has_no_canonical_form(self) -> None:
        self.refused("not-understood", canonical, read_json(b'"\\ud800"'))

    def test_a_digest_covers_fields_that_nobody_knows_yet(self) -> None:
        self.assertNotEqual(digest_of({"id": "a", "digest": "x"}), digest_of({"id": "a", "new": 1, "digest": "x"}))
        self.assertEqual(digest_of({"id": "a", "digest": "x"}), digest_of({"id": "a"}))


class Notation(Case):
    def test_an_instant_is_the_same_wherever_it_is_read(self) -> None:
        self.assertEqual(instant("2026-11-23T08:00:00+07:00"), instant("2026-11-23T01:00:00Z"))
        self.assertEqual(instant("2026-01-01T00:30:00+07:00"), instant("2025-12-31T17:30:00-00:00"))

    def test_what_is_no_instant_in_whole_seconds_is_refused(self) -> None:
        wrong: List[Any] = [
            "2026-11-23T08:00:00",
            "2026-11-23T08:00:00.5Z",
            "2026-11-23T08:00:00Z\n",
            "2026-13-23T08:00:00Z",
        ]
        wrong += [
            "2026-11-23",
            "",
            None,
            5,
            "0001-01-01T00:00:00+07:00",
            "２026-11-23T08:00:00Z",
            "2026-11-23T08:00:00+7:00",
        ]
        for text in wrong:
            self.refused("not-understood", instant, text)

    def test_a_header_is_a_dictionary(self) -> None:
        read = dictionary(
            'keyid="3f9c", sig=:AQID:;v=1 ,\taddress="/a\\"b?of=c,d", more=(1 "x");y, flag, n=-1.5, keyid="last"'
        )
        self.assertEqual((read["keyid"], read["sig"], read["address"]), ("last", b"\x01\x02\x03", '/a"b?of=c,d'))

    def test_a_malformed_header_is_none_at_all(self) -> None:
        for field in (None, "", 'keyid="x', "sig=:A:", "a=1,", "a=1 b=2", "=1", 'keyid="é"', "a=1,,b=2", "a=(1"):
            self.assertEqual(dictionary(field), {}, field)

    def test_only_the_same_host_is_led_to(self) -> None:
        def leads(one: str, other: str) -> bool:
            return Origin.of(one).may_lead_to(Origin.of(other))

        self.assertTrue(leads("http://portal", "https://portal/a"))
        self.assertTrue(leads("https://Portal:443/", "https://portal/"))
        for one, other in (
            ("https://portal", "http://portal"),
            ("https://portal", "https://evil"),
            ("http://portal:8080", "http://portal:22"),
            ("http://portal:8080", "https://portal:443"),
        ):
            self.assertFalse(leads(one, other), (one, other))
        for address in (
            "ftp://portal",
            "//portal",
            "https://",
            "https://a@portal",
            "https://por tal",
            "https://portal:99999",
            "/a",
        ):
            self.assertRaises(ValueError, Origin.of, address)


class Order(Case):
    HELD = Mark(SERIES, 10, NOW)

    def older(self, series: str, number: int, seconds: int) -> bool:
        return Mark(series, number, NOW + timedelta(seconds=seconds)) < self.HELD

    def test_a_lower_number_is_older_whenever_it_was_issued(self) -> None:
        self.assertTrue(self.older(SERIES, 9, 3600))
        self.assertFalse(self.older(SERIES, 11, -3600))

    def test_with_equal_numbers_the_issue_decides(self) -> None:
        self.assertTrue(self.older(SERIES, 10, -1))
        self.assertFalse(self.older(SERIES, 10, 0))
        self.assertFalse(self.older(SERIES, 10, 1))

    def test_a_later_series_begins_anew_and_an_earlier_one_is_over(self) -> None:
        self.assertFalse(self.older(NEXT_SERIES, 1, -3600))
        self.assertTrue(self.older("01920000-0000-7000-8000-000000000001", 99, 3600))


class Showing(Case):
    def test_an_interval_holds_its_first_instant_and_not_its_last(self) -> None:
        item = posting(**{"from": "2026-11-23T08:00:00+07:00", "until": "2026-11-23T08:01:00+07:00"})
        self.assertEqual(
            [shows(item, NOW + timedelta(seconds=at)) for at in (-1, 0, 59, 60, 61)], [False, True, True, False, False]
        )

    def test_what_has_no_end_goes_on(self) -> None:
        self.assertTrue(shows(posting(), NOW + timedelta(days=36500)))

    def test_one_edition_of_an_id_shows_in_the_portals_order(self) -> None:
        later = posting("b", edition=2)
        self.assertEqual(
            showing([posting("a"), posting("b"), later, later, posting("c")], NOW), [posting("a"), later, posting("c")]
        )


class Keys(Case):
    """K1 is pinned; K2 is its heir, K3 the heir of K2."""

    folder: "tempfile.TemporaryDirectory[str]"
    holds: Any
    k1: Signer
    k2: Signer
    k3: Signer
    thief: Signer
    pinned: Keyring

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        room = Path(cls.folder.name)
        cls.holds = staticmethod(Openssl(room))
        cls.k1, cls.k2, cls.k3, cls.thief = (Signer(room, name) for name in ("k1", "k2", "k3", "thief"))
        cls.pinned = Keyring().pinned(cls.k1.public)

    def renewed(
        self, signer: Signer, keys: List[dict], ring: Optional[Keyring] = None, pin: Any = False, **more: Any
    ) -> Keyring:
        document = json.dumps(keys_document(keys, **more)).encode()
        before = self.pinned if ring is None else ring
        return before.renewed(document, signer.id, signer.sign(document), self.holds, NOW, pin)

    def ids(self, ring: Keyring) -> List[set]:
        return [set(ring.trusted), set(ring.revoked)]

    def test_an_endorsed_key_is_trusted_and_may_sign_the_document_that_endorses_it(self) -> None:
        self.assertEqual(
            self.ids(self.renewed(self.k2, [self.k1.entry(), self.k2.entry(self.k1)])), [{self.k1.id, self.k2.id}, set()]
        )

    def test_a_chain_holds_in_whatever_order_it_stands(self) -> None:
        keys = [self.k1.entry(), self.k2.entry(self.k1), self.k3.entry(self.k2)]
        for order in (keys, keys[::-1]):
            self.assertEqual(self.ids(self.renewed(self.k3, order))[0], {self.k1.id, self.k2.id, self.k3.id})

    def test_a_circle_vouches_for_nobody(self) -> None:
        keys = [self.k2.entry(self.k3), self.k3.entry(self.k2), self.thief.entry(self.thief)]
        self.assertEqual(self.ids(self.renewed(self.k1, [self.k1.entry(), *keys]))[0], {self.k1.id})
        self.refused("unknown-key", self.renewed, self.k2, [self.k1.entry(), *keys])

    def test_a_key_under_an_id_that_is_not_its_own_is_not_taken(self) -> None:
        wrong = self.k2.entry(self.k1)
        wrong["id"] = self.k3.id
        public = wrong["public"]
        text = f"bangtin-key-1\n{wrong['id']}\n{public}\n{wrong['since']}\n".encode()
        wrong["endorsement"] = to_base64(self.k1.sign(text))
        self.assertEqual(self.ids(self.renewed(self.k1, [self.k1.entry(), wrong]))[0], {self.k1.id})

    def test_an_endorsement_of_another_since_does_not_hold(self) -> None:
        wrong = {**self.k2.entry(self.k1), "since": "2020-01-01T00:00:00Z"}
        self.refused("unknown-key", self.renewed, self.k2, [self.k1.entry(), wrong])

    def test_a_document_of_a_stranger_changes_nothing(self) -> None:
        keys = [self.k1.entry(), self.k2.entry(self.k1), self.thief.entry()]
        self.refused("unknown-key", self.renewed, self.thief, keys)

    def test_a_document_that_says_it_is_of_another_is_forged(self) -> None:
        document = json.dumps(keys_document([self.k1.entry(), self.k2.entry(self.k1)])).encode()
        for claimed in (self.k1, self.k2):
            self.refused(
                "bad-signature", self.pinned.renewed, document, claimed.id, self.thief.sign(document), self.holds, NOW, True
            )

    def test_a_revoked_key_is_out_and_does_not_come_back(self) -> None:
        gone = self.k2.revoked(self.k1.entry())
        ring = self.renewed(self.k2, [gone, self.k2.entry(self.k1)])
        self.assertEqual(self.ids(ring), [{self.k2.id}, {self.k1.id}])
        again = self.renewed(self.k2, [self.k1.entry(self.k2), self.k2.entry()], ring)
        self.assertEqual(self.ids(again), [{self.k2.id}, {self.k1.id}])
        self.assertEqual(self.ids(again.pinned(self.k1.public)), [{self.k2.id}, {self.k1.id}])
        self.refused("revoked-key", self.renewed, self.k1, [self.k1.entry(), self.thief.entry(self.k1)], ring)

    def test_a_revoked_key_endorses_nobody_afterwards(self) -> None:
        ring = self.renewed(self.k2, [self.k2.revoked(self.k1.entry()), self.k2.entry(self.k1)])
        self.assertNotIn(self.thief.id, self.renewed(self.k2, [self.k2.entry(), self.thief.entry(self.k1)], ring).trusted)

    def test_a_chain_of_revocations_holds_in_whatever_order_it_stands(self) -> None:
        keys = [self.k2.revoked(self.k1.entry()), self.k3.revoked(self.k2.entry(self.k1)), self.k3.entry(self.k2)]
        for order in (keys, keys[::-1]):
            self.assertEqual(self.ids(self.renewed(self.k3, order)), [{self.k3.id}, {self.k1.id, self.k2.id}])

    def test_a_revocation_that_was_forged_does_not_hold(self) -> None:
        forged = self.thief.revoked(self.k1.entry())
        forged["revocation"]["by"] = self.k2.id
        moved = self.k2.revoked(self.k1.entry())
        moved["revocation"]["at"] = LATER
        for wrong in (forged, moved):
            self.assertEqual(self.ids(self.renewed(self.k1, [wrong, self.k2.entry(self.k1)]))[1], set())

    def test_a_document_forged_in_the_name_of_a_revoked_key_is_a_forged_one(self) -> None:
        ring = self.renewed(self.k2, [self.k2.revoked(self.k1.entry()), self.k2.entry(self.k1)])
        self.refused("revoked-key", ring.verify, self.k1.id, b"a", self.k1.sign(b"a"), self.holds)
        self.refused("bad-signature", ring.verify, self.k1.id, b"a", self.thief.sign(b"a"), self.holds)

    def test_no_key_revokes_itself(self) -> None:
        self.assertEqual(self.ids(self.renewed(self.k1, [self.k1.revoked(self.k1.entry())])), [{self.k1.id}, set()])

    def test_a_stranger_revokes_nobody(self) -> None:
        ring = self.renewed(self.k1, [self.thief.revoked(self.k1.entry()), self.thief.entry()])
        self.assertEqual(self.ids(ring), [{self.k1.id}, set()])

    def test_a_document_that_revokes_its_own_signer_changes_nothing(self) -> None:
        self.refused("revoked-key", self.renewed, self.k1, [self.k2.revoked(self.k1.entry()), self.k2.entry(self.k1)])

    def test_the_end_of_a_key_comes_earlier_and_never_later(self) -> None:
        ring = self.renewed(self.k2, [self.k1.entry(until="2026-11-23T08:00:00+07:00"), self.k2.entry(self.k1)])
        for until in (None, LATER):
            ring = self.renewed(self.k2, [self.k1.entry(until=until), self.k2.entry(self.k1)], ring)
            self.assertEqual(ring.trusted[self.k1.id].until, "2026-11-23T08:00:00+07:00")
        earlier = self.renewed(self.k2, [self.k1.entry(until="2026-11-22T08:00:00+07:00"), self.k2.entry(self.k1)], ring)
        self.assertEqual(earlier.trusted[self.k1.id].until, "2026-11-22T08:00:00+07:00")

    def test_a_key_signs_until_its_end_and_at_it(self) -> None:
        ring = self.renewed(self.k2, [self.k1.entry(until="2026-11-23T08:00:00+07:00"), self.k2.entry(self.k1)])
        ring.in_time(self.k1.id, NOW)
        self.refused("revoked-key", ring.in_time, self.k1.id, NOW + timedelta(seconds=1))
        late = {"issued_at": "2026-11-23T08:00:01+07:00"}
        self.refused(
            "revoked-key", lambda: self.renewed(self.k1, [self.k1.entry(), self.thief.entry(self.k1)], ring, **late)
        )

    def test_the_first_key_is_taken_on_trust_once_and_only_where_that_is_allowed(self) -> None:
        keys = [self.k1.entry(), self.k2.entry(self.k1)]
        self.refused("unknown-key", lambda: self.renewed(self.k1, keys, Keyring()))
        self.assertEqual(self.ids(self.renewed(self.k1, keys, Keyring(), pin=True))[0], {self.k1.id, self.k2.id})
        self.refused("unknown-key", lambda: self.renewed(self.thief, [self.thief.entry()], self.pinned, pin=True))

    def test_a_key_of_another_kind_is_passed_over(self) -> None:
        later = {"id": "new", "alg": "ML-DSA-44", "public": 5}
        self.assertEqual(self.ids(self.renewed(self.k1, [later, self.k1.entry()]))[0], {self.k1.id})

    def test_a_portal_of_tomorrow_is_not_believed_today(self) -> None:
        self.refused(
            "from-the-future", lambda: self.renewed(self.k1, [self.k1.entry()], issued_at="2026-11-23T08:05:01+07:00")
        )
        self.renewed(self.k1, [self.k1.entry()], issued_at="2026-11-23T08:05:00+07:00")

    def test_weak_keys_are_no_keys(self) -> None:
        for public in (b"\0" * 32, b"\1" + b"\0" * 31, b"\xed" + b"\xff" * 30 + b"\x7f", b"\xee" + b"\xff" * 31, b"\0" * 31):
            self.assertTrue(weak(public))
            self.refused("not-understood", Keyring().pinned, public)
        self.assertFalse(weak(self.k1.public))
        # The neutral point as a key: this one signature would hold for every document.
        neutral = b"\1" + b"\0" * 31
        self.assertFalse(self.holds(neutral, b"whatever", neutral + b"\0" * 32))

    def test_an_id_is_made_of_the_key(self) -> None:
        self.assertEqual(self.k1.id, hashlib.sha256(self.k1.public).hexdigest()[:16])

    def test_a_ring_is_kept_as_it_was(self) -> None:
        keys = [self.k2.revoked(self.k1.entry()), self.k2.entry(self.k1), self.k3.entry(self.k2, until=LATER)]
        ring = self.renewed(self.k2, keys)
        self.assertEqual(Keyring.read(json.loads(json.dumps(ring.written()))), ring)

    def test_openssl_is_believed_only_as_far_as_it_goes(self) -> None:
        self.assertTrue(Openssl(Path(self.folder.name)).works())
        self.assertFalse(Openssl(Path(self.folder.name) / "none").works())
        mark = self.k1.sign(b"a")
        # RFC 8032, 5.1.7: the same signature with its second half beyond the order of the group.
        order = 2**252 + 27742317777372353535851937790883648493
        malleable = mark[:32] + (int.from_bytes(mark[32:], "little") + order).to_bytes(32, "little")
        for document, given in ((b"b", mark), (b"a", mark[:63]), (b"a", malleable), (b"", mark)):
            self.assertFalse(self.holds(self.k1.public, document, given))

    # --- Judging (§4, §8) ---

    def judged(
        self, told: Any, kind: str = "bulletin", signer: Optional[Signer] = None, held: Optional[Mark] = None
    ) -> dict:
        document = told if isinstance(told, bytes) else json.dumps(told).encode()
        by = signer or self.k1
        return judge(kind, Signed(document, by.id, by.sign(document)), UNIT, self.pinned, held, NOW, self.holds)

    def test_a_good_bulletin_is_taken(self) -> None:
        told = bulletin([posting(files=[attached(b"x")])], articles=[posting("tin")])
        self.assertEqual(self.judged(told), told)
        self.assertEqual(self.judged(timestamp_of(told), "timestamp"), timestamp_of(told))
        self.assertEqual(self.judged(told, held=mark_of(told)), told)
        ahead = {**told, "issued_at": "2026-11-23T08:05:00+07:00"}
        self.assertEqual(self.judged(ahead), ahead)

    def test_each_fault_has_its_own_reason(self) -> None:
        good, held = bulletin([posting()]), Mark(SERIES, 10, NOW)
        faults = {
            "unknown-key": lambda: self.judged(good, signer=self.thief),
            "wrong-unit": lambda: self.judged({**good, "unit": {"code": "99002"}}),
            "replayed": lambda: self.judged({**good, "number": 9}, held=held),
            "from-the-future": lambda: self.judged({**good, "issued_at": "2026-11-23T08:05:01+07:00"}),
            "not-understood": lambda: self.judged({**good, "protocol": "bangtin/2"}),
            "bad-digest": lambda: self.judged(bulletin([{**posting(), "title": "Khác"}])),
        }
        for reason, fault in faults.items():
            self.refused(reason, fault)

    def test_the_first_reason_is_the_one_that_is_given(self) -> None:
        held = Mark(SERIES, 10, NOW)
        wrong = {**bulletin([{**posting(), "title": "Khác"}]), "issued_at": LATER, "number": 9, "unit": {"code": "1"}}
        self.refused("wrong-unit", lambda: self.judged(wrong, held=held))
        self.refused("replayed", lambda: self.judged({**wrong, "unit": {"code": UNIT}}, held=held))
        self.refused("from-the-future", lambda: self.judged({**wrong, "unit": {"code": UNIT}, "number": 10}, held=held))
        forged = json.dumps(wrong).encode()
        self.refused(
            "bad-signature",
            judge,
            "bulletin",
            Signed(forged, self.k1.id, b"x" * 64),
            UNIT,
            self.pinned,
            held,
            NOW,
            self.holds,
        )

    def test_a_document_of_one_kind_is_none_of_another(self) -> None:
        good = bulletin([posting()])
        for told, kind in (
            (timestamp_of(good), "bulletin"),
            (good, "timestamp"),
            (good, "changes"),
            (keys_document([]), "bulletin"),
        ):
            self.refused("not-understood", self.judged, told, kind)

    def test_what_is_too_much_or_too_little_is_not_understood(self) -> None:
        good = bulletin([posting()])
        crooked = [
            {**good, "items": None},
            {**good, "items": [1]},
            {**good, "content": "x"},
            {**good, "number": True},
            {**good, "series": ""},
        ]
        crooked += [{**good, "fresh_until": None}, {**good, "items": [posting()] * (MOST_ITEMS + 1)}, {**good, "unit": None}]
        crooked += [
            bulletin([posting(**more)])
            for more in ({"edition": 0}, {"id": ""}, {"title": None}, {"from": None}, {"until": 5})
        ]
        crooked += [
            bulletin([posting(files=[attached(b"x", **more)])])
            for more in ({"sha256": "../../x"}, {"bytes": -1}, {"url": None})
        ]
        for told in crooked:
            reason = "wrong-unit" if told["unit"] is None else "not-understood"
            self.refused(reason, self.judged, told)
        for document in (b"[]", b"null", b"{", json.dumps(good).encode()[:-1]):
            self.refused("not-understood", self.judged, document)

    def test_what_nobody_knows_yet_is_passed_over(self) -> None:
        told = bulletin([posting(new={"a": 1.5}, priority="đỏ")], figures=[1], later=None)
        self.assertEqual(self.judged(told), told)


class Pace(Case):
    def test_a_pause_is_drawn_from_nought_to_its_bound(self) -> None:
        for failures, most in ((1, 2), (2, 4), (8, 256), (9, 300), (10_000, 300)):
            drawn = [pause(failures, random.Random(seed)) for seed in range(500)]
            self.assertGreaterEqual(min(drawn), 0)
            self.assertLessEqual(max(drawn), most)
            # Full jitter: the whole width is used.
            self.assertLess(min(drawn), most * 0.05)
            self.assertGreater(max(drawn), most * 0.95)

    def test_the_same_chance_draws_the_same_pause(self) -> None:
        self.assertEqual(pause(5, random.Random(7)), pause(5, random.Random(7)))

    def test_a_pause_is_never_less_than_was_asked_for_and_not_the_same_for_all(self) -> None:
        drawn = [pause(3, random.Random(seed), 60.0) for seed in range(200)]
        self.assertGreaterEqual(min(drawn), 60)
        self.assertLessEqual(max(drawn), 68)
        self.assertGreater(len(set(drawn)), 150)

    def test_one_question_is_asked_in_the_time_of_one(self) -> None:
        drawn = [until_next(10.0, 1.0, random.Random(seed)) for seed in range(200)]
        self.assertGreaterEqual(min(drawn), 9)
        self.assertLessEqual(max(drawn), 19)
        self.assertEqual(until_next(10.0, 25.0, random.Random(1)), 0.0)


class Changes(Case):
    def test_what_is_told_last_of_an_id_holds(self) -> None:
        events = [event(1, "posted"), event(2, "revised", edition=2), event(3, "posted", "b"), event(4, "withdrawn", "b", 1)]
        self.assertEqual(Feed().folded(events).set(), [["a", 2]])
        self.assertEqual(Feed().folded([*events, event(5, "restored", "b", 1)]).set(), [["a", 2], ["b", 1]])
        for gone in ("withdrawn", "ended", "replaced"):
            self.assertEqual(Feed().folded([*events, event(6, gone, edition=2)]).set(), [])

    def test_an_event_that_comes_twice_brings_nothing_back(self) -> None:
        events = [event(1, "posted"), event(2, "withdrawn")]
        self.assertEqual(Feed().folded([*events, events[0]]).set(), [])
        self.assertEqual(Feed().folded(events).folded(events), Feed().folded(events))

    def test_what_happens_by_the_clock_is_told_apart_by_its_instant(self) -> None:
        begun, over = event(1, "posted", at="2026-11-23T08:00:00+07:00"), event(1, "ended", at="2026-11-23T03:00:00Z")
        self.assertEqual(Feed().folded([begun, over, begun]).set(), [])

    def test_an_unknown_type_means_reread(self) -> None:
        for kind in ("reread", "moved", None):
            told = {"type": kind, "position": 3, "at": LATER}
            self.assertTrue(Feed().folded([event(1, "posted"), told]).reread)
        self.assertFalse(Feed().folded([event(1, "posted")]).reread)

    def test_half_an_event_is_not_understood(self) -> None:
        for missing in ("id", "position", "at", "edition"):
            self.refused("not-understood", Feed().folded, [{**event(1, "posted"), missing: None}])


if __name__ == "__main__":
    unittest.main()
