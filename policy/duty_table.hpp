#pragma once
// The regime of one month as dense tables: what a shipment pays, by authority. Agents see this,
// never a date.
#include "policy/ids.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace nearshore {

/// A tariff line class: goods of one origin and sector that the law treats alike in every importer
/// with lines.
struct TariffLine {
  RegionId origin;
  SectorId sector;
  float share{0};       ///< of the sector's value from this origin
  float mfn_rate{0};    ///< ad valorem, or ad valorem equivalent of a specific duty
  bool mfn_free{false}; ///< recorded as MFN-free (decides what statistics show)
  Bits lists{0};        ///< product lists the line is on
  float entry_value{0}; ///< USD a customs entry; bounds of per-entry fees bite through it
  float rule_draw{0};   ///< uniform in [0, 1): which of the sector's rules of origin governs it
};

/// Rates of one (importer, line, programme).
struct Rate {
  float full{0};    ///< on the whole value
  float content{0}; ///< only on the part of the value that is not of the importer's own content
};

/// Rates for every (importer, row, programme); a row is a tariff line for importers whose lines are
/// known and an (origin, sector) lane for the others. Rate per authority sums to the total.
class DutyTable {
public:
  DutyTable() = default;
  /// `lines_known[importer]`: whether rates differ by line there.
  DutyTable(std::size_t regions, std::size_t sectors, std::size_t authorities,
            std::size_t programmes, std::span<const TariffLine> lines,
            const std::vector<bool>& lines_known);

  [[nodiscard]] std::size_t rows() const { return row_count; }
  [[nodiscard]] std::size_t programmes() const { return programme_count; }
  [[nodiscard]] std::size_t authorities() const { return authority_count; }
  [[nodiscard]] std::size_t row(RegionId importer, RegionId origin, SectorId sector,
                                LineId line) const {
    const auto& base = first_row[importer.index()];
    return by_line[importer.index()] ? base + line.index()
                                     : base + origin.index() * sector_count + sector.index();
  }
  [[nodiscard]] Rate total(std::size_t row, ProgrammeId p) const {
    return totals[row * programme_count + p.index()];
  }
  [[nodiscard]] std::span<const Rate> by_authority(std::size_t row, ProgrammeId p) const {
    return {parts.data() + (row * programme_count + p.index()) * authority_count, authority_count};
  }
  /// Whether rows of an importer are tariff lines (else lanes).
  [[nodiscard]] bool rates_by_line(RegionId importer) const { return by_line[importer.index()]; }
  /// Sets the parts of one (row, programme) and their total.
  void set(std::size_t row, ProgrammeId p, std::span<const Rate> parts_by_authority);

  bool operator==(const DutyTable& other) const;

private:
  std::size_t region_count{0}, sector_count{0}, authority_count{0}, programme_count{0},
      row_count{0};
  std::vector<std::size_t> first_row; // [importer]
  std::vector<bool> by_line;          // [importer]
  std::vector<Rate> totals;           // [row][programme]
  std::vector<Rate> parts;            // [row][programme][authority]
};

} // namespace nearshore
