"""An invented portal for the tests: it signs with real keys and can do everything wrong that a line or a liar can do."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional

from notation import digest_of, to_base64
from signature import key_id

UNIT = "99001"
SERIES = "01930000-0000-7000-8000-000000000001"
NEXT_SERIES = "01940000-0000-7000-8000-000000000001"


class Signer:
    """A key as a portal has it."""

    def __init__(self, folder: Path, name: str) -> None:
        self.path = folder / f"{name}.pem"
        self.folder = folder
        run("genpkey", "-algorithm", "ed25519", "-out", str(self.path))
        self.public = run("pkey", "-in", str(self.path), "-pubout", "-outform", "DER")[-32:]
        self.id = key_id(self.public)

    def sign(self, document: bytes) -> bytes:
        text = self.folder / "to-sign"
        text.write_bytes(document)
        return run("pkeyutl", "-sign", "-inkey", str(self.path), "-rawin", "-in", str(text))

    def entry(self, by: "Optional[Signer]" = None, until: Optional[str] = None, since: str = "2026-01-01T00:00:00Z") -> dict:
        public = to_base64(self.public)
        text = f"bangtin-key-1\n{self.id}\n{public}\n{since}\n".encode()
        return {
            "id": self.id,
            "alg": "Ed25519",
            "public": public,
            "pem": "",
            "since": since,
            "until": until,
            "endorsed_by": by.id if by else None,
            "endorsement": to_base64(by.sign(text)) if by else None,
            "revocation": None,
        }

    def revoked(self, entry: dict, at: str = "2026-06-01T00:00:00Z") -> dict:
        """The entry of another key, revoked by this one."""
        text = f"bangtin-revocation-1\n{entry['id']}\n{at}\n".encode()
        revocation = {"at": at, "by": self.id, "reason": "lost", "signature": to_base64(self.sign(text))}
        return {**entry, "revocation": revocation}


def run(*arguments: str) -> bytes:
    return subprocess.run(["openssl", *arguments], check=True, capture_output=True).stdout


# --- Documents ---


def keys_document(keys: List[dict], issued_at: str = "2026-11-23T08:00:00+07:00", **more: Any) -> dict:
    return {
        "protocol": "bangtin/1",
        "kind": "portal",
        "name": "Cổng thử",
        "address": "https://portal.example",
        "series": SERIES,
        "issued_at": issued_at,
        "ask_every_seconds": 10,
        "most_wait_seconds": 25,
        "keys": keys,
        **more,
    }


def posting(name: str = "mot", **more: Any) -> dict:
    item = {
        "id": f"https://portal.example/niem-yet/{name}",
        "edition": 1,
        "from": "2026-11-01T00:00:00+07:00",
        "until": None,
        "title": f"Thông báo {name}",
        "html": f"<p>Lời của {name}</p>",
        "files": [],
        **more,
    }
    return {**item, "digest": digest_of(item)}


def attached(octets: bytes, **more: Any) -> dict:
    sha256 = hashlib.sha256(octets).hexdigest()
    url = f"https://portal.example/bang-tin/{UNIT}/tep/{sha256}/t%E1%BB%87p.pdf"
    return {
        "name": "../../tệp.pdf",
        "title": "Tệp",
        "url": url,
        "bytes": len(octets),
        "sha256": sha256,
        "until": None,
        **more,
    }


def bulletin(items: List[dict], number: int = 10, issued_at: str = "2026-11-23T08:00:00+07:00", **more: Any) -> dict:
    shape = json.dumps([items, more.get("articles", [])], sort_keys=True).encode()
    return {
        "protocol": "bangtin/1",
        "kind": "bulletin",
        "portal": {"name": "Cổng thử", "address": "https://portal.example"},
        "unit": {"code": UNIT, "name": "xã Đông Kiều"},
        "series": SERIES,
        "number": number,
        "content": hashlib.sha256(shape).hexdigest(),
        "issued_at": issued_at,
        "fresh_until": "2026-11-23T08:05:00+07:00",
        "horizon": "2026-11-30T08:00:00+07:00",
        "items": items,
        "articles": [],
        "figures": [],
        **more,
    }


def timestamp_of(told: dict, **more: Any) -> dict:
    kept = {name: told[name] for name in ("series", "number", "content", "issued_at", "fresh_until")}
    return {"protocol": "bangtin/1", "kind": "timestamp", "unit": {"code": UNIT}, **kept, **more}


def changes_page(events: List[dict], after: int, more: bool = False, number: int = 10, **other: Any) -> dict:
    return {
        "protocol": "bangtin/1",
        "kind": "changes",
        "unit": {"code": UNIT},
        "series": SERIES,
        "number": number,
        "issued_at": "2026-11-23T08:00:00+07:00",
        "events": events,
        "next": f"/bang-tin/{UNIT}/changes?after={after}",
        "more": more,
        **other,
    }


def event(position: int, kind: str, name: str = "a", edition: int = 1, at: str = "2026-11-23T08:00:00+07:00") -> dict:
    return {"position": position, "at": at, "type": kind, "id": name, "edition": edition}


# --- The portal on the line ---


class Served:
    """What one address answers with."""

    def __init__(self, octets: bytes, signature: Optional[str] = None, status: int = 200, **headers: Any) -> None:
        self.octets = octets
        self.signature = signature
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.etag = f'"{hashlib.sha256(octets).hexdigest()[:16]}"'
        # After so many bytes of this answer the line breaks, once.
        self.cut_after: Optional[int] = None


class Portal:
    def __init__(self) -> None:
        self.served: Dict[str, Served] = {}
        # (target, Range or None, If-None-Match or None, status, bytes sent)
        self.asked: List[tuple] = []
        self.before: Callable[[str], object] = lambda target: None
        portal = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                portal.answer(self)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def put(self, target: str, document: Any, signer: Signer) -> Served:
        octets = document if isinstance(document, bytes) else json.dumps(document, ensure_ascii=False).encode()
        field = f'keyid="{signer.id}", sig=:{to_base64(signer.sign(octets))}:, address="{target}.sig?of=x"'
        self.served[target] = Served(octets, field)
        return self.served[target]

    def put_bulletin(self, told: dict, signer: Signer, **stamp: Any) -> None:
        self.put(f"/bang-tin/{UNIT}/bulletin.json", told, signer)
        self.put(f"/bang-tin/{UNIT}/timestamp.json", timestamp_of(told, **stamp), signer)

    def answer(self, line: BaseHTTPRequestHandler) -> None:
        target = line.path
        self.before(target)
        served = self.served.get(target) or self.served.get(target.split("?")[0])
        ranged, known = line.headers.get("Range"), line.headers.get("If-None-Match")
        if served is None:
            self.asked.append((target, ranged, known, 404, 0))
            line.send_error(404)
            return
        status, octets, headers = served.status, served.octets, dict(served.headers)
        if known == served.etag:
            status, octets = 304, b""
        elif ranged and line.headers.get("If-Range") == served.etag:
            first = int(re.fullmatch(r"bytes=(\d+)-", ranged)[1])  # type: ignore[index]
            if first >= len(octets):
                status, octets = 416, b""
            else:
                headers["Content-Range"] = f"bytes {first}-{len(octets) - 1}/{len(octets)}"
                status, octets = 206, octets[first:]
        digest = to_base64(hashlib.sha256(octets).digest())
        headers = {
            "ETag": served.etag,
            "Content-Length": str(len(octets)),
            "Content-Digest": f"sha-256=:{digest}:",
            **headers,
        }
        if served.signature:
            headers["Bulletin-Signature"] = served.signature
        sent = octets if served.cut_after is None else octets[: served.cut_after]
        served.cut_after = None
        self.asked.append((target, ranged, known, status, len(sent)))
        line.send_response(status)
        for name, value in headers.items():
            if value:
                line.send_header(name, value)
        line.end_headers()
        # A follower that has seen enough hangs up.
        with contextlib.suppress(ConnectionError):
            line.wfile.write(sent)
        line.close_connection = True
