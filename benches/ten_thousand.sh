#!/usr/bin/env bash
# Ten thousand articles through a release build, in one run on this machine: how long an import takes, a second
# import that changes nothing, from start to first answer, and how much memory the server then holds.
#
#   benches/ten_thousand.sh [COUNT]     with DATABASE_URL set, on PostgreSQL
#
# Needs python3 and curl. The figures to trust are the ratios and the limits beside them, not one machine's seconds.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
count=${1:-10000}
cargo build --release --locked --quiet
target=$(cargo metadata --locked --no-deps --format-version 1 | grep -o '"target_directory":"[^"]*"' | cut -d '"' -f 4)
program=$target/release/bangtin
home=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$home"' EXIT

mkdir -p "$home/content/articles" "$home/content/pictures"
cp content/site.toml content/units.csv content/unit-changes.csv "$home/content/"
cp content/pictures/*.png "$home/content/pictures/"
# Bodies of three to four kilobytes of Vietnamese prose, as a commune's news has; one in three shows a picture.
python3 - "$home/content" "$count" <<'PY'
import glob, os, random, sys
folder, count = sys.argv[1], int(sys.argv[2])
random.seed(1)
sections = [line.split('"')[1] for line in open(f"{folder}/site.toml", encoding="utf-8") if line.startswith("slug")]
pictures = sorted(os.path.basename(path) for path in glob.glob(f"{folder}/pictures/*.png"))
words = "ngân hàng chính sách xã hội hộ nghèo vay vốn thôn Đông Kiều mùa vụ năng suất trạm y tế trường học đường liên xã nước sạch bà con họp tổ tiết kiệm giải ngân thu nợ".split()
for number in range(count):
    paragraphs = "\n\n".join(" ".join(random.choices(words, k=110)).capitalize() + "." for _ in range(6))
    table = "| Xã | Hộ |\n|---|--:|\n| Đông Kiều | %d |\n| Bến Gạo | %d |\n" % (number % 97, number % 89)
    picture = '\n[picture]\nfile = "pictures/%s"\nalt = "Ảnh"\ncaption = "Ảnh minh họa"\n' % pictures[number // 3 % len(pictures)] if number % 3 == 0 else ""
    day, hour = 1 + number % 28, number % 24
    open(f"{folder}/articles/bai-{number:06}.md", "w", encoding="utf-8").write(
        f'+++\ntitle = "Bài số {number} {" ".join(random.choices(words, k=8))}"\nlead = "{" ".join(random.choices(words, k=30))}"\n'
        f'section = "{sections[number % len(sections)]}"\nunit = "9900{1 + number % 4}"\n'
        f'published = 20{16 + number % 10}-{1 + number // 7 % 12:02}-{day:02}T{hour:02}:00:00\nsample = true\n{picture}+++\n\n{paragraphs}\n\n## Số liệu\n\n{table}')
PY
# Units of 2025 have no past, so older texts go to the province.
grep -rlE '^published = 20(1[0-9]|2[0-4]|25-0[1-6])' "$home/content/articles" | xargs -r sed -i 's/^unit = .*/unit = "99"/'

export BANGTIN_VAR=$home/var BANGTIN_CONTENT=$home/content BANGTIN_LISTEN=127.0.0.1:0 BANGTIN_LOG_LEVEL=error
milliseconds() { local at=$EPOCHREALTIME; echo $(( ${at/[.,]/} / 1000 )); }

before=$(milliseconds); "$program" import "$home/content" >/dev/null 2>&1; after=$(milliseconds)
echo "import of $count articles and $(ls "$home"/content/pictures | wc -l) pictures: $((after - before)) ms"
before=$(milliseconds); "$program" import "$home/content" >/dev/null 2>&1; after=$(milliseconds)
echo "the same again, nothing changed: $((after - before)) ms"

for try in 1 2 3 4 5; do
  : >"$home/out"
  before=$(milliseconds)
  "$program" >"$home/out" 2>/dev/null &
  server=$!
  until address=$(grep -o -m 1 'http://127\.0\.0\.1:[0-9]*' "$home/out"); do :; done
  curl -sf -o /dev/null "$address/"
  after=$(milliseconds)
  echo "start to first answer, try $try: $((after - before)) ms"
  if [ "$try" -lt 5 ]; then kill "$server"; wait "$server" || true; fi
done
rss() { awk '/^(VmRSS|VmHWM)/ { printf "%s %d MB  ", $1, $2 / 1024 } END { print "" }' "/proc/$server/status"; }
echo "memory after the first answer: $(rss)"
curl -sf "$address/sitemap.xml" | grep -o '/sitemap/[^<]*' | while read -r part; do curl -sf "$address$part"; done | grep -o '<loc>[^<]*' | grep -v '/en/' | grep -o '/tin/[^<]*' | sed -n '1,5000p' | while read -r path; do printf 'url = "%s%s"\noutput = "/dev/null"\n' "$address" "$path"; done >"$home/urls"
curl -sf -K "$home/urls"
for page in $(seq 1 200); do curl -sf -o /dev/null "$address/?trang=$page" || break; done
echo "memory after 5,000 articles and 200 pages of the list: $(rss)"
