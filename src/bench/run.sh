#!/usr/bin/env bash
# Times `audit now` against `find ROOT ! -readable` run as the web server's user, and bfs (if it is there) and getfacl:
# whole processes, JVM start included, all warm, by turns in one run. Then compares what they found, and says how long
# the commands take that have nothing to walk. Needs root, a JDK, acl, findutils and util-linux.
#
#   src/bench/run.sh [FILES [ROUNDS [DIRECTORY]]]     defaults: 1000000 files, 5 rounds, /var/tmp/audit-bench
#
# The tree is kept for the next run; remove DIRECTORY to be rid of it. JAVA_OPTIONS overrides the JVM's.
set -euo pipefail
export LC_ALL=C
files=${1:-1000000} rounds=${2:-5} top=${3:-/var/tmp/audit-bench}
here=$(cd "$(dirname "$0")" && pwd)
jar=$(cd "$here/../.." && pwd)/target/audit.jar
user=www-data uid=$(id -u www-data) gid=$(id -g www-data)
read -r -a options <<<"${JAVA_OPTIONS:--XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmn16m -Xmx96m}"
[ "$(id -u)" = 0 ] || { echo 'run.sh: needs root' >&2; exit 2; }
[ -e "$jar" ] || { echo "run.sh: build first: mvn -q -DskipTests package" >&2; exit 2; }

root=$top/tree-$files
if [ ! -e "$root.grown" ]; then
    rm -rf --one-file-system -- "$root"
    mkdir -p "$top"
    chmod 755 "$top"
    echo "growing $files files below $root …" >&2
    java "$here/Grow.java" "$root" "$files" "$uid"
    touch "$root.grown"
fi

# as the package's launcher starts it: with an archive of its classes, and JNA's library beside it, not packed into it
case $(uname -m) in
    x86_64) library=com/sun/jna/linux-x86-64 ;;
    aarch64) library=com/sun/jna/linux-aarch64 ;;
    *) echo "run.sh: knows no $(uname -m)" >&2; exit 2 ;;
esac
(cd "$top" && jar xf "$jar" "$library/libjnidispatch.so")
options+=("-Djna.boot.library.path=$top/$library" -Djna.nosys=true -Djna.nounpack=true)
rm -rf "$top/store"
java "${options[@]}" -XX:DumpLoadedClassList="$top/classes" -jar "$jar" \
    now --as "$user" --store "$top/store" "$here" >/dev/null 2>&1 || true
java "${options[@]}" -XX:DumpLoadedClassList="$top/classes.explain" -jar "$jar" \
    explain --as "$user" "$here/run.sh" >/dev/null 2>&1 || true
sed '/ source: /d; s/ id: [0-9]*$//' "$top/classes" "$top/classes.explain" | awk '!seen[$0]++' >"$top/classes.all"
rm -f "$top/classes.jsa"
java -Xshare:dump -XX:SharedClassListFile="$top/classes.all" -XX:SharedArchiveFile="$top/classes.jsa" \
    -XX:+UseSerialGC -Xlog:disable -cp "$jar" >/dev/null
options+=(-Xlog:disable -Xlog:all=error:stderr -XX:SharedArchiveFile="$top/classes.jsa")

peer() { setpriv --reuid "$uid" --regid "$gid" --clear-groups find "$root" ! -readable >"$top/find.out" 2>/dev/null || true; }
by_bfs() { setpriv --reuid "$uid" --regid "$gid" --clear-groups bfs "$root" ! -readable >"$top/find.out" 2>/dev/null || true; }
by_getfacl() { getfacl -R -s -p "$root" >"$top/getfacl.out" 2>/dev/null || true; }
ours() { java "${options[@]}" -jar "$jar" now --as "$user" --store "$top/store" "$root" >"$top/audit.out" || true; }
simulated() { java "${options[@]}" -jar "$jar" now --as "$user" --store "$top/store" --simulate "$root" >"$top/audit.out" || true; }
timed() { # prints wall and CPU seconds
    local TIMEFORMAT='%R %U %S'
    { time "$1"; } 2>&1 | awk '{ print $1, $2 + $3 }'
}
median() { sort -n | awk '{ a[NR] = $1 } END { print NR % 2 ? a[(NR + 1) / 2] : (a[NR / 2] + a[NR / 2 + 1]) / 2 }'; }

others=(by_getfacl)
if command -v bfs >/dev/null; then others+=(by_bfs); fi
rm -rf "$top/store"
peer; ours; simulated   # warm, and a history to compare with
: >"$top/times"
for _ in $(seq "$rounds"); do
    echo "$(timed peer) $(timed ours) $(timed simulated) $(for other in "${others[@]}"; do timed "$other"; done | tr '\n' ' ')" \
        >>"$top/times"
done
column() { awk -v c="$1" '{ print $c }' "$top/times" | median; }
ratio() { awk -v a="$1" -v b="$2" '{ print $a / $b }' "$top/times" | median; }
row() { printf '| %s | %.2f | %.2f | %s |\n' "$1" "$(column "$2")" "$(column "$3")" "$4"; }
ratios() { printf '%.2f, %.2f' "$(ratio "$1" 1)" "$(ratio "$2" 2)"; }
printf '| %d files, median of %d rounds | wall s | CPU s | to find: wall, CPU |\n| --- | --- | --- | --- |\n' "$files" "$rounds"
row "find ROOT ! -readable, as $user" 1 2 ''
row 'audit now, history and report written' 3 4 "$(ratios 3 4)"
row 'the same with --simulate' 5 6 "$(ratios 5 6)"
row 'getfacl -R -s ROOT' 7 8 "$(ratios 7 8)"
if [ "${#others[@]}" -gt 1 ]; then row "bfs ROOT ! -readable, as $user" 9 10 "$(ratios 9 10)"; fi

# what find calls unreadable among the files must be refused by us too; what it never saw it cannot compare
java "${options[@]}" -jar "$jar" now --as "$user" --no-store --each -0 "$root" | tr '\0' '\n' | sort >"$top/ours" || true
setpriv --reuid "$uid" --regid "$gid" --clear-groups find "$root" -type f ! -readable 2>/dev/null | sort >"$top/theirs" || true
printf 'refused: %d by audit, %d by find (files), %d by find alone, %d that find never saw\n' \
    "$(wc -l <"$top/ours")" "$(wc -l <"$top/theirs")" \
    "$(comm -13 "$top/ours" "$top/theirs" | wc -l)" "$(comm -23 "$top/ours" "$top/theirs" | wc -l)"

small=$top/tree-100
if [ ! -e "$small.grown" ]; then
    java "$here/Grow.java" "$small" 100 "$uid"
    touch "$small.grown"
fi
bare() { java "${options[@]}" -version >/dev/null 2>&1; }
help() { java "${options[@]}" -jar "$jar" --help >/dev/null; }
explained() { java "${options[@]}" -jar "$jar" explain --as "$user" "$small" >/dev/null || true; }
scanned() { java "${options[@]}" -jar "$jar" now --as "$user" --store "$top/store-100" "$small" >/dev/null || true; }
scanned
: >"$top/times"
for _ in $(seq "$((2 * rounds))"); do
    echo "$(timed bare) $(timed help) $(timed explained) $(timed scanned)" >>"$top/times"
done
printf '| start, median of %d rounds | wall s | CPU s | to java -version: wall, CPU |\n| --- | --- | --- | --- |\n' "$((2 * rounds))"
row 'java -version' 1 2 ''
row 'audit --help' 3 4 "$(ratios 3 4)"
row 'audit explain PATH' 5 6 "$(ratios 5 6)"
row 'audit now on 100 files' 7 8 "$(ratios 7 8)"
