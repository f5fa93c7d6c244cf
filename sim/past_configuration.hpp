#pragma once
#include <string>

namespace nearshore {

/// Under what a branch's months ran before it: a run that began from a checkpoint of another
/// configuration has one, its branch in turn two.
struct PastConfiguration {
  std::string until; ///< the last month that ran under it, e.g. "2024-12"; maybe of the spin-up
  std::string configuration; ///< resolved
};

} // namespace nearshore
