#!/usr/bin/env bash
# Times `audit now` against `find ROOT ! -readable` run as the web server's user, and bfs (if it is there) and getfacl:
# whole processes, JVM start included, all warm, by turns in one run. Then compares what they found, and says how long
# the commands take that have nothing to walk. Needs root, a JDK, acl, findutils and util-linux, and for the peak of the
# memory time(1).
#
#   src/bench/run.sh [FILES [ROUNDS [DIRECTORY [MORE]]]]     defaults: 1000000 files, 5 rounds, /var/tmp/audit-bench
#
# With MORE files, a second and larger tree is measured, and what a million files take beyond the start. The trees are
# kept for the next run; remove DIRECTORY to be rid of them.
set -euo pipefail
export LC_ALL=C
files=${1:-1000000} rounds=${2:-5} top=${3:-/var/tmp/audit-bench} more=${4:-}
here=$(cd "$(dirname "$0")" && pwd)
user=www-data uid=$(id -u www-data) gid=$(id -g www-data)
. "$here/common.sh"
[ "$(id -u)" = 0 ] || { echo 'run.sh: needs root' >&2; exit 2; }

grow() { # FILES
    root=$top/tree-$1
    if [ ! -e "$root.grown" ]; then
        rm -rf --one-file-system -- "$root"
        echo "growing $1 files below $root …" >&2
        java "$here/Grow.java" "$root" "$1" "$uid"
        touch "$root.grown"
    fi
}

install_commands

peer() { setpriv --reuid "$uid" --regid "$gid" --clear-groups find "$root" ! -readable >"$top/find.out" 2>/dev/null || true; }
by_bfs() { setpriv --reuid "$uid" --regid "$gid" --clear-groups bfs "$root" ! -readable >"$top/find.out" 2>/dev/null || true; }
by_getfacl() { getfacl -R -s -p "$root" >"$top/getfacl.out" 2>/dev/null || true; }
ours() { audit now --as "$user" --store "$top/store" "$root" >"$top/audit.out" || true; }
simulated() { audit now --as "$user" --store "$top/store" --simulate "$root" >"$top/audit.out" || true; }
others=(by_getfacl)
if command -v bfs >/dev/null; then others+=(by_bfs); fi
measure() { # FILES
    grow "$1"
    rm -rf "$top/store"
    peer; ours; simulated   # warm, and a history to compare with
    : >"$top/times"
    for _ in $(seq "$rounds"); do
        echo "$(timed peer) $(timed ours) $(timed simulated) $(for other in "${others[@]}"; do timed "$other"; done | tr '\n' ' ')" \
            >>"$top/times"
    done
    printf '| %d files, median of %d rounds | wall s | CPU s | to find: wall, CPU |\n| --- | --- | --- | --- |\n' "$1" "$rounds"
    row "find ROOT ! -readable, as $user" 1 2 ' '
    row 'audit now, history and report written' 3 4 "$(ratios 3 4)"
    row 'the same with --simulate' 5 6 "$(ratios 5 6)"
    row 'getfacl -R -s ROOT' 7 8 "$(ratios 7 8)"
    if [ "${#others[@]}" -gt 1 ]; then row "bfs ROOT ! -readable, as $user" 9 10 "$(ratios 9 10)"; fi
}
medians() { for c in 1 2 3 4 5 6; do column "$c"; done | tr '\n' ' '; }
slope() { # NAME COLUMN-OF-WALL
    awk -v name="$1" -v w="$2" -v millions="$more $files" '
        BEGIN { split(millions, m); m[1] = (m[1] - m[2]) / 1e6 }
        { for (i = 1; i <= NF; i++) t[NR, i] = $i }
        END {
            wall = (t[2, w] - t[1, w]) / m[1]; cpu = (t[2, w + 1] - t[1, w + 1]) / m[1]
            printf "| %s | %.2f | %.2f | %.2f, %.2f |\n", name, wall, cpu,
                wall / (t[2, 1] - t[1, 1]) * m[1], cpu / (t[2, 2] - t[1, 2]) * m[1]
        }' "$top/medians"
}
peak() { # MB of "$@"
    /usr/bin/time -q -f %M -o "$top/peak" "$top/audit" "$@" >/dev/null || true
    awk '{ printf "%d", $1 / 1000 }' "$top/peak"
}
peaks() {
    if [ -x /usr/bin/time ]; then
        rm -rf "$top/store"
        printf 'peak of the memory: %s MB in a first scan, ' "$(peak now --as "$user" --store "$top/store" "$root")"
        printf '%s MB in one more\n' "$(peak now --as "$user" --store "$top/store" "$root")"
    fi
}

measure "$files"
peaks
if [ -n "$more" ]; then
    medians >"$top/medians"
    echo >>"$top/medians"
    measure "$more"
    peaks
    medians >>"$top/medians"
    printf '| a million files beyond | wall s | CPU s | to find: wall, CPU |\n| --- | --- | --- | --- |\n'
    slope "find ROOT ! -readable, as $user" 1
    slope 'audit now' 3
    slope 'audit now --simulate' 5
    root=$top/tree-$files
fi

# what find calls unreadable among the files must be refused by us too; what it never saw it cannot compare
audit now --as "$user" --no-store --each -0 "$root" | tr '\0' '\n' | sort >"$top/ours" || true
setpriv --reuid "$uid" --regid "$gid" --clear-groups find "$root" -type f ! -readable 2>/dev/null | sort >"$top/theirs" || true
printf 'refused: %d by audit, %d by find (files), %d by find alone, %d that find never saw\n' \
    "$(wc -l <"$top/ours")" "$(wc -l <"$top/theirs")" \
    "$(comm -13 "$top/ours" "$top/theirs" | wc -l)" "$(comm -23 "$top/ours" "$top/theirs" | wc -l)"

small=$top/tree-100
if [ ! -e "$small.grown" ]; then
    java "$here/Grow.java" "$small" 100 "$uid"
    touch "$small.grown"
fi
help() { audit --help >/dev/null; }
explained() { audit explain --as "$user" "$small" >/dev/null || true; }
scanned() { audit now --as "$user" --store "$top/store-100" "$small" >/dev/null || true; }
scanned
: >"$top/times"
for _ in $(seq "$((2 * rounds))"); do
    echo "$(timed bare) $(timed help) $(timed explained) $(timed scanned)" >>"$top/times"
done
printf '| start, median of %d rounds | wall s | CPU s | to java -version: wall, CPU |\n| --- | --- | --- | --- |\n' "$((2 * rounds))"
row 'java -version' 1 2 ' '
row 'audit --help' 3 4 "$(ratios 3 4)"
row 'audit explain PATH' 5 6 "$(ratios 5 6)"
row 'audit now on 100 files' 7 8 "$(ratios 7 8)"
