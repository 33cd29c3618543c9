#!/bin/bash
# Builds the tree of this case under $1.
set -eu
D=$1
umask 022
mkdir -p "$D/site/shut" "$D/site/plain" "$D/site/some" "$D/site/away"
echo '<?php echo 6*7;' > "$D/site/index.php"
echo '<?php echo 6*7;' > "$D/site/shut/in.php"
echo soon > "$D/site/soon.html"
for d in . plain some away; do echo '<?php echo 6*7;' > "$D/site/$d/page.phtml"; done
chmod 700 "$D/site/shut"
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
