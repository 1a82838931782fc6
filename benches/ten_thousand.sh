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

benches/articles.py "$home/content" "$count"

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
seq -f '/tin/bai-%06g' 0 $((count < 5000 ? count - 1 : 4999)) | while read -r path; do printf 'url = "%s%s"\noutput = "/dev/null"\n' "$address" "$path"; done >"$home/urls"
curl -sf -K "$home/urls"
for page in $(seq 1 200); do curl -sf -o /dev/null "$address/?trang=$page" || break; done
echo "memory after 5,000 articles and 200 pages of the list: $(rss)"
