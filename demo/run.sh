#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A tutorial on real audits: shows every command, then runs it. Starts its own smed on a socket in a temporary directory and
# leaves nothing behind. Needs smed and sme-ctl in PATH.
set -eu
cd "$(dirname "$0")"

house=$(mktemp -d "${TMPDIR:-/tmp}/smed-demo.XXXXXX")
daemon=
leave() {
    status=$?
    if [ -n "$daemon" ]; then
        kill "$daemon" 2>/dev/null || :
        wait "$daemon" || :
    fi
    [ "$status" -eq 0 ] || cat "$house/log" >&2
    rm -rf "$house"
}
trap leave EXIT
trap 'exit 130' INT TERM

unset SME_HOST SME_CLOCK
export SME_SOCKET="$house/smed.sock" SME_PAGER=cat

say() {
    printf '\n# %s\n' "$*"
}

# Shows a command as it would be typed, and runs it.
run() {
    printf '\n$'
    for word in "$@"; do
        case $word in
        --*=*[!A-Za-z0-9_./:=,%+-]*) printf " %s='%s'" "${word%%=*}" "${word#*=}" ;;
        *[!A-Za-z0-9_./:=,%+-]*) printf " '%s'" "$word" ;;
        *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n'
    "$@"
}

# The same for a question whose answer is no: exit status 2.
run_no() {
    answer=0
    run "$@" || answer=$?
    [ "$answer" -eq 2 ]
}

# The number of the newest open major finding of a holder.
major_finding_of() {
    sme-ctl finding list "$1" --class=major --state=open --csv | tail -n 1 | cut -d, -f1
}

today=$(date -u +%F)
standards=../schema/standards
member=GA0090047

say 'A temporary register on its own socket. Once installed, systemd starts smed on the first call.'
printf '\n$ smed --socket %s --database %s &\n' "$SME_SOCKET" "$house/smed.db"
smed --socket "$SME_SOCKET" --database "$house/smed.db" --log warning 2>"$house/log" &
daemon=$!
tries=0
until sme-ctl ping >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || exit 1
    sleep 0.1
done

say 'Standards are files. Import three that many cooperatives need, and the one used in the audits below. That one has no
# group rules, so a rules file adds them: how members are inspected, sampled and counted.'
run sme-ctl standard import "$standards/iso-9001-2015-amd1.yaml" "$standards/iso-14001-2015-amd1.yaml" \
    "$standards/codex-cxc-1-2020-2.yaml"
run sme-ctl standard import "$standards/water-sanitary-survey-2025.yaml" --rules="$standards/overlays/own-control.yaml"
run sme-ctl standard list

say 'The members: small drinking-water suppliers in Georgia, USA (US EPA, public domain). A map file names the columns;
# each county stands for a cooperative.'
run sme-ctl import enterprises systems.csv --map enterprises.yaml
run sme-ctl import members systems.csv --map cooperatives.yaml
run sme-ctl coop list

say 'Twenty-five years of sanitary surveys: one row per visit, one column per area. First a dry run.'
run sme-ctl import audits visits.csv --map surveys.yaml --standard water-sanitary-survey --dry-run
run sme-ctl import audits visits.csv --map surveys.yaml --standard water-sanitary-survey

say 'Importing again changes nothing.'
run sme-ctl import audits visits.csv --map surveys.yaml --standard water-sanitary-survey

say 'Who is ready, and what blocks the others? All cooperatives; one; its members; one member.'
run sme-ctl status
run sme-ctl status baldwin
run sme-ctl status members baldwin
run sme-ctl status "$member"

say 'The same member on an earlier day, after the survey of 2020.'
run sme-ctl status "$member" --as-of=2020-12-31

say 'Which requirements fail most? In one cooperative, then in all: that is where assistance pays off.'
run sme-ctl gaps baldwin
run sme-ctl gaps

finding=$(major_finding_of "$member")
say "The manager's work. What was found at $member?"
run sme-ctl finding show "$finding"

say 'Record a visit by an adviser: planned hours, attended hours, and who paid.'
run sme-ctl person create adviser-1 --name='The adviser'
run sme-ctl assist record 'Wellhead and tank: sealing, screening, records' --kind=mentoring --cooperative=baldwin \
    --adviser=adviser-1 --delivered-on="$today" --cost='480.00 USD' --participations="$member,8h,6h,Well sealed and tank screened" \
    --requirements=water-sanitary-survey,E.1 --requirements=water-sanitary-survey,E.4 --payments='baldwin,480.00 USD'

say 'By the rules of this edition, the adviser may not audit the member for certification for two years.'
run_no sme-ctl impartiality check adviser-1 "$member" --edition=water-sanitary-survey

say 'An internal inspector visits the member again: everything conforms except the sampling plan.'
run sme-ctl person create inspector-1 --name='The inspector'
run sme-ctl inspector appoint baldwin inspector-1 --from="$today"
run sme-ctl audit record "$member" water-sanitary-survey --kind=internal_inspection --auditor=inspector-1 \
    --on="$today" --all-conforming --except='E.6=minor:The plan lacks the two new sampling points' --not-applicable='F.3:Nothing else was looked at'
run sme-ctl audit list "$member"

say 'Resolve the old finding of an external inspection: plan the correction, name the root cause and an owner, implement it.
# Someone else verifies it. Closing the finding changes the verdict.'
run sme-ctl person create operator-1 --name='The operator'
run sme-ctl finding plan "$finding" --correction='Casing raised and sealed' --method=five_whys \
    --root-cause='Nobody was told to look at the wellhead after floods' \
    --actions="corrective,Look at it after each flood; a line in the log,operator-1,$today,40.00 USD"
run sme-ctl finding accept "$finding"

say 'The evidence: a page of the log. The file stays where it is; the register keeps its digest.'
printf '%s flood warning; wellhead looked at, dry; casing whole\n' "$today" >"$house/wellhead-log.txt"
run sme-ctl evidence add "$member" --file="$house/wellhead-log.txt" --title='Log of the wellhead' --kind=record
run sme-ctl finding implement "$finding" --action=1 --cost='35.00 USD' --evidence=E1
run sme-ctl finding verify "$finding" --by=inspector-1 --reason='Seen on the spot; the log is kept'
run sme-ctl finding close "$finding" --reason='Mended for good'
run sme-ctl finding show "$finding"
run sme-ctl status "$member"
run sme-ctl status baldwin
run sme-ctl assist list baldwin

say 'Enrol the cooperative for group certification: from now on the rules for groups apply.'
run sme-ctl pursuit enrol baldwin water-sanitary-survey --route=group

say 'And the group? Its verdict, clause by clause; the members not yet inspected; the sample that an external auditor
# visits, which anyone can draw again; and what is due in the next two months.'
run sme-ctl group show baldwin water-sanitary-survey
run sme-ctl group coverage baldwin water-sanitary-survey --missing
run sme-ctl sample draw baldwin water-sanitary-survey --purpose=initial
run sme-ctl sample show S1
run sme-ctl sample verify S1
run sme-ctl due baldwin --within=60d

say 'The journal is intact, and derived data matches its sources.'
run sme-ctl journal verify
run sme-ctl standing verify
run sme-ctl journal head

say 'Done. The temporary register has been removed; README.md shows how to set up a permanent one.'
