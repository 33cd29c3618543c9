# What the benchmarks share; they source it with `here` (where they are) and `top` (where they may write) set.

jar=$(cd "$here/../.." && pwd)/target/audit.jar
read -r -a options <<<"${JAVA_OPTIONS:--XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:Tier3InvocationThreshold=1000 \
-XX:Tier3MinInvocationThreshold=500 -XX:Tier3CompileThreshold=10000 -XX:-UsePerfData -Xms32m -Xmn16m}"
[ -e "$jar" ] || { echo "${0##*/}: build first: mvn -q -DskipTests package" >&2; exit 2; }
mkdir -p "$top"
chmod 755 "$top"

# As the package's launcher starts it: with JNA's library beside the jar, not packed into it, …
unpack_library() {
    local library
    case $(uname -m) in
        x86_64) library=com/sun/jna/linux-x86-64 ;;
        aarch64) library=com/sun/jna/linux-aarch64 ;;
        *) echo "${0##*/}: knows no $(uname -m)" >&2; exit 2 ;;
    esac
    (cd "$top" && jar xf "$jar" "$library/libjnidispatch.so")
    options+=("-Djna.boot.library.path=$top/$library" -Djna.nosys=true -Djna.nounpack=true)
    rm -f "$top"/classes.*
}

# … and with an archive of the classes that these commands load.
learn() {
    learnt=$((${learnt:-0} + 1))
    java "${options[@]}" -XX:DumpLoadedClassList="$top/classes.$learnt" -jar "$jar" "$@" >/dev/null 2>&1 || true
}
archive() {
    sed '/ source: /d; s/ id: [0-9]*$//' "$top"/classes.[0-9]* | awk '!seen[$0]++' >"$top/classes.all"
    java -Xshare:dump -XX:SharedClassListFile="$top/classes.all" -XX:SharedArchiveFile="$top/classes.jsa" \
        -XX:+UseSerialGC -Xlog:disable -cp "$jar" >/dev/null
    options+=(-Xlog:disable -Xlog:all=error:stderr -XX:SharedArchiveFile="$top/classes.jsa")
}

audit() { java "${options[@]}" -jar "$jar" "$@"; }

timed() { # prints wall and CPU seconds
    local TIMEFORMAT='%R %U %S'
    { time "$1"; } 2>&1 | awk '{ print $1, $2 + $3 }'
}
median() { sort -n | awk '{ a[NR] = $1 } END { print NR % 2 ? a[(NR + 1) / 2] : (a[NR / 2] + a[NR / 2 + 1]) / 2 }'; }

# Of the columns of $top/times, one line a round.
column() { awk -v c="$1" '{ print $c }' "$top/times" | median; }
ratio() { awk -v a="$1" -v b="$2" '{ print $a / $b }' "$top/times" | median; }
ratios() { printf '%.2f, %.2f' "$(ratio "$1" 1)" "$(ratio "$2" 2)"; }
row() { # NAME COLUMN-OF-WALL COLUMN-OF-CPU [MORE]
    printf '| %s | %.2f | %.2f |%s\n' "$1" "$(column "$2")" "$(column "$3")" "${4:+ $4 |}"
}
