#!/bin/bash
# Builds the tree of this case under $1.
set -eu
D=$1
umask 022
mkdir -p "$D/home/bea/releases/1/public"
ln -sfn releases/1 "$D/home/bea/current"
echo '<?php echo 6*7;' > "$D/home/bea/releases/1/public/index.php"
chown -R nobody:nogroup "$D/home/bea"
chmod 710 "$D/home/bea"
cat > "$D/fpm.conf" <<EOT
[global]
pid = $D/fpm/fpm.pid
error_log = $D/fpm/fpm.log
[www]
user = nobody
group = nogroup
listen = $D/fpm/php.sock
listen.owner = www-data
listen.group = www-data
listen.mode = 0660
pm = static
pm.max_children = 1
EOT
mkdir -p "$D/fpm"
