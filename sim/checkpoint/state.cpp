// The state of a simulation between two months, written and read. Random draws are keyed by month
// and firm (agents/random.hpp), so no generator has a state; policy, landed costs and price floors
// follow from the month and the law; a law that was set in the midst of a run is to be set again.
#include "agents/population_columns.hpp"
#include "sim/checkpoint/archive.hpp"
#include "sim/checkpoint/check_population.hpp"
#include "sim/simulation.hpp"

#include <algorithm>

namespace nearshore {

/// Everything but the population, for either direction.
template <class Self, class Archive> void Simulation::visit(Self& self, Archive&& archive) {
  // Does not compile when a member is added: does it last from one month to the next?
  auto& [settings_, switches_, parameters_, checking_, law_, laws_, world_data_, table_,
         sector_data_, lines_, workers_, policy_, base_policy_, lanes_, landed_, base_landed_,
         sourcing_tables_, rules_, price_floor_, laid_out_, entrant_models_, population_, economy_,
         markets_, accounts_, decomposition_, record_, structure_, month_, next_, spun_, spinning_,
         scaling_, pass_seconds_, reviews_] = self;
  std::vector<std::int64_t> place{next_.count, month_.month, spun_, spinning_ ? 1 : 0,
                                  reviews_.load()};
  archive("place", place);
  std::vector<double> scaling{scaling_.mean_change, scaling_.moved_to_final, scaling_.inputs_cut};
  archive("scaling", scaling);
  visit_economy(economy_, archive);
  visit_models(entrant_models_, archive);
  SourcingTables::visit(sourcing_tables_, archive);
  ClaimDecomposition::visit(decomposition_, archive, population_.first_desk.back(),
                            population_.links());
  StructureWatch::visit(structure_, archive, population_.links());
  if constexpr (std::remove_cvref_t<Archive>::reads) {
    next_.count = static_cast<int>(place[0]);
    month_.month = static_cast<std::uint32_t>(place[1]);
    spun_ = static_cast<int>(place[2]);
    spinning_ = place[3] != 0;
    reviews_ = place[4];
    scaling_ = {scaling[0], scaling[1], scaling[2]};
  }
}

void Simulation::save(SectionWriter& file) const {
  StateWriter writer{file};
  visit_indices(population, writer);
  visit_columns(population, writer);
  visit(*this, writer);
}

Population Simulation::restore_population(SectionReader& file) {
  Population firms;
  firms.S = table.S();
  firms.open_books(lanes.market_lists_by_origin());
  firms.first_seller.resize(table.R() * table.S() + 1);
  constexpr std::uint64_t kMost = UINT32_MAX;
  visit_indices(firms, [&](std::string_view name, auto& index) {
    if (index.empty())
      file.values(name, index, kMost);
    else
      file.exactly(name, index);
  });
  check_indices(file.path(), firms);
  check_sizes(file.path(), firms, file.bytes_left());
  firms.allocate(workers, firms.first_seller.back());
  visit_columns(firms, StateReader{file});
  check_columns(file.path(), firms, lines, lanes);
  return firms;
}

void Simulation::restore(SectionReader& file) {
  const std::size_t cells = table.R() * table.S();
  entrant_models.output.resize(cells);
  entrant_models.final_base.resize(cells * table.R());
  SourcingTables::visit(sourcing_tables, [&](std::string_view, auto& table_of) {
    table_of.resize(population.firms());
  });
  visit(*this, StateReader{file});
  check_place(file.path(), run_settings, next, spun, spinning);
  check_sellers(file.path(), population, sourcing_tables);
  if (!spinning) month.switches = switches;
}

} // namespace nearshore
