#pragma once
#include "agents/context.hpp"

namespace nearshore {

/// What an entrant starts as, by cell [region * S + sector]: as large as a firm a third up the
/// cell's sizes, with final customers in proportion. Fixed with the base year, so that the pass
/// reads no other firm.
struct EntrantModels {
  std::vector<double> output;    ///< base cents a month; 0: nobody can enter
  std::vector<float> final_base; ///< [cell * R + market] base cents a month
};
EntrantModels models_of_entrants(const Population&);

/// Calls visit(name, column) for every column; a member left out does not compile.
template <class Visit, class Models> void visit_models(Models& models, Visit&& visit) {
  auto& [output, final_base] = models;
  visit("entrant_output", output);
  visit("entrant_final_base", final_base);
}

/// Pass "entry and exit": firms without orders leave; dormant entrants come in where averaged
/// utilisation of their region and sector promises more than entry costs. `cell_pressure` is
/// [region * S + sector]. Productivity of an affiliate comes from its home region, drawn by the
/// weights of the regime.
void enter_and_exit(const MonthContext&, Population&, const std::vector<double>& cell_pressure,
                    const EntrantModels&, std::size_t begin, std::size_t end);

} // namespace nearshore
