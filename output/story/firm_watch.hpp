#pragma once
// Keeps the stories of chosen firms while a simulation runs.
#include "agents/review.hpp"
#include "output/story/firm_story.hpp"
#include "sim/config/load_scenario.hpp"

#include <map>
#include <vector>

namespace nearshore {

class FirmWatch : public DecisionWatch {
public:
  /// `firms` are places in the population. Throws Error (kind input) for one that is not there.
  FirmWatch(const Scenario& scenario, const Population& population,
            const std::vector<std::uint32_t>& firms);

  void on_review(const MonthContext&, const Population&, const ReviewSeen&) override;
  void on_decisions(const MonthContext&, const Population&) override;

  [[nodiscard]] const std::vector<FirmStory>& stories() const { return told; }

private:
  std::vector<std::string> regions, sectors, agreements;
  std::vector<FirmStory> told;
  std::map<std::size_t, std::size_t> place;       // of a firm in `told`
  std::vector<std::optional<ReviewTold>> pending; // reviews of this month

  [[nodiscard]] MonthTold month_of(const MonthContext&, const Population&, std::size_t firm) const;
  [[nodiscard]] OptionSeen option(const ReviewSeen&, const Population&, std::size_t link,
                                  std::size_t option_index, double price) const;
};

} // namespace nearshore
