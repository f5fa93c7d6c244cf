#include "policy/duty_table.hpp"

#include <algorithm>

namespace nearshore {

DutyTable::DutyTable(std::size_t regions, std::size_t sectors, std::size_t authorities,
                     std::size_t programmes, std::span<const TariffLine> lines,
                     const std::vector<bool>& lines_known)
    : region_count(regions), sector_count(sectors), authority_count(authorities),
      programme_count(programmes), first_row(regions), by_line(lines_known) {
  for (std::size_t importer = 0; importer < regions; ++importer) {
    first_row[importer] = row_count;
    row_count += by_line[importer] ? lines.size() : regions * sectors;
  }
  totals.resize(row_count * programme_count);
  parts.resize(row_count * programme_count * authority_count);
}

void DutyTable::set(std::size_t row, ProgrammeId p, std::span<const Rate> parts_by_authority) {
  const auto cell = row * programme_count + p.index();
  Rate sum;
  for (std::size_t a = 0; a < authority_count; ++a) {
    parts[cell * authority_count + a] = parts_by_authority[a];
    sum.full += parts_by_authority[a].full;
    sum.content += parts_by_authority[a].content;
  }
  totals[cell] = sum;
}

bool DutyTable::operator==(const DutyTable& other) const {
  const auto same = [](Rate a, Rate b) { return a.full == b.full && a.content == b.content; };
  return parts.size() == other.parts.size() &&
         std::equal(parts.begin(), parts.end(), other.parts.begin(), same);
}

} // namespace nearshore
