# Makes the Debian that test hosts are copies of: DIRECTORY.
set -eu
tree=$1
# one that was broken off may have /proc mounted in it
rm -rf --one-file-system "$tree.new"
debootstrap --variant=minbase \
    --include=acl,ca-certificates,dbus,nginx-light,openjdk-17-jre-headless,opensmtpd,systemd,systemd-sysv \
    bookworm "$tree.new" http://deb.debian.org/debian
chroot "$tree.new" apt-get clean
echo web1 >"$tree.new/etc/hostname"
echo '127.0.0.1 localhost web1' >"$tree.new/etc/hosts"
# whose failure would say nothing of ours: they want the network
systemctl --root="$tree.new" mask apt-daily.timer apt-daily-upgrade.timer
mv "$tree.new" "$tree"
