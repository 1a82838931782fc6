#!/usr/bin/env python3
"""How long the desk's pages take with COUNT documents, 100,000 if not said: every page for one asker and for eight, for
somebody who may do everything everywhere and for the staff of one commune.

    benches/desk.py [COUNT] [PROGRAM]        target/release/bangtin if not said; brings its own data folder

Two hundred texts wait for approval, and the log has as many rows as the import and they made. Prints the median and the
99th percentile in milliseconds; ends with 1 when a percentile is over 100.
"""
import http.client, os, re, sqlite3, subprocess, sys, tempfile, threading, time, urllib.parse

root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
target = os.environ.get("CARGO_TARGET_DIR", os.path.join(root, "target"))
program = sys.argv[2] if len(sys.argv) > 2 else os.path.join(target, "release", "bangtin")
WAITING, ROUNDS, BOUND = 200, int(os.environ.get("ROUNDS", 200)), 100.0
PASSWORD = "trâu vàng uống nước sông xanh"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

# Threads that wait for one another would be measured as the server.
sys.setswitchinterval(0.0005)
home = tempfile.TemporaryDirectory()
content = f"{home.name}/content"
subprocess.run([sys.executable, f"{root}/benches/articles.py", content, str(count)], check=True)
site = open(f"{content}/site.toml", encoding="utf-8").read()
open(f"{content}/site.toml", "w", encoding="utf-8").write(re.sub(r"\n\[desk\][^\[]*", "\n", site) + "\n[desk]\nsecond_factor = []\n")
# Texts of many communes, not of the sample's four: every sixth is moved to one of the country's.
today = [line.split(",") for line in open(f"{content}/units.csv", encoding="utf-8")][1:]
communes = [fields[0] for fields in today if not fields[2] and fields[4] in ("xa", "phuong")]
for number in range(0, count, 6):
    path = f"{content}/articles/bai-{number:06}.md"
    text = open(path, encoding="utf-8").read()
    if "unit = \"9900" in text:
        open(path, "w", encoding="utf-8").write(re.sub('unit = "9900."', f'unit = "{communes[number % len(communes)]}"', text))
settings = {**os.environ, "BANGTIN_VAR": f"{home.name}/var", "BANGTIN_CONTENT": content, "BANGTIN_LISTEN": "127.0.0.1:0", "BANGTIN_LOG_LEVEL": "error"}


def run(*arguments):
    done = subprocess.run([program, *arguments], env=settings, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return done.stdout


began = time.time()
run("import", content)
print(f"{count:,} documents imported in {time.time() - began:.0f} s", flush=True)


class Browser:
    def __init__(self, address):
        self.connection, self.cookie, self.mark = http.client.HTTPConnection(address, timeout=60), "", ""

    def ask(self, path, fields=None):
        """Status, headers, body."""
        body = None if fields is None else urllib.parse.urlencode([*fields, ("mark", self.mark)]).encode()
        headers = {**({} if fields is None else FORM), **({"Cookie": self.cookie} if self.cookie else {}), "Accept-Encoding": "gzip"}
        self.connection.request("GET" if fields is None else "POST", path, body, headers)
        answer = self.connection.getresponse()
        data = answer.read()
        if (cookie := answer.getheader("Set-Cookie", "")).startswith("bangtin="):
            self.cookie = cookie.split(";")[0]
        if answer.getheader("Content-Encoding") == "gzip":
            import gzip

            data = gzip.decompress(data)
        return answer.status, answer, data.decode()

    def signed_in(self):
        self.mark = re.search(r'name="mark" value="(\w+)"', self.ask("/ban-bien-tap/toi")[2]).group(1)
        return self


def enter(address, login):
    browser = Browser(address)
    status, _, body = browser.ask("/ban-bien-tap/dang-nhap", [("login", login), ("password", PASSWORD)])
    assert status == 303, body
    return browser.signed_in()


server = subprocess.Popen([program], env=settings, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
try:
    said = ""
    for line in server.stdout:
        said += line
        if address := re.search(r"http://(127\.0\.0\.1:\d+)", line):
            break
    address = address.group(1)
    link = re.search(r"lien-ket\?ma=(\w+)", said)
    while not link:
        said += (line := server.stdout.readline())
        assert line, "the first link was not printed"
        link = re.search(r"lien-ket\?ma=(\w+)", said)
    chief = Browser(address)
    status, _, body = chief.ask("/ban-bien-tap/lien-ket", [("ma", link.group(1)), ("name", "Phạm Thị Lan"), ("login", "lan.pham"), ("password", PASSWORD), ("again", PASSWORD)])
    assert status == 303, body
    chief.signed_in()
    store = sqlite3.connect(f"file:{home.name}/var/bangtin.sqlite?mode=ro", uri=True)
    ask = lambda sql, *values: store.execute(sql, values).fetchone()[0]
    commune, label = store.execute("SELECT id, label FROM units WHERE code = '99002' AND valid_until IS NULL").fetchone()
    added = [("man.le", "Lê Văn Mẫn", ["author"], str(commune)), ("duyet.pham", "Phạm Thị Duyệt", ["editor", "reviewer", "publisher", "keeper"], str(commune))]
    # A province's roll: a person or two in every third commune.
    ids = [row[0] for row in store.execute("SELECT id FROM units WHERE valid_until IS NULL AND parent_id IS NOT NULL ORDER BY id")]
    added += [(f"nguoi.{number}", f"Nguyễn Thị Số {number}", ["author"], str(ids[number * 3 % len(ids)])) for number in range(600)]
    for login, name, roles, unit in added:
        status, _, body = chief.ask("/ban-bien-tap/them-nguoi", [("login", login), ("name", name), ("unit", unit), *(("role", role) for role in roles)])
        assert status == 200, body
        if login in ("man.le", "duyet.pham"):
            token = re.search(r"lien-ket\?ma=(\w+)", body).group(1)
            status, _, body = Browser(address).ask("/ban-bien-tap/lien-ket", [("ma", token), ("password", PASSWORD), ("again", PASSWORD)])
            assert status == 303, body
    author = enter(address, "man.le")
    sections = re.findall(r'slug = "(.*?)"', site)
    words = "ngân hàng chính sách xã hội hộ nghèo vay vốn thôn Đông Kiều mùa vụ năng suất".split()
    documents = []
    for number in range(WAITING + 1):
        status, answer, body = author.ask("/ban-bien-tap/van-ban/moi", [("title", f"Tin chờ duyệt số {number}"), ("unit", label), ("section", sections[0])])
        assert status == 303, body
        document = answer.getheader("Location").split("/")[3]
        _, _, form = author.ask(f"/ban-bien-tap/van-ban/{document}/sua")
        base = re.search(r'name="base" value="(\d+)"', form).group(1)
        fields = [("base", base), ("title", f"Tin chờ duyệt số {number}"), ("lead", "Tóm tắt của tin."), ("body", "\n\n".join([" ".join(words * 7)] * 6)),
                  ("unit", label), ("section", sections[0]), ("then", "submit" if number < WAITING else "stay")]
        status, answer, body = author.ask(f"/ban-bien-tap/van-ban/{document}/sua", fields)
        assert status == 303 and ("submitted" in answer.getheader("Location") or number == WAITING), re.sub(r"<style.*?</style>", "", body, flags=re.S)[:3000]
        documents.append(document)
    reviewer = enter(address, "duyet.pham")
    waiting, draft = documents[0], documents[-1]
    published = ask("SELECT document_id FROM editions WHERE state = 'published' AND unit_id = ? ORDER BY id DESC LIMIT 1", commune)
    texts = "/ban-bien-tap/van-ban"
    pages = [
        ("my work", "/ban-bien-tap"), ("queue", "/ban-bien-tap/cho-xu-ly"), ("texts", texts), ("texts, page 50", f"{texts}?trang=50"),
        ("texts, oldest", f"{texts}?sap-xep=cu"), ("texts, by title", f"{texts}?sap-xep=ten"), ("texts, drafts", f"{texts}?trang-thai=draft"),
        ("texts, submitted", f"{texts}?trang-thai=submitted"), ("texts, published", f"{texts}?trang-thai=published"), ("texts, trash", f"{texts}?trang-thai=discarded"),
        ("texts, pages", f"{texts}?loai=page"), ("texts, articles by title", f"{texts}?loai=article&sap-xep=ten"), ("texts, section", f"{texts}?chuyen-muc={sections[1]}"),
        ("texts, commune", f"{texts}?don-vi={label}"), ("texts, province", f"{texts}?don-vi=huong-lua"), ("texts, search", f"{texts}?tim=ngan+hang"), ("texts, published by title", f"{texts}?trang-thai=published&sap-xep=ten"), ("texts, search published", f"{texts}?trang-thai=published&tim=so+hoc+vay+dong"),
        ("texts, rare search", f"{texts}?tim=so+99999"), ("texts, search for nothing", f"{texts}?tim=khong+co+dau"),
        ("texts, search in section by title", f"{texts}?tim=mua+vu&chuyen-muc={sections[1]}&sap-xep=ten"), ("new text", f"{texts}/moi"),
        ("text", f"{texts}/{published}"), ("text that waits", f"{texts}/{waiting}"), ("preview", f"{texts}/{waiting}/trang"), ("calendar", "/ban-bien-tap/lich"),
        ("calendar of 2016", "/ban-bien-tap/lich?thang=2016-03"), ("units", "/ban-bien-tap/don-vi"), ("units, search", "/ban-bien-tap/don-vi?tim=dong"), ("account", "/ban-bien-tap/toi"),
    ]
    of_author = [("edit", f"{texts}/{draft}/sua")]
    of_reviewer = [("review", f"{texts}/{waiting}/duyet")]
    of_keeper = [
        ("people", "/ban-bien-tap/nguoi"), ("people, search", "/ban-bien-tap/nguoi?tim=so+1"), ("new person", "/ban-bien-tap/them-nguoi"), ("person", "/ban-bien-tap/nguoi/man.le"),
        ("log", "/ban-bien-tap/nhat-ky"), ("log, search", "/ban-bien-tap/nhat-ky?tim=bai-000001"), ("log, by person", "/ban-bien-tap/nhat-ky?nguoi=man.le"),
        ("log, by act", "/ban-bien-tap/nhat-ky?viec=submitted"), ("log, search for nothing", "/ban-bien-tap/nhat-ky?tim=khongcogi"), ("log, search of an actor", "/ban-bien-tap/nhat-ky?nguoi=import&tim=khongcogi"), ("log, search in days", "/ban-bien-tap/nhat-ky?tu-ngay=2020-01-01&tim=khongcogi"), ("log, old days", "/ban-bien-tap/nhat-ky?den-ngay=2020-01-01"),
    ]
    everybody = [
        ("everywhere", chief, pages + of_keeper + [("settings", "/ban-bien-tap/cai-dat"), ("edit", f"{texts}/{draft}/sua"), ("review", f"{texts}/{waiting}/duyet")]),
        ("one commune", reviewer, pages + of_keeper + of_reviewer),
        ("author", author, [("my work", "/ban-bien-tap"), *of_author]),
    ]

    def asked(browser, path, rounds):
        # It may have been silent for too long.
        browser.connection.close()
        times = []
        for _ in range(rounds):
            began = time.perf_counter()
            status, _, body = browser.ask(path)
            times.append((time.perf_counter() - began) * 1000)
            assert status in (200, 404) and (status == 200 or "trang=50" in path), f"{path}: {status} {body[-500:]}"
        return times

    def at(times, part):
        return sorted(times)[min(len(times) - 1, int(len(times) * part))]

    print(f"{ask('SELECT count(*) FROM documents'):,} documents, {ask('SELECT count(*) FROM units'):,} units, {ask('SELECT count(*) FROM persons'):,} people, {ask('SELECT max(position) FROM log'):,} rows of the log")
    print(f"{'':>12}  {'page':<34} {'one: p50':>9} {'p99':>7} {'eight: p50':>11} {'p99':>7}")
    late = 0
    for who, browser, those in everybody:
        for name, path in those:
            asked(browser, path, 5)
            one = asked(browser, path, ROUNDS)
            eight, crowd = [], []
            for _ in range(8):
                other = Browser(address)
                other.cookie = browser.cookie
                crowd.append(threading.Thread(target=lambda other=other: eight.extend(asked(other, path, ROUNDS // 8))))
            for thread in crowd:
                thread.start()
            for thread in crowd:
                thread.join()
            assert len(eight) == ROUNDS // 8 * 8, f"{path}: an asker failed"
            worst = max(at(one, 0.99), at(eight, 0.99))
            late += worst > BOUND
            print(f"{who:>12}  {name:<34} {at(one, .5):9.1f} {at(one, .99):7.1f} {at(eight, .5):11.1f} {at(eight, .99):7.1f}{'  <-- over' if worst > BOUND else ''}", flush=True)
    memory = re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{server.pid}/status").read()).group(1)
    print(f"memory of the server: {int(memory) // 1024} MB; pages over {BOUND:.0f} ms: {late}")
finally:
    server.terminate()
    server.wait()
sys.exit(late > 0)
