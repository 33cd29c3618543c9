#!/usr/bin/env bash
# Times `audit log` on an access log, and on it with an error log that explains its refusals, against `grep -c`: whole
# processes, JVM start included, all warm, by turns in one run.
#
#   src/bench/log.sh [MEGABYTES [ROUNDS [DIRECTORY]]]     defaults: 100 MB of access log, 5 rounds, /var/tmp/audit-bench
#
# The logs are kept for the next run; remove DIRECTORY to be rid of them.
set -euo pipefail
export LC_ALL=C
megabytes=${1:-100} rounds=${2:-5} top=${3:-/var/tmp/audit-bench}
here=$(cd "$(dirname "$0")" && pwd)
. "$here/common.sh"

access=$top/access-$megabytes.log error=$top/error-$megabytes.log
if [ ! -e "$error" ]; then
    echo "writing $megabytes MB below $top …" >&2
    # one answer in twenty is a refusal; one refusal in two has its line in the error log
    awk -v bytes="$((megabytes * 1000000))" -v error="$error.part" 'BEGIN {
        srand(4711)
        agent[0] = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36"
        agent[1] = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
        agent[2] = "curl/7.88.1"
        while (written < bytes) {
            second = int(86400 * written / bytes)
            time = sprintf("%02d:%02d:%02d", second / 3600, second / 60 % 60, second % 60)
            from = sprintf("%d.%d.%d.%d", 1 + rand() * 220, rand() * 256, rand() * 256, rand() * 256)
            status = rand() < 0.05 ? 403 : rand() < 0.1 ? 404 : 200
            url = sprintf("/section/%d/page%d.html?query=%d", rand() * 50, rand() * 40, rand() * 1000000000)
            line = from " - - [26/Nov/2026:" time " +0000] \"GET " url " HTTP/1.1\" " status " 5123 " \
                "\"https://example.org/\" \"" agent[int(rand() * 3)] "\""
            print line
            written += length(line) + 1
            if (status == 403 && rand() < 0.5) {
                file = url
                sub(/\?.*/, "", file)
                print "2026/11/26 " time " [error] 1#1: *1 open() \"/srv/www" file "\" failed (13: Permission denied)" \
                    ", client: " from ", server: shop, request: \"GET " url " HTTP/1.1\", host: \"shop\"" >error
            }
        }
    }' >"$access"
    mv "$error.part" "$error"
fi

refusals() { TZ=UTC audit log --as www-data "$@" >"$top/log.out" || [ $? = 1 ]; }
peer() { grep -c '" 403 ' "$access" >"$top/grep.out"; }
alone() { refusals "$access"; }
joined() { refusals "$access" "$error"; }

install_commands
peer; alone; joined   # warm
: >"$top/times"
for _ in $(seq "$rounds"); do
    echo "$(timed peer) $(timed alone) $(timed joined)" >>"$top/times"
done
printf '| %d MB, %d lines, %d refusals, median of %d rounds | wall s | CPU s |\n| --- | --- | --- |\n' \
    "$megabytes" "$(wc -l <"$access")" "$(cat "$top/grep.out")" "$rounds"
row "grep -c" 1 2
row "audit log, access log" 3 4
row "audit log, access log and the error log to it" 5 6
# every refusal that has its line in the error log must be joined to it
tail -n 3 "$top/log.out"
printf 'lines in the error log: %d\n' "$(wc -l <"$error")"
