#pragma once
// From TOML to a regime: policy/ never sees a file. Sections: [[authority]], [[group]],
// [[measure]], [[stacking]], [[amendment]],
// [[agreement]], [tariff_lines], [[product_list]], [[lever]], [[relief]], [[observation]],
// [[belief]], [policy]. docs/policy.md says what each key means.
#include "policy/regime.hpp"
#include "sim/config/document.hpp"
#include "sim/config/world_names.hpp"

namespace nearshore {

/// Reads all sections of policy and the data files that they name. Throws Error (kind input) with
/// file:line:column. Keys of other sections are left for others to ask; Document::finish() finds
/// what nobody asked for.
Regime read_regime(const TableView& root, const WorldNames& names);

/// Parts of the above, which share the names read so far.
struct PolicyNames {
  const WorldNames& world;
  std::vector<std::string> authorities, groups, lists, agreements;
};
std::vector<Measure> read_measures(const TableView& root, const PolicyNames& names,
                                   const std::vector<bool>& lines_known);
std::vector<StackingRule> read_stacking(const TableView& root, const PolicyNames& names);
std::vector<AgreementLaw> read_agreements(const TableView& root, const WorldNames& world);
/// Lines, which importers know them, and the schedule of the others.
void read_tariff_lines(const TableView& root, const PolicyNames& names, RegimeData& out);
void read_agenda(const TableView& root, const PolicyNames& names, RegimeData& out);
/// [[amendment]]: changes to the measures read so far, in the order of the file.
void read_amendments(const TableView& root, const PolicyNames& names, RegimeData& law);
/// [policy] measures_frozen_from: from that day on the measures and their stacking stay as on the
/// day before.
void freeze_measures(RegimeData& law, Date from);
/// [policy] frozen_from: the same for everything that policy says, rules of origin, levers and
/// records too.
void freeze_all(RegimeData& law, Date from);

/// How sure a figure is: high, medium, low.
inline const std::vector<std::string> kConfidences{"H", "M-H", "M", "L-M", "L"};

/// A set from a list of names; `otherwise` if the key is absent.
Bits read_set(const TableView& view, std::string_view key, const std::vector<std::string>& names,
              std::string_view what, Bits otherwise);
inline Bits all_of(const std::vector<std::string>& names) {
  return names.size() >= 32 ? ~Bits{0} : bit(names.size()) - 1;
}

} // namespace nearshore
