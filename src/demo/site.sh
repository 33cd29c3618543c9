#!/bin/sh
# Builds a small site with the faults that web hosts really have, and prints the path of its document root.
# Any user may run it; it touches nothing but a new directory below ${TMPDIR:-/tmp}.
set -eu
umask 022
top=$(mktemp -d "${TMPDIR:-/tmp}/audit-demo.XXXXXX")
chmod 755 "$top"
site=$top/site
mkdir -p "$site/blog/2026" "$site/uploads" "$site/css" "$top/vault/files"

page() { printf '<!doctype html><title>%s</title>\n' "$2" >"$1"; }

page "$site/index.html" home
page "$site/css/main.css" style
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do page "$site/blog/2026/post$i.html" "post $i"; done
page "$site/blog/2026/draft.html" draft
for i in 1 2 3 4 5 6; do page "$site/uploads/photo$i.jpg" "photo $i"; done
page "$top/vault/files/manual.pdf" manual
ln -s ../vault/files "$site/downloads"
printf 'DB_PASSWORD=secret\n' >"$site/.env"

chmod 750 "$site/blog"               # whoever deployed had umask 027
chmod 600 "$site/blog/2026/draft.html"
chmod 600 "$site"/uploads/*.jpg      # made by mkstemp(3), as many upload forms do
chmod 744 "$site/css"                # the names can be listed, no file can be reached
chmod 700 "$top/vault"               # open link, closed directory above its target
chmod 600 "$site/.env"               # closed on purpose

printf '%s\n' "$site"
