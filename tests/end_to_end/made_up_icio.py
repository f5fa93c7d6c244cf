#!/usr/bin/python3
"""Writes a made-up Inter-Country Input-Output table in the published layout, extended edition: one
country for each region of the model, MX1, MX2, CN1, CN2, all 50 industries. It closes to the printed
digits. Usage: made_up_icio.py FILE"""
import random
import sys

COUNTRIES = "USA MEX CAN CHN JPN KOR TWN VNM THA DEU BRA ZAF ROW".split()
SPLIT = {"MX1": ("MEX", 0.7), "MX2": ("MEX", 0.3), "CN1": ("CHN", 0.9), "CN2": ("CHN", 0.1)}
INDUSTRIES = ("A01 A02 A03 B05 B06 B07 B08 B09 C10T12 C13T15 C16 C17_18 C19 C20 C21 C22 C23 C24A C24B C25 C26 C27 "
              "C28 C29 C301 C302T309 C31T33 D E F G H49 H50 H51 H52 H53 I J58T60 J61 J62_63 K L M N O P Q R S T").split()
CATEGORIES = "HFCE NPISH GGFC GFCF INVNT DPABR".split()
SHARE_OF = dict(zip(CATEGORIES, (0.6, 0.03, 0.2, 0.14, 0.02, 0.01)))
SIZE = dict(zip(COUNTRIES, (27, 1.8, 2.2, 18, 4.2, 1.8, 0.8, 0.45, 4, 22, 5, 2.5, 14)))  # GDP, about, trillion USD

rng = random.Random(7)
sellers = COUNTRIES + list(SPLIT)
home = {c: SPLIT[c][0] if c in SPLIT else c for c in sellers}
size = dict(SIZE)
for code, (country, share) in SPLIT.items():
    size[code] = share * SIZE[country]
for country in {c for c, _ in SPLIT.values()}:
    size[country] = 0
weight = {i: rng.lognormvariate(0, 0.6) * (2.5 if i[0] >= "D" else 1) for i in INDUSTRIES}
weight["T"] = 0.01
rows = [(c, i) for c in sellers for i in INDUSTRIES]
total_size, total_weight = sum(SIZE.values()), sum(weight.values())


def pull(seller, industry, country):
    """How much of an industry's sales a country draws: home above abroad, services hardly abroad."""
    if home[seller] == country:
        return 0.05 if seller in ("MX2", "CN2") else 25
    return 0.2 if industry[0] >= "D" else (3 if seller in ("MX2", "CN2") else 1)


def spread(values, total):
    scale = total / sum(values) if sum(values) > 0 else 0
    return [round(scale * v, 3) for v in values]


# What each user draws from each seller, by size and pull; export processing makes no services.
mass = [0 if s in ("MX2", "CN2") and j[0] >= "D" else size[s] * weight[j] for s, j in rows]
ways = {(s, j, c): pull(s, j, c) for s, j in rows for c in COUNTRIES}
buys = [[m * ways[s, j, home[c]] * rng.uniform(0.5, 1.5) for (s, j), m in zip(rows, mass)] for c, i in rows]
final = {}
for c in COUNTRIES:
    for k in CATEGORIES:
        wanted = [m * ways[s, j, c] * rng.uniform(0.5, 1.5) for (s, j), m in zip(rows, mass)]
        final[c, k] = spread(wanted, 1e6 * SIZE[c] * SHARE_OF[k])
        if k == "INVNT":
            final[c, k] = [v if rng.random() < 0.6 else -v for v in final[c, k]]
# Half of every output is inputs: the Leontief system by iteration.
demand = [sum(values) for values in zip(*final.values())]
output = [2 * d for d in demand]
for _ in range(8):
    inputs = {u: spread(wanted, 0.5 * x) for u, wanted, x in zip(rows, buys, output)}
    output = [d + sum(sold) for d, sold in zip(demand, zip(*inputs.values()))]
users = [inputs[u] for u in rows] + [final[c, k] for c in COUNTRIES for k in CATEGORIES]
sales = [list(sold) for sold in zip(*users)]
output = [round(sum(sold), 3) for sold in sales]
taxes = [round(0.02 * x, 3) for x in output]
value_added = [round(x - t - sum(inputs[u]), 3) for x, t, u in zip(output, taxes, rows)]
final_taxes = [round(0.05 * sum(final[c, k]), 3) for c in COUNTRIES for k in CATEGORIES]

with open(sys.argv[1], "w", encoding="ascii") as out:
    def line(label, values):
        out.write(",".join([label] + [f"{v:.3f}" if v else "0" for v in values]) + "\n")

    out.write(",".join(["V1"] + [f"{c}_{i}" for c, i in rows] + [f"{c}_{k}" for c in COUNTRIES for k in CATEGORIES] + ["OUT"]) + "\n")
    for (c, i), sold, x in zip(rows, sales, output):
        line(f"{c}_{i}", sold + [x])
    line("TLS", taxes + final_taxes + [sum(taxes) + sum(final_taxes)])
    line("VA", value_added + [0] * len(final_taxes) + [sum(value_added)])
    line("OUT", output + [sum(final[c, k]) for c in COUNTRIES for k in CATEGORIES] + [sum(output)])
