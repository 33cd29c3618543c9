#!/bin/bash
# Builds the tree of this case under $1.
set -eu
D=$1
umask 022
mkdir -p "$D/site"
echo home > "$D/site/index.html"
