"""The folder in which a follower keeps what it holds, so that it can be killed at any instant.

Each thing is one sealed file, swapped by one rename: what is read back is the old or the new. Keys lie apart from the
bulletin: losing one does not lose the other. Files lie under their digest, never under a name that somebody sent.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Dict, Iterator, List, Optional, Set, Tuple

from notation import Refused, instant

try:
    import fcntl
except ImportError:  # Where there is none, one follower to a folder is the caller's care.
    fcntl = None  # type: ignore[assignment]

_CHUNK = 1 << 20


class Folder:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.noticed: List[str] = []
        # Files that were read through in this run, by what would change if their bytes did.
        self._sound: Dict[str, tuple] = {}
        for room in (path, path / "files", path / "parts", path / "room"):
            room.mkdir(parents=True, exist_ok=True)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """One at a time, for whatever writes. The system lets go of it when its holder dies."""
        with open(self.path / "lock", "w", encoding="ascii") as lock:
            if fcntl is not None:
                fcntl.flock(lock, fcntl.LOCK_EX)
            self._clear()
            yield

    def _clear(self) -> None:
        """What a killed one left half written."""
        for left in self.path.glob("*.new"):
            left.unlink()
        for left in (self.path / "room").iterdir():
            shutil.rmtree(left, ignore_errors=True)

    # --- Sealed files: a line with the digest of the rest, a line of JSON, then bytes as they came ---

    def keep(self, name: str, about: dict, octets: bytes = b"") -> None:
        sealed = json.dumps(about, sort_keys=True).encode("ascii") + b"\n" + octets
        digest = hashlib.sha256(sealed).hexdigest().encode("ascii")
        fresh = self.path / f"{name}.new"
        with open(fresh, "wb") as out:
            out.write(digest + b"\n" + sealed)
            out.flush()
            os.fsync(out.fileno())
        os.replace(fresh, self.path / name)
        _settle(self.path)

    def kept(self, name: str) -> Optional[Tuple[dict, bytes]]:
        """None where there is none, or none that can be read; the second is noticed."""
        try:
            whole = (self.path / name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            self.unreadable(name, str(error))
            return None
        digest, _, sealed = whole.partition(b"\n")
        if hashlib.sha256(sealed).hexdigest().encode("ascii") != digest:
            self.unreadable(name, "its bytes are not those that were written")
            return None
        about, _, octets = sealed.partition(b"\n")
        return json.loads(about), octets

    def unreadable(self, name: str, why: str) -> None:
        said = f"{name} is unreadable and treated as none: {why}"
        if said not in self.noticed:
            self.noticed.append(said)
            print(said, file=sys.stderr, flush=True)

    def drop(self, name: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            (self.path / name).unlink()
            _settle(self.path)

    # --- Files, by digest ---

    def has_file(self, sha256: str, length: int) -> bool:
        path = self.path / "files" / sha256
        try:
            found = path.stat()
        except OSError:
            return False
        now = (found.st_size, found.st_mtime_ns, found.st_ino)
        if found.st_size != length:
            return False
        if self._sound.get(sha256) != now:
            if digest_of_file(path) != sha256:
                self.unreadable(f"files/{sha256}", "its bytes are not those of its name")
                return False
            self._sound[sha256] = now
        return True

    def keep_file(self, sha256: str, part: Path) -> None:
        with open(part, "rb") as whole:
            os.fsync(whole.fileno())
        os.replace(part, self.path / "files" / sha256)
        _settle(self.path / "files")

    def keep_only(self, wanted: Set[str]) -> None:
        """§8.4: also what is half fetched of what nobody names any more."""
        for kept in (self.path / "files").iterdir():
            if kept.name not in wanted:
                kept.unlink()
                self._sound.pop(kept.name, None)
        for part in (self.path / "parts").iterdir():
            if part.name.split(".")[0] not in wanted | {"bulletin"}:
                part.unlink()

    def part(self, name: str) -> "Part":
        return Part(self.path / "parts" / name)


class Part:
    """A download as far as it has come. Nothing vouches for it until it is whole and has been verified."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._about = path.with_name(path.name + ".about")

    def begun(self, target: str, now: datetime) -> Tuple[int, dict]:
        """How much there is of what is to be got now, and what was said of it."""
        try:
            about = json.loads(self._about.read_bytes())
            if about["target"] != target or not isinstance(about["etag"], str) or not self.recent(now):
                return 0, {}
            return self.path.stat().st_size, about
        except (OSError, ValueError, KeyError, TypeError):
            return 0, {}

    def recent(self, now: datetime) -> bool:
        """Words do not outlive a day in a half fetched document (§10)."""
        try:
            return abs(now - instant(json.loads(self._about.read_bytes())["at"])) < timedelta(days=1)
        except (OSError, ValueError, KeyError, TypeError, Refused):
            return False

    def begin(self, about: dict) -> None:
        # In this order: bytes of one version never lie under the name of another, whenever this is killed.
        self.drop()
        self.path.write_bytes(b"")
        self._about.write_text(json.dumps(about), encoding="ascii")

    def drop(self) -> None:
        for path in (self._about, self.path):
            with contextlib.suppress(FileNotFoundError):
                path.unlink()


def digest_of_file(path: Path) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as whole:
        for chunk in iter(lambda: whole.read(_CHUNK), b""):
            digest.update(chunk)
    return digest.hexdigest()


def _settle(path: Path) -> None:
    """A rename lasts through a power cut only once its folder is on the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
