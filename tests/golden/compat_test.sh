#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# compat_test.sh: compat.awk takes what an interface may become, and names what it may not.
set -eu
compat=$(dirname "$(realpath "$0")")/compat.awk
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
failed=0

cat >released <<'END_OF_RELEASED'
method cow.add write everywhere one of cow for keeper, vet
param cow.add.code text ARG 1..40
param cow.add.barn ref OPTARG 1..81 of barn
param cow.add.name text REQ 1..200
param cow.add.breed choice OPT of breed
param cow.add.calves list OPT 0..9 of calf
param cow.add.dam ref OPT 1..81 of cow
was cow.add.dam mother
method cow.list read anywhere page of cow for anyone
field write_options.request uuid REQ 36..36
field cow.name text REQ 1..200
field cow.weight int OPT 0..2000
field cow.owner personal REQ 1..200
field cow.stalls list REQ 0..9 of stall
field calf.name text OPT 1..200
field stall.number int REQ 1..99
enum breed 1 jersey
enum breed 2 angus
noun barn -
noun cow C
error 1 invalid_param exit 65
END_OF_RELEASED

# becomes EDIT [MESSAGE]: what sed makes of the released interface is refused with the message, or taken where there is none.
becomes() {
    sed -E -e "$1" released >present
    status=0
    awk -f "$compat" released present >out || status=$?
    if cmp -s released present; then
        echo "nothing changes: $1"
    elif [ $# -eq 1 ] && { [ $status -ne 0 ] || [ -s out ]; }; then
        echo "refused, and may be: $1"
        cat out
    elif [ $# -eq 2 ] && { [ $status -ne 1 ] || [ "$(cat out)" != "$2" ]; }; then
        echo "expected status 1 and '$2', got $status: $1"
        cat out
    else
        return 0
    fi
    failed=1
}

becomes '/^error/a method cow.end write anywhere one of cow for vet\nparam cow.end.on date REQ'
becomes '/^param cow.add.name/a param cow.add.region text OPT 1..9'
becomes '/^param cow.add.barn/a param cow.add.bull ref OPTARG 1..81 of cow'
becomes '/^field cow.name/a field cow.height int REQ 1..9'
becomes '/^field calf/a field calf.height int OPT 1..9'
becomes '/^error/a enum breed 3 devon'
becomes '/^error/a enum gait 1 trot'
becomes '/^error/a noun goat G'
becomes '/^error/a error 2 not_found exit 4'
becomes '/cow.add.name/s/REQ/OPT/'
becomes '/cow.add.code/s/ARG/OPTARG/'
becomes '/cow.add.name/s/200/300/'
becomes '/calf.name/s/1\.\./0../'
becomes '/field cow.name/s/200/100/'
becomes '/field cow.weight/s/OPT/REQ/'
becomes '/field cow.weight/s/OPT/WIDE/'
becomes '/field cow.owner/s/REQ/OPT/'
becomes '/field cow.name/s/text REQ/personal OPT/'
becomes 's/everywhere/anywhere/'
becomes 's/keeper, vet/clerk, keeper, vet/'
becomes 's/keeper, vet/anyone/'
becomes '/cow.list/s/read/long/'

becomes '/cow.add.breed/{s/add.breed/add.race/;a was cow.add.race breed
}'
becomes '/cow.add.barn/{s/add.barn/add.stable/;a was cow.add.stable barn
}'
becomes '/cow.add.name/{s/add.name/add.called/;a was cow.add.called name
}'
becomes '/cow.add.dam/s/add.dam/add.parent/;/^was/a was cow.add.parent dam'

becomes '/^method cow.list/d' 'cow.list: the method is gone'
becomes '/cow.list/s/read/write/' 'cow.list: was a read and is a write'
becomes '/cow.list/s/page of/one of/' 'cow.list: answered page of cow and answers one of cow'
becomes '/cow.list/s/of cow/of calf/' 'cow.list: answered page of cow and answers page of calf'
becomes '/cow.list/s/anywhere/everywhere/' 'cow.list: is no longer for callers bound to a cooperative'
becomes '/cow.list/s/anyone/vet/' 'cow.list: was for anyone and is for vet'
becomes 's/keeper, vet/keeper/' 'cow.add: was for keeper, vet and is for keeper'
becomes '/^param cow.add.breed/d' 'cow.add: parameter breed is gone'
becomes '/cow.add.breed/s/add.breed/add.race/' 'cow.add: parameter breed is gone'
becomes '/cow.add.breed/{s/add.breed/add.race/;a was cow.add.line breed
}' 'cow.add: parameter breed is gone'
becomes '/cow.add.breed/{s/add.breed choice OPT/add.race choice REQ/;a was cow.add.race breed
}' 'cow.add: parameter breed was optional and is required'
becomes '/cow.add.name/{s/add.name text REQ 1..200/add.called text REQ 1..20/;a was cow.add.called name
}' 'cow.add: parameter name took 1..200 and takes 1..20'
becomes '/^field cow.name/{s/cow.name/cow.called/;a was cow.called name
}' 'cow.add: field cow.name is gone'
becomes '/^was/d' 'cow.add: the old name mother is no longer taken'
becomes '/cow.add.name/s/text/personal/;/cow.add.breed/s/choice/ref/' 'cow.add: parameter breed was choice and is ref'
becomes '/cow.add.barn/s/of barn/of cow/' 'cow.add: parameter barn was of barn and is of cow'
becomes '/cow.add.breed/s/OPT/REQ/' 'cow.add: parameter breed was optional and is required'
becomes '/cow.add.name/s/200/20/' 'cow.add: parameter name took 1..200 and takes 1..20'
becomes '/cow.add.calves/s/0\.\./1../' 'cow.add: parameter calves took 0..9 and takes 1..9'
becomes '/cow.add.name/a param cow.add.region text REQ 1..9' 'cow.add: the new parameter region is required'
becomes '/cow.add.code/s/ARG/REQ/' 'cow.add: took the arguments code barn and takes barn'
becomes '/cow.add.code/i param cow.add.herd text OPTARG 1..9' 'cow.add: took the arguments code barn and takes herd code barn'
becomes '/field calf/a field calf.height int REQ 1..9' 'cow.add: the new field calf.height is required'
becomes '/field write/a field write_options.why text REQ 1..9' 'every write: the new field write_options.why is required'
becomes '/field calf/s/OPT/REQ/' 'cow.add: field calf.name was optional and is required'
becomes '/^field cow.weight/d' 'cow.add: field cow.weight is gone'
becomes '/field cow.weight/s/int/text/' 'cow.add: field cow.weight was int and is text'
becomes '/field cow.name/s/200/300/' 'cow.add: field cow.name was 1..200 and is 1..300'
becomes '/field cow.name/s/REQ/OPT/' 'cow.add: field cow.name was always there and is optional'
becomes '/^field stall/d' 'cow.add: field stall.number is gone'
becomes '/jersey/d;/angus/s/2/1/' 'enum breed 1 jersey: is gone or has changed
enum breed 2 angus: is gone or has changed'
becomes '/noun cow/s/C$/K/' 'noun cow C: is gone or has changed'
becomes '/^error/s/65/64/' 'error 1 invalid_param exit 65: is gone or has changed'
becomes '/^error/a herd of cows' "present:22: 'herd' is not known to compat.awk"

exit $failed
