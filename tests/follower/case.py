"""What the tests on the line begin with: an invented portal, a follower of it, and a clock that is set by hand."""

from __future__ import annotations

import tempfile
import unittest
from datetime import datetime
from pathlib import Path
from typing import List

from answer import answered
from line import Line
from mirror import Mirror
from notation import instant
from portal import UNIT, Portal, Signer, keys_document

HERE = f"/bang-tin/{UNIT}"
KEYS = "/.well-known/bangtin.json"
NOW = "2026-11-23T08:00:00+07:00"
SOON = "2026-11-23T08:04:00+07:00"
NEXT_DAY = "2026-11-24T08:00:00+07:00"


class Case(unittest.TestCase):
    room: Path
    k1: Signer
    k2: Signer
    thief: Signer

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
