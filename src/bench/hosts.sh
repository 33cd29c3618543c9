#!/usr/bin/env bash
# Times `audit explain URL` on configurations of many virtual hosts, one of nginx and one of Apache: whole processes,
# JVM start included, all warm, by turns in one run. Needs a JDK, nginx and Apache as Debian has them.
#
#   src/bench/hosts.sh [HOSTS [ROUNDS [DIRECTORY]]]     defaults: 500 hosts, 9 rounds, /var/tmp/audit-bench
set -euo pipefail
export LC_ALL=C
hosts=${1:-500} rounds=${2:-9} top=${3:-/var/tmp/audit-bench}
here=$(cd "$(dirname "$0")" && pwd)
. "$here/common.sh"

sites=$top/hosts-$hosts
if [ ! -e "$sites/written" ]; then
    rm -rf -- "$sites"
    mkdir -p "$sites/nginx" "$sites/apache"
    for i in $(seq "$hosts"); do
        root=$sites/www/$i
        mkdir -p "$root"
        echo "$i" >"$root/index.html"
        cat >"$sites/nginx/$i.conf" <<END
server {
    listen 80;
    server_name site$i.example www.site$i.example;
    root $root;
    index index.html index.php;
    location / { try_files \$uri \$uri/ /index.php?\$args; }
    location ~ \.php$ { include /etc/nginx/fastcgi.conf; fastcgi_pass unix:/run/php/php-fpm.sock; }
    location ~ /\.(?!well-known) { deny all; }
    location ~* \.(css|js|png|jpg|gif)$ { expires 30d; }
}
END
        cat >"$sites/apache/$i.conf" <<END
<VirtualHost *:80>
    ServerName site$i.example
    ServerAlias www.site$i.example
    DocumentRoot $root
    <Directory $root>
        Options -Indexes +FollowSymLinks
        AllowOverride All
        Require all granted
    </Directory>
    <FilesMatch "\.php$">
        SetHandler "proxy:unix:/run/php/php-fpm.sock|fcgi://localhost"
    </FilesMatch>
    <LocationMatch "/\.(?!well-known)">
        Require all denied
    </LocationMatch>
</VirtualHost>
END
    done
    cat >"$sites/nginx.conf" <<END
user www-data;
events { }
http {
    include /etc/nginx/mime.types;
    include $sites/nginx/*.conf;
}
END
    sed "s|^IncludeOptional sites-enabled/.*|IncludeOptional $sites/apache/*.conf|" /etc/apache2/apache2.conf \
        >"$sites/apache2.conf"
    touch "$sites/written"
fi

nginx=(--server nginx --server-config "$sites/nginx.conf")
apache=(--server apache --server-config "$sites/apache2.conf" --server-prefix /etc/apache2)
url=http://site$((hosts / 2)).example/.git/config
refused() { # the answer has to be right, too
    audit explain "$@" "$url" >"$top/explain.out" && return 1
    grep -q 403 "$top/explain.out"
}
by_nginx() { refused "${nginx[@]}"; }
by_apache() { refused "${apache[@]}"; }

install_commands
by_nginx
by_apache
: >"$top/times"
for _ in $(seq "$rounds"); do
    echo "$(timed bare) $(timed by_nginx) $(timed by_apache)" >>"$top/times"
done
printf '| %d virtual hosts, median of %d rounds | wall s | CPU s |\n| --- | --- | --- |\n' "$hosts" "$rounds"
row 'java -version' 1 2
row 'audit explain URL, nginx' 3 4
row 'audit explain URL, Apache' 5 6
