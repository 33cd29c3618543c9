#!/bin/bash
set -eu
mkdir -p "$1/site"
echo home > "$1/site/index.html"
chown root:www-data "$1/site"
chmod 750 "$1/site"
