#include "policy/agreement.hpp"

namespace nearshore {

const RuleOfOrigin* Agreement::rule(SectorId sector, float draw) const {
  const auto& variants = rules[sector.index()];
  float reached = 0;
  for (const auto& variant : variants) {
    reached += variant.share;
    if (draw < reached) return &variant;
  }
  return variants.empty() ? nullptr : &variants.back();
}

} // namespace nearshore
