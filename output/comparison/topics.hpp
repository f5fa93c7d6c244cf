#pragma once
// One function a topic, and what they share (docs/comparison.md has the formulas).
#include "output/comparison/outcomes.hpp"

#include <cmath>
#include <limits>

namespace nearshore::topics {

inline constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

struct Question {
  const RunSums& run;
  const ComparedWorld& world;
  const ComparedPeriod& period;
  const SupplyStop& stop;
};

void claims(const Question&, Outcomes&);
void trade(const Question&, Outcomes&);
void content(const Question&, Outcomes&);
void dependence(const Question&, Outcomes&);
void production(const Question&, Outcomes&);
void employment(const Question&, Outcomes&);
void prices(const Question&, Outcomes&);
void duties(const Question&, Outcomes&);
void deficits(const Question&, Outcomes&);
void concentration(const Question&, Outcomes&);
void resilience(const Question&, Outcomes&);

/// NaN for a part of nothing.
inline double share(double part, double whole) {
  return whole == 0 ? kNaN : part / whole;
}

/// Every region alone, then the bloc, then the distant groups.
std::vector<ComparedGroup> places(const ComparedWorld&);
/// All goods (named ""), every sector of goods, then the groups of sectors (their goods only).
std::vector<ComparedGroup> goods(const ComparedWorld&);
/// All sectors (named ""), every sector, then the groups.
std::vector<ComparedGroup> activities(const ComparedWorld&);

/// Whether a place is shown by default: home, its fellows, the bloc, the distant groups.
bool of_interest(const ComparedWorld&, const ComparedGroup& place);
/// Whether sectors are: all of them, or the first group.
bool main_sectors(const ComparedWorld&, const ComparedGroup& sectors);

/// Sales [origin][destination][sector], from trade_value: one use (0 intermediate, 1 final) or both
/// (-1), over programmes.
std::vector<double> sales(const Question&, int use);
/// The same, of one month.
std::vector<double> sales(const RunSums&, const ComparedWorld&, Month, int use);

} // namespace nearshore::topics
