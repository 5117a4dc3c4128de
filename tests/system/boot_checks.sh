#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Runs as root in a freshly booted system with the package installed.
set -u

fail() {
    echo "FAILED: $1"
    systemctl --no-pager status smed.service smed.socket
    journalctl --no-pager -n 60 -u smed.service -u smed-backup.service -u smed-due.service
    exit 1
}
check() { # WHAT COMMAND…
    local what=$1 output
    shift
    output=$("$@" 2>&1) || fail "$what: $output"
    echo "ok: $what"
}
is() { [ "$(systemctl show -P "$2" "$1")" = "$3" ]; }
pid() { systemctl show -P MainPID smed.service; }
as() { setpriv --reuid="$1" --regid="$1" --init-groups "${@:2}"; }
status_of() {
    "$@" >/dev/null 2>&1
    echo $?
}
uid_seen() { "$@" sme-ctl --json whoami | tr -d ' \n' | grep -oE '"uid":[0-9]+' | cut -d: -f2; }
other_pid() { # OLD: another daemon runs within 15 s
    for _ in $(seq 150); do
        case $(pid) in 0 | "$1") sleep 0.1 ;; *) return 0 ;; esac
    done
    return 1
}

check "the socket listens" is smed.socket ActiveState active
check "nobody called, so no daemon runs" is smed.service ActiveState inactive
check "the first call starts it" sme-ctl --no-pager version
check "it says that it is ready" is smed.service ActiveState active
check "systemd rates it safe" systemd-analyze security --no-pager --threshold=5 smed.service

check "root is seen as root" [ "$(uid_seen env)" = 0 ]
check "an unknown user gets nothing" [ "$(status_of as zoe sme-ctl status)" = 77 ]
check "a cooperative is created" sme-ctl coop create coopemel --name Coopemel
check "a grant is given" sme-ctl grant add --user ana --role viewer --cooperative coopemel
check "a user with a grant is seen as herself" [ "$(uid_seen as ana)" = "$(id -u ana)" ]
check "she may read" as ana sme-ctl coop show coopemel
check "she may not write" [ "$(status_of as ana sme-ctl coop create other --name Other)" = 77 ]

check "a shipped standard is published" sme-ctl standard import /usr/share/smed/standards/iso-14001-2015.yaml
check "a manager is granted" sme-ctl grant add --user max --role manager --cooperative coopemel
check "he registers a member" as max sme-ctl enterprise create colmena --name Colmena --activity farm --cooperative coopemel
check "and records an inspection" as max sme-ctl audit record colmena iso-14001 --kind internal_inspection --on 2026-11-20 \
    --all-conforming --except "6.1.2=minor:effluents are not on the list"
check "of which the group's status speaks" grep -q 'iso-14001:2015 *1/1' <(as ana sme-ctl status coopemel)

usermod --append --groups smed-admin zoe
check "the group smed-admin may write" as zoe sme-ctl cluster create north --name North
# The range that systemd takes dynamic users from.
check "the daemon runs as a user of its own" [ "$(stat -c %u "/proc/$(pid)")" -ge 61184 ]

for round in $(seq 8); do
    old=$(pid)
    kill -9 "$old"
    check "served after kill -9, round $round" sme-ctl coop show coopemel
    other_pid "$old" || fail "it was not started again"
done

mkdir -p /run/systemd/system/smed.service.d
printf '[Service]\nWatchdogSec=3\nTimeoutAbortSec=5\n' >/run/systemd/system/smed.service.d/watchdog.conf
systemctl daemon-reload
systemctl restart smed.service
old=$(pid)
sleep 5
check "the watchdog leaves a working daemon alone" [ "$(pid)" = "$old" ]
kill -STOP "$old"
check "the watchdog restarts a hanging daemon" other_pid "$old"
check "and it serves again" sme-ctl coop show coopemel

check "the backup service works" systemctl start smed-backup.service
check "and leaves a copy" compgen -G '/var/lib/private/smed/backup/*.db'
check "the backup timer waits" is smed-backup.timer ActiveState active

check "an inspection is planned" as max sme-ctl audit plan colmena iso-14001 --kind internal_inspection --on "$(date +%F)"
check "the digest service works" systemctl start smed-due.service
check "and writes what is due to the log" grep -q 'due item cooperative="coopemel" kind=planned_audit' \
    <(journalctl --no-pager -o cat -u smed-due.service)
check "of which a notice is kept" grep -q '"channel":"log"' <(sme-ctl due notices coopemel --json)
check "the digest timer waits" is smed-due.timer ActiveState active
check "a contact has an address" sme-ctl coop update coopemel --email ana@example.org
printf '#!/bin/sh\nexec cat >&2\n' >/usr/local/sbin/sendmail
chmod 755 /usr/local/sbin/sendmail
mkdir -p /run/systemd/system/smed-due.service.d
printf '[Service]\nEnvironment=SME_SENDMAIL=/usr/local/sbin/sendmail\nExecPaths=/usr/local/sbin/sendmail /bin /usr/bin\n' \
    >/run/systemd/system/smed-due.service.d/mail.conf
systemctl daemon-reload
check "the digest service sends mail where it is told how" systemctl start smed-due.service
check "to the contact" grep -q '^To: <ana@example.org>' <(journalctl --no-pager -o cat -u smed-due.service)

check "it stops" systemctl stop smed.service
check "cleanly" is smed.service Result success
check "with status 0" is smed.service ExecMainStatus 0
check "and starts again with the next call, with its state" sme-ctl coop show coopemel
check "the journal verifies" sme-ctl journal verify

dpkg --purge smed >/root/purge.log 2>&1
check "purging leaves the register" test -e /var/lib/private/smed/smed.db
check "and says where" grep -q /var/lib/private/smed /root/purge.log
