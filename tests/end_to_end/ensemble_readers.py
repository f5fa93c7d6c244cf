"""An ensemble's file opens with its labels in xarray (netcdf4, h5netcdf), ncdump and R, and holds what single runs hold.

Usage: ensemble_readers.py ENSEMBLE SINGLE SUMMARY: the file of several seeds, the file of one run whose seed is among
them, and the summary that the ensemble printed. Exits 1 with a message on the first thing that is wrong.
"""
import re
import subprocess
import sys

import h5py
import numpy
import xarray

R_SCRIPT = """
library(ncdf4)
args <- commandArgs(trailingOnly = TRUE)
nc <- nc_open(args[1])
share <- ncvar_get(nc, "claim_share")            # R turns the axes around: importer, exporter, time, seed
seeds <- ncvar_get(nc, "seed")
months <- ncvar_get(nc, "month")
value <- share[which(ncvar_get(nc, "importer") == "US"), which(ncvar_get(nc, "exporter") == "MX"), length(months),
               which(seeds == as.numeric(args[2]))]
cat(sprintf("%.15g", value), length(seeds), "\\n")
"""


def check(condition, what):
    if not condition:
        sys.exit(f"ensemble_readers: {what}")


def main(path, single, summary):
    share, rest = {}, ("time", "exporter", "importer")
    for engine in ("netcdf4", "h5netcdf"):
        with xarray.open_dataset(path, engine=engine) as data, xarray.open_dataset(single, engine=engine) as one:
            seeds = data.seed.values.tolist()
            for name in data.data_vars:
                check(data[name].dims[:2] == ("seed", "time"), f"{engine}: {name} has axes {data[name].dims}")
                for dim in data[name].dims:
                    check(dim in data.coords, f"{engine}: axis {dim} has no labels")
            check(set(data.data_vars) == set(one.data_vars), f"{engine}: other variables than a single run")
            check(data.claim_share.dims == ("seed", *rest), f"{engine}: {data.claim_share.dims}")
            check(numpy.issubdtype(data.time.dtype, numpy.datetime64), f"{engine}: time is {data.time.dtype}")
            check(int(one.attrs["seed"]) in seeds, "the single run's seed is not in the ensemble")
            part = data.sel(seed=int(one.attrs["seed"])).drop_vars("seed")
            check(part.equals(one), f"{engine}: the run of seed {one.attrs['seed']} differs from the single run")
            first = data.isel(seed=0).drop_vars("seed")
            check(len(seeds) < 2 or not first.equals(data.isel(seed=1).drop_vars("seed")), "seeds do not differ")
            share[engine] = data.claim_share.sel(exporter="MX", importer="US").load()
            band = 100 * share[engine].isel(time=-1).quantile([0.5, 0.05, 0.95], "seed").values
    check(share["netcdf4"].equals(share["h5netcdf"]), "the engines differ")

    # The band of the summary is that of the file.
    lines = open(summary, encoding="utf-8").read().splitlines()
    row = lines[lines.index("Claimed, % of trade") + 1]
    check(row.startswith("  MX to US"), f"summary: {row}")
    shown = re.findall(r"([\d.]+) \[([\d.]+) ([\d.]+)\]", row)[-1]
    check([f"{x:.1f}" for x in band] == list(shown), f"the summary shows {shown}, the file has {band}")

    with h5py.File(path) as raw:
        for name in ("claim_share", "trade_value"):
            check(raw[name].chunks[:2] == (1, 1), f"chunks of {name}: {raw[name].chunks}")
        check(raw["seed"].attrs["CLASS"] == b"DIMENSION_SCALE", "seed is no dimension scale")
        check(raw["run"].attrs["jobs"] >= 1, "no number of jobs in /run")

    header = subprocess.run(["ncdump", "-h", path], capture_output=True, text=True, check=True).stdout
    for text in (f"seed = {len(seeds)} ;", "int64 seed(seed)", "double claim_share(seed, time, exporter, importer)"):
        check(text in header, f"ncdump -h does not show '{text}'")
    answer = subprocess.run(["Rscript", "-e", R_SCRIPT, path, str(seeds[-1])], capture_output=True, text=True, check=True)
    value, count = answer.stdout.splitlines()[-1].split()
    check(int(count) == len(seeds) and abs(float(value) - float(share["netcdf4"][-1, -1])) < 1e-12, f"R reads {value}")
    print(f"{path}: xarray, ncdump and R agree with {single}")


if __name__ == "__main__":
    main(*sys.argv[1:])
