"""The keys that a follower trusts and those that it never will again (§3). A ring is not changed: a new one takes its place."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any, Callable, Dict, List, NamedTuple, Optional

from notation import (
    BAD_SIGNATURE,
    FROM_THE_FUTURE,
    REVOKED_KEY,
    UNKNOWN_KEY,
    Refused,
    from_base64,
    in_words,
    instant,
    not_understood,
    read_json,
    to_base64,
)
from signature import key_id, weak

PROTOCOL = "bangtin/1"
ONCE_A_DAY = timedelta(days=1)
# §4: how far a document may be ahead of our clock.
AHEAD = timedelta(minutes=5)
# Each costs a call of openssl before anything is vouched for.
MOST_KEYS = 200

Holds = Callable[[bytes, bytes, bytes], bool]
_ID = re.compile(r"[0-9a-f]{16}", re.ASCII)


class Key(NamedTuple):
    public: bytes
    # As it was written, so that it is written so again.
    until: Optional[str] = None


class Keyring(NamedTuple):
    trusted: Dict[str, Key] = {}
    # With the public key where it is known: a document under it may still be told from a forged one.
    revoked: Dict[str, Optional[bytes]] = {}
    # When the portal's keys were last read, by our clock.
    read_at: Optional[datetime] = None
    ask_every: float = 10.0
    most_wait: float = 25.0

    # --- Judging by it ---

    def verify(self, keyid: str, document: bytes, signature: bytes, holds: Holds) -> None:
        """§8.5: a signature that does not hold is `bad-signature`, whatever else is wrong; so revocation comes after it."""
        if keyid in self.revoked:
            public = self.revoked[keyid]
            if public is not None and not holds(public, document, signature):
                raise Refused(BAD_SIGNATURE, f"not a signature of the revoked key {keyid}")
            raise Refused(REVOKED_KEY, f"key {keyid} was revoked")
        if keyid not in self.trusted:
            raise Refused(UNKNOWN_KEY, f"key {keyid} is not trusted")
        if not holds(self.trusted[keyid].public, document, signature):
            raise Refused(BAD_SIGNATURE, f"not a signature of key {keyid}")

    def in_time(self, keyid: str, issued_at: datetime) -> None:
        """After a rotation. §8.5 has no reason of its own for it; `revoked-key` is the nearest: known, and good no more."""
        until = self.trusted[keyid].until
        if until is not None and issued_at > instant(until):
            raise Refused(REVOKED_KEY, f"key {keyid} ended at {until}")

    def due(self, now: datetime) -> bool:
        """A day after the last time; also where the clock has gone back, since then nobody knows how long it is."""
        return self.read_at is None or not -AHEAD <= now - self.read_at < ONCE_A_DAY

    # --- Changing it ---

    def pinned(self, public: bytes) -> "Keyring":
        """A key given by hand. Even so it does not come back from the revoked: that is for ever."""
        keyid = key_id(public)
        if weak(public):
            raise not_understood("the key given by hand is no key that can be relied on")
        if keyid in self.trusted or keyid in self.revoked:
            return self
        return self._replace(trusted={**self.trusted, keyid: Key(public)})

    def renewed(
        self, document: bytes, keyid: str, signature: bytes, holds: Holds, now: datetime, may_pin: bool
    ) -> "Keyring":
        """The ring after the portal's own document, or a refusal by which nothing of it is kept.

        Its signer may be vouched for only by what stands in it, so then it has to be read before its signature can be
        checked; whatever is taken from it counts only when that has held."""
        known = keyid in self.trusted or keyid in self.revoked
        if known:
            self.verify(keyid, document, signature, holds)
        portal = read_json(document)
        if not isinstance(portal, dict) or portal.get("protocol") != PROTOCOL or portal.get("kind") != "portal":
            raise not_understood(f"no portal of {PROTOCOL}")
        issued_at = instant(portal.get("issued_at"))
        entries = _entries(portal.get("keys"))
        ring = self
        if not ring.trusted and may_pin:
            ring = ring._first(entries, keyid)
        ring = ring._endorsed(entries, holds)._without_revoked(entries, holds)._with_ends(entries)
        if known:
            # The document may just have revoked its own signer.
            ring._stands(keyid)
        else:
            ring.verify(keyid, document, signature, holds)
        ring.in_time(keyid, issued_at)
        if issued_at - now > AHEAD:
            raise Refused(FROM_THE_FUTURE, f"issued at {in_words(issued_at)}")
        return ring._replace(
            read_at=now,
            ask_every=_seconds(portal.get("ask_every_seconds"), 10.0, 1.0, 3600.0),
            most_wait=_seconds(portal.get("most_wait_seconds"), 25.0, 0.0, 60.0),
        )

    def _stands(self, keyid: str) -> None:
        if keyid in self.revoked:
            raise Refused(REVOKED_KEY, f"the document revokes key {keyid}, which signed it")

    def _first(self, entries: List[dict], keyid: str) -> "Keyring":
        for entry in entries:
            public = _public(entry)
            if public is not None and entry["id"] == keyid and keyid not in self.revoked:
                return self._replace(trusted={keyid: Key(public)})
        return self

    def _endorsed(self, entries: List[dict], holds: Holds) -> "Keyring":
        """Step 1, until nothing is added: so the order in which they stand does not matter."""
        trusted = dict(self.trusted)
        waiting = [entry for entry in entries if entry.get("id") not in trusted and entry.get("id") not in self.revoked]
        added = True
        while added:
            added, still = False, []
            for entry in waiting:
                if entry["id"] in trusted:
                    continue
                endorser = trusted.get(entry.get("endorsed_by") or "")
                if endorser is None:
                    still.append(entry)
                    continue
                public, mark = _public(entry), from_base64(entry.get("endorsement"))
                if public is None or mark is None:
                    continue
                text = f"bangtin-key-1\n{entry['id']}\n{entry['public']}\n{entry['since']}\n"
                if holds(endorser.public, text.encode(), mark):
                    trusted[entry["id"]] = Key(public)
                    added = True
            waiting = still
        return self._replace(trusted=trusted)

    def _without_revoked(self, entries: List[dict], holds: Holds) -> "Keyring":
        """Step 2, against the keys that step 1 left: taken one after the other, the order in which they stand would decide
        whether a chain of revocations holds."""
        trusted, revoked = dict(self.trusted), dict(self.revoked)
        for entry in entries:
            revocation = entry.get("revocation")
            keyid = entry["id"]
            if not isinstance(revocation, dict) or keyid in revoked:
                continue
            by, at, mark = revocation.get("by"), revocation.get("at"), from_base64(revocation.get("signature"))
            judge = self.trusted.get(by) if isinstance(by, str) and by != keyid else None
            if judge is None or mark is None:
                continue
            instant(at)
            if holds(judge.public, f"bangtin-revocation-1\n{keyid}\n{at}\n".encode(), mark):
                held = trusted.pop(keyid, None)
                revoked[keyid] = held.public if held else _public(entry)
        return self._replace(trusted=trusted, revoked=revoked)

    def _with_ends(self, entries: List[dict]) -> "Keyring":
        """`until` may come earlier, never later and never away: nobody endorsed it, so an old document (or whoever got hold
        of the old key) could otherwise put it off."""
        trusted = dict(self.trusted)
        for entry in entries:
            held = trusted.get(entry["id"])
            until = entry.get("until")
            if held is None or until is None or _public(entry) != held.public:
                continue
            if held.until is None or instant(until) < instant(held.until):
                trusted[entry["id"]] = held._replace(until=until)
        return self._replace(trusted=trusted)

    # --- As it is kept ---

    def written(self) -> dict:
        return {
            "trusted": {keyid: {"public": to_base64(key.public), "until": key.until} for keyid, key in self.trusted.items()},
            "revoked": {keyid: to_base64(public) if public else None for keyid, public in self.revoked.items()},
            "read_at": in_words(self.read_at) if self.read_at else None,
            "ask_every": self.ask_every,
            "most_wait": self.most_wait,
        }

    @staticmethod
    def read(kept: dict) -> "Keyring":
        return Keyring(
            {keyid: Key(from_base64(key["public"]) or b"", key["until"]) for keyid, key in kept["trusted"].items()},
            {keyid: from_base64(public) for keyid, public in kept["revoked"].items()},
            instant(kept["read_at"]) if kept["read_at"] else None,
            kept["ask_every"],
            kept["most_wait"],
        )


def _entries(keys: Any) -> List[dict]:
    """Keys of another `alg` are of a later time and are passed over (§12)."""
    if not isinstance(keys, list) or len(keys) > MOST_KEYS or not all(isinstance(entry, dict) for entry in keys):
        raise not_understood("the list of keys")
    known = [entry for entry in keys if entry.get("alg") == "Ed25519"]
    for entry in known:
        if not isinstance(entry.get("id"), str) or not _ID.fullmatch(entry["id"]):
            raise not_understood("a key without an id")
        if entry.get("endorsed_by") is not None and not isinstance(entry["endorsed_by"], str):
            raise not_understood("a key endorsed by nobody that can be named")
        # Both go into signed texts, of which a line feed would make two.
        instant(entry.get("since"))
        if entry.get("until") is not None:
            instant(entry["until"])
    return known


def _public(entry: dict) -> Optional[bytes]:
    """None where `id` is not that of `public`."""
    public = from_base64(entry.get("public"))
    return public if public is not None and not weak(public) and key_id(public) == entry["id"] else None


def _seconds(value: Any, usual: float, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return usual
    return float(min(max(value, least), most))
