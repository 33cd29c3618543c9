#!/bin/bash
# Builds the tree of this case under $1.
set -eu
D=$1
umask 022
dir()  { mkdir -p "$D/$1"; setfacl -b -k "$D/$1"; chown "$3" "$D/$1"; chmod "$2" "$D/$1"; }
file() { rm -f "$D/$1"; printf '%s\n' "${4-content}" > "$D/$1"; chown "$3" "$D/$1"; chmod "$2" "$D/$1"; }
dir site 0755 root:root
file site/index.html 0644 root:root home
file passwords 0644 root:root "joe:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ="
