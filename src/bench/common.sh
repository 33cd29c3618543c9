# What the benchmarks share; they source it with `here` (where they are) and `top` (where they may write) set.

jar=$(cd "$here/../.." && pwd)/target/audit.jar
[ -e "$jar" ] || { echo "${0##*/}: build first: mvn -q -DskipTests package" >&2; exit 2; }
mkdir -p "$top"
chmod 755 "$top"

# The commands as the package has them: its launcher, with JNA's library and an archive of the classes, but of this jar
# and below $top. JDK_JAVA_OPTIONS adds to the launcher's options.
install_commands() {
    local library
    case $(uname -m) in
        x86_64) library=com/sun/jna/linux-x86-64 ;;
        aarch64) library=com/sun/jna/linux-aarch64 ;;
        *) echo "${0##*/}: knows no $(uname -m)" >&2; exit 2 ;;
    esac
    (cd "$top" && jar xf "$jar" "$library/libjnidispatch.so" && mv "$library/libjnidispatch.so" .)
    cp "$here/../deb/find-java" "$top"
    for script in audit archive-classes; do
        sed -e "s|^home=.*|home=$top|; s|^jar=.*|jar=$jar|" \
            -e "s|/var/cache/docroot-audit|$top|; s|/usr/bin/audit|$top/audit|" "$here/../deb/$script" >"$top/$script"
        chmod +x "$top/$script"
    done
    "$top/archive-classes"
}

audit() { "$top/audit" "$@"; }

# What each of them is measured against: a Java that does nothing, as it comes.
bare() { java -version 2>/dev/null; }

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
