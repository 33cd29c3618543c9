#!/bin/bash
# Builds the tree of this case under $1.
set -eu
D=$1
umask 022
mkdir -p "$D/site"
echo page > "$D/site/page.html"
chmod 600 "$D/site/page.html"
