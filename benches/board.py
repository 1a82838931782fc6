#!/usr/bin/env python3
"""A board, and a country of them: benches/board.py [PROGRAM] [PART…]

 idle      The mirror of a commune with 200 postings, left alone for a minute: memory, and how much of a core.
 traffic   What a quiet board costs its line in a day: all bytes both ways through a proxy, by what they were for.
 urgent    500 boards of 500 communes on the event stream; a province's urgent posting, until each has its bulletin.
 restart   3,321 boards that come back at once when the server does, while citizens read.
 watch     What it costs to look after 3,321 boards: nothing happening, and all of them missing an urgent posting.

target/release/bangtin if no program is said; all parts if none is. BOARDS=166 for fewer, on a slow machine or with a debug build.
Needs python3, nothing else; the askers share the machine with the server. Exit status 1 when a bound is passed: 40 MB and 1 %, 200 kB,
3 s (99th of a hundred), 50 ms (99th of a hundred), 3 % of a core.
"""
import asyncio, json, os, random, re, resource, shutil, signal, socket, sqlite3, statistics, subprocess, sys, tempfile, time

root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
program = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.environ.get("CARGO_TARGET_DIR", os.path.join(root, "target")), "release", "bangtin")
parts = sys.argv[2:] or ["idle", "traffic", "urgent", "restart", "watch"]
MOST = int(os.environ.get("BOARDS", "3321"))
IDLE, LISTENED, DAY = 60.0, 180.0, 86_400
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
FRONT = '+++\ntitle = "{}"\nkind = "{}"\nunit = "{}"\npublished = {}\n{}+++\n\n{}\n'
LONG = "Đoạn văn của một thông báo niêm yết ở xã, dài như ngoài đời. " * 30
passed = True


def told(name, text, is_good):
    global passed
    passed &= is_good
    print(f"{name}: {text}{'' if is_good else '   << beyond its bound'}", flush=True)


class Portal:
    """A portal of a province with so many communes."""

    def __init__(self, communes):
        self.home = tempfile.TemporaryDirectory()
        self.content = f"{self.home.name}/content"
        os.makedirs(f"{self.content}/postings")
        for name in ("site.toml", "holidays.toml", "posting-kinds.toml"):
            shutil.copy(f"{root}/content/{name}", self.content)
        rows = [f"99{number:04},2025-07-01,,Xã số {number},xa,99,xa-so-{number},true" for number in range(communes)]
        with open(f"{self.content}/units.csv", "w", encoding="utf-8") as file:
            file.write("code,valid_from,valid_until,name,type,parent_code,label,sample\n99,,,Hương Lúa,tinh,,huong-lua,true\n" + "\n".join(rows) + "\n")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.env = {**os.environ, "BANGTIN_VAR": f"{self.home.name}/var", "BANGTIN_CONTENT": self.content,
                    "BANGTIN_LISTEN": f"127.0.0.1:{self.port}", "BANGTIN_LOG_LEVEL": "error"}

    def write(self, slug, unit, more='period = "3000 days"\n', body="Nội dung niêm yết.", kind="cong-khai-khac", published="2026-11-02"):
        with open(f"{self.content}/postings/{slug}.md", "w", encoding="utf-8") as file:
            file.write(FRONT.format(slug, kind, unit, published, more, body))

    def bring_in(self):
        subprocess.run([program, "import", self.content], env=self.env, check=True, stdout=subprocess.DEVNULL)
        shutil.rmtree(f"{self.content}/postings")
        os.makedirs(f"{self.content}/postings")
        if os.path.exists(f"{self.content}/units.csv"):
            os.remove(f"{self.content}/units.csv")

    def start(self):
        self.server = subprocess.Popen([program], env=self.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for line in self.server.stdout:
            if "http://127.0.0.1" in line:
                return

    def stop(self):
        self.server.send_signal(signal.SIGTERM)
        self.server.wait()


def of_process(pid):
    """Seconds of a core, and megabytes of memory."""
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    memory = re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{pid}/status").read()).group(1)
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), int(memory) / 1024


def a_board(portal, port, code):
    board = subprocess.Popen([program, "board", "--from", f"http://127.0.0.1:{port}", "--unit", code, "--listen", "127.0.0.1:0",
                              "--in", f"{portal.home.name}/board-{port}"], env=portal.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return board, int(re.search(r":(\d+)/\s*$", board.stdout.readline()).group(1))


async def get(port, path, headers="", own=None):
    """The head and the body; on `own` connection, or one of this question's."""
    reader, writer = own or await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n{headers}\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    length = re.search(r"(?i)content-length: (\d+)", head)
    body = await reader.readexactly(int(length.group(1))) if length else b""
    if not own:
        writer.close()
    return head, body


async def settled(port):
    """Until a board has its bulletin and says that nothing is wrong."""
    while True:
        state = json.loads((await get(port, "/state.json"))[1])
        if state["content"] and not state["fault"]:
            return
        await asyncio.sleep(0.1)


async def idle():
    portal = Portal(2)
    for number in range(200):
        portal.write(f"bai-{number}", "990000", body=LONG)
    portal.bring_in()
    portal.start()
    board, port = a_board(portal, portal.port, "990000")
    await settled(port)
    # The screen asks as long as the board stands.
    began, (core, _) = time.perf_counter(), of_process(board.pid)
    most = 0.0
    while time.perf_counter() - began < IDLE:
        await get(port, "/state.json")
        most = max(most, of_process(board.pid)[1])
        await asyncio.sleep(2)
    share = (of_process(board.pid)[0] - core) / (time.perf_counter() - began) * 100
    told("idle", f"200 postings, its screen asking every other second, {IDLE:.0f} s: {most:.1f} MB, {share:.2f} % of a core", most < 40 and share < 1)
    board.kill(), board.wait()
    portal.stop()


class Counted:
    """A line that counts what it carries, by what was asked for on it."""

    def __init__(self, port):
        self.to, self.carried = port, []

    async def open(self):
        self.server = await asyncio.start_server(self.carry, "127.0.0.1", 0)
        return self.server.sockets[0].getsockname()[1]

    async def carry(self, reader, writer):
        portal_reader, portal_writer = await asyncio.open_connection("127.0.0.1", self.to)
        pieces = []
        self.carried.append(pieces)

        async def pump(source, target, is_asked):
            while piece := await source.read(65536):
                pieces.append((time.perf_counter(), is_asked, piece))
                target.write(piece)
            target.close()

        try:
            await asyncio.gather(pump(reader, portal_writer, True), pump(portal_reader, writer, False))
        except (OSError, asyncio.CancelledError):
            pass

    def exchanges(self, path):
        """Of each question for this: bytes asked and bytes answered."""
        found = []
        for pieces in self.carried:
            asked = None
            for _, is_asked, piece in pieces:
                if is_asked:
                    asked = path.encode() in piece.split(b"\r\n")[0]
                    if asked:
                        found.append([len(piece), 0])
                elif asked:
                    found[-1][1] += len(piece)
        return found


async def traffic():
    portal = Portal(2)
    for number in range(20):
        portal.write(f"bai-{number}", "990000", body=LONG)
    portal.bring_in()
    portal.start()
    line = Counted(portal.port)
    board, port = a_board(portal, await line.open(), "990000")
    await settled(port)
    await asyncio.sleep(LISTENED)
    stream = next(pieces for pieces in line.carried if pieces and b"/events" in pieces[0][2].split(b"\r\n")[0])
    beats = [(at, len(piece)) for at, is_asked, piece in stream if not is_asked and piece.endswith(b":\n\n\r\n")]
    opening = sum(len(piece) for _, is_asked, piece in stream) - sum(length for _, length in beats)
    every = (beats[-1][0] - beats[0][0]) / (len(beats) - 1)
    stamps = line.exchanges("/timestamp.json")
    stamp = statistics.mean(asked + answered for asked, answered in stamps)
    board.kill(), board.wait()
    portal.stop()
    # One that is not paired yet says the same of itself as one that is.
    tellings = line.exchanges("/990000/bang ")
    telling = statistics.mean(asked + answered for asked, answered in tellings)
    # Beside a stream, which lasts an hour, a board asks after 20 to 26 minutes each time, and says how it is after 22 to 29.
    asks, tells = DAY / (23 * 60), DAY / (25.5 * 60)
    day = {"heartbeats": DAY / every * statistics.mean(length for _, length in beats), "streams": 24 * opening, "timestamps": asks * stamp, "reports": tells * telling}
    text = ", ".join(f"{name} {size / 1000:.0f} kB" for name, size in day.items())
    told("traffic", f"in {LISTENED:.0f} s {len(beats)} heartbeats of {statistics.mean(length for _, length in beats):.0f} bytes every {every:.1f} s, a stream opened with {opening} bytes, "
         f"{len(stamps)} timestamps of {' and '.join(str(round(statistics.mean(side))) for side in zip(*stamps))} bytes asked and answered, {asks:.0f} a day; "
         f"{len(tellings)} reports of {' and '.join(str(round(statistics.mean(side))) for side in zip(*tellings))} bytes, {tells:.0f} a day; "
         f"in a day {sum(day.values()) / 1000:.0f} kB ({text}), as HTTP without TLS and TCP", sum(day.values()) < 200_000)


class Simulated:
    """Boards as the server sees them: each on the event stream, asking for timestamp and bulletin when it is told of anything new."""

    def __init__(self, port, count):
        self.port, self.count = port, count
        self.held, self.heard, self.there, self.stopped = {}, {}, set(), False

    def begin(self):
        self.tasks = [asyncio.create_task(self.stand(number)) for number in range(self.count)]

    async def until(self, is_so, most):
        until = time.perf_counter() + most
        while not is_so() and time.perf_counter() < until:
            await asyncio.sleep(0.02)
        return is_so()

    async def stand(self, number):
        code = f"99{number:04}"
        while not self.stopped:
            try:
                # No more than a thousand of one address are let listen.
                own = (f"127.0.1.{1 + number // 800}", 0)
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port, local_addr=own)
                writer.write(f"GET /bang-tin/{code}/events HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n\r\n".encode())
                while line := await reader.readline():
                    if not line.startswith(b"data:"):
                        continue
                    content = json.loads(line[5:])["content"]
                    if self.held.get(number) != content:
                        await self.hear(number, code)
                    self.there.add(number)
            except (OSError, asyncio.IncompleteReadError, ValueError):
                pass
            self.there.discard(number)
            await asyncio.sleep(random.random() * 0.2)

    async def hear(self, number, code):
        own = await asyncio.open_connection("127.0.0.1", self.port)
        packed = "accept-encoding: gzip\r\n"
        stamp = (await get(self.port, f"/bang-tin/{code}/timestamp.json", packed, own))[0]
        whole = (await get(self.port, f"/bang-tin/{code}/bulletin.json", packed, own))[0]
        own[1].close()
        assert stamp.startswith("HTTP/1.1 200") and whole.startswith("HTTP/1.1 200"), whole
        self.held[number] = re.search(r'(?i)etag: \S*?"([^"]+)"', whole).group(1)
        self.heard[number] = time.perf_counter()

    async def end(self):
        self.stopped = True
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


async def urgent():
    count = min(500, MOST)
    portal = Portal(count)
    portal.write("cua-tinh", "99", 'to = ["below"]\nperiod = "3000 days"\n')
    portal.bring_in()
    portal.start()
    boards = Simulated(portal.port, count)
    boards.begin()
    assert await boards.until(lambda: len(boards.there) == count, 120), f"{len(boards.there)} of {count} came"
    delays = []
    for number in range(3):
        boards.heard = {}
        # Not past: it hangs from now on.
        portal.write(f"khan-{number}", "99", 'to = ["below"]\npriority = "urgent"\nuntil = 2099-01-31T12:00:00\n', "Di dời ngay.", "thong-bao-khan")
        began = time.perf_counter()
        await asyncio.to_thread(portal.bring_in)
        assert await boards.until(lambda: len(boards.heard) == count, 60), f"{count - len(boards.heard)} were not told"
        delays += [at - began for at in boards.heard.values()]
    delays.sort()
    p99 = delays[int(len(delays) * 0.99)]
    told("urgent", f"{count} boards of {count} communes: a province's urgent posting, with the import that brought it, is in each one's bulletin: median "
         f"{statistics.median(delays):.2f} s, 99th of a hundred {p99:.2f} s, the last {delays[-1]:.2f} s", p99 < 3)
    await boards.end()
    portal.stop()


CITIZEN = """
import http.client, json, sys, time
port, paths, times = int(sys.argv[1]), ["/", "/niem-yet", "/don-vi", "/niem-yet/cua-tinh"], []
print("ready", flush=True)
sys.stdin.readline()
until = time.perf_counter() + float(sys.argv[2])
number = 0
while time.perf_counter() < until:
    began = time.perf_counter()
    try:
        one = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        one.request("GET", paths[number % len(paths)], headers={"user-agent": "Mozilla/5.0", "accept-encoding": "gzip"})
        answer = one.getresponse()
        answer.read()
        one.close()
    except ConnectionRefusedError:
        continue
    assert answer.status == 200, answer.status
    times.append((time.perf_counter() - began) * 1000)
    number += 1
    time.sleep(0.02)
print(json.dumps(times))
"""


async def restart():
    portal = Portal(MOST)
    portal.write("cua-tinh", "99", 'to = ["below"]\nperiod = "3000 days"\n')
    portal.bring_in()
    portal.start()
    boards = Simulated(portal.port, MOST)
    boards.begin()
    assert await boards.until(lambda: len(boards.there) == MOST, 300), f"{len(boards.there)} of {MOST} came"
    citizen = subprocess.Popen([sys.executable, "-c", CITIZEN, str(portal.port), "20"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    citizen.stdout.readline()
    await asyncio.to_thread(portal.stop)
    await boards.until(lambda: not boards.there, 30)
    await asyncio.to_thread(portal.start)
    began = time.perf_counter()
    citizen.stdin.write("\n"), citizen.stdin.flush()
    assert await boards.until(lambda: len(boards.there) == MOST, 300), f"{len(boards.there)} of {MOST} came back"
    took = time.perf_counter() - began
    times = sorted(json.loads(await asyncio.to_thread(citizen.stdout.read)))
    memory = of_process(portal.server.pid)[1]
    p99 = times[int(len(times) * 0.99)]
    told("restart", f"{MOST:,} boards of as many communes come back at once within {took:.1f} s; citizens meanwhile and after, {len(times)} pages in 20 s: median "
         f"{statistics.median(times):.1f} ms, 99th of a hundred {p99:.1f} ms, the slowest {times[-1]:.1f} ms; memory {memory:.0f} MB", p99 < 50)
    await boards.end()
    portal.stop()


async def watch():
    portal = Portal(MOST)
    portal.write("cua-tinh", "99", 'to = ["below"]\nperiod = "3000 days"\n')
    portal.bring_in()
    version = subprocess.run([program, "--version"], capture_output=True, text=True).stdout.split()[-1]
    told_of = json.dumps({"version": version, "number": 1 << 40, "clock": "sure", "is_visible": True})
    now = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime())
    with sqlite3.connect(f"{portal.home.name}/var/bangtin.sqlite") as store:
        for number, (unit, code) in enumerate(store.execute("SELECT id, code FROM units WHERE code <> '99'").fetchall(), 1):
            store.execute("INSERT INTO places VALUES (?, ?, 'bang', 'screens', 'Bảng ở trụ sở', '', '', '', ?, '2025-07-01', NULL, ?)", (number, unit, f"{number:08}", now))
            store.execute("INSERT INTO boards VALUES (?, ?, ?, ?, '', ?, ?, ?, 'x', NULL, 1, ?, ?, '[]', 0, 1440)", (number, str(number), str(number), code, now, number, now, now, told_of))
    portal.start()
    share = []
    for text, wait in (("at first", 20), ("then", 60)):
        began, core = time.perf_counter(), of_process(portal.server.pid)[0]
        await asyncio.sleep(wait)
        share.append((of_process(portal.server.pid)[0] - core) / (time.perf_counter() - began) * 100)
    portal.write("khan", "99", 'to = ["below"]\npriority = "urgent"\nuntil = 2099-01-31T12:00:00\n', "Di dời ngay.", "thong-bao-khan", "2026-11-02")
    await asyncio.to_thread(portal.bring_in)
    with sqlite3.connect(f"{portal.home.name}/var/bangtin.sqlite", timeout=30) as store:
        # As if it had hung, and the boards had stood there, for an hour.
        store.execute("UPDATE boards SET paired_at = datetime(paired_at, '-1 hour')")
        store.execute("UPDATE editions SET shown_from = datetime(shown_from, '-1 hour') WHERE priority = 2")
    began, core, raised = time.perf_counter(), of_process(portal.server.pid)[0], 0
    while raised < MOST and time.perf_counter() - began < 120:
        await asyncio.sleep(0.5)
        with sqlite3.connect(f"{portal.home.name}/var/bangtin.sqlite", timeout=30) as store:
            raised = store.execute("SELECT count(*) FROM board_alarms WHERE what = 'urgent'").fetchone()[0]
    took = time.perf_counter() - began
    began, core = time.perf_counter(), of_process(portal.server.pid)[0]
    await asyncio.sleep(60)
    share.append((of_process(portal.server.pid)[0] - core) / (time.perf_counter() - began) * 100)
    told("watch", f"{MOST:,} boards: {share[0]:.1f} % of a core in the first 20 s, then {share[1]:.2f} %; an urgent posting on none of them: {raised:,} alarms raised within "
         f"{took:.0f} s, then {share[2]:.1f} % while it is missing", share[1] < 3 and raised == MOST)
    portal.stop()


async def main():
    for part in parts:
        await {"idle": idle, "traffic": traffic, "urgent": urgent, "restart": restart, "watch": watch}[part]()


asyncio.run(main())
sys.exit(0 if passed else 1)
