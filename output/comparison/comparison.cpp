#include "output/comparison/comparison.hpp"

namespace nearshore {

const std::vector<std::string>& comparison_topics() {
  static const std::vector<std::string> topics{
      "claims", "trade",  "content",  "dependence",    "production", "employment",
      "prices", "duties", "deficits", "concentration", "resilience"};
  return topics;
}

} // namespace nearshore
