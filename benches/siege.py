#!/usr/bin/env python3
"""What strangers may do to a server that faces the network: 20,000 connections that say nothing, slow writers, readers
that never read, 10,000 addresses that do not exist, and broken requests of every sort. All the while an ordinary reader
asks for the front page. Prints the reader's times and the server's memory after each; ends with 1 when an answer was
lost or memory went beyond its bound.

    benches/siege.py [PROGRAM]        target/release/bangtin if not said; brings its own data folder
"""
import http.client, os, re, resource, socket, statistics, subprocess, sys, tempfile, time

root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
program = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.environ.get("CARGO_TARGET_DIR", os.path.join(root, "target")), "release", "bangtin")
IDLE, SLOW, DEAF, MISSING, BOUND_MB = 20_000, 1_000, 1_000, 10_000, 400
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))

home = tempfile.TemporaryDirectory()
settings = {**os.environ, "BANGTIN_VAR": f"{home.name}/var", "BANGTIN_CONTENT": f"{root}/content", "BANGTIN_LISTEN": "127.0.0.1:0", "BANGTIN_LOG_LEVEL": "error"}
server = subprocess.Popen([program], env=settings, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
port = next(int(found.group(1)) for line in server.stdout if (found := re.search(r"http://127\.0\.0\.1:(\d+)", line)))
lost, biggest = 0, 0


def memory():
    status = open(f"/proc/{server.pid}/status").read()
    return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) // 1024


def told(what):
    """An ordinary reader's fifty visits, each on a connection of its own."""
    global lost, biggest
    times = []
    for _ in range(50):
        began = time.perf_counter()
        try:
            reader = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            reader.request("GET", "/")
            answer = reader.getresponse()
            if answer.status != 200 or b"</html>" not in answer.read():
                lost += 1
            reader.close()
        except OSError:
            lost += 1
        times.append((time.perf_counter() - began) * 1000)
    biggest = max(biggest, memory())
    print(f"{what}: a reader's visit {statistics.median(times):.1f} ms, the slowest {max(times):.1f} ms; memory {memory()} MB", flush=True)


def connection():
    one = socket.socket()
    one.connect(("127.0.0.1", port))
    return one


told("nobody else")
# In processes of their own: one may not have so many files.
HOLD = "import socket, sys; held = [socket.create_connection((\"127.0.0.1\", int(sys.argv[1])), 30) for _ in range(int(sys.argv[2]))]; print(len(held), flush=True); sys.stdin.read()"
holders = [subprocess.Popen([sys.executable, "-c", HOLD, str(port), str(IDLE // 4)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)]
held = sum(int(holder.stdout.readline()) for holder in holders)
told(f"{held:,} connections that say nothing (the server may have {hard:,} files)")
for holder in holders:
    holder.communicate("")
slow = [connection() for _ in range(SLOW)]
for letter in b"GET / HTTP/1.1\r\nHost: ":
    for one in slow:
        try:
            one.send(bytes([letter]))
        except OSError:
            pass
    time.sleep(0.05)
told(f"{SLOW:,} slow writers")
for one in slow:
    one.close()
deaf = []
for _ in range(DEAF):
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    one.connect(("127.0.0.1", port))
    one.send(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 50)
    deaf.append(one)
told(f"{DEAF:,} readers that ask for 50 pages and read none")
for one in deaf:
    one.close()
walker = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
began = time.perf_counter()
for number in range(MISSING):
    walker.request("GET", f"/tin/khong-co-{number}")
    answer = walker.getresponse()
    answer.read()
    lost += answer.status != 404
    if answer.will_close:
        walker.close()
print(f"{MISSING:,} addresses that do not exist: {MISSING / (time.perf_counter() - began):,.0f} a second, one after another")
told(f"after {MISSING:,} addresses that do not exist")
broken = [
    b"GET / HTTP/1.1\r\nHost: x\r\nRange: bytes=99999999999999999999-1,,-\r\n\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nIf-None-Match: \"\xff\xfe,,,W/\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: " + b"br;q=9," * 2000 + b"\r\n\r\n", b"GET /%00%ff%c0%af..%2f..%2fetc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /" + b"a/" * 30_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"GET /../../../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"GET / HTTP/9.9\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\nx",
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nffffffffffffffff\r\n", b"GET /?trang=%F0%9F%92%A9&trang=-1 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 5000 + b"\r\n", b"GET /anh/" + b"0" * 64 + b"-480.webp HTTP/1.1\r\nHost: x\r\nRange: bytes=0-,1-,2-\r\n\r\n", bytes(range(256)) * 40,
]
for request in broken * 50:
    with connection() as one:
        one.settimeout(5)
        try:
            one.sendall(request)
            one.shutdown(socket.SHUT_WR)
            while one.recv(65536):
                pass
        except OSError:
            pass
told(f"after {len(broken) * 50} broken requests")
time.sleep(12)
told("when everybody has gone")
server.terminate()
ended = server.wait(30)
print(f"the server ended with {ended}; answers lost: {lost}; most memory seen: {biggest} MB, the bound is {BOUND_MB} MB")
sys.exit(lost > 0 or ended != 0 or biggest > BOUND_MB)
