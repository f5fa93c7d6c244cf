#pragma once
// A firm's story, month by month: what it is, buys, claims, and what it weighed.
#include "policy/calendar.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nearshore {

/// A supplier of one input.
struct SupplierSeen {
  std::string input; ///< sector of the input
  std::uint32_t firm{0};
  std::string region;
  double share{0};        ///< of the firm's purchases, at the suppliers' prices
  bool originates{false}; ///< counts as originating under the firm's agreement
  int months_held{0};     ///< 255: that or more
};

/// One option of an input in a review.
struct OptionSeen {
  std::uint32_t firm{0};
  std::string region;
  double cost{
      0}; ///< delivered, share of the firm's price, cost of switching spread over the horizon
  bool originates{false};
};

struct InputWeighed {
  std::string input;
  std::uint32_t supplier{0}; ///< before
  std::string region;
  OptionSeen cheapest;
  std::optional<OptionSeen> originating; ///< as the cheapest plan that originates has it
  bool changes{false};                   ///< the plan taken has another supplier
};

/// The two plans of a review. Costs are shares of the firm's price.
struct ReviewTold {
  std::string agreement; ///< empty: origin is worth nothing to the firm under any
  std::string rule;
  double worth{0};         ///< of origin
  double cheapest_cost{0}; ///< of the inputs: cheapest suppliers world-wide
  bool feasible{false};    ///< there is a plan that originates
  double originating_cost{0};
  bool took_originating{false}; ///< and it differs from the cheapest
  bool cheapest_originates{false};
  std::vector<InputWeighed> inputs;
};

/// A claim in one market.
struct ClaimTold {
  std::string market, state;               ///< idle, setting up, claiming
  double sales{0};                         ///< last month, share of the firm's
  double saving{0}, running{0}, set_up{0}; ///< of a claim, share of value
};

struct MonthTold {
  Month month;
  bool active{false};
  double price{0};  ///< base = 1
  double margin{0}; ///< 1 - unit cost / price; in the base year that of the mark-up
  double rvc{0};    ///< by transaction value, under the first agreement
  bool originates{false};
  double sales{0}; ///< of the month before, million USD a month
  int lead{0};     ///< months until suppliers under qualification deliver; 0: none
  std::vector<SupplierSeen> suppliers;
  std::vector<ClaimTold> claims;
  std::optional<ReviewTold> review;
};

struct FirmStory {
  std::uint32_t firm{0};
  std::string region, sector;
  bool export_processing{false};
  double real_sales{0}; ///< USD a year of one real firm that it stands for
  std::vector<MonthTold> months;
  /// In some review it turned to a supplier in another region.
  bool switched{false};
};

} // namespace nearshore
