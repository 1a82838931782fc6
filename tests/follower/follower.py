#!/usr/bin/env python3
"""An independent follower of the bulletin protocol, written from docs/protocol.en.md alone.

    follower.py --from URL --unit CODE --folder DIR [--key BASE64] [--now RFC3339] sync | show | serve | run [--events]

Each answer is one line of JSON. Python 3.9 and the `openssl` command, version 3, are all that it needs.
A refusal bears exactly one reason of §8.5 (or `broken`, see answer.py); `sync` then ends with 1.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import random
import sys
from datetime import datetime
from pathlib import Path
from typing import Optional

sys.dont_write_bytecode = True

import changes  # noqa: E402
from answer import answered  # noqa: E402
from line import Line  # noqa: E402
from mirror import Mirror, own_clock  # noqa: E402
from notation import NOT_UNDERSTOOD, Refused, from_base64, instant  # noqa: E402
from pace import Pacer  # noqa: E402
from signature import weak  # noqa: E402

_MOST_COMMAND = 128 * 1024 * 1024


def main() -> int:
    asked = _arguments()
    fixed = asked.now
    mirror = Mirror(asked.line, asked.unit, asked.folder, asked.key, (lambda: fixed) if fixed else own_clock)
    if asked.verb == "show":
        _print(answered(mirror.show))
        return 0
    with mirror.folder.locked():
        if not mirror.holds.works():
            print("no `openssl` command of version 3 that can verify Ed25519", file=sys.stderr)
            return 2
    if asked.verb == "sync":
        answer = answered(mirror.sync)
        _print(answer)
        return 0 if answer["ok"] else 1
    if asked.verb == "serve":
        serve(mirror)
    else:
        _run(mirror, asked)
    return 0


# --- serve: one JSON object a line in, one a line out ---


def serve(mirror: Mirror) -> None:
    while True:
        line = sys.stdin.buffer.readline(_MOST_COMMAND)
        if not line:
            return
        if line.strip():
            _print(answered(functools.partial(_obey, mirror, line)))


def _obey(mirror: Mirror, line: bytes) -> dict:
    try:
        command = json.loads(line)
    except (ValueError, RecursionError):
        command = None
    if not isinstance(command, dict):
        raise Refused(NOT_UNDERSTOOD, "a command is one JSON object on one line")
    own = mirror.clock
    if command.get("now") is not None:
        now = instant(command["now"], whole=False)
        mirror.clock = lambda: now
    try:
        return _do(mirror, command)
    finally:
        mirror.clock = own


def _do(mirror: Mirror, command: dict) -> dict:
    verb = command.get("do")
    if verb == "sync":
        return mirror.sync()
    if verb == "bulletin":
        return mirror.bulletin()
    if verb == "show":
        return {"ok": True, **mirror.show()}
    if verb == "changes":
        return changes.follow(mirror)
    if verb == "keys":
        return mirror.keys()
    if verb == "check":
        return mirror.check(command.get("what"), command.get("document"), command.get("keyid"), command.get("signature"))
    raise Refused(NOT_UNDERSTOOD, "does sync, bulletin, show, changes, keys and check")


# --- run: for ever ---


def _run(mirror: Mirror, asked: argparse.Namespace) -> None:
    pacer = Pacer(mirror, _print, random.Random(asked.seed))
    if asked.events:
        pacer.by_events()
    else:
        pacer.by_long_poll()


# --- The command line ---


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Follows the bulletin of one unit.", allow_abbrev=False)
    parser.add_argument("--from", dest="line", metavar="URL", type=_line, help="the portal, as https://host")
    parser.add_argument("--unit", required=True, metavar="CODE", type=_code)
    parser.add_argument("--folder", required=True, metavar="DIR", type=Path)
    parser.add_argument("--key", metavar="BASE64", type=_key, help="the portal's public key, given by hand")
    parser.add_argument("--now", metavar="RFC3339", type=_now, help="a clock that stands still")
    parser.add_argument("--events", action="store_true", help="run by server-sent events instead of by long poll")
    parser.add_argument("--seed", type=int, help="of the chances that run takes")
    parser.add_argument("verb", choices=("sync", "show", "serve", "run"))
    asked = parser.parse_args()
    if asked.line is None and asked.verb != "show":
        parser.error("--from is needed")
    return asked


def _line(text: str) -> Line:
    try:
        return Line(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _code(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) <= 20):
        raise argparse.ArgumentTypeError("a unit's code is digits")
    return text


def _key(text: str) -> bytes:
    public = from_base64(text)
    if public is None or weak(public):
        raise argparse.ArgumentTypeError("not base64 of a sound Ed25519 public key of 32 bytes")
    return public


def _now(text: str) -> Optional[datetime]:
    try:
        return instant(text, whole=False)
    except Refused as refused:
        raise argparse.ArgumentTypeError(refused.detail) from None


def _print(answer: dict) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (KeyboardInterrupt, BrokenPipeError):
        # Nobody listens any more; also the interpreter's own last flush has to go somewhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
