"""A file of two policies opens in xarray with both along the axis policy, and its group /effects is what follows from them.

Usage: effect_readers.py PAIR SINGLE TEXT: the file of two policies, a file of one run of the reform whose seed is among
them, and what the program printed. The months of the pair are 12 at most. Exits 1 with a message on what is wrong.
"""
import sys

import numpy
import xarray


def check(condition, what):
    if not condition:
        sys.exit(f"effect_readers: {what}")


def main(path, single, printed):
    text = open(printed, encoding="utf-8").read()
    for engine in ("netcdf4", "h5netcdf"):
        with xarray.open_dataset(path, engine=engine) as data, xarray.open_dataset(single, engine=engine) as one, \
                xarray.open_dataset(path, engine=engine, group="effects") as effects:
            check(data.policy.values.tolist() == ["baseline", "reform"], f"{engine}: {data.policy.values}")
            check(data.trade_value.dims[:3] == ("policy", "seed", "time"), f"{engine}: {data.trade_value.dims}")
            check("title_baseline" in data.attrs and "configuration_baseline" in data.attrs, f"{engine}: attributes")
            part = data.sel(policy="reform", seed=int(one.attrs["seed"])).drop_vars(["policy", "seed"])
            check(part.equals(one), f"{engine}: the reform's run differs from the single run")

            share = 100 * data.claim_share.sel(exporter="MX", importer="US").mean("time")
            duties = data.duty_collected.astype("f8").sel(destination="US").sum(["origin", "sector", "authority"])
            for outcome, values in (("Claimed, % of trade: MX to US", share),
                                    ("Duties collected by US, billion USD a year: total",
                                     12 / 1000 * duties.mean("time"))):
                got = effects.sel(outcome=outcome)
                base, reform = values.sel(policy="baseline").values, values.sel(policy="reform").values
                n = len(base)
                wanted = {"baseline": base.mean(), "reform": reform.mean(), "effect": (reform - base).mean(),
                          "paired_error": (reform - base).std(ddof=1) / n ** 0.5,
                          "unpaired_error": ((base.var(ddof=1) + reform.var(ddof=1)) / n) ** 0.5}
                for name, value in wanted.items():
                    check(numpy.isclose(float(got[name]), value, rtol=1e-4), f"{outcome}: {name} {float(got[name])}, not {value}")
                row = outcome.split(": ")[1]
                check(any(line.startswith(f"  {row} ") and f" {wanted['effect']:.2f} " in line
                          for line in text.splitlines()), f"{outcome} is not printed as {wanted['effect']:.2f}")
    print(f"{path}: both policies and their effects agree")


if __name__ == "__main__":
    main(*sys.argv[1:])
