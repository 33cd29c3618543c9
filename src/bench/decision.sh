#!/usr/bin/env bash
# Nanoseconds for one decision, by what decides, and for reading an ACL, measured by JMH as the commands compile them.
# Needs a JDK, Maven, and the jar: mvn -q -DskipTests package
#
#   src/bench/decision.sh [OPTION OF JMH…]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=$here/../../target
[ -e "$target/audit.jar" ] || { echo "decision.sh: build first: mvn -q -DskipTests package" >&2; exit 2; }
jmh=1.37
for artifact in "org.openjdk.jmh:jmh-core:$jmh" "org.openjdk.jmh:jmh-generator-annprocess:$jmh" \
    net.sf.jopt-simple:jopt-simple:5.0.4 org.apache.commons:commons-math3:3.6.1; do
    mvn -q -f "$here/../../pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
        -Dartifact="$artifact" -DoutputDirectory="$target/jmh" -Dmdep.overWriteReleases=false
done
mkdir -p "$target/jmh/classes"
javac -cp "$target/audit.jar:$target/jmh/*" -d "$target/jmh/classes" "$here/DecisionBenchmark.java"
java -cp "$target/jmh/classes:$target/audit.jar:$target/jmh/*" org.openjdk.jmh.Main "$@" DecisionBenchmark
