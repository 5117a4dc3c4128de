#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# sample.sh: samples drawn by the daemon at $SME_SOCKET are drawn again by a program that shares nothing with it.
set -eu
here=$(dirname "$0")
python=/usr/bin/python3
[ -x "$python" ] || { echo "sample: skipped: python3 is not installed"; exit 77; }

member() { sme-ctl enterprise create "farm-$1" --name="Farm $1" --activity=farm --cooperative=mel --joined-on="$2"; }
inspect() {
    sme-ctl audit record "farm-$1" group --kind=internal_inspection --on=2025-05-01 --auditor="$2" --all-conforming
}
{
    sme-ctl standard import "$here/../cli/group.yaml"
    sme-ctl coop create mel --name=Mel
    for person in ana bea; do sme-ctl person create $person --name=$person; done
    for i in 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26; do member $i 2025-01-01; done
    sme-ctl member rate mel farm-12 --risk=high --on=2025-02-01 --reason='Near a road'
    sme-ctl sample draw mel group --purpose=initial --on=2025-04-01
    sme-ctl group exclude mel farm-13 --edition=group --kind=warning --on=2025-06-01 --reason='No records'
    sme-ctl group exclude mel farm-14 --edition=group --kind=exclusion --on=2025-06-01 --reason='Left the scheme'
    for i in 15 16 17; do inspect $i ana; done
    for i in 18 19; do inspect $i bea; done
    member ñandú 2025-06-01
    for _ in 1 2 3 4; do sme-ctl sample draw mel group --purpose=surveillance; done
    sme-ctl sample substitute S5 farm-13 --reason='Ill'
} >/dev/null

for sample in S1 S2 S3 S4 S5; do
    sme-ctl sample show $sample --json | "$python" "$here/verify_sample.py"
    sme-ctl sample verify $sample >/dev/null
done
# One that was altered is found.
if sme-ctl sample show S3 --json | sed 's/"seed":"0/"seed":"1/; t; s/"seed":"./"seed":"0/' |
    "$python" "$here/verify_sample.py" 2>/dev/null; then
    echo "sample: an altered seed passes"
    exit 1
fi
echo "sample: five draws repeated"
