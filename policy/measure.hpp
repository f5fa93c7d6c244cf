#pragma once
// Measures as the law writes them: who taxes what, from when, and what gives way to what. Pure
// data; no TOML.
#include "policy/calendar.hpp"
#include "policy/ids.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nearshore {

/// Legal basis under which a duty is collected; the unit in which results are shown.
struct Authority {
  std::string key, name;
};

/// How a measure treats goods for which origin under an agreement is claimed.
enum class Originating : std::uint8_t {
  none,    ///< they pay like any other
  exempt,  ///< they do not pay
  content, ///< they pay only on the part of the value that is not of the importer's own content
};

using BySector = std::array<float, kMaxSectors>;
constexpr BySector every_sector(float value) {
  BySector out{};
  for (auto& v : out)
    v = value;
  return out;
}

/// What a measure asks from a date on, until its next terms or its end.
struct Terms {
  Date from;
  float rate{0}; ///< ad valorem; with `schedule`, unused
  bool schedule{
      false};         ///< the rate is the tariff line's own (or the schedule's average for a lane)
  bool all_in{false}; ///< the rate includes what the measure's `all_in_with` group takes
  Originating originating{Originating::none};
  BySector coverage{
      every_sector(1)}; ///< share of the sector's value that is covered, where no list says it
  BySector part{
      every_sector(1)}; ///< share of a covered good's value that is taxed (e.g. metal content)
  float quota_free{0};  ///< share of base volume that enters without the rate
  float entry_min{0}, entry_max{0}; ///< USD a customs entry; 0: no bound
};

struct Measure {
  std::string name;     ///< unique
  std::string piece_of; ///< its name in the file, where an amendment cut it; else empty
  AuthorityId authority;
  std::size_t group{0}; ///< unit of stacking; index into the regime's groups
  Bits importers{0}, origins{0}, sectors{0};
  Bits lists{0};             ///< applies to goods on any of these; 0: to all goods of the sectors
  Bits exempt_lists{0};      ///< but not to goods on any of these
  Bits agreements{~Bits{0}}; ///< agreements whose claims it honours
  Date start;                ///< in practice: when collection began
  std::optional<Date> end;   ///< in practice; not included
  Date legal_start;
  std::optional<Date> legal_end;
  std::vector<Terms> calendar;            ///< by date; the first begins at `start`
  std::optional<std::size_t> all_in_with; ///< group included in an all-in rate
  bool assumption{false};                 ///< not law as known, but what the scenario assumes
  std::string source, confidence, note;
  std::string where; ///< file:line:column

  [[nodiscard]] bool in_force(Date day) const { return start <= day && (!end || day < *end); }
  /// Terms on a day on which it is in force.
  [[nodiscard]] const Terms& terms(Date day) const;
};

/// While in force, measures of `displacing` groups push those of `displaced` groups off the value
/// they tax.
struct StackingRule {
  Date from;
  std::optional<Date> until;
  Bits displacing{0}, displaced{0}; ///< sets of groups
  bool even_if_exempt{
      false}; ///< also where the displacing measure exempts the good because of its origin
  std::string source, where;

  [[nodiscard]] bool in_force(Date day) const { return from <= day && (!until || day < *until); }
};

} // namespace nearshore
