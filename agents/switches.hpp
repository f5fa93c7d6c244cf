#pragma once

namespace nearshore {

/// Mechanisms that an experiment may switch off, from the end of the spin-up on.
struct Switches {
  bool claims{true}; ///< off: claim states stay as they were at the end of the spin-up
  bool resourcing{
      true}; ///< off: no firm changes a supplier in order to originate, or because of cost
  bool observation{true}; ///< off: every claim is recorded
  bool capacity{true};    ///< off: no investment, entry or exit
};

} // namespace nearshore
