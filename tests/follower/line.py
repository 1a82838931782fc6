"""The line to the portal: HTTP/1.1, within limits of size, time and number. Nothing that comes over it is believed here.

Whatever goes wrong on it is a `Refused`, so that nothing that the network sends can end the follower.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import re
import socket
import ssl
import threading
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Callable, Dict, NamedTuple, Optional, Type
from urllib.parse import urljoin, urlsplit

from folder import Part
from judgement import Signed
from notation import BAD_SIGNATURE, CUT, NO_ANSWER, Refused, dictionary, in_words, not_understood

MOST_REDIRECTS = 3
# Nothing heard for so long is nothing more to come. §7: a listener waits for 45 seconds.
SILENCE = 20.0
# For a document that has to be got whole in one go, and for what goes on where it was cut.
SHORT, LONG = 60.0, 900.0
# An unsigned header must not be able to silence a follower for longer.
MOST_RETRY_AFTER = 3600.0

_CHUNK = 64 * 1024
_PRINTABLE = re.compile(r"[\x21-\x7e]+", re.ASCII)
_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)", re.ASCII)
_STRONG = re.compile(r'"[\x21\x23-\x7e]*"', re.ASCII)
_PORTS = {"http": 80, "https": 443}


class Garbled(Refused):
    """Cut, but by wrong bytes and not by too few: what came is worth nothing."""


class Origin(NamedTuple):
    scheme: str
    host: str
    port: int

    @staticmethod
    def of(address: str) -> "Origin":
        """ValueError where it is no address that can be asked."""
        split = urlsplit(address)
        if (
            split.scheme not in _PORTS
            or not split.hostname
            or split.username is not None
            or not _PRINTABLE.fullmatch(address)
        ):
            raise ValueError(f"no address of a portal: {address!r}"[:200])
        return Origin(split.scheme, split.hostname, split.port or _PORTS[split.scheme])

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    def may_lead_to(self, other: "Origin") -> bool:
        """The same host only: to itself, or from the usual port to the same behind TLS, never back."""
        upgraded = self.scheme == "http" and self.port == 80 and other.scheme == "https" and other.port == 443
        return self.host == other.host and (self == other or upgraded)


def target_of(address: str) -> str:
    split = urlsplit(address)
    return (split.path or "/") + (f"?{split.query}" if split.query else "")


class Answer(NamedTuple):
    status: int
    etag: Optional[str]
    signature: Optional[str]
    document: bytes

    def signed(self) -> Signed:
        return signed(self.document, self.signature)


def signed(document: bytes, field: Optional[str]) -> Signed:
    """§2. An answer without a signature is one whose signature does not hold."""
    read = dictionary(field)
    keyid, mark = read.get("keyid"), read.get("sig")
    if not isinstance(keyid, str) or not isinstance(mark, bytes):
        raise Refused(BAD_SIGNATURE, "no Bulletin-Signature that can be read")
    return Signed(document, keyid, mark)


class Line:
    def __init__(self, address: str) -> None:
        self.origin = Origin.of(address)
        if target_of(address) != "/":
            raise ValueError(f"a portal stands at the root of its host: {address!r}"[:200])
        self._tls = ssl.create_default_context()

    def safe(self) -> bool:
        """§3: a first key is taken over HTTPS alone."""
        return self.origin.scheme == "https"

    def get(self, target: str, most: int, etag: Optional[str] = None, patience: float = 0.0) -> Answer:
        """`patience` is how long the portal was asked to wait with its answer."""
        headers = {"If-None-Match": etag} if etag else {}
        with self._ask(target, headers, SILENCE + patience, SHORT + patience) as exchange:
            if exchange.status == 304 and etag:
                return Answer(304, etag, None, b"")
            exchange.expect(200)
            document = bytearray()
            exchange.pour(document.extend, most)
            return Answer(200, exchange.field("ETag"), exchange.field("Bulletin-Signature"), bytes(document))

    def download(self, target: str, part: Part, most: int, now: datetime) -> Optional[str]:
        """All of it into `part`, going on where a cut one stopped (§7). Gives the field with its signature, if it bore one."""
        offset, about = part.begun(target, now)
        headers = {"Range": f"bytes={offset}-", "If-Range": about["etag"]} if offset else {}
        try:
            with self._ask(target, headers, SILENCE, LONG) as exchange:
                if not (exchange.status == 416 and offset):
                    return self._into(part, exchange, offset, about, target, most, now)
        except Garbled:
            part.drop()
            raise
        # What there is does not go with what there is to get.
        part.drop()
        with self._ask(target, {}, SILENCE, LONG) as exchange:
            return self._into(part, exchange, 0, {}, target, most, now)

    def _into(
        self, part: Part, exchange: "Exchange", offset: int, about: dict, target: str, most: int, now: datetime
    ) -> Optional[str]:
        total: Optional[int] = None
        if exchange.status == 206 and offset:
            found = _RANGE.fullmatch(exchange.field("Content-Range") or "")
            if not found or int(found[1]) != offset or exchange.field("ETag") != about["etag"]:
                raise Garbled(CUT, "another part than was asked for")
            total = None if found[3] == "*" else int(found[3])
        else:
            exchange.expect(200)
            etag = exchange.field("ETag") or ""
            about = {"target": target, "at": in_words(now), "signature": exchange.field("Bulletin-Signature")}
            # Without a strong ETag nobody can say that the rest belongs to the beginning.
            part.begin({**about, "etag": etag} if _STRONG.fullmatch(etag) else about)
            offset = 0
        try:
            with open(part.path, "ab") as out:
                length = offset + exchange.pour(out.write, most - offset)
        except Refused as refused:
            if refused.reason != CUT:
                part.drop()
            raise
        if total is not None and length < total:
            raise Refused(CUT, f"{length} of {total} bytes")
        return exchange.field("Bulletin-Signature") or about.get("signature")

    def listen(self, target: str, silence: float) -> "Exchange":
        """Without an end: the caller closes it."""
        exchange = self._ask(target, {"Accept": "text/event-stream"}, silence, None)
        try:
            exchange.expect(200)
        except Refused:
            exchange.close()
            raise
        return exchange

    def _ask(self, target: str, headers: Dict[str, str], silence: float, seconds: Optional[float]) -> "Exchange":
        origin = self.origin
        for _ in range(MOST_REDIRECTS + 1):
            exchange = Exchange(origin, target, headers, self._tls, silence, seconds)
            if exchange.status not in (301, 302, 303, 307, 308):
                return exchange
            location = exchange.field("Location") or ""
            exchange.close()
            try:
                address = urljoin(f"{origin}{target}", location)
                led = Origin.of(address)
            except ValueError:
                raise Refused(NO_ANSWER, "sent on to no address") from None
            if not origin.may_lead_to(led):
                raise Refused(NO_ANSWER, f"sent on to another host, {led}")
            origin, target = led, target_of(address)
        raise Refused(NO_ANSWER, f"sent on more than {MOST_REDIRECTS} times")


class Exchange:
    """One question and its answer, to be over within `seconds` however slowly it drips."""

    def __init__(
        self,
        origin: Origin,
        target: str,
        headers: Dict[str, str],
        tls: ssl.SSLContext,
        silence: float,
        seconds: Optional[float],
    ) -> None:
        self._late = False
        self._socket: Any = None
        secure = origin.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        self._line = kind(origin.host, origin.port, timeout=silence)
        self._alarm = threading.Timer(seconds, self.end) if seconds is not None else None
        try:
            if self._alarm:
                self._alarm.daemon = True
                self._alarm.start()
            # Opened here, so that the alarm can reach it also while TLS is being agreed on.
            opened: Any = socket.create_connection((origin.host, origin.port), timeout=silence)
            if secure:
                opened = tls.wrap_socket(opened, server_hostname=origin.host, do_handshake_on_connect=False)
            self._socket = self._line.sock = opened
            if self._late:
                raise OSError("too slow")
            if secure:
                opened.do_handshake()
            asked = {"Accept-Encoding": "identity", "Connection": "close", "User-Agent": "bangtin-follower/1", **headers}
            self._line.request("GET", target, headers=asked)
            self._answer = self._line.getresponse()
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close()
            raise Refused(NO_ANSWER, f"{type(error).__name__}: {error}") from None
        except BaseException:
            self.close()
            raise
        self.status = self._answer.status

    def field(self, name: str) -> Optional[str]:
        return self._answer.getheader(name)

    def expect(self, status: int) -> None:
        if self.status != status:
            raise Refused(NO_ANSWER, f"answered {self.status}", _retry_after(self.field("Retry-After")))

    def pour(self, into: Callable[[bytes], Any], most: int) -> int:
        """How many bytes came; §8: fewer than `Content-Length`, or others than `Content-Digest` says, is `cut`."""
        if (self.field("Content-Encoding") or "identity").strip().lower() != "identity":
            raise not_understood("coded, though it was asked for as it is")
        promised = self._answer.length
        if promised is not None and promised > most:
            raise not_understood(f"{promised} bytes, where {most} are the most")
        came, digest = 0, hashlib.sha256()
        while True:
            try:
                octets = self._answer.read1(_CHUNK)
            except (OSError, http.client.HTTPException, ValueError) as error:
                raise Refused(CUT, f"{type(error).__name__} after {came} bytes") from None
            if not octets:
                break
            came += len(octets)
            if came > most:
                raise not_understood(f"more than {most} bytes")
            digest.update(octets)
            into(octets)
        if self._late or (promised is not None and came < promised):
            raise Refused(CUT, f"{came} bytes of {'more' if promised is None else promised}")
        said = dictionary(self.field("Content-Digest")).get("sha-256")
        if isinstance(said, bytes) and said != digest.digest():
            raise Garbled(CUT, "its bytes are not those of its Content-Digest")
        return came

    def readline(self, most: int) -> bytes:
        try:
            return self._answer.readline(most)
        except (OSError, http.client.HTTPException, ValueError, AttributeError) as error:
            raise Refused(NO_ANSWER, f"{type(error).__name__} while listening") from None

    def end(self) -> None:
        """From another thread than the one that reads."""
        self._late = True
        if self._socket is not None:
            # Of the socket itself: whoever is just reading through TLS sees the end and no torn state.
            with contextlib.suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def close(self) -> None:
        if self._alarm:
            self._alarm.cancel()
        answer = getattr(self, "_answer", None)
        if answer is not None:
            answer.close()
        self._line.close()

    def __enter__(self) -> "Exchange":
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.close()


def _retry_after(field: Optional[str]) -> float:
    text = (field or "").strip()
    if text.isascii() and text.isdigit():
        return float(min(int(text[:9]), MOST_RETRY_AFTER))
    try:
        wait = (parsedate_to_datetime(text) - datetime.now(timezone.utc)).total_seconds()
    except (TypeError, ValueError, IndexError, OverflowError):
        return 0.0
    return min(max(wait, 0.0), MOST_RETRY_AFTER)
