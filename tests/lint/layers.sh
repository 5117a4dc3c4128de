#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# layers.sh ROOT: who includes what, against the floors of ARCHITECTURE.md.
set -eu
cd "$1"
folders=$(ls -d common daemon client schema 2>/dev/null || true)
# shellcheck disable=SC2086 # several words
find $folders -name '*.[ch]' -exec awk '
function floor(path, includes) { may[path] = includes; order[++n] = path }
function rooms(list, folder, below,    i, k, n_rooms, n_beside, room, beside) {
    n_rooms = split(list, room, " ")
    for (i = 1; i <= n_rooms; i++) {
        n_beside = split(room[i], beside, ",")
        for (k = 1; k <= n_beside; k++)
            floor(folder beside[k] "/", folder beside[k] "/ " below)
        for (k = 1; k <= n_beside; k++)
            below = below " " folder beside[k] "/"
    }
    floor(folder, "")
}
function helpers(list, below,    i, n_helpers, helper) {
    n_helpers = split(list, helper, ",")
    for (i = 1; i <= n_helpers; i++)
        floor("client/helper/" helper[i] "/",
              "client/helper/" helper[i] "/ client/helper/yaml/ client/xmalloc.h common/ " (helper[i] != "yaml" ? below : ""))
}
function only(header, paths) { owner[header] = paths; headers[++m] = header }
function within(path, list,    i, k, word) {
    k = split(list, word, " ")
    for (i = 1; i <= k; i++)
        if (index(path, word[i]) == 1)
            return 1
    return 0
}
BEGIN {
    # The first row whose folder a file is in speaks for it; it may include what starts with one of the words.
    floor("common/", "common/")
    floor("schema/sqlgen/", "schema/sqlgen/ common/")
    floor("daemon/store/", "daemon/store/ query/migration.h common/")
    floor("daemon/journal/", "daemon/journal/ daemon/store/ query/journal.h common/")
    # The rooms of the domain, from the ground up: each may include those before it; rooms side by side do not see each other.
    rooms("call standard standing register impartiality group sample,assist,system audit cert migration status due",
          "daemon/service/", "daemon/journal/ daemon/store/ query/ common/")
    floor("daemon/auth/", "daemon/auth/ daemon/service/call/call.h common/")
    floor("daemon/work/", "daemon/work/ common/")
    floor("daemon/rpc/", "daemon/rpc/ daemon/service/ daemon/auth/ daemon/work/ daemon/journal/ daemon/store/ query/upgrade.h common/")
    floor("daemon/transport/", "daemon/transport/ daemon/rpc/ daemon/service/ daemon/auth/ common/")
    floor("daemon/", "daemon/ common/")
    # The client: a helper is a program of its own, which no other includes, but for the reader of YAML that they share.
    floor("client/xmalloc", "client/xmalloc.h common/")
    floor("client/main.c", "client/cmd/ client/cli/ common/")
    helpers("yaml,standard,import,due,digest", "client/write/ client/call/ client/view/ client/cli/")
    floor("client/helper/evidence/", "")
    rooms("write,call view,cli cmd", "client/", "client/xmalloc.h common/")

    # What only some may see, of others and of our own.
    only("<uv.h>", "daemon/transport/ daemon/work/ daemon/main.c")
    only("<sqlite3.h>", "daemon/store/sqlite schema/sqlgen/engine.c")
    only("<openssl/", "daemon/store/digest.c client/helper/evidence/ client/helper/import/request.c")
    only("<libfyaml.h>", "client/helper/yaml/")
    only("<libical/", "client/helper/due/ tests/")
    only("<csv.h>", "client/helper/import/")
    only("<pthread.h>", "daemon/")
    only("\"daemon/store/sqlite.h\"", "daemon/store/")
    only("\"daemon/store/driver.h\"", "daemon/store/")
    only("\"daemon/store/inner.h\"", "daemon/store/")
}
function wrong(what) { print FILENAME ":" FNR ": " what; bad = 1 }
FNR == 1 { allowed = ""; for (i = 1; i <= n && allowed == ""; i++) if (index(FILENAME, order[i]) == 1) allowed = may[order[i]] " " }
/^#include/ {
    named = $2
    for (i = 1; i <= m; i++)
        if (index(named, headers[i]) == 1 && !within(FILENAME, owner[headers[i]]))
            wrong(named " is for " owner[headers[i]] " alone")
    # A bare name is generated, or of the same folder.
    path = substr(named, 2, length(named) - 2)
    if (path ~ /\.\./ || (named ~ /^</ && path ~ /^(common|daemon|client|schema)\//) || named !~ /^[<"]/)
        wrong("write the include as \"folder/name.h\"")
    if (named ~ /^"/ && path ~ /\// && !within(path, allowed))
        wrong("this floor may not include " path)
}
END { exit bad }' {} +
