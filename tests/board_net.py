#!/usr/bin/env python3
"""Boards on hosts of their own: tests/board_net.py PROGRAM

A portal and two boards, each in a network namespace, with a cable between the portal and each board. The cable is pulled, the line is slow
and drops, a captive portal or an ill server answers in the portal's place, the name is not found, the board's host gets another
address, power goes. After each step what a board shows (/bulletin.json, /state.json) is what this script says it must show.

As root it must work, and fails where it cannot. Anybody else becomes root in a name space of users where the system lets them;
where it does not, this is said, and left out. Nothing is seen of it outside: everything stands in a name space of its own.
"""
import ctypes, datetime, hashlib, http.client, json, os, random, re, shutil, signal, socket, struct, subprocess, sys, tempfile, threading, time

INSIDE, NAME, PORT, PATIENCE = "BOARD_NET_INSIDE", "cong.example", 8080, 120
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")


# ---- the line ----------------------------------------------------------------------------------------------------------------------

def line(folder):
    """Carries what boards ask to the portal, as the file of each board says: fair, slow, lossy, captive, ill, cut."""
    door = socket.create_server(("0.0.0.0", PORT), backlog=64)
    page = b"<html><title>Wi-Fi</title>Ch\xc3\xa0o m\xe1\xbb\xabng</html>"
    answers = {
        "captive": b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: %d\r\nconnection: close\r\n\r\n%s" % (len(page), page),
        "ill": b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
    }

    def weather(board):
        with open(f"{folder}/{board}") as file:
            return file.read().split()

    def reset(one):
        # Not a polite end: what is under way is lost.
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        one.close()

    def carry(source, target, board, began):
        try:
            while True:
                source.settimeout(0.2)
                try:
                    piece = source.recv(1400)
                except TimeoutError:
                    piece = None
                now = weather(board)
                if now != began:
                    break
                if piece is None:
                    continue
                if not piece:
                    return target.shutdown(socket.SHUT_WR)
                if now[0] == "slow":
                    time.sleep(0.02)
                if now[0] == "lossy":
                    time.sleep(random.random() * 0.01)
                    if random.random() < 0.02:
                        break
                target.sendall(piece)
        except OSError:
            pass
        for one in (source, target):
            try:
                reset(one)
            except OSError:
                pass

    def serve(asker, board):
        began = weather(board)
        try:
            if began[0] == "cut":
                return reset(asker)
            if began[0] in answers:
                asker.settimeout(10)
                asker.recv(65536)
                asker.sendall(answers[began[0]])
                return asker.close()
            portal = socket.create_connection(("127.0.0.1", PORT + 1))
        except OSError:
            return asker.close()
        threading.Thread(target=carry, args=(asker, portal, board, began), daemon=True).start()
        carry(portal, asker, board, began)

    while True:
        asker, (address, _) = door.accept()
        threading.Thread(target=serve, args=(asker, address.split(".")[2]), daemon=True).start()


# ---- hosts -------------------------------------------------------------------------------------------------------------------------

def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        sys.exit(f"board_net: {' '.join(command)}: {done.stdout}")
    return done.stdout


def connect(host, port):
    """A connection made on another host."""
    libc = ctypes.CDLL(None, use_errno=True)
    with open("/proc/thread-self/ns/net") as own, open(f"/run/netns/{host}") as other:
        assert libc.setns(other.fileno(), 0x40000000) == 0, os.strerror(ctypes.get_errno())
        try:
            one = socket.socket()
        finally:
            assert libc.setns(own.fileno(), 0x40000000) == 0
    one.settimeout(10)
    one.connect(("127.0.0.1", port))
    return one


class Portal:
    def __init__(self, program, home):
        self.program, self.home, self.content = program, home, f"{home}/content"
        os.makedirs(f"{self.content}/postings")
        os.makedirs(f"{self.content}/attachments")
        for name in ("holidays.toml", "posting-kinds.toml"):
            shutil.copy(f"{ROOT}/content/{name}", self.content)
        with open(f"{ROOT}/content/site.toml", encoding="utf-8") as file:
            site = re.sub(r'(?m)^address = ".*"', f'address = "http://{NAME}:{PORT}"', file.read())
        self.file("site.toml", site)
        self.file("units.csv", "code,valid_from,valid_until,name,type,parent_code,label,sample\n99,,,Hương Lúa,tinh,,huong-lua,true\n"
                               "99001,2025-07-01,,Đông Kiều,xa,99,xa-dong-kieu,true\n")
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BANGTIN_") and name != "DATABASE_URL"}
        self.env = {**kept, "BANGTIN_VAR": f"{home}/var", "BANGTIN_CONTENT": self.content, "BANGTIN_LISTEN": f"127.0.0.1:{PORT + 1}"}

    def file(self, name, text):
        with open(f"{self.content}/{name}", "w", encoding="utf-8") as file:
            file.write(text)

    def post(self, slug, title, more='period = "3000 days"', kind="cong-khai-khac", published=None, withdrawn=None):
        published = published or stamp(-40 * 86400)
        gone = f'[withdrawn]\nat = {withdrawn}\nreason = "Đăng nhầm"\n' if withdrawn else ""
        self.file(f"postings/{slug}.md", f'+++\ntitle = "{title}"\nkind = "{kind}"\nunit = "99001"\npublished = {published}\n{more}\n{gone}+++\n\nNội dung: {title}.\n')
        return published

    def bring_in(self):
        run_in = subprocess.run([self.program, "import", self.content], env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert run_in.returncode == 0, run_in.stdout
        for name in os.listdir(f"{self.content}/postings"):
            os.remove(f"{self.content}/postings/{name}")

    def start(self):
        self.server = subprocess.Popen(["ip", "netns", "exec", "cong", self.program, "serve"], env=self.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for said in self.server.stdout:
            if "http://127.0.0.1" in said:
                break
        self.key = subprocess.run([self.program, "keys", "list"], env=self.env, check=True, stdout=subprocess.PIPE, text=True).stdout.split("\t")[1]


class Board:
    """A host `bang{number}` at 10.77.{number}.2, whose portal is 10.77.{number}.1."""

    def __init__(self, number, portal, folder):
        self.number, self.host, self.portal, self.weathers = number, f"bang{number}", portal, folder
        self.shows = set()
        os.makedirs(f"/etc/netns/{self.host}", exist_ok=True)
        self.names(True)
        with open(f"/etc/netns/{self.host}/resolv.conf", "w") as file:
            file.write(f"nameserver 10.77.{number}.250\noptions timeout:1 attempts:1\n")
        run("ip", "netns", "add", self.host)
        run("ip", "-n", self.host, "link", "set", "lo", "up")
        run("ip", "-n", "cong", "link", "add", f"day{number}", "type", "veth", "peer", "name", "day", "netns", self.host)
        run("ip", "-n", "cong", "addr", "add", f"10.77.{number}.1/24", "dev", f"day{number}")
        run("ip", "-n", self.host, "addr", "add", f"10.77.{number}.2/24", "dev", "day")
        self.cable(True)
        run("ip", "-n", self.host, "link", "set", "day", "up")
        self.weather("fair")

    def cable(self, is_in):
        run("ip", "-n", "cong", "link", "set", f"day{self.number}", "up" if is_in else "down")

    def names(self, are_known):
        # In place: the board sees the file that was there when it started.
        with open(f"/etc/netns/{self.host}/hosts", "w") as file:
            file.write("127.0.0.1 localhost\n" + (f"10.77.{self.number}.1 {NAME}\n" if are_known else ""))

    def weather(self, name):
        # Whatever the line carries is broken off by a change.
        path = f"{self.weathers}/{self.number}"
        with open(path + ".new", "w") as file:
            file.write(f"{name} {time.monotonic_ns()}")
        os.rename(path + ".new", path)

    def start(self):
        command = ["ip", "netns", "exec", self.host, self.portal.program, "board", "--from", f"http://{NAME}:{PORT}", "--unit", "99001",
                   "--in", f"{self.portal.home}/{self.host}", "--listen", "127.0.0.1:8181", "--key", self.portal.key]
        self.program = subprocess.Popen(command, env=self.portal.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert "8181" in self.program.stdout.readline(), f"{self.host} did not start"

    def power_off(self):
        self.program.kill()
        self.program.wait()

    def ask(self, path):
        one = http.client.HTTPConnection("127.0.0.1", 8181)
        one.sock = connect(self.host, 8181)
        one.request("GET", path, headers={"host": "127.0.0.1:8181"})
        answer = one.getresponse()
        body = answer.read()
        one.close()
        return answer.status, body

    def state(self):
        return json.loads(self.ask("/state.json")[1])

    def titles(self):
        status, body = self.ask("/bulletin.json")
        return {item["title"] for item in json.loads(body)["items"]} if status == 200 else set()

    def must_show(self, titles, fault, why, files=0):
        """In the end exactly these, and until then what it showed before. How long it took."""
        began, before = time.monotonic(), self.shows
        while True:
            shown, state = self.titles(), self.state()
            # An end by the board's own clock may come at any instant, if it was still to come.
            assert shown in (before, titles, before - ENDING, titles - ENDING), f"{self.host}, {why}: it shows {shown}, neither {before} nor {titles}"
            if shown in (titles, titles - ENDING) and state["fault"] in fault and len(state["files"]) == files:
                break
            assert time.monotonic() - began < PATIENCE, f"{self.host}, {why}: it shows {shown} and not {titles}; {state}"
            time.sleep(0.05)
        self.shows = shown
        for sha256 in state["files"]:
            status, body = self.ask(f"/tep/{sha256}")
            assert status == 200 and hashlib.sha256(body).hexdigest() == sha256, f"{self.host}, {why}: {sha256} is another"
        took = time.monotonic() - began
        print(f"{self.host}: {why}: {', '.join(sorted(shown))} ({state['fault'] or 'no fault'}, clock {state['clock']}) after {took:.1f} s", flush=True)
        return took


def stamp(seconds):
    at = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=7))) + datetime.timedelta(seconds=seconds)
    return at.strftime("%Y-%m-%dT%H:%M:%S")


ENDING = {"Sắp hết"}


def story(program, home):
    weathers = f"{home}/weather"
    os.makedirs(weathers)
    run("ip", "netns", "add", "cong")
    run("ip", "-n", "cong", "link", "set", "lo", "up")
    portal = Portal(program, home)
    portal.post("noi-quy", "Nội quy")
    wrong_at = portal.post("nham", "Nhầm")
    portal.bring_in()
    portal.start()
    one, two = Board(1, portal, weathers), Board(2, portal, weathers)
    proxy = subprocess.Popen(["ip", "netns", "exec", "cong", sys.executable, __file__, "--line", weathers])
    try:
        told(portal, one, two, wrong_at)
    finally:
        for child in (proxy, portal.server, *(board.program for board in (one, two) if hasattr(board, "program"))):
            child.kill()
            child.wait()


def told(portal, one, two, wrong_at):
    while subprocess.run(["ip", "netns", "exec", "cong", "sh", "-c", f"ss -ltn 2>/dev/null | grep -q :{PORT}"]).returncode != 0:
        time.sleep(0.05)
    one.start(), two.start()
    first = {"Nội quy", "Nhầm"}
    for board in (one, two):
        board.must_show(first, [""], "it starts")

    portal.post("khan", "Di dời ngay", 'priority = "urgent"\nuntil = 2099-01-31T12:00:00', "thong-bao-khan", stamp(0))
    portal.post("sap-het", "Sắp hết", f"until = {stamp(20)}")
    began = time.monotonic()
    portal.bring_in()
    urgent = first | {"Di dời ngay", "Sắp hết"}
    took = [board.must_show(urgent, [""], "an urgent posting reaches a board that listens") for board in (one, two)]
    print(f"urgent: {max(took):.2f} s after the import ended, {time.monotonic() - began:.2f} s after it began", flush=True)

    # The first one's cable is pulled. It hears nothing of that, and nothing else, until it wonders.
    one.cable(False)
    # The second one's line is led to a captive portal, and to an ill server.
    two.weather("captive")
    two.must_show(urgent, ["not-understood"], "a captive portal answers")
    two.weather("ill")
    two.must_show(urgent, ["no-answer"], "the server is ill")

    portal.post("nham", "Nhầm", published=wrong_at, withdrawn=stamp(0))
    portal.post("moi", "Mới")
    portal.bring_in()
    two.power_off()
    two.start()
    two.must_show(urgent, ["no-answer"], "power went during the outage, and came back")
    two.weather("fair")
    second = (urgent - {"Nhầm"}) | {"Mới"}
    two.must_show(second, [""], "the line is back: what was withdrawn is gone")

    with open(f"{portal.content}/attachments/bang.csv", "w", encoding="utf-8") as file:
        file.writelines(f"{hashlib.sha256(str(row).encode()).hexdigest()}\n" for row in range(4000))
    two.weather("slow")
    portal.post("cham", "Chậm")
    portal.bring_in()
    second = second | {"Chậm"}
    two.must_show(second, [""], "the line is slow")
    portal.post("kem-tep", "Kèm tệp", 'period = "3000 days"\n[[attachments]]\nfile = "attachments/bang.csv"\ntitle = "Bảng"')
    two.weather("lossy")
    portal.bring_in()
    third = second | {"Kèm tệp"}
    two.must_show(third, [""], "the line drops what it carries, and in the end has carried all", 1)

    two.names(False)
    two.weather("cut")
    two.must_show(third - ENDING, ["no-answer"], "the name is not found; what ends, ends by its own clock", 1)
    portal.post("sau-cung", "Sau cùng")
    portal.bring_in()
    two.must_show(third - ENDING, ["no-answer"], "nor is anything new", 1)
    two.names(True)
    two.weather("fair")
    last = (third - ENDING) | {"Sau cùng"}
    two.must_show(last, [""], "the name is found", 1)

    one.must_show(urgent - ENDING, ["no-answer"], "without its cable it wonders, shows what it had, and not what is over")
    for address in ("del 10.77.1.2/24", "add 10.77.1.3/24"):
        run("ip", "-n", "bang1", "addr", *address.split(), "dev", "day")
    one.cable(True)
    one.must_show(last, [""], "at another address, the line is back", 1)


def main():
    if sys.argv[1] == "--line":
        return line(sys.argv[2])
    if INSIDE not in os.environ:
        is_root = os.geteuid() == 0
        space = ["unshare", "-nm"] if is_root else ["unshare", "-Urnm"]
        able = subprocess.run([*space, "true"], stderr=subprocess.PIPE, text=True)
        if able.returncode != 0:
            print(f"board_net: no name spaces here: {able.stderr.strip()}", file=sys.stderr)
            if is_root:
                return 1
            print("board_net: LEFT OUT: not root, and the system lets nobody else make name spaces")
            return 0
        program = os.path.abspath(sys.argv[1])
        return subprocess.run([*space, sys.executable, os.path.abspath(__file__), program], env={**os.environ, INSIDE: "1"}).returncode
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as home:
        # Names of hosts, and what they know of each other, stand in folders of ours alone.
        is_new = not os.path.isdir("/run/netns")
        os.makedirs("/run/netns", exist_ok=True)
        run("mount", "-t", "tmpfs", "tmpfs", "/run/netns")
        if not os.path.isdir("/etc/netns"):
            # On a copy of /etc: nothing is left in the machine's own.
            shutil.copytree("/etc", f"{home}/etc", symlinks=True, ignore=lambda folder, names: [name for name in names if not os.access(os.path.join(folder, name), os.R_OK)])
            run("mount", "--bind", f"{home}/etc", "/etc")
            os.makedirs("/etc/netns")
        run("mount", "-t", "tmpfs", "tmpfs", "/etc/netns")
        try:
            story(sys.argv[1], home)
        finally:
            run("umount", "/etc/netns")
            run("umount", "-l", "/run/netns")
            if is_new:
                os.rmdir("/run/netns")
            if os.path.isdir(f"{home}/etc"):
                run("umount", "-l", "/etc")
    print(f"board_net: all as it must be, in {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main())
