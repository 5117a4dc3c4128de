#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# boot.sh PACKAGES WORK: installs the .deb of PACKAGES in a Debian of its own, boots that with systemd in a container, and runs
# boot_checks.sh in it. The bare system is kept in WORK for the next time. Exits with 77 where rights or tools are missing.
set -eu
packages=$(realpath "$1")
mkdir -p "$2"
work=$(realpath "$2")
here=$(dirname "$(realpath "$0")")

skip() {
    echo "boot: skipped: $1"
    exit 77
}
[ "$(id -u)" = 0 ] || skip "not root"
command -v mmdebstrap >/dev/null || skip "mmdebstrap is not installed"
command -v systemd-nspawn >/dev/null || skip "systemd-container is not installed"

# What the package needs is part of the kept system, whose name says for which package list it was made.
needs=$(dpkg-deb -f "$packages"/smed_*.deb Depends | sed 's/([^)]*)//g; s/|[^,]*//g; s/ //g')
base=$work/$(printf %s "$needs" | sha256sum | cut -c1-12).tar
if [ ! -e "$base" ]; then
    echo "boot: making a bare system" >&2
    mmdebstrap --quiet --variant=minbase --include="systemd,systemd-sysv,dbus,$needs" bookworm "$work/part.tar"
    mv "$work/part.tar" "$base"
fi

root=$(mktemp -d "$work/root.XXXXXX")
trap 'rm -rf --one-file-system "$root"' EXIT
tar -xf "$base" -C "$root"
cp "$packages"/smed_*.deb "$here/boot_checks.sh" "$root/root/"
chroot "$root" sh -c 'dpkg -i /root/smed_*.deb && useradd ana && useradd max && useradd zoe' >"$root/install.log" 2>&1 || {
    cat "$root/install.log"
    exit 1
}
cat >"$root/etc/systemd/system/checks.service" <<'END'
[Unit]
After=multi-user.target
[Service]
Type=oneshot
ExecStart=/bin/sh -c '/root/boot_checks.sh >/root/result 2>&1; echo "status $?" >>/root/result; systemctl --no-block poweroff'
StandardOutput=null
[Install]
WantedBy=default.target
END
chroot "$root" systemctl --quiet enable checks.service

container() {
    SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 timeout --kill-after=10 180 systemd-nspawn --quiet --directory="$root" \
        --register=no --keep-unit --private-network --console=pipe "$@" >"$work/console.log" 2>&1 </dev/null
}
container /bin/true || skip "no container can be started: $(tail -n 1 "$work/console.log")"
container --boot || true
if [ ! -e "$root/root/result" ]; then
    tail -n 50 "$work/console.log"
    echo "boot: the container did not reach the checks"
    exit 1
fi
cat "$root/root/result"
[ "$(tail -n 1 "$root/root/result")" = "status 0" ]
