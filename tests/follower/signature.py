"""Ed25519, checked with the `openssl` command (§2). This follower signs nothing and holds no secret."""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
from pathlib import Path

from notation import to_base64

# What stands before the 32 bytes in a SubjectPublicKeyInfo of Ed25519 (RFC 8410). The PEM is made from the bytes that
# `id` vouches for; the field `pem` of §3 is vouched for by nothing.
_PREFIX = bytes.fromhex("302a300506032b6570032100")
_PRIME = 2**255 - 19
# Second coordinates of the eight points of small order: under such a key one signature holds for many documents.
_WEAK = {
    int.from_bytes(bytes.fromhex(point), "little")
    for point in (
        "00" * 32,
        "01" + "00" * 31,
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ec" + "ff" * 30 + "7f",
    )
}
# RFC 8032, 7.1, test 2.
_KNOWN = tuple(
    bytes.fromhex(text)
    for text in (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    )
)


def key_id(public: bytes) -> str:
    """§3."""
    return hashlib.sha256(public).hexdigest()[:16]


def weak(public: bytes) -> bool:
    """§2: no key at all, or one of small order, in whatever way it is written."""
    if len(public) != 32:
        return True
    return (int.from_bytes(public, "little") & (2**255 - 1)) % _PRIME in _WEAK


def pem(public: bytes) -> bytes:
    return f"-----BEGIN PUBLIC KEY-----\n{to_base64(_PREFIX + public)}\n-----END PUBLIC KEY-----\n".encode("ascii")


class Openssl:
    """Asks `openssl`, which refuses malleable signatures by itself. Its files lie in `room`, where the next start clears up."""

    def __init__(self, room: Path) -> None:
        self.room = room

    def works(self) -> bool:
        """Says no to a command that is missing, too old, or that says yes to everything."""
        public, message, signature = _KNOWN
        try:
            return self(public, message, signature) and not self(public, message + b"!", signature)
        except (OSError, subprocess.SubprocessError):
            return False

    def __call__(self, public: bytes, document: bytes, signature: bytes) -> bool:
        if weak(public) or len(signature) != 64 or not document:
            return False
        with tempfile.TemporaryDirectory(dir=self.room) as folder:
            key, text, mark = (Path(folder) / name for name in ("key.pem", "document", "signature"))
            key.write_bytes(pem(public))
            text.write_bytes(document)
            mark.write_bytes(signature)
            verdict = subprocess.run(
                [
                    "openssl",
                    "pkeyutl",
                    "-verify",
                    "-pubin",
                    "-inkey",
                    str(key),
                    "-rawin",
                    "-in",
                    str(text),
                    "-sigfile",
                    str(mark),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=120,
                check=False,
            )
        return verdict.returncode == 0
