#!/usr/bin/env python3
"""A commune's board page beside COUNT postings of others, made cold: boards.py PROGRAM [COUNT], by default 100,000.

The postings of others are written beside the program, as rows like those it writes itself; what is measured goes through
it. Every question has an address of its own after a change of the log, so that no answer is one that was kept. Needs
python3. Exit status 1 when the median is over 20 ms.
"""
import http.client, os, random, re, shutil, sqlite3, statistics, subprocess, sys, tempfile, time

program, count = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
BOUND = 20.0
source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "content")
home = tempfile.TemporaryDirectory()
content = f"{home.name}/content"
os.makedirs(f"{content}/postings")
for name in ("site.toml", "units.csv", "unit-changes.csv", "holidays.toml", "posting-kinds.toml"):
    shutil.copy(f"{source}/{name}", content)
FRONT = '+++\ntitle = "{}"\nkind = "cong-khai-khac"\nunit = "{}"\npublished = 2026-11-02\n{}+++\n\nNội dung niêm yết.\n'


def write(slug, unit, more=""):
    with open(f"{content}/postings/{slug}.md", "w", encoding="utf-8") as file:
        file.write(FRONT.format(slug, unit, more))


for number in range(30):
    write(f"cua-xa-{number}", "99001", 'period = "3000 days"\n')
    write(f"cua-tinh-{number}", "99", 'to = ["below"]\nperiod = "3000 days"\n')
env = {**os.environ, "BANGTIN_VAR": f"{home.name}/var", "BANGTIN_CONTENT": content, "BANGTIN_LISTEN": "127.0.0.1:0", "BANGTIN_LOG_LEVEL": "error"}
subprocess.run([program, "import", content], env=env, check=True, stdout=subprocess.DEVNULL)
store = sqlite3.connect(f"{home.name}/var/bangtin.sqlite")
units = [row[0] for row in store.execute("SELECT id FROM units WHERE valid_until IS NULL AND code NOT IN ('99', '99001') ORDER BY id")]
columns = lambda table: [row[1] for row in store.execute(f"PRAGMA table_info({table})")]
of = {table: columns(table) for table in ("documents", "revisions", "editions")}
document, = store.execute("SELECT id FROM documents WHERE slug = 'cua-tinh-0'").fetchone(),
random.seed(1)
like = {}
for table, key in (("documents", "id"), ("revisions", "document_id"), ("editions", "document_id")):
    like[table] = dict(zip(of[table], store.execute(f"SELECT * FROM {table} WHERE {key} = ?", document).fetchone()))
first = {table: store.execute(f"SELECT MAX(id) FROM {table}").fetchone()[0] + 1 for table in of}
rows = {table: [] for table in of}
keys = []
for number in range(count):
    d, r, e = first["documents"] + number, first["revisions"] + number, first["editions"] + number
    unit = units[number % len(units)]
    slug = f"cua-noi-khac-{number}"
    rows["documents"].append({**like["documents"], "id": d, "slug": slug, "first_slug": slug, "newest_id": e, "unit_id": unit})
    rows["revisions"].append({**like["revisions"], "id": r, "document_id": d, "title": f"Văn bản số {number}"})
    rows["editions"].append({**like["editions"], "id": e, "document_id": d, "revision_id": r, "unit_id": unit})
    if number % 3 == 0:
        keys.append(("for", "below" if number % 2 else f"{random.randrange(1, 33000):05}", r))
with store:
    for table in of:
        marks = ", ".join("?" for _ in of[table])
        store.executemany(f"INSERT INTO {table} VALUES ({marks})", ([row[name] for name in of[table]] for row in rows[table]))
    store.executemany("INSERT OR IGNORE INTO revision_keys (name, value, revision_id) VALUES (?, ?, ?)", keys)
    store.execute("ANALYZE")
store.close()
server = subprocess.Popen([program], env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
try:
    for line in server.stdout:
        if address := re.search(r"http://(127\.0\.0\.1:\d+)", line):
            break
    connection = http.client.HTTPConnection(address.group(1), timeout=60)

    def asked(path):
        began = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read().decode()
        assert answer.status == 200, f"{path}: {answer.status}"
        return (time.perf_counter() - began) * 1000, body

    assert asked("/bang-tin/99001")[1].count("board-item") >= 60
    # Each of these communes is asked once: its board has been made for nobody.
    communes = [row[0] for row in sqlite3.connect(f"file:{home.name}/var/bangtin.sqlite?mode=ro", uri=True).execute(
        "SELECT code FROM units WHERE valid_until IS NULL AND parent_id IS NOT NULL ORDER BY id LIMIT 200")]
    others = [asked(f"/bang-tin/{code}")[0] for code in communes]
    # The same one in both languages, and after it has been forgotten by a start.
    times = [asked(path)[0] for path in ("/en/bang-tin/99001", "/bang-tin/99002", "/bang-tin/99003", "/bang-tin/99004", "/en/bang-tin/99002", "/en/bang-tin/99003", "/en/bang-tin/99004")]
    show = lambda name, all: print(f"{name:<44} median {statistics.median(all):6.1f} ms, worst {max(all):6.1f} ms", flush=True)
    print(f"{count:,} postings of others")
    show("a board of 30 or more, cold", times)
    show("200 other communes' boards, cold", others)
    late = statistics.median(times) > BOUND or statistics.median(others) > BOUND
finally:
    server.terminate()
    server.wait()
sys.exit(late)
