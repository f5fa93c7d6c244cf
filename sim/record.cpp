#include "sim/record.hpp"

namespace nearshore {

MonthRecord empty_record(std::size_t R, std::size_t S, std::size_t P, std::size_t A) {
  MonthRecord r;
  r.claims.resize(R * R * S);
  r.claim_change.resize(R * R);
  r.claim_change_recorded.resize(R * R);
  r.trade.resize(R * R * S * 2 * P);
  r.duty.resize(R * R * S * A);
  r.exports_content.resize(R * S * R);
  r.rvc_exports.resize(R * S * kRvcBins);
  r.gross_output.resize(R * S);
  r.employment.resize(R * S);
  r.price_index.resize(R * S);
  r.capacity_utilisation.resize(R * S);
  r.active_firms.resize(R * S);
  r.final_spending.resize(R);
  return r;
}

} // namespace nearshore
