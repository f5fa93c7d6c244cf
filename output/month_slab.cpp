#include "output/month_slab.hpp"

#include "policy/error.hpp"

#include <string>

namespace nearshore {
namespace {

void check_size(std::size_t found, std::size_t wanted, const char* what) {
  if (found != wanted)
    throw Error{ErrorKind::internal, std::string{"the record of a month holds "} +
                                         std::to_string(found) + " values of " + what + ", not " +
                                         std::to_string(wanted)};
}

} // namespace

SlabLayout::SlabLayout(const Reporting& reporting) : offsets{0} {
  for (const auto& v : variables())
    offsets.push_back(offsets.back() + slab_size(v, reporting));
}

void check_record(const MonthRecord& m, const Reporting& r) {
  const std::size_t R = r.R(), S = r.S();
  check_size(m.claims.size(), R * R * S, "claims");
  if (!m.claim_change.empty()) check_size(m.claim_change.size(), R * R, "claim_change");
  if (!m.claim_change_recorded.empty())
    check_size(m.claim_change_recorded.size(), R * R, "claim_change_recorded");
  check_size(m.trade.size(), R * R * S * 2 * r.P(), "trade");
  check_size(m.duty.size(), R * R * S * r.A(), "duty");
  check_size(m.exports_content.size(), R * S * R, "exports_content");
  check_size(m.rvc_exports.size(), R * S * kRvcBins, "rvc_exports");
  check_size(m.gross_output.size(), R * S, "gross_output");
  check_size(m.employment.size(), R * S, "employment");
  check_size(m.price_index.size(), R * S, "price_index");
  check_size(m.capacity_utilisation.size(), R * S, "capacity_utilisation");
  check_size(m.active_firms.size(), R * S, "active_firms");
  check_size(m.final_spending.size(), R, "final_spending");
}

void fill_slab(const MonthRecord& record, const Reporting& reporting, const SlabLayout& layout,
               MonthSlab& slab) {
  slab.month = record.month;
  slab.values.resize(layout.size());
  const auto list = variables();
  for (std::size_t v = 0; v < list.size(); ++v)
    list[v].fill(record, reporting, {slab.values.data() + layout.offset(v), layout.length(v)});
}

} // namespace nearshore
