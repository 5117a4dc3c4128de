# SPDX-License-Identifier: Apache-2.0
# compat.awk RELEASED PRESENT: whether a client of the interface RELEASED can use PRESENT; both as apidoc prints them.
# Each break is a line that names the method and what broke.
#
# What a caller gives may be asked for less: methods, parameters that are not required, wider bounds, roles and reach may be added.
# What he gets may be more: fields, values at the end of an enumeration; a personal field may be withheld. A parameter may change its
# name, if a line "was METHOD.NEW OLD" says that the old one is still taken. Otherwise nothing goes, and nothing changes its name,
# its type or its place on the command line.

function broken(what) { print what; failed = 1 }

function owner_of(key) { sub(/\.[^.]*$/, "", key); return key }
function name_of(key) { sub(/^.*\./, "", key); return key }
function is_required(need) { return need == "REQ" || need == "ARG" }
function is_argument(need) { return need == "ARG" || need == "OPTARG" }
function is_nested(type) { return type == "nest" || type == "list" || type == "detached" }

FNR == 1 { version = ++files == 1 ? "old" : "new" }
NF == 0 { next }
$1 == "method" {
    kind[version, $2] = $3 == "write" ? "write" : "read" # a long read is a read to who calls it
    reach[version, $2] = $4
    shape[version, $2] = $5 " of " $7
    result[version, $2] = $7
    roles[version, $2] = substr($0, index($0, " for ") + 5)
    if (version == "old")
        methods[++n_methods] = $2
    next
}
$1 == "param" || $1 == "field" {
    type[version, $2] = $3
    need[version, $2] = $4
    bounds[version, $2] = $5 ~ /\.\./ ? $5 : ""
    of[version, $2] = $(NF - 1) == "of" ? $NF : ""
    if ($1 == "param" && is_argument($4))
        arguments[version, owner_of($2)] = arguments[version, owner_of($2)] " " name_of($2)
    if (version == "old") {
        members[++n_members] = $2
        is_param[$2] = $1 == "param"
    } else {
        added[++n_added] = $2
    }
    next
}
$1 == "was" {
    if (version == "new")
        renamed[owner_of($2) "." $3] = $2
    else
        was[++n_was] = owner_of($2) "." $3
    next
}
$1 == "enum" || $1 == "error" || $1 == "noun" {
    kept[version, $0] = 1
    if (version == "old")
        lines[++n_lines] = $0
    next
}
{ broken(FILENAME ":" FNR ": '" $1 "' is not known to compat.awk") }

# What the parameter is called now.
function name_now(key) { return is_param[key] && !(("new", key) in type) && key in renamed ? renamed[key] : key }

function names_now(list, owner,    name, n, i, text) {
    n = split(list, name, " ")
    for (i = 1; i <= n; i++)
        text = text " " name_of(name_now(owner "." name[i]))
    return text
}

# Notes that the record is given to, or comes from, this method; so are the records within it. The first method is remembered.
function reached(record, side, method,    i) {
    if ((record, side) in by)
        return
    by[record, side] = method
    for (i = 1; i <= n_members; i++)
        if (!is_param[members[i]] && owner_of(members[i]) == record && is_nested(type["old", members[i]]))
            reached(of["old", members[i]], side, method)
}

function find_sides(    i) {
    reached("write_options", "given", "every write")
    reached("page_options", "given", "every list")
    for (i = 1; i <= n_methods; i++)
        reached(result["old", methods[i]], "got", methods[i])
    for (i = 1; i <= n_members; i++)
        if (is_param[members[i]] && is_nested(type["old", members[i]]))
            reached(of["old", members[i]], "given", owner_of(members[i]))
}

function has_roles(present, released,    list, n, i) {
    if (present == "anyone")
        return 1
    n = split(released, list, /, /)
    for (i = 1; i <= n; i++)
        if (index(", " present ",", ", " list[i] ",") == 0)
            return 0
    return 1
}

function check_method(m) {
    if (!(("new", m) in kind)) {
        broken(m ": the method is gone")
        return
    }
    if (kind["new", m] != kind["old", m])
        broken(m ": was a " kind["old", m] " and is a " kind["new", m])
    if (shape["new", m] != shape["old", m])
        broken(m ": answered " shape["old", m] " and answers " shape["new", m])
    if (reach["old", m] == "anywhere" && reach["new", m] != "anywhere")
        broken(m ": is no longer for callers bound to a cooperative")
    if (!has_roles(roles["new", m], roles["old", m]))
        broken(m ": was for " roles["old", m] " and is for " roles["new", m])
    if (index(arguments["new", m] " ", names_now(arguments["old", m], m) " ") != 1)
        broken(m ": took the arguments" arguments["old", m] " and takes" arguments["new", m])
}

function holds(outer, inner,    o, i) {
    if (outer == inner || outer == "")
        return 1
    if (inner == "")
        return 0
    split(outer, o, /\.\./)
    split(inner, i, /\.\./)
    return o[1] + 0 <= i[1] + 0 && o[2] + 0 >= i[2] + 0
}

function check_given(what, key, now) {
    if (is_required(need["new", now]) && !is_required(need["old", key]))
        broken(what " was optional and is required")
    if (!holds(bounds["new", now], bounds["old", key]))
        broken(what " took " bounds["old", key] " and takes " bounds["new", now])
}

function check_got(what, key) {
    if (is_required(need["old", key]) && !is_required(need["new", key]) && type["new", key] != "personal")
        broken(what " was always there and is optional")
    if (!holds(bounds["old", key], bounds["new", key]))
        broken(what " was " bounds["old", key] " and is " bounds["new", key])
}

function check_member(key,    what, record, now) {
    record = owner_of(key)
    now = name_now(key)
    what = is_param[key] ? record ": parameter " name_of(key) : \
            ((record, "got") in by ? by[record, "got"] : by[record, "given"]) ": field " key
    if (!(("new", now) in type)) {
        broken(what " is gone")
        return
    }
    if (type["new", now] != type["old", key] && !(type["old", key] == "text" && type["new", now] == "personal"))
        broken(what " was " type["old", key] " and is " type["new", now])
    else if (of["new", now] != of["old", key])
        broken(what " was of " of["old", key] " and is of " of["new", now])
    if (is_param[key] || (record, "given") in by)
        check_given(what, key, now)
    if ((record, "got") in by)
        check_got(what, key)
}

# What is new must not be asked of who does not know it.
function check_added(key,    owner) {
    owner = owner_of(key)
    if (("old", key) in type || key in taken || !is_required(need["new", key]))
        return
    if (("old", owner) in kind)
        broken(owner ": the new parameter " name_of(key) " is required")
    else if ((owner, "given") in by)
        broken(by[owner, "given"] ": the new field " key " is required")
}

END {
    if (n_methods == 0 || files != 2) {
        print "compat.awk: needs a released and a present description of the interface"
        exit 2
    }
    find_sides()
    for (old in renamed)
        if (("old", old) in type)
            taken[renamed[old]] = 1
    for (i = 1; i <= n_methods; i++)
        check_method(methods[i])
    for (i = 1; i <= n_members; i++)
        check_member(members[i])
    for (i = 1; i <= n_added; i++)
        check_added(added[i])
    for (i = 1; i <= n_was; i++)
        if (!(was[i] in renamed))
            broken(owner_of(was[i]) ": the old name " name_of(was[i]) " is no longer taken")
    for (i = 1; i <= n_lines; i++)
        if (!(("new", lines[i]) in kept))
            broken(lines[i] ": is gone or has changed")
    exit failed
}
