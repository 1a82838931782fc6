#!/usr/bin/env python3
"""Those who follow a bulletin, on one machine with the server: benches/bulletin.py [PROGRAM]

 1. A bulletin of 200 postings made cold, for communes that nobody has asked before.
 2. 10,000 followers, each on a connection of its own, that ask every 10 seconds whether there is anything new.
 3. 500 listeners on the event stream, 50 of which never read, and an urgent posting that must reach all who do.
 4. The server stopped and started again under all of them: whoever was there hears of what was posted meanwhile.
 5. A posting of a province for all below it, with 166 communes and with 3,321.

target/release/bangtin if no program is said; it brings its own data folder. Needs python3 and, for 2, 25,000 open files.
Exit status 1 when a bound is passed: 20 ms, 5 ms (99th of a hundred), 2 s, nobody lost, a third more.
"""
import http.client, json, os, random, re, resource, selectors, shutil, signal, socket, statistics, subprocess, sys, tempfile, threading, time

root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
program = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.environ.get("CARGO_TARGET_DIR", os.path.join(root, "target")), "release", "bangtin")
FOLLOWERS, EVERY, SECONDS, LISTENERS, DEAF = 10_000, 10.0, 30.0, 500, 50
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
FRONT = '+++\ntitle = "{}"\nkind = "{}"\nunit = "{}"\npublished = 2026-11-02\n{}+++\n\n{}\n'
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
        self.written = []

    def write(self, slug, unit, more="", body="Nội dung niêm yết.", kind="cong-khai-khac"):
        path = f"{self.content}/postings/{slug}.md"
        with open(path, "w", encoding="utf-8") as file:
            file.write(FRONT.format(slug, kind, unit, more, body))
        self.written.append(path)

    def bring_in(self):
        """How long it took, in seconds; what was brought in is not looked at again."""
        began = time.perf_counter()
        subprocess.run([program, "import", self.content], env=self.env, check=True, stdout=subprocess.DEVNULL)
        took = time.perf_counter() - began
        for path in self.written:
            os.remove(path)
        self.written = []
        return took

    def start(self):
        self.server = subprocess.Popen([program], env=self.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for line in self.server.stdout:
            if "http://127.0.0.1" in line:
                return

    def stop(self):
        self.server.send_signal(signal.SIGTERM)
        self.server.wait()

    def memory(self):
        status = open(f"/proc/{self.server.pid}/status").read()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) // 1024

    def ask(self, path, headers={}):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        began = time.perf_counter()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        took = (time.perf_counter() - began) * 1000
        connection.close()
        return took, answer, body


def followers(portal, code):
    """Each asks at an instant of its own within every ten seconds; the time from the question to the whole answer."""
    _, answer, _ = portal.ask(f"/bang-tin/{code}/timestamp.json")
    _, answer, _ = portal.ask(f"/bang-tin/{code}/timestamp.json")
    selector, sent, times, strange = selectors.DefaultSelector(), {}, [], 0
    marks, pieces = {}, {}
    # Whoever connects asks at once.
    connections = [None] * FOLLOWERS
    began = time.perf_counter()
    due = sorted((random.random() * EVERY, number) for number in range(FOLLOWERS))
    place, turn = 0, 0
    while True:
        now = time.perf_counter() - began
        if now > SECONDS:
            break
        while True:
            at, number = due[place]
            if at + turn * EVERY > now:
                break
            one = connections[number]
            if one is None:
                one = connections[number] = socket.create_connection(("127.0.0.1", portal.port), 30)
                one.setblocking(False)
                selector.register(one, selectors.EVENT_READ, number)
                marks[one] = answer.headers["ETag"]
            if one not in sent:
                sent[one] = time.perf_counter()
                one.send(f"GET /bang-tin/{code}/timestamp.json HTTP/1.1\r\nhost: x\r\nif-none-match: {marks[one]}\r\n\r\n".encode())
            place += 1
            if place == FOLLOWERS:
                place, turn = 0, turn + 1
        for key, _ in selector.select(0.001):
            one = key.fileobj
            try:
                data = one.recv(65536)
            except OSError:
                data = b""
            if not data:
                # The server lets go of who is silent for long: whoever asks again comes again.
                number = key.data
                selector.unregister(one)
                one.close()
                lost = sent.pop(one, None)
                pieces.pop(one, None)
                again = socket.create_connection(("127.0.0.1", portal.port), 30)
                again.setblocking(False)
                selector.register(again, selectors.EVENT_READ, number)
                connections[number], marks[again] = again, marks.pop(one)
                strange += lost is not None
                continue
            # An answer may come in pieces.
            data = pieces.pop(one, b"") + data
            head, ended, body = data.partition(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length: (\d+)", head)
            if not ended or (head.startswith(b"HTTP/1.1 200") and len(body) < int(length.group(1))):
                pieces[one] = data
                continue
            if one in sent:
                times.append((time.perf_counter() - sent.pop(one)) * 1000)
            if head.startswith(b"HTTP/1.1 200"):
                # Once a minute it is signed anew.
                marks[one] = re.search(rb"(?i)etag: (\S+)", head).group(1).decode()
            elif not head.startswith(b"HTTP/1.1 304"):
                strange += 1
    for one in connections:
        one.close()
    times.sort()
    p99 = times[int(len(times) * 0.99)]
    told("followers", f"{FOLLOWERS:,} asking every {EVERY:.0f} s, {len(times):,} answers: median {statistics.median(times):.2f} ms, "
         f"99th {p99:.2f} ms, the slowest {times[-1]:.1f} ms; {strange} strange; memory {portal.memory()} MB", p99 < 5 and strange == 0)


class Listeners:
    """They come again by themselves, at an instant drawn at random, as the protocol prescribes."""

    def __init__(self, portal, code, count):
        self.portal, self.code, self.count = portal, code, count
        self.heard, self.stopped = {}, False
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def connect(self, selector, number):
        one = socket.socket()
        one.settimeout(2)
        try:
            one.connect(("127.0.0.1", self.portal.port))
            one.send(f"GET /bang-tin/{self.code}/events HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n\r\n".encode())
        except OSError:
            one.close()
            return False
        one.setblocking(False)
        selector.register(one, selectors.EVENT_READ, [number, b""])
        return True

    def run(self):
        selector = selectors.DefaultSelector()
        again = [(0.0, number) for number in range(self.count)]
        while not self.stopped:
            now = time.perf_counter()
            waiting = []
            for at, number in again:
                if at > now or not self.connect(selector, number):
                    waiting.append((at if at > now else now + random.random() * 2, number))
            again = waiting
            for key, _ in selector.select(0.01):
                number, held = key.data
                try:
                    data = key.fileobj.recv(65536)
                except OSError:
                    data = b""
                if not data:
                    selector.unregister(key.fileobj)
                    key.fileobj.close()
                    again.append((time.perf_counter() + random.random() * 2, number))
                    continue
                key.data[1] = held = (held + data)[-4096:]
                found = re.findall(rb'"content":"([0-9a-f]{64})"', held)
                if found:
                    self.heard[number] = (found[-1].decode(), time.perf_counter()) if self.heard.get(number, ("",))[0] != found[-1].decode() else self.heard[number]

    def all_heard(self, content, most):
        until = time.perf_counter() + most
        while time.perf_counter() < until:
            times = [at for known, at in list(self.heard.values()) if known == content]
            if len(times) == self.count:
                return times
            time.sleep(0.01)
        return [at for known, at in list(self.heard.values()) if known == content]


def content_of(portal, code):
    return json.loads(portal.ask(f"/bang-tin/{code}/timestamp.json")[2])["content"]


portal = Portal(166)
LONG = "Đoạn văn của một thông báo niêm yết ở xã, dài như ngoài đời. " * 30
for number in range(200):
    portal.write(f"cua-tinh-{number}", "99", 'to = ["below"]\nperiod = "3000 days"\n', LONG)
portal.bring_in()
portal.start()
portal.ask("/bang-tin/990000/bulletin.json")
cold = [portal.ask(f"/bang-tin/99{number:04}/bulletin.json") for number in range(1, 41)]
assert all(json.loads(body)["items"].__len__() == 200 for _, _, body in cold)
times = sorted(took for took, _, _ in cold)
size = len(cold[0][2]) // 1024
told("snapshot", f"200 postings, {size} KB, cold, for 40 communes: median {statistics.median(times):.1f} ms, the slowest {times[-1]:.1f} ms",
     statistics.median(times) < 20)
followers(portal, "990000")

before = portal.memory()
deaf = []
for _ in range(DEAF):
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    one.connect(("127.0.0.1", portal.port))
    one.send(b"GET /bang-tin/990000/events HTTP/1.1\r\nhost: x\r\n\r\n")
    deaf.append(one)
listeners = Listeners(portal, "990000", LISTENERS)
assert len(listeners.all_heard(content_of(portal, "990000"), 30)) == LISTENERS, "not all are there"
delays = []
for number in range(3):
    portal.write(f"khan-{number}", "990000", 'priority = "urgent"\nuntil = 2027-01-31T12:00:00\n', "Di dời ngay.", "thong-bao-khan")
    began = time.perf_counter()
    portal.bring_in()
    times = listeners.all_heard(content_of(portal, "990000"), 10)
    delays += [at - began for at in times]
    assert len(times) == LISTENERS, f"{LISTENERS - len(times)} were not told"
delays.sort()
p99 = delays[int(len(delays) * 0.99)]
told("listeners", f"{LISTENERS} on the event stream beside {DEAF} that never read: an urgent posting, with the import that brought it, at the 99th of a hundred "
     f"after {p99:.2f} s, at the last {delays[-1]:.2f} s; memory {before} MB before, {portal.memory()} MB with them", p99 < 2)

portal.stop()
portal.write("trong-luc-dung", "990000", 'period = "3000 days"\n')
portal.bring_in()
portal.start()
began = time.perf_counter()
times = listeners.all_heard(content_of(portal, "990000"), 60)
told("restart", f"under them all: {len(times)} of {LISTENERS} heard of what was posted meanwhile, the last {max(times) - began:.1f} s after the start", len(times) == LISTENERS)
listeners.stopped = True
listeners.thread.join()
portal.stop()

costs = {}
for communes in (166, 3_321):
    wide = Portal(communes)
    wide.write("dau-tien", "99", 'to = ["below"]\nperiod = "3000 days"\n')
    wide.bring_in()
    wide.start()
    wide.ask("/bang-tin/990000/bulletin.json")
    took, first = [], []
    for number in range(7):
        wide.write(f"cua-tinh-{number}", "99", 'to = ["below"]\nperiod = "3000 days"\n')
        os.path.exists(f"{wide.content}/units.csv") and os.remove(f"{wide.content}/units.csv")
        took.append(wide.bring_in() * 1000)
        first.append(wide.ask("/bang-tin/990000/bulletin.json")[0])
    costs[communes] = (statistics.median(took), statistics.median(first))
    wide.stop()
(few, few_first), (many, many_first) = costs[166], costs[3_321]
told("breadth", f"a province's posting: import {few:.0f} ms with 166 communes, {many:.0f} ms with 3,321; a commune's next bulletin {few_first:.1f} and {many_first:.1f} ms",
     many_first < few_first * 1.34 + 1)
sys.exit(0 if passed else 1)
