"""How often a follower asks (§7), for ever: never all at once, and never a dead line at full speed."""

from __future__ import annotations

import contextlib
import queue
import random
import time
from threading import Thread
from typing import Callable, Optional

from answer import answered
from line import Exchange
from mirror import Mirror
from notation import Refused

LONGEST_PAUSE = 300.0
# §7: a comment line comes every 15 seconds.
SILENCE = 45.0
# A timestamp is signed about every minute, and events do not move `fresh_until`.
ASK_ANYWAY = 60.0

_MOST_LINE = 64 * 1024


def pause(failures: int, chance: random.Random, retry_after: float = 0.0) -> float:
    """Seconds to wait after the n-th failure in a row: full jitter. What `Retry-After` says comes before the draw and not in its
    place, or all who were told the same second would come back in it."""
    most = min(LONGEST_PAUSE, 2.0 ** min(failures, 16))
    return max(retry_after, 0.0) + chance.uniform(0.0, most)


def until_next(ask_every: float, elapsed: float, chance: random.Random) -> float:
    """After a success: the rest of the time in which one question is due, then an instant drawn from the next."""
    return max(0.0, ask_every - elapsed) + (chance.uniform(0.0, ask_every) if elapsed < ask_every else 0.0)


class Pacer:
    def __init__(
        self,
        mirror: Mirror,
        tell: Callable[[dict], None],
        chance: random.Random,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.mirror = mirror
        self.tell = tell
        self.chance = chance
        self.sleep = sleep
        # In a row: of tries, and of listening.
        self.failures = 0
        self.losses = 0

    def attempt(self, wait: int = 0) -> float:
        """One try, told; gives the seconds to the next."""
        begun = time.monotonic()
        answer = answered(lambda: self.mirror.sync(wait))
        self.tell(answer)
        if not answer["ok"]:
            self.failures += 1
            return pause(self.failures, self.chance, answer.get("retry_after", 0.0))
        self.failures = 0
        return until_next(self.mirror.ring().ask_every, time.monotonic() - begun, self.chance)

    def by_long_poll(self) -> None:
        while True:
            # The first try waits for nothing: nobody knows yet what there is.
            patient = self.failures == 0 and self.mirror.held().bulletin is not None
            self.sleep(self.attempt(int(self.mirror.ring().most_wait) if patient else 0))

    def by_events(self) -> None:
        while True:
            rest = self.attempt()
            self.sleep(rest if self.failures else self.listen())

    def listen(self) -> float:
        """Until the line is lost; gives the seconds to wait before it is taken up again."""
        try:
            exchange = self.mirror.reach().listen(f"/bang-tin/{self.mirror.unit}/events", SILENCE)
        except Refused as refused:
            self.tell({"ok": False, "reason": refused.reason, "detail": refused.detail})
            return self._lost(refused.retry_after)
        with exchange:
            heard: "queue.Queue[Optional[str]]" = queue.Queue(maxsize=1000)
            Thread(target=hear, args=(exchange, heard), daemon=True).start()
            while True:
                try:
                    event = heard.get(timeout=self.chance.uniform(ASK_ANYWAY / 2, ASK_ANYWAY))
                except queue.Empty:
                    event = ""
                # The portal may end any stream at any time: no fault of anybody's, but no reason to come back at once.
                if event is None:
                    exchange.end()
                    return self._lost()
                self.losses = 0
                # All who heard it at once do not ask at once; one question answers all that was heard until then.
                self.sleep(self.chance.uniform(0.0, min(2.0, self.mirror.ring().ask_every)))
                ended = _emptied(heard)
                rest = self.attempt()
                if ended:
                    exchange.end()
                    return self._lost()
                if self.failures:
                    self.sleep(rest)

    def _lost(self, retry_after: float = 0.0) -> float:
        self.losses += 1
        return pause(self.losses, self.chance, retry_after)


def _emptied(heard: "queue.Queue[Optional[str]]") -> bool:
    """Says whether the end was among it."""
    while True:
        try:
            if heard.get_nowait() is None:
                return True
        except queue.Empty:
            return False


def hear(exchange: Exchange, heard: "queue.Queue[Optional[str]]") -> None:
    """Events are signed by nobody: what they say is not looked at, only that there is one (§7)."""
    with contextlib.suppress(Refused):
        _hear(exchange, heard)
    while True:
        try:
            heard.put_nowait(None)
            return
        except queue.Full:
            # What was told is worth no more than its end.
            _emptied(heard)


def _hear(exchange: Exchange, heard: "queue.Queue[Optional[str]]") -> None:
    name = b""
    while True:
        line = exchange.readline(_MOST_LINE)
        if not line.endswith(b"\n"):
            return
        text = line.rstrip(b"\r\n")
        if text.startswith(b"event:"):
            name = text[6:].strip()
        elif not text:
            if name == b"bulletin" and not heard.full():
                heard.put_nowait("bulletin")
            name = b""
