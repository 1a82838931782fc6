"""Which documents are taken over (§4, §5, §6), and what of them shows (§5). Pure but for `holds`, which asks openssl."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from keyring import AHEAD, PROTOCOL, Holds, Keyring
from notation import (
    BAD_DIGEST,
    FROM_THE_FUTURE,
    REPLAYED,
    WRONG_UNIT,
    Refused,
    digest_of,
    in_words,
    instant,
    not_understood,
    read_json,
)

MOST_BYTES = 32 * 1024 * 1024
MOST_ITEMS = 2_000
MOST_FILES = 10_000
MOST_FILE_BYTES = 256 * 1024 * 1024
MOST_EVENTS = 100_000

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_SERIES = re.compile(r"[\x21-\x7e]{1,64}", re.ASCII)


class Mark(NamedTuple):
    """§4. Read from left to right this is the rule: a greater series excuses a lower number, a higher number an earlier issue."""

    series: str
    number: int
    issued_at: datetime

    def __str__(self) -> str:
        return f"number {self.number} of {in_words(self.issued_at)} in series {self.series}"


class Signed(NamedTuple):
    """A document as it came, before anything of it is believed."""

    document: bytes
    keyid: str
    signature: bytes


def mark_of(read: dict) -> Mark:
    series: Any = read.get("series")
    number: Any = read.get("number")
    if not isinstance(series, str) or not _SERIES.fullmatch(series):
        raise not_understood("no series")
    if not whole(number) or number < 0:
        raise not_understood("no number")
    return Mark(series, number, instant(read.get("issued_at")))


def in_order(mark: Mark, held: Optional[Mark]) -> None:
    if held is not None and mark < held:
        raise Refused(REPLAYED, f"{mark}, where {held} is held")


def judge(kind: str, signed: Signed, unit: str, ring: Keyring, held: Optional[Mark], now: datetime, holds: Holds) -> dict:
    """The document read, or the one reason why not, in the order of §8.1."""
    ring.verify(signed.keyid, signed.document, signed.signature, holds)
    read = read_json(signed.document)
    if not isinstance(read, dict) or read.get("protocol") != PROTOCOL:
        raise not_understood(f"not of {PROTOCOL}: this follower may have to be renewed")
    if read.get("kind") != kind:
        raise not_understood(f"no {kind}")
    mark = mark_of(read)
    ring.in_time(signed.keyid, mark.issued_at)
    bearer = read.get("unit")
    if not isinstance(bearer, dict) or bearer.get("code") != unit:
        code = bearer.get("code") if isinstance(bearer, dict) else None
        raise Refused(WRONG_UNIT, f"of unit {code!r}"[:100])
    in_order(mark, held)
    if mark.issued_at - now > AHEAD:
        raise Refused(FROM_THE_FUTURE, f"issued at {in_words(mark.issued_at)}, where it is {in_words(now)}")
    _WHOLE[kind](read)
    return read


def _vouching(read: dict) -> None:
    if not _is_digest(read.get("content")):
        raise not_understood("no content")
    instant(read.get("fresh_until"))


def _whole_bulletin(read: dict) -> None:
    _vouching(read)
    for name in ("items", "articles"):
        entries = read.get(name)
        if not isinstance(entries, list) or not all(isinstance(item, dict) for item in entries):
            raise not_understood(f"no list of {name}")
        if len(entries) > MOST_ITEMS:
            raise not_understood(f"more than {MOST_ITEMS} {name}")
        for item in entries:
            _whole_item(item)
    if len(files_in(read)) > MOST_FILES:
        raise not_understood(f"more than {MOST_FILES} files")


def _whole_item(item: dict) -> None:
    if not _is_digest(item.get("digest")):
        raise not_understood("an item without a digest")
    if digest_of(item) != item["digest"]:
        raise Refused(BAD_DIGEST, f"item {item.get('id')!r}"[:200])
    if not (isinstance(item.get("id"), str) and item["id"]) or not whole(item.get("edition")) or item["edition"] < 1:
        raise not_understood("an item without an id and an edition")
    if not isinstance(item.get("title"), str) or not isinstance(item.get("html"), str):
        raise not_understood("an item without words")
    instant(item.get("from"))
    _until(item)
    for file in files_of(item):
        if not _is_digest(file.get("sha256")) or not isinstance(file.get("url"), str):
            raise not_understood("a file without a digest and an address")
        if not whole(file.get("bytes")) or file["bytes"] < 0:
            raise not_understood("a file without a length")
        _until(file)


def _whole_changes(read: dict) -> None:
    events = read.get("events")
    if not isinstance(events, list) or len(events) > MOST_EVENTS or not all(isinstance(event, dict) for event in events):
        raise not_understood("no list of events")
    if not isinstance(read.get("next"), str) or not isinstance(read.get("more"), bool):
        raise not_understood("changes without a next")


_WHOLE = {"bulletin": _whole_bulletin, "timestamp": _vouching, "changes": _whole_changes}


def whole(number: Any) -> bool:
    return isinstance(number, int) and not isinstance(number, bool)


def _is_digest(text: Any) -> bool:
    # Before it is ever a name in our folder.
    return isinstance(text, str) and _DIGEST.fullmatch(text) is not None


def _until(bearer: dict) -> Optional[datetime]:
    return None if bearer.get("until") is None else instant(bearer["until"])


def files_of(item: dict) -> List[dict]:
    files = item.get("files") or []
    if not isinstance(files, list) or not all(isinstance(file, dict) for file in files):
        raise not_understood("no list of files")
    return files


def files_in(bulletin: dict) -> List[Tuple[dict, dict]]:
    """Each with the item or article that names it; one file may be named by many."""
    return [(item, file) for name in ("items", "articles") for item in bulletin[name] for file in files_of(item)]


# --- What shows ---


def over(bearer: dict, now: datetime) -> bool:
    until = _until(bearer)
    return until is not None and until <= now


def shows(item: dict, now: datetime) -> bool:
    """`[from, until)`."""
    return instant(item["from"]) <= now and not over(item, now)


def showing(items: List[dict], now: datetime) -> List[dict]:
    """In the portal's order. Should two editions of one id show against §5, the later one does."""
    latest: Dict[str, int] = {}
    shown = [item for item in items if shows(item, now)]
    for item in shown:
        latest[item["id"]] = max(item["edition"], latest.get(item["id"], 0))
    once = []
    for item in shown:
        if latest.get(item["id"]) == item["edition"]:
            once.append(item)
            del latest[item["id"]]
    return once
