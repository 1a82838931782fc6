"""The change feed followed (§9): the set of `(id, edition)` that shows, kept by events and never by words."""

from __future__ import annotations

import re
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from judgement import MOST_BYTES, mark_of, whole
from line import Origin, target_of
from mirror import Mirror
from notation import REPLAYED, Refused, instant, not_understood

MOST_PAGES = 10_000

_SHOWS = ("posted", "revised", "restored")
_GOES = ("withdrawn", "ended", "replaced")
_ADDRESS = re.compile(r"/(?!/)[\x21-\x7e]*", re.ASCII)


class Feed(NamedTuple):
    series: Optional[str] = None
    number: int = 0
    # The address to ask the next time, as it was given.
    next: str = ""
    # One edition of an id at a time (§5).
    editions: Dict[str, int] = {}
    # By id, the position and instant of what was told last: an event that comes twice must not bring back what went after it.
    told: Dict[str, Tuple[int, str]] = {}
    # Something was told that only the bulletin can tell whole.
    reread: bool = False

    def folded(self, events: List[dict]) -> "Feed":
        editions, told, reread = dict(self.editions), dict(self.told), self.reread
        for event in events:
            kind = event.get("type")
            if kind not in _SHOWS + _GOES:
                # §12: also a type of a later time.
                reread = True
                continue
            name: Any = event.get("id")
            edition: Any = event.get("edition")
            position: Any = event.get("position")
            at: Any = event.get("at")
            if not isinstance(name, str) or not whole(position):
                raise not_understood("an event without an id and a position")
            when = (position, instant(at))
            if name in told and when < (told[name][0], instant(told[name][1])):
                continue
            if kind in _GOES:
                editions.pop(name, None)
            elif whole(edition):
                editions[name] = edition
            else:
                raise not_understood("an event without an edition")
            told[name] = (position, at)
        return self._replace(editions=editions, told=told, reread=reread)

    def set(self) -> List[list]:
        return [[name, self.editions[name]] for name in sorted(self.editions)]


def follow(mirror: Mirror) -> dict:
    """Page by page until there is no more; each page is kept, so that the next try goes on from it."""
    with mirror.working():
        feed = _kept(mirror)
        for _ in range(MOST_PAGES):
            asked = feed.next or f"/bang-tin/{mirror.unit}/changes?after=0"
            read = mirror.judged("changes", mirror.reach().get(asked, MOST_BYTES).signed())
            series, number, _ = mark_of(read)
            _in_order(mirror, feed, series, number, read["more"])
            if feed.series is not None and series != feed.series:
                # Positions of the old series mean nothing in the new one: from the beginning, with nothing.
                feed = Feed(series)
                continue
            feed = feed.folded(read["events"])
            if read.get("asked", asked) != asked:
                # §9: a genuine page, and the answer to another question.
                raise Refused(REPLAYED, "a page of changes that was not asked for")
            feed = feed._replace(series=series, number=max(number, feed.number), next=_next(mirror, read["next"]))
            _keep(mirror, feed)
            if not read["more"]:
                break
            if feed.next == asked:
                raise not_understood("there is more, at the same address")
        else:
            raise not_understood(f"more than {MOST_PAGES} pages")
        if feed.reread:
            mirror.renew()
            mirror.renewed()
            feed = feed._replace(editions=dict(mirror.what_shows()), reread=False)
            _keep(mirror, feed)
        return {"ok": True, "set": feed.set()}


def _in_order(mirror: Mirror, feed: Feed, series: str, number: int, more: bool) -> None:
    """Pages in the middle may have been signed long ago. The last one tells how things stand now, so it must not be older."""
    held = mirror.held().mark(mirror.ring())
    if (feed.series is not None and series < feed.series) or (held is not None and series < held.series):
        raise Refused(REPLAYED, f"changes of series {series}")
    if not more and series == feed.series and number < feed.number:
        raise Refused(REPLAYED, f"changes up to {number}, where {feed.number} was heard of")


def _next(mirror: Mirror, address: str) -> str:
    if _ADDRESS.fullmatch(address):
        return address
    try:
        if Origin.of(address) == mirror.reach().origin:
            return target_of(address)
    except ValueError:
        pass
    raise not_understood("the next changes are at another host")


def _kept(mirror: Mirror) -> Feed:
    def read(about: dict, _: bytes) -> Feed:
        if about["unit"] != mirror.unit:
            raise ValueError(f"it is of unit {about['unit']}")
        told = {name: (position, at) for name, (position, at) in about["told"].items()}
        return Feed(about["series"], about["number"], about["next"], dict(about["editions"]), told, about["reread"])

    return mirror.read("changes", read) or Feed()


def _keep(mirror: Mirror, feed: Feed) -> None:
    mirror.folder.keep("changes", {"unit": mirror.unit, **feed._asdict()})
