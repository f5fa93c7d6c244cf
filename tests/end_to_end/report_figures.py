#!/usr/bin/python3
"""The numbers embedded in a report are those of its files: report_figures.py REPORT FILE..."""
import json
import re
import sys
import tomllib

import numpy
import xarray

page = open(sys.argv[1], encoding="utf-8").read()
data = json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S).group(1))
faults = []


def same(what, shown, true):
    shown = numpy.array([numpy.nan if v is None else v for v in numpy.atleast_1d(shown)], dtype=float)
    true = numpy.atleast_1d(true)
    if shown.shape != true.shape or not numpy.allclose(shown, true, rtol=6e-4, atol=1e-9, equal_nan=True):
        faults.append(f"{what}: {shown[:4]} is not {true[:4]}")


with open(f"{sys.path[0]}/../../configs/calibration/baseline.toml", "rb") as file:
    free = {p["key"] for p in tomllib.load(file)["parameter"]}
fitted = {p["key"] for p in data["parameters"] if p["calibrated"]}
if fitted != free:
    faults.append(f"fitted: {sorted(fitted ^ free)} in one of page and calibration only")

home = data["home"]
for scenario, name in zip(data["scenarios"], sys.argv[2:], strict=True):
    runs = xarray.open_dataset(name, engine="netcdf4")
    assert scenario["runs"] == runs.sizes["seed"] and scenario["months"] == list(runs.month.values)
    for exporter in data["exporters"]:
        for variable in ("claim_share", "claim_share_recorded", "claim_share_dutiable"):
            series = runs[variable].sel(exporter=exporter, importer=home)
            for key, q in (("p05", 0.05), ("p50", 0.5), ("p95", 0.95)):
                same(f"{variable} {exporter} {key}", scenario["bands"][f"{variable}/{exporter}"][key],
                     series.quantile(q, "seed").values)
        for cause in runs.cause.values:
            same(f"cause {cause}", scenario["means"][f"claim_change/{exporter}/{cause}"],
                 runs.claim_change.sel(exporter=exporter, importer=home, cause=cause).mean("seed").values)
        duty = runs.duty_collected.sel(origin=exporter, destination=home).sum("sector").mean("seed")
        for authority in runs.authority.values:
            same(f"duty {authority}", scenario["means"][f"duty/{authority}/{exporter}"], duty.sel(authority=authority).values)
    trade = runs.trade_value.sel(use="intermediate", sector=data["goods"]).sum(["sector", "programme"]).mean("seed")
    for a in data["regions"]:
        for b in data["regions"]:
            if a != b:
                same(f"flow {a} {b}", scenario["means"][f"flows/{a}/{b}"], trade.sel(origin=a, destination=b).values)
    members = data["groups"]["asia"]
    weight = runs.exports.sel(exporter=members, export_sector="manufacturing")
    content = runs.value_added_content.sel(exporter=members, export_sector="manufacturing", source=home)
    content = (content * weight).sum("exporter") / weight.sum("exporter")
    same("content of a group", scenario["bands"][f"content/asia/manufacturing/{home}"]["p50"], content.quantile(0.5, "seed").values)
    year = runs.sel(time=runs.time.dt.year == 2025)
    for partner in ("MX", "CN"):
        i, x = (year[f"us_{v}_published_basis"].sel(partner=partner).sum("time") for v in ("imports", "exports"))
        same(f"deficit {partner}", scenario["bands"][f"us_deficit_over_exports_published_basis/2025/{partner}"]["p50"],
             ((i - x) / x).quantile(0.5, "seed").values)
print("\n".join(faults) or "all equal")
sys.exit(bool(faults))
