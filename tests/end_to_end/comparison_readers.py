"""The CSV of a comparison says what the runs' files say: effects and intervals worked out again with xarray.

Usage: comparison_readers.py EFFECTS.csv BASE.h5 POLICY.h5 (three seeds, closure labour_supply)
"""
import csv
import math
import sys

import numpy
import xarray

T2 = 2.9199855803537  # Student's t, 2 degrees of freedom, 95 %


def close(a, b):
    return abs(a - b) <= 1e-5 * max(1, abs(a), abs(b))


def main(table, base, policy):
    rows = list(csv.DictReader(open(table, encoding="utf-8")))
    runs = [xarray.open_dataset(f, engine="netcdf4") for f in (base, policy)]
    keys = [tuple(r[k] for k in ("policy", "closure", "what", "variable", "region", "partner", "sector", "detail", "period")) for r in rows]
    assert len(set(keys)) == len(keys), "a row is there twice"

    def row(what, variable, region, partner="", sector="", period="2025-04", detail=""):
        found = [r for r in rows if (r["what"], r["variable"], r["region"], r["partner"], r["sector"], r["period"], r["detail"], r["closure"])
                 == (what, variable, region, partner, sector, period, detail, "labour_supply")]
        assert len(found) == 1, (what, variable, region, partner, sector, period, len(found))
        return found[0]

    def check(found, values):
        b, o = (numpy.asarray(v, dtype=float) for v in values)
        d = o - b
        half = T2 * d.std(ddof=1) / math.sqrt(len(d))
        for name, value in (("base", b.mean()), ("other", o.mean()), ("effect", d.mean()), ("lower", d.mean() - half), ("upper", d.mean() + half)):
            assert close(float(found[name]), value), (found, name, value)

    last = [r.sel(time="2025-04").squeeze("time") for r in runs]
    year = [r.sel(time=slice("2025-01", "2025-04")) for r in runs]
    over = "2025-01 to 2025-04"
    check(row("claims", "claim_share", "MX", "US"), [100 * r.claim_share.sel(exporter="MX", importer="US") for r in last])
    trade = [r.trade_value.sel(origin="MX", destination="US", sector="auto_parts").sum(("use", "programme", "time")) / 4 * 0.012 for r in year]
    check(row("trade", "trade", "MX", "US", "auto_parts", over), trade)
    duty = [r.duty_collected.sel(destination="US").sum(("origin", "sector", "authority")) * 0.012 for r in last]
    check(row("duties", "duty_collected", "", "US"), duty)
    deficit = [100 * (r.us_imports.sel(partner="MX").sum("time") / r.us_exports.sel(partner="MX").sum("time") - 1) for r in year]
    check(row("deficits", "deficit_over_exports", "US", "MX", "", over), deficit)
    check(row("employment", "employment", "MX", "", "auto_parts"), [100 * r.employment.sel(region="MX", sector="auto_parts") for r in last])
    # Duty forgone, from its formula, month by month.
    def parts(r):
        v = r.trade_value.sel(origin=["MX", "CA"], destination="US").sum(("use", "programme"))
        return v, r.duty_collected.sel(origin=["MX", "CA"], destination="US").sum("authority")
    (v0, d0), (v1, d1) = (parts(r) for r in year)
    forgone = ((d0 / v0 * v1).where(v0 > 0) - d1.where(v0 > 0)).sum(("origin", "sector", "time")) / 4 * 0.012
    found = row("exemption", "duty_forgone", "", "US", "", over)
    assert close(float(found["effect"]), float(forgone.mean())), (found, float(forgone.mean()))
    already, new = (float(row("exemption", "duty_forgone_" + part, "", "US", "", over)["effect"]) for part in ("already_qualified", "newly_qualified"))
    assert close(already + new, float(forgone.mean()))


main(*sys.argv[1:])
