#!/usr/bin/env bash
# A release build beside nginx that sends the same bytes from disk with gzip_static: in turn, in one run, each alone on
# the first core while it is asked from the second. Prints requests a second and the 99th percentile of both, and the
# ratio: above 1 is better than nginx.
#
# The rate is what each gives when asked for all it can (wrk). The percentile is taken twice: then, and while both are
# asked for the same LOAD requests a second (h2load), which neither finds hard. Only the second compares like with like:
# asked for all it can, the faster server drives the asker itself to its limit and is charged with the asker's queue.
#
#   benches/beside_nginx.sh [COUNT]                      COUNT articles, 10,000 if not said
#   ROUNDS=9 SECONDS_EACH=2 CONNECTIONS=32 LOAD=40000    how often, how long, how many at once, requests a second
#
# Needs nginx, wrk, h2load (nghttp2-client), curl, python3, taskset. Neither writes a line a request or is behind TLS.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
count=${1:-10000} rounds=${ROUNDS:-9} seconds=${SECONDS_EACH:-2} connections=${CONNECTIONS:-32} load=${LOAD:-40000}
command -v nginx >/dev/null || PATH=$PATH:/usr/sbin
cargo build --release --locked --quiet
target=$(cargo metadata --locked --no-deps --format-version 1 | grep -o '"target_directory":"[^"]*"' | cut -d '"' -f 4)
program=$target/release/bangtin
home=$(mktemp -d)
chmod 755 "$home"
server=
trap 'for one in $server $(cat "$home/nginx.pid" 2>/dev/null); do kill "$one" 2>/dev/null || true; done; rm -rf "$home"' EXIT

benches/articles.py "$home/content" "$count"
export BANGTIN_VAR=$home/var BANGTIN_CONTENT=$home/content BANGTIN_LISTEN=127.0.0.1:0 BANGTIN_LOG_LEVEL=error
"$program" import "$home/content" >/dev/null 2>&1
: >"$home/out"
taskset -c 0 "$program" >"$home/out" 2>/dev/null &
server=$!
until ours=$(grep -o -m 1 'http://127\.0\.0\.1:[0-9]*' "$home/out"); do :; done

section=$(sed -n 's/^slug = "\(.*\)"/\1/p' "$home/content/site.toml" | head -n 1)
declare -A paths=([article]=/tin/bai-000000 [home]=/ [section]=/chuyen-muc/$section [page50]='/?trang=50' [feed]=/atom.xml)
order=(article home section page50 feed)
[ "$count" -ge 1000 ] || order=(article home section feed)

mkdir -p "$home/root"
for page in "${order[@]}"; do
  curl -sf --compressed -H 'Accept-Encoding: gzip' "$ours${paths[$page]}" -o "$home/root/$page.html"
  curl -sf -H 'Accept-Encoding: gzip' "$ours${paths[$page]}" -o "$home/root/$page.html.gz"
  gzip -t "$home/root/$page.html.gz"
done
port=$((20000 + RANDOM % 12000))
cat >"$home/nginx.conf" <<CONF
worker_processes 1;
worker_cpu_affinity 1;
pid $home/nginx.pid;
error_log $home/error.log;
events { worker_connections 4096; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 100000000;
  gzip_static on;
  default_type text/html;
  client_body_temp_path $home/t1; proxy_temp_path $home/t2; fastcgi_temp_path $home/t3; uwsgi_temp_path $home/t4; scgi_temp_path $home/t5;
  server { listen 127.0.0.1:$port; root $home/root; }
}
CONF
taskset -c 0 nginx -c "$home/nginx.conf"
theirs=http://127.0.0.1:$port
for page in "${order[@]}"; do
  cmp <(curl -sf -H 'Accept-Encoding: gzip' "$theirs/$page.html") <(curl -sf -H 'Accept-Encoding: gzip' "$ours${paths[$page]}")
done

phone='User-Agent: Mozilla/5.0 (Linux; Android 14; SM-A057F) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36'
# Asked for all it can: requests a second, and the 99th percentile in microseconds.
at_full() {
  taskset -c 1 wrk -t1 -c"$connections" -d"${seconds}s" --latency -H 'Accept-Encoding: gzip' -H "$phone" "$1" |
    awk '/Requests\/sec/ { rate = $2 } $1 == "99%" { t = $2; m = 1; if (t ~ /ms$/) m = 1000; else if (t ~ /[0-9]s$/ && t !~ /us$/) m = 1000000; sub(/[a-z]+$/, "", t); late = t * m }
         /Non-2xx/ { bad = 1 } END { if (bad) exit 1; printf "%.0f %.0f\n", rate, late }'
}
# Asked for the same load: the 99th percentile in microseconds.
at_load() {
  rm -f "$home/times"
  taskset -c 1 h2load --h1 -c"$connections" --rps=$((load / connections)) -D "$seconds" -H 'Accept-Encoding: gzip' -H "$phone" \
    --log-file="$home/times" "$1" >/dev/null
  awk '$2 != 200 { exit 1 } { print $3 }' "$home/times" | sort -n | awk '{ all[NR] = $1 } END { print all[int(NR * 0.99)] }'
}
for page in "${order[@]}"; do
  at_full "$ours${paths[$page]}" >/dev/null
done
# Round by round over all pages: whatever else the machine does for a minute is borne by all of them.
for _ in $(seq "$rounds"); do
  for page in "${order[@]}"; do
    echo "$page nginx $(at_full "$theirs/$page.html") $(at_load "$theirs/$page.html")" >>"$home/figures"
    echo "$page bangtin $(at_full "$ours${paths[$page]}") $(at_load "$ours${paths[$page]}")" >>"$home/figures"
  done
done
echo "$(nginx -v 2>&1 | sed 's/.*: //'), $(wrk -v 2>&1 | grep -o '^wrk [^ ]*' | head -n 1), $(h2load --version), $("$program" --version), $count articles, $connections connections, load $load requests/s, medians of $rounds rounds of $seconds s"
python3 - "$home/figures" "$home/root" "${order[@]}" <<'PY'
import os, statistics, sys
figures, root, order = sys.argv[1], sys.argv[2], sys.argv[3:]
rows = [line.split() for line in open(figures)]
def median(page, who, column):
    return statistics.median(float(row[column]) for row in rows if row[0] == page and row[1] == who)
print("| page | bytes (gzip) | nginx, requests/s | bangtin, requests/s | ratio | nginx p99 under load, µs | bangtin p99 under load, µs | ratio | p99 at full speed, ratio |")
print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
for page in order:
    a, b, c, d, e, f = [median(page, who, column) for column in (2, 4, 3) for who in ("nginx", "bangtin")]
    print(f"| {page} | {os.path.getsize(f'{root}/{page}.html.gz'):,} | {a:,.0f} | {b:,.0f} | **{b / a:.2f}** | {c:,.0f} | {d:,.0f} | **{c / d:.2f}** | {e / f:.2f} |")
PY
