#include "output/fill.hpp"

#include <algorithm>
#include <limits>

namespace nearshore::fill {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double share(double part, double whole) {
  return whole > 0 ? part / whole : kNaN;
}

/// Writes what was looked at, or NaN everywhere.
template <class Values> void copy_or_nan(bool looked, const Values& values, Out out) {
  if (!looked)
    std::fill(out.begin(), out.end(), kNaN);
  else
    std::transform(values.begin(), values.end(), out.begin(),
                   [](auto x) { return static_cast<double>(x); });
}

bool looked(Rec m) {
  return !m.structure.claims.empty();
}

/// Zero: no tail could be measured.
std::vector<double> known(std::vector<double> tails) {
  std::replace(tails.begin(), tails.end(), 0.0, kNaN);
  return tails;
}

} // namespace

void claim_share_by_size(Rec m, Rep, Out out) {
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = looked(m) ? share(static_cast<double>(m.structure.claims[i].claimed),
                               static_cast<double>(m.structure.claims[i].trade))
                       : kNaN;
}
void firms_claiming_by_size(Rec m, Rep, Out out) {
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] =
        looked(m) ? share(m.structure.claims[i].firms_claiming, m.structure.claims[i].firms) : kNaN;
}
void firms_claiming(Rec m, Rep, Out out) {
  for (std::size_t lane = 0; lane < out.size(); ++lane) {
    double all = 0, claim = 0;
    for (std::size_t size = 0; looked(m) && size < kSizeClasses; ++size) {
      all += m.structure.claims[lane * kSizeClasses + size].firms;
      claim += m.structure.claims[lane * kSizeClasses + size].firms_claiming;
    }
    out[lane] = share(claim, all);
  }
}
void links(Rec m, Rep, Out out) {
  copy_or_nan(looked(m), m.structure.links_by_age, out);
}
void links_broken(Rec m, Rep, Out out) {
  copy_or_nan(looked(m), m.structure.broken_by_age, out);
}
void size_tail(Rec m, Rep, Out out) {
  copy_or_nan(looked(m), known(m.structure.size_tail), out);
}
void customer_tail(Rec m, Rep, Out out) {
  copy_or_nan(looked(m), known(m.structure.customer_tail), out);
}

} // namespace nearshore::fill
