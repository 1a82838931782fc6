"""How things are written: strict JSON and its canonical form, instants, base64, the header fields. Pure.

Paragraphs (§) here and in the other files are those of docs/protocol.en.md, from which alone this follower was written.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, Dict, Optional

# §8.5
NO_ANSWER, CUT, BAD_SIGNATURE, UNKNOWN_KEY, REVOKED_KEY = "no-answer", "cut", "bad-signature", "unknown-key", "revoked-key"
WRONG_UNIT, REPLAYED, FROM_THE_FUTURE = "wrong-unit", "replayed", "from-the-future"
NOT_UNDERSTOOD, BAD_DIGEST = "not-understood", "bad-digest"

# RFC 7493: beyond this two readers may read two numbers.
GREATEST_INTEGER = 2**53 - 1


class Refused(Exception):
    """Something was refused, for exactly one of the reasons above; nothing changes by it (§8.5)."""

    def __init__(self, reason: str, detail: str = "", retry_after: float = 0.0) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail[:300]
        self.retry_after = retry_after


def not_understood(detail: str) -> Refused:
    return Refused(NOT_UNDERSTOOD, detail)


# --- JSON (RFC 8259, and what RFC 7493 forbids) ---


def read_json(document: bytes) -> Any:
    """Refuses what two readers could read in two ways: a name twice, numbers out of range, anything but UTF-8."""
    try:
        return json.loads(
            document.decode("utf-8"),
            object_pairs_hook=_members,
            parse_int=_integer,
            parse_float=_fraction,
            parse_constant=_constant,
        )
    except (ValueError, RecursionError) as error:
        raise not_understood(f"no JSON: {error}") from None


def _members(pairs: list) -> dict:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise not_understood("an object with one name twice")
    return read


def _integer(text: str) -> int:
    # Measured as text first: to read an integer of a million digits takes minutes.
    if len(text) > 17 or abs(int(text)) > GREATEST_INTEGER:
        raise not_understood("an integer out of range")
    return int(text)


def _fraction(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise not_understood("a number out of range")
    return value


def _constant(text: str) -> Any:
    raise not_understood(f"{text} is no JSON")


# --- Canonical JSON (RFC 8785) ---


def canonical(value: Any) -> bytes:
    parts: list = []
    try:
        _write(value, parts)
        return "".join(parts).encode("utf-8")
    except (UnicodeEncodeError, RecursionError) as error:
        raise not_understood(f"no canonical form: {type(error).__name__}") from None


def _write(value: Any, parts: list) -> None:
    if value is None:
        parts.append("null")
    elif value is True or value is False:
        parts.append("true" if value else "false")
    elif isinstance(value, str):
        # With ensure_ascii off this escapes exactly what RFC 8785 wants escaped, and in the same form.
        parts.append(json.dumps(value, ensure_ascii=False))
    elif isinstance(value, int):
        parts.append(str(value))
    elif isinstance(value, float):
        parts.append(_write_fraction(value))
    elif isinstance(value, list):
        parts.append("[")
        for index, element in enumerate(value):
            if index:
                parts.append(",")
            _write(element, parts)
        parts.append("]")
    elif isinstance(value, dict):
        parts.append("{")
        for index, name in enumerate(sorted(value, key=_utf16)):
            if index:
                parts.append(",")
            parts.append(json.dumps(name, ensure_ascii=False))
            parts.append(":")
            _write(value[name], parts)
        parts.append("}")
    else:
        raise TypeError(f"{type(value).__name__} is no JSON")


def _utf16(name: str) -> bytes:
    """Names are sorted by UTF-16 code units, which differs from Python's order beyond the basic plane."""
    return name.encode("utf-16-be", "surrogatepass")


def _write_fraction(value: float) -> str:
    """As ECMAScript writes a number. Version 1 holds no fractions; a field that is added later may."""
    if value == 0:
        return "0"
    if value != value or value in (float("inf"), float("-inf")):
        raise not_understood("a number that JSON does not know")
    sign = "-" if value < 0 else ""
    _, digits, exponent = Decimal(repr(abs(value))).as_tuple()
    text = "".join(map(str, digits)).lstrip("0")
    point = len(text) + int(exponent)
    text = text.rstrip("0")
    if len(text) <= point <= 21:
        return sign + text + "0" * (point - len(text))
    if 0 < point <= 21:
        return sign + text[:point] + "." + text[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + text
    power = point - 1
    mantissa = text[0] + ("." + text[1:] if len(text) > 1 else "")
    return f"{sign}{mantissa}e{'+' if power >= 0 else '-'}{abs(power)}"


def digest_of(item: dict) -> str:
    """§5: of the item without its own `digest`."""
    return hashlib.sha256(canonical({name: value for name, value in item.items() if name != "digest"})).hexdigest()


# --- Instants (RFC 3339) ---

_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d+)?(?:(Z)|([+-])(\d{2}):(\d{2}))", re.ASCII)


def instant(text: Any, whole: bool = True) -> datetime:
    """§0: whole seconds, with an offset. A clock given by hand may be finer (`whole=False`)."""
    found = _INSTANT.fullmatch(text) if isinstance(text, str) else None
    if not found or (found[2] and whole):
        raise not_understood(f"no instant: {text!r}"[:100])
    try:
        read = datetime.strptime(found[1], "%Y-%m-%dT%H:%M:%S")
        if not found[3]:
            offset = timedelta(hours=int(found[5]), minutes=int(found[6]))
            read = read - offset if found[4] == "+" else read + offset
        return read.replace(tzinfo=timezone.utc)
    except (ValueError, OverflowError):
        raise not_understood(f"no instant: {text!r}"[:100]) from None


def in_words(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


# --- base64 ---


def from_base64(text: Any) -> Optional[bytes]:
    """None where it is not base64, or where other text would mean the same bytes."""
    if not isinstance(text, str):
        return None
    try:
        read = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return read if to_base64(read) == text else None


def to_base64(octets: bytes) -> str:
    return base64.b64encode(octets).decode("ascii")


# --- Header fields that are dictionaries (RFC 8941) ---

_KEY = re.compile(r"[a-z*][a-z0-9_\-.*]*")
_SPACE = re.compile(r"[ \t]*")
_ITEM = re.compile(
    r'"(?P<string>(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"'
    r"|:(?P<octets>[A-Za-z0-9+/=]*):"
    r"|(?P<number>-?\d{1,15}(?:\.\d{1,3})?)"
    r"|(?P<token>[A-Za-z*][A-Za-z0-9:/!#$%&'*+\-.^_`|~]*)"
    r"|\?(?P<truth>[01])",
    re.ASCII,
)


def dictionary(field: Optional[str]) -> Dict[str, Any]:
    """Strings as `str`, byte sequences as `bytes`, all else as None; empty where the field is malformed, as RFC 8941 has it."""
    try:
        return _dictionary(field.strip(" \t")) if field else {}
    except _Malformed:
        return {}


class _Malformed(Exception):
    pass


def _dictionary(text: str) -> Dict[str, Any]:
    read: Dict[str, Any] = {}
    at = 0
    while at < len(text):
        name, at = _take(_KEY, text, at)
        value = None
        if text[at : at + 1] == "=":
            value, at = _value(text, at + 1)
        at = _parameters(text, at)
        read[name] = value
        _, at = _take(_SPACE, text, at)
        if at == len(text):
            break
        if text[at] != ",":
            raise _Malformed
        _, at = _take(_SPACE, text, at + 1)
        if at == len(text):
            raise _Malformed
    return read


def _take(pattern: "re.Pattern[str]", text: str, at: int) -> tuple:
    found = pattern.match(text, at)
    if not found:
        raise _Malformed
    return found[0], found.end()


def _value(text: str, at: int) -> tuple:
    if text[at : at + 1] != "(":
        return _item(text, at)
    at += 1
    while True:
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
        if text[at : at + 1] == ")":
            return None, at + 1
        _, at = _item(text, at)
        at = _parameters(text, at)


def _item(text: str, at: int) -> tuple:
    found = _ITEM.match(text, at)
    if not found:
        raise _Malformed
    if found["string"] is not None:
        return re.sub(r"\\(.)", r"\1", found["string"]), found.end()
    if found["octets"] is not None:
        try:
            return base64.b64decode(found["octets"], validate=True), found.end()
        except ValueError:
            raise _Malformed from None
    return None, found.end()


def _parameters(text: str, at: int) -> int:
    while text[at : at + 1] == ";":
        at = _SPACE.match(text, at + 1).end()  # type: ignore[union-attr]
        _, at = _take(_KEY, text, at)
        if text[at : at + 1] == "=":
            _, at = _item(text, at + 1)
    return at
