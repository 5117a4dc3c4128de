# SPDX-License-Identifier: Apache-2.0
# coverage.awk KNOWN GCOV: a line for each file that gcov counted in daemon/ and common/, least covered first. Fails where a file
# is below LEAST and KNOWN does not give the reason ('PATH  REASON', # begins a comment), and where KNOWN names a file that is not
# below it any more.

BEGIN { LEAST = 85 }

FNR == NR {
    if (NF > 0 && $1 !~ /^#/) {
        reason[$1] = $0
        sub(/^[^ ]+ */, "", reason[$1])
        known[++n_known] = $1
    }
    next
}

# File 'common/date.c'
# Lines executed:98.77% of 81
/^File '(daemon|common)\// { path = substr($2, 2, length($2) - 2); next }
/^Lines executed:/ && path != "" {
    percent[path] = substr($2, index($2, ":") + 1) + 0
    lines[path] = $NF
    paths[++n] = path
}
{ path = "" }

function sort_by_percent(    i, j, p) {
    for (i = 2; i <= n; i++) {
        p = paths[i]
        for (j = i - 1; j > 0 && percent[paths[j]] > percent[p]; j--)
            paths[j + 1] = paths[j]
        paths[j + 1] = p
    }
}

function wrong(text) { print "coverage: " text > "/dev/stderr"; failed = 1 }

END {
    sort_by_percent()
    for (i = 1; i <= n; i++)
        printf "%6.2f %% of %4d  %s\n", percent[paths[i]], lines[paths[i]], paths[i]
    for (i = 1; i <= n; i++)
        if (percent[paths[i]] < LEAST && reason[paths[i]] == "")
            wrong(paths[i] ": " percent[paths[i]] " % of its lines ran, less than " LEAST " %: test it, or give the reason in tests/coverage.txt")
    for (i = 1; i <= n_known; i++)
        if (!(known[i] in percent))
            wrong("tests/coverage.txt: there is no " known[i])
        else if (percent[known[i]] >= LEAST)
            wrong("tests/coverage.txt: " known[i] " is at " percent[known[i]] " %; take it out")
    if (n == 0)
        wrong("gcov counted nothing")
    exit failed
}
