#!/usr/bin/env python3
"""Lists of COUNT postings, each question asked once of a server that has just started: postings.py PROGRAM [COUNT].

The limit is 20 ms for a page that nobody has asked for yet. With DATABASE_URL set, on PostgreSQL. Nine in ten are over.
The figures to trust are those of a release build.
"""
import os, random, shutil, subprocess, sys, tempfile, time, urllib.request

program, count = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "content")
home = tempfile.mkdtemp()
folder = f"{home}/content"
os.makedirs(f"{folder}/postings")
for name in ("site.toml", "units.csv", "unit-changes.csv", "holidays.toml", "posting-kinds.toml"):
    shutil.copy(f"{source}/{name}", folder)

random.seed(1)
now = [line.split(",") for line in open(f"{folder}/units.csv", encoding="utf-8")]
units = [line[0] for line in now if line[0].startswith("9900") and not line[2]]
kinds = ["kinh-te-xa-hoi", "ngan-sach-xa", "du-an-quy-hoach", "chinh-sach-ho-tro", "thanh-tra-kiem-tra", "lay-y-kien", "cong-khai-khac", "ket-qua-ho-ngheo", "van-ban-tin-dung-moi"]
lasting = ["thu-tuc-hanh-chinh", "lai-suat-cho-vay", "nhiem-vu-can-bo"]
words = "thông báo quyết định công khai dự toán danh sách hộ nghèo vay vốn thôn mùa vụ trạm y tế đường liên xã nước sạch".split()
for number in range(count):
    lasts = number % 10 == 0
    kind = lasting[number // 10 % 3] if lasts else kinds[number % len(kinds)]
    year, month, day = (2025, 7 + number // 7 % 6, 1 + number % 28) if number % 2 else (2026, 1 + number // 7 % 9, 1 + number % 28)
    with open(f"{folder}/postings/so-{number:06}.md", "w", encoding="utf-8") as file:
        file.write(f'+++\ntitle = "Số {number} {" ".join(random.choices(words, k=12))}"\nkind = "{kind}"\nunit = "{units[number % len(units)]}"\n'
                   f'published = {year}-{month:02}-{day:02}\nnumber = "{number}/TB-UBND"\nissuer = "UBND"\nissued = {year}-{month:02}-{day:02}\nsample = true\n+++\n\nNội dung.\n')

os.environ.update(BANGTIN_VAR=f"{home}/var", BANGTIN_CONTENT=folder, BANGTIN_LISTEN="127.0.0.1:0", BANGTIN_LOG_LEVEL="error")
before = time.time()
subprocess.run([program, "import", folder], check=True, stdout=subprocess.DEVNULL)
print(f"import of {count} postings: {time.time() - before:.1f} s", flush=True)
server = subprocess.Popen([program], stdout=subprocess.PIPE, text=True)
try:
    address = next(line for line in iter(server.stdout.readline, "") if "http://127" in line).split("http://")[1].split()[0].split("/")[0]
    # The asker's own first question takes him longer than the answer does.
    urllib.request.urlopen(f"http://{address}/healthz").read()
    worst = 0
    label = {line[0]: line[6] for line in now if not line[2]}
    kieu, gao = label["99001"], label["99002"]
    for query in [
        "", "?trang=2", "?trang=50", "?don-vi=huong-lua", f"?don-vi={kieu}", "?nhom=7", "?nhom=14", "?loai=ngan-sach-xa",
        "?loai=thu-tuc-hanh-chinh", f"?don-vi={kieu}&nhom=2", f"?don-vi={gao}&loai=lai-suat-cho-vay", "?don-vi=huong-lua&nhom=7", "?don-vi=huong-lua&nhom=13",
        f"?don-vi={kieu}&loai=thu-tuc-hanh-chinh", "?trang-thai=luu-tru", f"?trang-thai=luu-tru&don-vi={kieu}", "?trang-thai=luu-tru&nhom=9",
        "?trang-thai=luu-tru&don-vi=huong-lua&nhom=2", "?trang-thai=luu-tru&loai=lai-suat-cho-vay",
        "?tu=nuoc+sach", "?tu=khong+co+dau+ca", f"?tu=so+77&don-vi={kieu}&trang-thai=luu-tru", f"/ngay?don-vi={kieu}", f"/ngay?don-vi={gao}&ngay=2026-03-05",
    ]:
        before = time.perf_counter()
        with urllib.request.urlopen(f"http://{address}/niem-yet{query}") as reply:
            size = len(reply.read())
        took = (time.perf_counter() - before) * 1000
        # The page of a day is no list: it tells of hundreds at once.
        worst = worst if query.startswith("/ngay") else max(worst, took)
        print(f"{took:8.1f} ms {size:8} bytes  /niem-yet{query}", flush=True)
    print(f"worst list: {worst:.1f} ms")
finally:
    server.terminate()
    server.wait()
    shutil.rmtree(home)
