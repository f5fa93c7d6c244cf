#pragma once
// One firm's contract review: what its links could be, and the plan it takes.
#include "agents/candidates.hpp"
#include "agents/context.hpp"
#include "agents/plan.hpp"

#include <array>
#include <cstdint>

namespace nearshore {

/// What an option of a link means in terms of suppliers.
struct Choice {
  std::uint32_t supplier{0};
  std::uint8_t position{0};
};

struct LinkReview {
  std::size_t link{0};
  std::array<Choice, kPlanOptions> choice;
};

/// Scratch of a worker for the reviews it does one after the other.
struct ReviewDesk {
  PlanProblem problem;
  std::array<LinkReview, kMaxPlanLinks> review;
  Places places;
};

/// What a firm weighed in a review, for the time of a call.
struct ReviewSeen {
  std::size_t firm;
  const ReviewDesk& desk;    ///< its links with their options; costs only where `rule` is set
  const RuleOfOrigin* rule;  ///< of the agreement whose origin is worth most; nullptr: none is
  std::size_t agreement;     ///< that one
  double worth;              ///< of origin, per unit of output
  const Plan& originating;   ///< the cheapest plan with which the product originates
  const std::uint8_t* taken; ///< option taken, by link
};

/// Who looks on while firms decide. It changes nothing.
class DecisionWatch {
public:
  DecisionWatch() = default;
  DecisionWatch(const DecisionWatch&) = delete;
  DecisionWatch& operator=(const DecisionWatch&) = delete;
  virtual ~DecisionWatch() = default;
  /// A firm has decided; nothing has changed yet. Called by several threads, of one firm by one.
  virtual void on_review(const MonthContext&, const Population&, const ReviewSeen&) = 0;
  /// All decisions of the month are made, nothing is traded yet: next_card is this month's, sales
  /// are last month's.
  virtual void on_decisions(const MonthContext&, const Population&) = 0;
};

/// What originating under an agreement is worth per unit of output: duty saved in each market times
/// the part that the firm bears, less documentation.
double worth_of_origin(const MonthContext&, const Population&, std::size_t firm,
                       std::size_t agreement);

/// Reviews the contracts of a firm: the cheapest suppliers world-wide against the cheapest set with
/// which its product originates. What changes becomes pending; `founding`: no switch costs anything
/// and everything can be delivered at once.
void review_contracts(const MonthContext&, Population&, std::size_t firm, ReviewDesk&,
                      bool founding);

} // namespace nearshore
