#pragma once
// An imported world as the files of a world folder, each cell with its source, and a report of what
// was done.
#include "sim/balance/write.hpp"
#include "sim/import/icio_world.hpp"

#include <string>

namespace nearshore::importing {

/// Where an imported world comes from.
struct Origin {
  std::string file; ///< the table
  int year{0};
  std::string lists;                 ///< folder of the lists of regions, sectors and groups
  std::string countries, industries; ///< concordances
  std::string rest;                  ///< region of the countries not listed, or empty
  bool year_checked{false};          ///< the file's name says the same year
  double smallest{0};                ///< million USD, see build_world
};

/// All files of the folder: those of WorldTable's reader, sources.csv, the concordances that were
/// used, import_report.md. The same table gives the same bytes.
balance::Files render_import(const Origin&, const IcioSums&, const ImportedWorld&);

/// The report alone, as Markdown.
std::string import_report(const Origin&, const IcioSums&, const ImportedWorld&);

/// Writes the files beside `folder`, reads the world back with the model's own reader, which checks
/// that it closes, and only then puts them into `folder`. Throws Error (kind resource) if it cannot
/// write.
void write_world_folder(const balance::Files&, const std::string& folder);

} // namespace nearshore::importing
