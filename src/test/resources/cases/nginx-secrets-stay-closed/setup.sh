#!/bin/bash
# Builds the tree of this case under $1.
set -eu
D=$1
umask 022
mkdir -p "$D/site/.git" "$D/site/shut"
for f in .env .htpasswd .git/config wp-config.php id_rsa backup.sql shut/.env; do
    echo secret > "$D/site/$f"
    chmod 600 "$D/site/$f"
done
chmod 700 "$D/site/shut"
