#pragma once
// What a finished month hands to its observers: totals over firms, read-only, valid during the
// call. Money is int64 US cents of the month; R regions, S sectors, P programmes, A authorities.
#include "policy/calendar.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace nearshore {

/// Claims on one lane (exporter, importer, sector), cents. All are parts of `trade`.
struct LaneClaims {
  std::int64_t trade{0};            ///< goods shipped
  std::int64_t qualifying{0};       ///< of which originating under an agreement of both
  std::int64_t claimed{0};          ///< of which claimed
  std::int64_t recorded{0};         ///< claims that statistics show
  std::int64_t dutiable{0};         ///< trade on MFN-dutiable lines
  std::int64_t dutiable_claimed{0}; ///< claims on them
};

enum class ClaimCause : std::uint8_t {
  paperwork,
  inherited,
  resourcing,
  entry_exit,
  composition,
  recording
};
inline constexpr std::size_t kClaimCauses = 6;
inline constexpr std::size_t kRvcBins = 20; ///< of 5 points each, 0 to 100 %

struct MonthRecord {
  Month month;
  bool spin_up{false};
  std::vector<LaneClaims> claims; ///< [exporter][importer][sector]
  std::vector<std::array<double, kClaimCauses>>
      claim_change; ///< [exporter][importer]; recording = 0
  std::vector<std::array<double, kClaimCauses>> claim_change_recorded; ///< [exporter][importer]
  std::vector<std::int64_t>
      trade; ///< [origin][destination][sector][use: 0 intermediate, 1 final][programme]
  std::vector<std::int64_t> duty; ///< [origin][destination][sector][authority]
  std::vector<std::int64_t>
      exports_content; ///< [exporter][sector][source region] value added in exports, cents
  std::vector<std::int64_t>
      rvc_exports; ///< [exporter][sector][bin] exports to fellow members by the seller's RVC
  std::vector<std::int64_t> gross_output;   ///< [region][sector]
  std::vector<double> employment;           ///< [region][sector] index, base month = 1
  std::vector<double> price_index;          ///< [region][sector] base = 1
  std::vector<double> capacity_utilisation; ///< [region][sector]
  std::vector<std::int64_t> active_firms;   ///< [region][sector]
  std::vector<std::int64_t> final_spending; ///< [region] at delivered prices, duty included
  std::int64_t firms{0};
};

class Observer {
public:
  Observer() = default;
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;
  virtual ~Observer() = default;
  virtual void on_month(const MonthRecord&) = 0;
};

} // namespace nearshore
