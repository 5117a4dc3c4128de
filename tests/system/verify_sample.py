# SPDX-License-Identifier: Apache-2.0
"""Draws a sample again without smed: sme-ctl sample show S1 --json | python3 verify_sample.py"""
import hashlib
import json
import math
import sys
shown = json.load(sys.stdin)
rule, people, seed = shown["rule"], shown["population"], bytes.fromhex(shown["sample"]["seed"])
people.sort(key=lambda m: hashlib.sha256(seed + m["enterprise"].encode()).digest())
n, p, q, drawn = len(people), rule.get("random", 0), rule.get("random_of", 1), {}
def up(a, b): return -(-a // b)  # noqa: E302,E704
def take(until, why, fits):  # noqa: E302
    for m in people:
        if len(drawn) < until and m["enterprise"] not in drawn and fits(m):
            drawn[m["enterprise"]] = (why(m), m.get("inspector"))
strata = [("new_members", "new_member"), ("sanctioned", "sanctioned"), ("high_risk", "high_risk")]
def must(m): return next((fact for asked, fact in strata if rule.get(asked) and m.get(fact)), None)  # noqa: E302,E704
def unseen(m): return m.get("inspector") and m["inspector"] not in {i for _, i in drawn.values()}  # noqa: E302,E704
size = max(up(rule.get("share", 0) * n, rule.get("share_of", 1)), rule.get("floor", 0),
           up(math.isqrt(rule["root"] ** 2 * n - 1) + 1, rule["root_of"]) if "root" in rule else 0)
size = n if n <= rule.get("all_if_at_most", 0) else min(size, n)
take(n, must, must)
take(n if rule.get("each_inspector") else 0, lambda m: "inspector", unseen)
held = len(drawn)
least = held if not held or not p else up(held * q, q - p) if q > p else n
total = min(n, max(size, least))
take(held + up(p * total, q), lambda m: "random", lambda m: True)
take(total if rule.get("not_visited") else 0, lambda m: "not_visited", lambda m: m.get("not_visited"))
take(total, lambda m: "random", lambda m: True)
listed = [(m["enterprise"], m["why"]) for m in shown["members"] if "replaces" not in m]
sys.exit(0 if listed == [(code, why) for code, (why, _) in drawn.items()] else f"drawn again it is {list(drawn)}")
