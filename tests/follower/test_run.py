"""The follower as it is run: for ever, once, and by commands."""

from __future__ import annotations

import json
import queue
import random
import subprocess
import sys
import unittest
from pathlib import Path
from typing import Any, Callable, List
from unittest import mock

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))

from case import HERE, NEXT_DAY, NOW, Case  # noqa: E402
from notation import to_base64  # noqa: E402
from pace import Pacer, hear  # noqa: E402
from portal import UNIT, bulletin, changes_page, event, posting  # noqa: E402
from portal import Served as served  # noqa: E402


class Running(Case):
    """For ever, but for the sleeps: each is noted, and the last one wakes nobody."""

    def run_for(self, sleeps: int, verb: str) -> List[float]:
        slept: List[float] = []

        def sleep(seconds: float) -> None:
            slept.append(seconds)
            if len(slept) == sleeps:
                raise KeyboardInterrupt

        self.told: List[dict] = []
        with self.assertRaises(KeyboardInterrupt):
            getattr(Pacer(self.mirror, self.told.append, random.Random(1), sleep), verb)()
        return slept

    def test_it_waits_at_the_portal_and_not_at_home(self) -> None:
        self.portal.put_bulletin(bulletin([posting()]), self.k1)
        slept = self.run_for(3, "by_long_poll")
        self.assertEqual([told["ok"] for told in self.told], [True] * 3)
        self.assertTrue(all(9 <= seconds <= 20 for seconds in slept), slept)
        asked = [(target.rpartition("/")[2], status) for target, _, _, status, _ in self.portal.asked]
        expected = [("bangtin.json", 200), ("timestamp.json", 200), ("bulletin.json", 200), ("timestamp.json?wait=25", 200)]
        self.assertEqual(asked, [*expected, ("timestamp.json?wait=25", 304)])

    def test_a_dead_line_is_asked_less_and_less(self) -> None:
        self.portal.close()
        slept = self.run_for(40, "by_long_poll")
        self.assertTrue(all(seconds <= min(300, 2 ** (n + 1)) for n, seconds in enumerate(slept)), slept)
        self.assertGreater(max(slept), 200)

    def test_an_event_is_a_reason_to_ask_and_no_more(self) -> None:
        self.portal.put_bulletin(bulletin([posting()]), self.k1)
        news = (
            b': here\n\nevent: bulletin\nid: 99\ndata: {"number":99,"content":"lie"}\n\nevent: other\n\nevent: bulletin\n\n'
        )
        self.portal.served[f"{HERE}/events"] = served(news)
        with mock.patch("pace.Thread", Heard):
            self.run_for(2, "by_events")
        heard: "queue.Queue[Any]" = queue.Queue()
        with self.mirror.reach().listen(f"{HERE}/events", 5) as exchange:
            hear(exchange, heard)
        self.assertEqual(list(heard.queue), ["bulletin", "bulletin", None])
        self.assertEqual(
            [(told["ok"], told.get("number", told.get("reason"))) for told in self.told],
            [(True, 10), (True, 10)],
        )
        self.assertEqual(self.asked("timestamp.json"), 2)


class Heard:
    """All that there is to hear, before anything is done about it."""

    def __init__(self, target: Callable[..., None], args: tuple, daemon: bool) -> None:
        self.start = lambda: target(*args)


class CommandLine(Case):
    def test_it_serves_until_nobody_asks_any_more(self) -> None:
        told = bulletin([posting()])
        self.portal.put_bulletin(told, self.k1)
        self.portal.put(f"{HERE}/changes?after=0", changes_page([event(1, "posted")], 1), self.k1)
        document, mark = json.dumps(told).encode(), self.k1.sign(json.dumps(told).encode())
        check = {
            "do": "check",
            "what": "bulletin",
            "document": to_base64(document),
            "signature": to_base64(mark),
            "keyid": self.k1.id,
        }
        commands: List[Any] = [{"do": "sync"}, {"do": "show"}, {"do": "changes"}, {"do": "keys"}, {"do": "bulletin"}, check]
        lines = [json.dumps({**command, "now": NOW}) for command in commands]
        lines += [
            "",
            "{",
            "[]",
            "null",
            '{"do":"dance"}',
            '{"do":"sync","now":"soon"}',
            "[" * 99999,
            "\udcff",
            json.dumps({"do": "show", "now": NEXT_DAY}),
        ]
        said = self.follower("serve", "\n".join(lines))
        self.assertEqual([answer["ok"] for answer in said], [True] * 6 + [False] * 7 + [True])
        self.assertEqual((said[1]["items"][0]["title"], said[1]["fresh"], said[-1]["fresh"]), ("Thông báo mot", True, False))
        self.assertEqual(said[2]["set"], [["a", 1]])

    def test_it_tries_once_and_shows(self) -> None:
        self.portal.put_bulletin(bulletin([posting()]), self.k1)
        self.assertEqual(self.follower("sync")[0]["number"], 10)
        self.assertEqual(self.follower("show")[0]["issued_at"], NOW)
        self.portal.close()
        self.assertEqual(self.follower("sync")[0]["reason"], "no-answer")

    def follower(self, verb: str, said: str = "") -> List[dict]:
        program = [sys.executable, str(Path(__file__).parent / "follower.py"), "--from", self.portal.address, "--unit", UNIT]
        program += ["--folder", str(self.folder), "--key", to_base64(self.k1.public), "--now", NOW, verb]
        ran = subprocess.run(
            program, input=said.encode("utf-8", "surrogateescape"), capture_output=True, timeout=60, check=False
        )
        self.assertEqual(ran.stderr, b"")
        return [json.loads(line) for line in ran.stdout.splitlines()]


if __name__ == "__main__":
    unittest.main()
