"""What a try is answered with: whatever comes over the line, and whatever it makes go wrong here, never ends the follower."""

from __future__ import annotations

import subprocess
from typing import Callable

from notation import NOT_UNDERSTOOD, Refused

# No reason of §8.5: our own disk or our own openssl has failed, and nobody else is to blame.
BROKEN = "broken"


def answered(verb: Callable[[], dict]) -> dict:
    try:
        return verb()
    except Refused as refused:
        answer: dict = {"ok": False, "reason": refused.reason, "detail": refused.detail}
        if refused.retry_after:
            answer["retry_after"] = refused.retry_after
        return answer
    except (OSError, subprocess.SubprocessError) as error:
        return {"ok": False, "reason": BROKEN, "detail": f"{type(error).__name__}: {error}"[:300]}
    except Exception as error:  # A mistake of ours in reading what came: it was not understood.
        return {"ok": False, "reason": NOT_UNDERSTOOD, "detail": f"{type(error).__name__}: {error}"[:300]}
