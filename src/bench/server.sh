#!/usr/bin/env bash
# Times `audit now --server` against `audit now` alone on the tree of run.sh: whole processes, JVM start included, warm,
# by turns in one run. The configuration is a site's usual one for nginx: dot files denied, far expiry for pictures, a
# password for a directory, no scripts in uploads; and the same for Apache, with a .htaccess in the root. No server runs.
#
#   src/bench/server.sh [FILES [ROUNDS [DIRECTORY]]]     defaults: 1000000 files, 5 rounds, /var/tmp/audit-bench
#
# Run run.sh before, with the same FILES and DIRECTORY: it grows the tree.
set -euo pipefail
export LC_ALL=C
files=${1:-1000000} rounds=${2:-5} top=${3:-/var/tmp/audit-bench}
here=$(cd "$(dirname "$0")" && pwd)
. "$here/common.sh"
root=$top/tree-$files
work=$top/server
[ -e "$root.grown" ] || { echo "server.sh: run run.sh first, which grows $root" >&2; exit 2; }
mkdir -p "$work"

cat >"$work/nginx.conf" <<NGINX
user www-data;
events {}
http {
    server {
        listen 80 default_server;
        server_name bench.example;
        root $root;
        index index.html index.php;
        location / { try_files \$uri \$uri/ =404; }
        location ~ /\. { deny all; }
        location ~* \.(?:png|jpe?g|gif|css|js)\$ { expires 30d; }
        location ~* ^/uploads/.*\.php\$ { return 403; }
        location /d1/ { auth_basic "staff"; auth_basic_user_file /etc/hostname; }
    }
}
NGINX
cat >"$work/httpd.conf" <<APACHE
ServerRoot $work
User www-data
Group www-data
Listen 80
LoadModule authz_core_module modules/mod_authz_core.so
LoadModule dir_module modules/mod_dir.so
LoadModule mime_module modules/mod_mime.so
LoadModule alias_module modules/mod_alias.so
LoadModule setenvif_module modules/mod_setenvif.so
ServerName bench.example
DocumentRoot $root
<Directory />
    Require all denied
</Directory>
<Directory $root>
    Options FollowSymLinks
    AllowOverride All
    Require all granted
</Directory>
<FilesMatch "^\.ht">
    Require all denied
</FilesMatch>
<LocationMatch "/\.git">
    Require all denied
</LocationMatch>
APACHE

now() { audit now --as www-data --store "$top/server-store" "$@" "$root" >"$work/audit.out" || true; }
alone() { now; }
by_nginx() { now --server=nginx --server-config "$work/nginx.conf"; }
by_apache() { now --server=apache --server-config "$work/httpd.conf"; }
install_commands
rm -rf "$top/server-store"
alone; by_nginx; by_apache   # warm, and a history to compare with
: >"$top/times"
for _ in $(seq "$rounds"); do
    echo "$(timed alone) $(timed by_nginx) $(timed by_apache)" >>"$top/times"
done
printf '| %d files, median of %d rounds | wall s | CPU s | to audit now: wall, CPU |\n| --- | --- | --- | --- |\n' "$files" "$rounds"
row 'audit now' 1 2 ' '
row 'audit now --server=nginx' 3 4 "$(ratios 3 4)"
row 'audit now --server=apache' 5 6 "$(ratios 5 6)"
