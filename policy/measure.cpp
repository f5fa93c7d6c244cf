#include "policy/measure.hpp"

namespace nearshore {

const Terms& Measure::terms(Date day) const {
  const Terms* current = &calendar.front();
  for (const auto& t : calendar)
    if (t.from <= day) current = &t;
  return *current;
}

} // namespace nearshore
