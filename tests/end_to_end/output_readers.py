"""A trajectory opens with its labels in xarray (netcdf4 and h5netcdf) and, through netCDF-C, in ncdump and R.

Usage: output_readers.py FILE EXPORTER IMPORTER; exits 1 with a message on the first reader that fails. FILE is any
trajectory; EXPORTER and IMPORTER are labels of regions with trade between them.
"""
import math
import subprocess
import sys

import numpy
import xarray

ISSUE = {
    "claim_share": "exporter importer", "claim_share_recorded": "exporter importer",
    "claim_share_dutiable": "exporter importer", "qualifying_share": "exporter importer",
    "claim_share_by_sector": "exporter importer sector", "claim_share_recorded_by_sector": "exporter importer sector",
    "claim_share_dutiable_by_sector": "exporter importer sector", "claim_change": "exporter importer cause",
    "claim_change_recorded": "exporter importer cause", "trade_value": "origin destination sector use programme",
    "duty_collected": "origin destination sector authority", "value_added_content": "exporter export_sector source",
    "regional_value_content": "exporter sector bin", "intermediate_intra_share": "bloc",
    "gross_output": "region sector", "employment": "region sector", "price_index": "region sector",
    "capacity_utilisation": "region sector", "active_firms": "region sector",
    "us_exports": "partner", "us_imports": "partner", "us_deficit_over_exports": "partner",
}
R_SCRIPT = """
library(ncdf4)
args <- commandArgs(trailingOnly = TRUE)
nc <- nc_open(args[1])
share <- ncvar_get(nc, "claim_share")            # R turns the axes around: importer, exporter, time
exporters <- ncvar_get(nc, "exporter")
importers <- ncvar_get(nc, "importer")
months <- ncvar_get(nc, "month")
value <- share[which(importers == args[3]), which(exporters == args[2]), length(months)]
cat(sprintf("%.15g", value), months[length(months)], ncatt_get(nc, "claim_share", "units")$value,
    ncatt_get(nc, 0, "program")$value, ncatt_get(nc, 0, "seed")$value, "\\n")
"""


def check(condition, what):
    if not condition:
        sys.exit(f"output_readers: {what}")


def run(command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    check(done.returncode == 0, f"{command[0]} failed: {done.stderr.strip()}")
    return done.stdout


def main(path, exporter, importer):
    values = {}
    for engine in ("netcdf4", "h5netcdf"):
        with xarray.open_dataset(path, engine=engine) as data:
            for name, dims in ISSUE.items():
                check(name in data, f"{engine}: no {name}")
                check(data[name].dims == ("time", *dims.split()), f"{engine}: {name} has axes {data[name].dims}")
                check("units" in data[name].attrs and "long_name" in data[name].attrs, f"{engine}: {name}: no units")
                for dim in data[name].dims:
                    check(dim in data.coords, f"{engine}: axis {dim} has no labels")
            check(data.exporter.values.tolist().count(exporter) == 1, f"{engine}: labels {data.exporter.values}")
            check(numpy.issubdtype(data.time.dtype, numpy.datetime64), f"{engine}: time is {data.time.dtype}")
            month = str(data.month.values[-1])
            check(str(data.time.values[-1])[:7] == month, f"{engine}: {data.time.values[-1]} is not {month}")
            check("month" in data.claim_share.coords, f"{engine}: month is no coordinate of claim_share")
            share = data.claim_share.sel(exporter=exporter, importer=importer)
            check(share.notnull().all(), f"{engine}: no claim share")
            check(((share >= 0) & (share <= 1)).all(), f"{engine}: claim shares out of range")
            content = data.value_added_content.sum("source", skipna=False)
            check(abs(content - 1).max() < 1e-6, f"{engine}: value added content does not sum to 1")
            check(data.claim_change.dtype == numpy.float64 and data.trade_value.dtype == numpy.float32, "number types")
            check("configuration" in data.attrs and data.attrs["program"] == "nearshore", f"{engine}: attributes")
            values[engine] = (float(share[-1]), month, int(data.attrs["seed"]))
    check(values["netcdf4"] == values["h5netcdf"], f"the engines differ: {values}")

    header = run(["ncdump", "-h", path])
    for text in ("time = UNLIMITED", "double claim_share(time, exporter, importer)", "string exporter(exporter)",
                 'time:units = "days since 2000-01-01"', "group: run {",
                 "float trade_value(time, origin, destination, sector, use, programme)", ":_FillValue = NaNf"):
        check(text in header, f"ncdump -h does not show '{text}'")

    answer = run(["Rscript", "-e", R_SCRIPT, path, exporter, importer])  # R warns before it that seeds are 64-bit
    value, month, units, program, seed = answer.splitlines()[-1].split()
    check(math.isclose(float(value), values["netcdf4"][0], abs_tol=1e-12), f"R reads {value}, not {values['netcdf4']}")
    check((month, units, program, int(float(seed))) == (values["netcdf4"][1], "1", "nearshore", values["netcdf4"][2]),
          f"R reads {month}, {units}, {program}, {seed}")
    print(f"{path}: xarray (netcdf4, h5netcdf), ncdump and R agree")


if __name__ == "__main__":
    main(*sys.argv[1:])
