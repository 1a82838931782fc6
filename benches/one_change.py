#!/usr/bin/env python3
"""One article is published, corrected and withdrawn beside COUNT others while readers keep asking for every output that
shows it: how long after the import has ended each output is first seen changed.

    benches/one_change.py [COUNT ...]        100, 10,000 and 100,000 if not said

Needs a release build (`cargo build --release`). A figure below zero was seen before the import's process had ended.
"""
import http.client, os, re, subprocess, sys, tempfile, threading, time

root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
target = os.environ.get("CARGO_TARGET_DIR", os.path.join(root, "target"))
program = os.path.join(target, "release", "bangtin")
ARTICLE = '+++\ntitle = "{title}"\nsection = "{section}"\nunit = "99001"\npublished = {published}\n{more}+++\n\nThân bài {title}.\n'


def run(*arguments, **environment):
    outcome = subprocess.run([program, *arguments], env={**os.environ, **environment}, capture_output=True, text=True)
    if outcome.returncode:
        sys.exit(outcome.stdout + outcome.stderr)


class Reader(threading.Thread):
    """Asks for one output until it is as wanted, and remembers when that was."""

    def __init__(self, address, path, wanted):
        super().__init__()
        self.address, self.path, self.wanted, self.seen = address, path, wanted, None

    def run(self):
        connection = http.client.HTTPConnection(self.address)
        while self.seen is None:
            connection.request("GET", self.path)
            answer = connection.getresponse()
            if self.wanted(answer.status, answer.read().decode()):
                self.seen = time.perf_counter()
            time.sleep(0.004)


def measure(count):
    with tempfile.TemporaryDirectory() as home:
        subprocess.run([sys.executable, os.path.join(root, "benches/articles.py"), f"{home}/content", str(count)], check=True)
        settings = dict(BANGTIN_VAR=f"{home}/var", BANGTIN_CONTENT=f"{home}/content", BANGTIN_LISTEN="127.0.0.1:0", BANGTIN_LOG_LEVEL="error")
        run("import", f"{home}/content", **settings)
        server = subprocess.Popen([program], env={**os.environ, **settings}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            address = next(found.group(1) for line in server.stdout if (found := re.search(r"http://(127\.0\.0\.1:\d+)", line)))
            section = re.search(r'slug = "(.*?)"', open(f"{home}/content/site.toml", encoding="utf-8").read()).group(1)
            now = time.time() + 7 * 3600 - 60
            published, month = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now)), time.strftime("%Y/%m", time.gmtime(now))
            labels = {}
            for line in open(f"{home}/content/units.csv", encoding="utf-8"):
                fields = line.strip().split(",")
                labels[fields[0]] = fields[6]
            outputs = ["/tin/vua-dang", "/", f"/chuyen-muc/{section}", f"/don-vi/{labels['99001']}", f"/don-vi/{labels['99']}",
                       f"/luu-tru/{month}", "/atom.xml", "/sitemap.xml", f"/sitemap/{month.replace('/', '-')}.xml", "/en"]
            steps = [
                ("published", "", "Tin vừa đăng", ""),
                ("corrected", "@2", "Tin vừa sửa", 'change_note = "Sửa tên"\n'),
                ("withdrawn", "@2", "Tin vừa sửa", 'change_note = "Sửa tên"\n[withdrawn]\nat = {now}\nreason = "Đăng nhầm"\n'),
            ]
            worst = {}
            for name, number, title, more in steps:
                if name == "withdrawn":
                    time.sleep(3)  # What was withdrawn in the second it came in was never shown.
                folder = tempfile.mkdtemp(dir=home)
                os.mkdir(f"{folder}/articles")
                stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(time.time() + 7 * 3600 - 2))
                text = ARTICLE.format(title=title, section=section, published=published, more=more.format(now=stamp))
                open(f"{folder}/articles/vua-dang{number}.md", "w", encoding="utf-8").write(text)

                def wanted(path):
                    if name == "withdrawn":
                        return lambda status, body: status in (404, 410) or (status == 200 and "vua-dang" not in body.split("deleted-entry")[0] and title not in body)
                    if path.startswith("/sitemap"):
                        return lambda status, body: "sitemapindex" in body or "vua-dang" in body
                    return lambda status, body: title in body

                paths = [path for path in outputs if name == "published" or "/sitemap" not in path or name == "withdrawn"]
                readers = [Reader(address, path, wanted(path)) for path in paths]
                for reader in readers:
                    reader.start()
                began = time.perf_counter()
                run("import", folder, **settings)
                ended = time.perf_counter()
                for reader in readers:
                    reader.join(10)
                late = {reader.path: (reader.seen - ended) * 1000 if reader.seen else float("inf") for reader in readers}
                last = max(late, key=late.get)
                worst[name] = f"import {(ended - began) * 1000:.0f} ms, the last output ({last}) {late[last]:+.0f} ms after it"
            for name, told in worst.items():
                print(f"{count:>7} articles, {name}: {told}", flush=True)
        finally:
            server.terminate()
            server.wait()


for count in [int(number) for number in sys.argv[1:]] or [100, 10_000, 100_000]:
    measure(count)
