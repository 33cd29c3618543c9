#!/usr/bin/env bash
# What a visitor of nginx notices of scans: latencies of a small file at a steady rate of requests, alone, while the
# service scans a tree again and again (at the niceness that its unit gives it), and while `audit now` does.
# Needs root, nginx, h2load (Debian: nghttp2-client), and the tree that run.sh has grown.
#
#   src/bench/visitors.sh [FILES [SECONDS [DIRECTORY]]]     defaults: 1000000 files, 20 s, /var/tmp/audit-bench
set -euo pipefail
export LC_ALL=C
files=${1:-1000000} seconds=${2:-20} top=${3:-/var/tmp/audit-bench}
here=$(cd "$(dirname "$0")" && pwd)
. "$here/common.sh"
root=$top/tree-$files
[ -e "$root.grown" ] || { echo "visitors.sh: grow the tree first: src/bench/run.sh $files" >&2; exit 2; }

site=$top/site
rm -rf -- "$site"
mkdir -p "$site/www"
head -c 4096 /dev/urandom >"$site/www/picture.jpg"
cat >"$site/nginx.conf" <<END
pid $site/nginx.pid;
error_log $site/error.log;
events {}
http {
    access_log off;
    server { listen 127.0.0.1:18099; root $site/www; }
}
END
install_commands
configured() { # PRESSURE
    cat <<END
user = "www-data"
store = "$site/store"
[defaults]
every = "1 s"
jitter = "0 s"
[daemon]
socket = "$site/control.sock"
pressure = $1
[[root]]
path = "$root"
END
}

nginx -c "$site/nginx.conf"
others=
end() {
    if [ -n "$others" ]; then kill -- "-$others" 2>/dev/null || true; fi
    kill "$(cat "$site/nginx.pid")"
}
trap end EXIT

latencies() { # NAME
    rm -f "$site/requests"
    h2load --h1 -c 4 --rps 250 -D "$seconds" --log-file "$site/requests" http://127.0.0.1:18099/picture.jpg >/dev/null
    sort -k3n "$site/requests" | awk -v name="$1" '{ t[NR] = $3 / 1000 }
        END { printf "| %s | %d | %.2f | %.2f | %.2f |\n", name, NR, t[int(NR / 2)], t[int(NR * .99)], t[int(NR * .999)] }'
}
beside() { # NAME COMMAND…
    local name=$1
    shift
    setsid "$@" >"$site/others.log" 2>&1 &
    others=$!
    sleep 5 # of the scans some have begun then, and Java has started
    latencies "$name"
    kill -- "-$others" 2>/dev/null || true
    wait "$others" 2>/dev/null || true
    others=
    grep -q 'paths refused' "$site/others.log" || { echo "visitors.sh: nothing was scanned" >&2; exit 1; }
}
service() { # PRESSURE
    configured "$1" >"$site/audit.toml"
    rm -rf "$site/store"
    beside "the service scans, pressure = $1" \
        nice -n 10 env STATE_DIRECTORY="$site" "$top/audit" daemon --config "$site/audit.toml"
}

echo "| a steady rate of requests for ${seconds} s | requests | median ms | 99 % ms | 99.9 % ms |"
echo '| --- | --- | --- | --- | --- |'
latencies 'alone'
service 30
service 100
beside 'audit now, again and again' bash -c 'while true; do "$1" now --as www-data --no-store "$2"; done' again "$top/audit" "$root"
