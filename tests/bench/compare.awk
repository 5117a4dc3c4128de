# SPDX-License-Identifier: Apache-2.0
# compare.awk base-*.json tip-*.json: the median of each figure in both, and how the tip stands to the base: 1.10 is a tenth
# better, whether more is better (a rate) or less (a time, a size). Rates and whole times below LEAST fail. Shown only are the
# percentiles of a load, which follow its rate or are its noise; sizes, which are what the data are; figures that one side lacks;
# and what is not our work (sqlite3, a plain statement): these tell how quiet the machine was. Nothing to judge fails.

function median(list,    values, n, i, j, x) {
    n = split(list, values, " ")
    for (i = 2; i <= n; i++) {
        x = values[i] + 0
        for (j = i - 1; j > 0 && values[j] + 0 > x; j--)
            values[j + 1] = values[j]
        values[j + 1] = x
    }
    return n % 2 ? values[(n + 1) / 2] + 0 : (values[n / 2] + values[n / 2 + 1]) / 2
}

function is_judged(figure) {
    if (unit[figure] != "/s" && unit[figure] != "ms")
        return 0
    return figure !~ /p[0-9]+( \[[0-9]+\])?$/ && figure !~ /^sqlite3|plain statement/
}

function ratio_of(figure, base, tip) {
    if (base == tip)
        return 1
    if (unit[figure] == "/s")
        return base > 0 ? tip / base : 0
    return tip > 0 ? base / tip : 0
}

function show(figure, base, tip, ratio, note) {
    printf "%-52s %5s %12s %12s %6s  %s\n", figure, unit[figure], base, tip, ratio, note
}

function compare(figure,    base, tip, ratio, slow) {
    if (!((figure, "base") in samples) || !((figure, "tip") in samples)) {
        show(figure, "", "", "", (figure, "tip") in samples ? "only in the tip" : "only in the base")
        return
    }
    base = median(samples[figure, "base"])
    tip = median(samples[figure, "tip"])
    ratio = ratio_of(figure, base, tip)
    slow = is_judged(figure) && ratio < LEAST
    judged += is_judged(figure)
    failed += slow
    show(figure, sprintf("%.3f", base), sprintf("%.3f", tip), sprintf("%.3f", ratio),
         slow ? "SLOWER" : is_judged(figure) ? "" : "(not judged)")
}

BEGIN { FS = "\""; LEAST = 0.95 }

# {"name": "status", "connections": 16, "unit": "/s", "value": 81234.5, "samples": 5}
FNR == 1 { side = FILENAME ~ /(^|\/)base-[0-9]+\.json$/ ? "base" : "tip" }
$2 == "name" && $8 == "unit" {
    connections = $7
    value = $13
    gsub(/[^0-9]/, "", connections)
    gsub(/[^0-9.]/, "", value)
    figure = $4 (connections > 0 ? " [" connections "]" : "")
    if (!(figure in unit))
        order[++figures] = figure
    unit[figure] = $10
    samples[figure, side] = samples[figure, side] " " value
}

END {
    printf "%-52s %5s %12s %12s %6s\n", "MEDIAN [CONNECTIONS]", "UNIT", "BASE", "TIP", "RATIO"
    for (i = 1; i <= figures; i++)
        compare(order[i])
    if (judged == 0)
        print "there is no figure to judge"
    else
        printf "%d of %d judged figures are below %.2f of the base\n", failed, judged, LEAST
    exit failed > 0 || judged == 0
}
