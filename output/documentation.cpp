#include "output/variable.hpp"

namespace nearshore {
namespace {

constexpr std::string_view kHead = R"(# The output of a run

<!-- Made by `./nearshore docs output` from the program's own list of variables; do not edit. -->

A run writes one HDF5 file. It opens with its labels in xarray (`engine="netcdf4"` or `"h5netcdf"`), `ncdump -h` and R
(`ncdf4`):

```python
import xarray
run = xarray.open_dataset("history.h5", engine="netcdf4")
run.claim_share_recorded.sel(exporter="MX", importer="US").plot()
```

- The first axis of every variable is `time`, the first day of the month (CF units, `days since 2000-01-01`); `month` is
  the same as text, "2025-06". Months of the spin-up are not written.
- Values are million USD a month, or shares of 1. Most are stored as 32-bit numbers (7 digits); `claim_share`, the other
  shares of its table and the two decompositions are 64-bit, since the causes sum to the change to 1e-12.
- A share of nothing is NaN, the variables' `_FillValue`.
- Attributes of the file: `title`, `program_version`, `git_commit` (of the build), `seed`, `firms`, `reference_month` (against
  which changes are counted), `home_region` (of the partner statistics), `configuration` (resolved, TOML: it runs again
  as it is) and `input_data`: every table that the configuration names, a line each, with the CRC-32 of what it held. What may
  differ between equal runs (threads, time taken, host) is in the group `/run`; everything else is
  equal to the bit for equal configurations and data, on any number of threads. A branch (`run --from`) says there under
  which configurations the months before it ran: `branches` (how many), `branch_1_after` (the last month, oldest first),
  `branch_1_configuration_before` and so on; `configuration` is that of the months since.
- The file is written beside its name as `NAME.partial` and renamed when it is complete: a run that is interrupted leaves an
  older file as it was, and a `NAME.partial` that the next run writes over. Only a trajectory or an empty file is replaced.
- Behind what HDF5 knows of a file lie 32 bytes, its seal: `nearshore seal1` and a line end, the number of bytes before it (64 bits), their
  CRC-32, and the CRC-32 of the seal's own 28 bytes; little-endian. HDF5, netCDF and R do not look there. A sealed file that was changed since is
  refused by this program. One without a seal (written by an earlier version, or saved again by another program) is read by a child process, which hands
  over what it finds; this one builds a file in memory from it and never gives HDF5 the other (docs/reliability.md). It has to fit, unpacked, into half
  of the free memory. That it has no seal is said on standard error. Integers, numbers and texts are taken; where such a file holds values of another kind, that is said.

)";

constexpr std::string_view kEnsembles = R"(
## Ensembles

`run --seeds LIST` writes all its runs into one file of the same form ([ensembles.md](ensembles.md)):

```python
runs = xarray.open_dataset("ensemble.h5", engine="netcdf4")
runs.claim_share.sel(exporter="MX", importer="US").quantile([0.05, 0.5, 0.95], "seed")
```

- `seed`, a coordinate of whole numbers, is the first axis of every variable, before `time`; chunks are one seed long, so
  reading one run touches that run only. `isel(seed=0)` is what a single run's file holds, bit by bit, on any number of jobs
  and threads.
- Attributes: `seeds` (the list) instead of `seed`; `configuration` is that of the first seed. `/run` also tells `jobs`, the runs
  at a time, and `threads` of each.
- `run --seeds LIST --paired BASE.toml` puts the axis `policy` (`baseline`, `reform`) before `seed`, adds `title_baseline` and
  `configuration_baseline`, `input_data_baseline`, and a group `effects` with the table of effects and their errors along the axis `outcome`
  (`xarray.open_dataset(FILE, group="effects")`).
- `run --parameter-set FILE` puts the axis `member` (a vector of parameters, docs/calibration.md) before `seed`, and adds the
  set's text as `parameter_set`; `configuration` is that of the first member and seed.
- `time` does not grow: all months are there from the start, and the file gets its name only when every run is complete.
)";

constexpr std::string_view kOtherFiles = R"(
## Files of other commands

Pages, pictures, tables and settings are written as runs are: `NAME.partial` under the lock `NAME.lock`, synced, renamed; what goes
wrong leaves the older file as it was and nothing beside it (docs/reliability.md). A file that the command reads is never written
over (status 2), under whatever link or name. A file that exists is written over only where it is of the kind that the command makes
(else status 3), or empty; its start, 1 MiB, is what is looked at:

| command | writes over |
|---|---|
| `run`, `sweep merge --force`, the log of `calibrate --restart` | an HDF5 file |
| `report`, `compare -o NAME.html` | a page that nearshore made: it holds the element of the page's data |
| `plot` | any picture of the same format, by its first bytes: who drew it cannot be told |
| `compare -o NAME.csv`, `import-claims`, `sweep sensitivity --csv`, tables of `calibrate`, `balance` and `import-icio` | a table with the same line of columns: a file edited by hand counts as one, one of another version with other columns does not |
| `import-icio`: `import_report.md` | a file with the same first line |
| `calibrate`: `PREFIX.toml`, `PREFIX_set.toml` | a file that begins as those do |
| `bench --json` | JSON that begins as its own does |
| `forecast` | nothing |

A link is replaced by the file, and what it pointed to stays. The several files of `calibrate`, `balance` and `import-icio` are all complete before the
first gets its name.
)";

constexpr std::string_view kTail = R"(
## What to keep in mind

- **Recorded and real.** `claim_share` is what firms do, `claim_share_recorded` what official statistics show of it:
  claims on MFN-free tariff lines were almost never recorded before July 2025 (USITC DataWeb via
  Budget-Lab-Yale/tariff-rate-tracker). `claim_share_dutiable` has no such break.
- **Decompositions.** For months before the reference month there is none: NaN. At the reference month it is zero.
- **Two bases.** `us_exports`, `us_imports` and their ratio count goods of the world table: own products, at producers'
  prices. Published statistics also count re-exports of foreign goods and special classification chapters (HS 98–99).
  The variables with `_published_basis` add these as a constant twelfth of the bridge's year, so they may be compared with
  published figures; since the bridge is a difference to published totals of the base year, agreement in that year tests
  nothing.
- **Averages.** A mean of `value_added_content` over months or exporters must be weighted by `exports`; a mean of
  `us_deficit_over_exports` by `us_exports`: then it is the ratio of the sums.
- **Exports of a group of regions** include trade between its members, as in OECD TiVA.
)";

} // namespace

std::string output_documentation() {
  std::string page{kHead};
  page += "## Variables\n\n| variable | dimensions after `time` | unit | meaning "
          "|\n|---|---|---|---|\n";
  for (const auto& v : variables()) {
    std::string dims;
    for (const auto d : v.dims)
      dims += (dims.empty() ? "" : ", ") + std::string{d};
    page += "| `" + std::string{v.name} + "` | " + dims + " | " + std::string{v.unit} + " | " +
            std::string{v.meaning} + (v.storage == Storage::float64 ? " (64-bit)" : "") + " |\n";
  }
  page += "\n## Dimensions\n\n| dimension | meaning |\n|---|---|\n";
  for (const auto& d : dimensions())
    page += "| `" + std::string{d.name} + "` | " + std::string{d.meaning} + " |\n";
  page += "| `time` | first day of the month; `month` is its text |\n";
  return page + std::string{kEnsembles} + std::string{kOtherFiles} + std::string{kTail};
}

} // namespace nearshore
