"""A follower of one unit: what it holds, how that is renewed (§6, §8), and what of it shows (§5)."""

from __future__ import annotations

import contextlib
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Callable, Iterator, List, NamedTuple, Optional, Set, TypeVar

import judgement
from folder import Folder, digest_of_file
from judgement import Mark, Signed, files_in, files_of, judge, mark_of, over, showing
from keyring import AHEAD, Keyring
from line import Line, Origin, target_of
from line import signed as signed_by
from notation import (
    BAD_DIGEST,
    BAD_SIGNATURE,
    NO_ANSWER,
    NOT_UNDERSTOOD,
    REPLAYED,
    UNKNOWN_KEY,
    Refused,
    canonical,
    from_base64,
    instant,
    read_json,
    to_base64,
)
from signature import Openssl

Clock = Callable[[], datetime]
Taken = TypeVar("Taken")

MOST_SMALL_BYTES = 256 * 1024


def own_clock() -> datetime:
    return datetime.now(timezone.utc).replace(microsecond=0)


class Vouched(NamedTuple):
    """A signed document that was taken over: the bulletin, or the last timestamp that said that it still stands."""

    read: dict
    keyid: str
    mark: Mark
    etag: Optional[str] = None
    # Something in it has ended and was taken out, so that its signature says nothing any more and no timestamp can
    # say that it is whole.
    pruned: bool = False


class Held(NamedTuple):
    bulletin: Optional[Vouched] = None
    stamp: Optional[Vouched] = None

    def mark(self, ring: Keyring) -> Optional[Mark]:
        """§4. What came under a key that was since revoked binds nobody: whoever stole it could have written any number."""
        marks = [held.mark for held in self if held is not None and held.keyid not in ring.revoked]
        if self.bulletin is not None and self.bulletin.pruned:
            # It has to be got again, and may well have been issued before the timestamp that vouched for it.
            marks = [mark._replace(issued_at=min(mark.issued_at, self.bulletin.mark.issued_at)) for mark in marks]
        return max(marks) if marks else None

    def sound(self, ring: Keyring) -> bool:
        """Whether a timestamp may vouch for the bulletin at all."""
        return self.bulletin is not None and not self.bulletin.pruned and self.bulletin.keyid not in ring.revoked

    def latest(self) -> Optional[Vouched]:
        """By what the bulletin is vouched for last."""
        if self.bulletin is None or self.stamp is None:
            return self.bulletin
        stands = self.stamp.read["content"] == self.bulletin.read["content"] and self.stamp.mark >= self.bulletin.mark
        return self.stamp if stands else self.bulletin


class Mirror:
    def __init__(
        self, line: Optional[Line], unit: str, folder: Path, key: Optional[bytes] = None, clock: Clock = own_clock
    ) -> None:
        self.line = line
        self.unit = unit
        self.folder = Folder(folder)
        self.holds = Openssl(folder / "room")
        self.clock = clock
        self._key = key

    # --- What is kept ---

    def ring(self) -> Keyring:
        ring = self._kept_ring()
        return ring.pinned(self._key) if self._key is not None else ring

    def _kept_ring(self) -> Keyring:
        return self.read("keys", lambda about, _: Keyring.read(about)) or Keyring()

    def held(self) -> Held:
        bulletin, stamp = self.read("bulletin", self._vouched), self.read("timestamp", self._vouched)
        # Without the bulletin that it vouched for a timestamp is nothing to hold either.
        return Held(bulletin, stamp) if bulletin is not None else Held()

    def _vouched(self, about: dict, document: bytes) -> Optional[Vouched]:
        if about["unit"] != self.unit:
            raise ValueError(f"it is of unit {about['unit']}")
        read = read_json(document)
        return Vouched(read, about["keyid"], mark_of(read), about["etag"], about["pruned"])

    def read(self, name: str, read: Callable[[dict, bytes], Optional[Taken]]) -> Optional[Taken]:
        try:
            kept = self.folder.kept(name)
            return read(*kept) if kept is not None else None
        except (Refused, ValueError, KeyError, TypeError, AttributeError) as error:
            self.folder.unreadable(name, f"{type(error).__name__}: {error}")
            return None

    def _keep(self, name: str, signed: Signed, etag: Optional[str] = None) -> None:
        about = {
            "unit": self.unit,
            "keyid": signed.keyid,
            "signature": to_base64(signed.signature),
            "etag": etag,
            "pruned": False,
        }
        self.folder.keep(name, about, signed.document)

    # --- Keys (§3) ---

    def learn_keys(self) -> Keyring:
        answer = self.reach().get("/.well-known/bangtin.json", MOST_SMALL_BYTES)
        signed, ring = answer.signed(), self.ring()
        # Once it has had a key, by hand or not, it takes none on trust: also not when all have been revoked.
        may_pin = self.reach().safe() and self._key is None and not ring.trusted and not ring.revoked
        ring = ring.renewed(signed.document, signed.keyid, signed.signature, self.holds, self.clock(), may_pin)
        self.folder.keep("keys", ring.written())
        return ring

    def keys(self) -> dict:
        with self.folder.locked():
            ring = self.learn_keys()
        return {"ok": True, "trusted": sorted(ring.trusted), "revoked": sorted(ring.revoked)}

    def keys_of_today(self) -> None:
        ring = self.ring()
        if ring != self._kept_ring():
            self.folder.keep("keys", ring.written())
        if not ring.due(self.clock()):
            return
        try:
            self.learn_keys()
        except Refused:
            # It goes on with the keys that it has, if it has any.
            if not ring.trusted:
                raise

    def judged(self, kind: str, signed: Signed) -> dict:
        """Asks for the keys anew where a document is under one that is not trusted."""
        try:
            return self._judged(kind, signed)
        except Refused as refused:
            if refused.reason != UNKNOWN_KEY:
                raise
            try:
                self.learn_keys()
            except Refused as why:
                raise Refused(UNKNOWN_KEY, f"{refused.detail}; the keys of its portal: {why.reason}, {why.detail}") from None
        return self._judged(kind, signed)

    def _judged(self, kind: str, signed: Signed) -> dict:
        ring = self.ring()
        # §4 speaks of bulletins and timestamps; a page of changes may be of earlier than what is held.
        order = self.held().mark(ring) if kind != "changes" else None
        return judge(kind, signed, self.unit, ring, order, self.clock(), self.holds)

    # --- Renewing ---

    def sync(self, wait: int = 0) -> dict:
        """§6, §7: the timestamp, then the bulletin if it is another, then the files that are lacking."""
        with self.working():
            announced = self._overtaken(wait)
            if announced is not None:
                self.renew(announced)
            return self.renewed()

    def bulletin(self) -> dict:
        with self.working():
            self.renew()
            return self.renewed()

    @contextlib.contextmanager
    def working(self) -> Iterator[None]:
        with self.folder.locked():
            try:
                self.keys_of_today()
                yield
            finally:
                self._forget_ended()

    def _overtaken(self, wait: int) -> Optional[Mark]:
        """None where a signed timestamp vouches for what is held, and is taken over for that; else what it announces."""
        held, ring = self.held(), self.ring()
        known = held.stamp if held.sound(ring) and held.latest() is held.stamp else None
        etag = known.etag if known is not None and known.keyid not in ring.revoked else None
        target = self._address("timestamp.json") + (f"?wait={wait}" if wait else "")
        answer = self.reach().get(target, MOST_SMALL_BYTES, etag, wait)
        if answer.status == 304:
            # Proves nothing and moves nothing: what is held goes stale by itself.
            return None
        signed = answer.signed()
        read = self.judged("timestamp", signed)
        # The keys may be others by now.
        if held.bulletin is None or not held.sound(self.ring()) or read["content"] != held.bulletin.read["content"]:
            return mark_of(read)
        self._keep("timestamp", signed, answer.etag)
        return None

    def renew(self, announced: Optional[Mark] = None) -> None:
        """Whole and in one step, and not by less than the timestamp has announced that asked for it."""
        part = self.folder.part("bulletin")
        field = self.reach().download(self._address("bulletin.json"), part, judgement.MOST_BYTES, self.clock())
        try:
            signed = signed_by(part.path.read_bytes(), field)
            if self._is_held(signed.document):
                return
            mark = mark_of(self.judged("bulletin", signed))
            if announced is not None and mark[:2] < announced[:2]:
                raise Refused(REPLAYED, f"{mark}, where its timestamp said {announced}")
            self._keep("bulletin", signed)
        finally:
            # Whole now, and good or bad: it is not gone on with.
            part.drop()

    def _is_held(self, document: bytes) -> bool:
        """A portal may serve one bulletin for long and vouch for it by later timestamps. By the letter of §4 it is then an
        older issue than what is held; it is what is held, so nothing is taken over and nothing refused."""
        kept = self.folder.kept("bulletin") if self.held().sound(self.ring()) else None
        return kept is not None and kept[1] == document

    def renewed(self) -> dict:
        lacking = self._fetch_files()
        held = self.held()
        latest = held.latest()
        if held.bulletin is None or latest is None:
            raise OSError("what was just written cannot be read back")
        answer: dict = {"ok": True, "number": latest.mark.number, "content": held.bulletin.read["content"]}
        if lacking:
            answer["lacking"] = lacking
        return answer

    def _fetch_files(self) -> List[dict]:
        """After the texts, which do not wait for them (§8.2). Says which could not be got, and why."""
        held, now = self.held().bulletin, self.clock()
        lacking: List[dict] = []
        if held is None:
            return lacking
        wanted: Set[str] = set()
        for item, file in files_in(held.read):
            sha256 = file["sha256"]
            if sha256 in wanted or over(item, now) or over(file, now):
                continue
            wanted.add(sha256)
            if self.folder.has_file(sha256, file["bytes"]):
                continue
            if any(other["reason"] == NO_ANSWER for other in lacking):
                lacking.append({"sha256": sha256, "reason": NO_ANSWER})
                continue
            try:
                self._fetch(file, held.read)
            except Refused as refused:
                lacking.append({"sha256": sha256, "reason": refused.reason})
        self.folder.keep_only(wanted)
        return lacking

    def _fetch(self, file: dict, bulletin: dict) -> None:
        if file["bytes"] > judgement.MOST_FILE_BYTES:
            raise Refused(NOT_UNDERSTOOD, f"a file of {file['bytes']} bytes")
        part = self.folder.part(file["sha256"])
        self.reach().download(self._file_address(file["url"], bulletin), part, file["bytes"], self.clock())
        if part.path.stat().st_size != file["bytes"] or digest_of_file(part.path) != file["sha256"]:
            part.drop()
            raise Refused(BAD_DIGEST, f"file {file['sha256']}")
        self.folder.keep_file(file["sha256"], part.path)
        part.drop()

    def _file_address(self, url: str, bulletin: dict) -> str:
        """A bulletin names files by the portal's public address; they are got from where it was found, and nowhere else."""
        origin = self.reach().origin
        try:
            if url.startswith("/") and not url.startswith("//"):
                url = f"{origin}{url}"
            named = Origin.of(url)
            portal = bulletin.get("portal")
            address = portal.get("address") if isinstance(portal, dict) else None
            public = Origin.of(address) if isinstance(address, str) else origin
        except ValueError as error:
            raise Refused(NOT_UNDERSTOOD, str(error)) from None
        if named not in (origin, public):
            raise Refused(NOT_UNDERSTOOD, f"a file of another host, {named}")
        return target_of(url)

    # --- Ends ---

    def _forget_ended(self) -> None:
        """§10: words are not kept past their end, also where no line brings a bulletin without them."""
        now = self.clock()
        part = self.folder.part("bulletin")
        if part.path.exists() and not part.recent(now):
            part.drop()
        kept, held = self.folder.kept("bulletin"), self.held().bulletin
        if kept is None or held is None:
            return
        left = dict(held.read)
        for name in ("items", "articles"):
            left[name] = [_without_ended_files(item, now) for item in left[name] if not over(item, now)]
        if left != held.read:
            self.folder.keep("bulletin", {**kept[0], "pruned": True, "signature": None}, canonical(left))
            self.folder.keep_only({file["sha256"] for _, file in files_in(left)})

    # --- Showing ---

    def show(self) -> dict:
        held, ring, now = self.held(), self.ring(), self.clock()
        latest = held.latest()
        shown: dict = {"items": [], "articles": [], "fresh": False, "issued_at": None, "fresh_until": None}
        if held.bulletin is not None and latest is not None:
            for name in ("items", "articles"):
                shown[name] = [_shown(item) for item in showing(held.bulletin.read[name], now)]
            shown["issued_at"] = latest.read["issued_at"]
            shown["fresh_until"] = latest.read["fresh_until"]
            shown["fresh"] = (
                not {held.bulletin.keyid, latest.keyid} & set(ring.revoked)
                and latest.mark.issued_at - now <= AHEAD
                and now < instant(latest.read["fresh_until"])
            )
            shown["number"] = latest.mark.number
            shown["content"] = held.bulletin.read["content"]
        if self.folder.noticed:
            shown["noticed"], self.folder.noticed = self.folder.noticed, []
        return shown

    def what_shows(self) -> Set[tuple]:
        held = self.held().bulletin
        return {(item["id"], item["edition"]) for item in showing(held.read["items"], self.clock())} if held else set()

    # --- Judging what was given by hand ---

    def check(self, what: Any, document: Any, keyid: Any, signature: Any) -> dict:
        """Against what is held, and without any effect."""
        octets, mark = from_base64(document), from_base64(signature)
        if octets is None or not isinstance(keyid, str):
            raise Refused(NOT_UNDERSTOOD, "nothing to check")
        if mark is None:
            raise Refused(BAD_SIGNATURE, "no base64")
        with self.folder.locked():
            if what == "portal":
                self.ring().renewed(octets, keyid, mark, self.holds, self.clock(), may_pin=False)
            elif what in ("bulletin", "timestamp", "changes"):
                self._judged(what, Signed(octets, keyid, mark))
            else:
                raise Refused(NOT_UNDERSTOOD, "checks a bulletin, a timestamp, changes or a portal")
        return {"ok": True}

    # --- The line ---

    def reach(self) -> Line:
        if self.line is None:
            raise Refused(NO_ANSWER, "no portal was given")
        return self.line

    def _address(self, name: str) -> str:
        return f"/bang-tin/{self.unit}/{name}"


def _without_ended_files(item: dict, now: datetime) -> dict:
    left = [file for file in files_of(item) if not over(file, now)]
    return item if len(left) == len(files_of(item)) else {**item, "files": left}


def _shown(item: dict) -> dict:
    shown = {name: item[name] for name in ("id", "edition", "title", "html", "digest")}
    # §5: whoever shows an exercise or sample data must say so.
    shown.update({name: True for name in ("drill", "sample") if item.get(name)})
    return shown
