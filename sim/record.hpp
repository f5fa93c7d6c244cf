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

/// Bounds of the classes of size of one real firm, USD of sales a year, and of age of a link,
/// months: a class reaches up to, not including, its bound; the last has none.
inline constexpr std::array<double, 3> kSizeBounds{10e6, 50e6, 250e6};
inline constexpr std::array<double, 4> kAgeBounds{12, 24, 36, 60};
inline constexpr std::size_t kSizeClasses = kSizeBounds.size() + 1;
inline constexpr std::size_t kAgeClasses = kAgeBounds.size() + 1;

/// Firms of a class of size that sell on a lane between members of an agreement.
struct SizeClaims {
  std::int64_t trade{0}, claimed{0};  ///< cents
  double firms{0}, firms_claiming{0}; ///< real firms that the agents stand for
};

/// How firms are spread (sim/structure.hpp); empty unless run.structure is on.
struct FirmStructure {
  std::vector<SizeClaims> claims;                        ///< [exporter][importer][size]
  std::array<std::int64_t, kAgeClasses> links_by_age{};  ///< by age in the month before
  std::array<std::int64_t, kAgeClasses> broken_by_age{}; ///< of which ended in this month
  std::vector<double> size_tail;     ///< [region] Hill exponent of real firms' sales
  std::vector<double> customer_tail; ///< [region] of the agents' numbers of customer links
};

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
  FirmStructure structure;
};

/// A record of zeros with arrays of the right sizes.
MonthRecord empty_record(std::size_t regions, std::size_t sectors, std::size_t programmes,
                         std::size_t authorities);

/// Calls visit(array) for every array, and visit.optional(array, length) for those that may be
/// empty; a member left out does not compile.
template <class Visit, class Record> void visit_record(Record& record, Visit&& visit) {
  auto& [month, spin_up, claims, change, change_recorded, trade, duty, content, rvc, output,
         employment, price, utilisation, active, spending, firms, structure] = record;
  visit(claims);
  visit(change);
  visit(change_recorded);
  visit(trade);
  visit(duty);
  visit(content);
  visit(rvc);
  visit(output);
  visit(employment);
  visit(price);
  visit(utilisation);
  visit(active);
  visit(spending);
  auto& [claims_by_size, links, broken, size_tail, customer_tail] = structure;
  const std::size_t R = spending.size();
  visit.optional(claims_by_size, R * R * kSizeClasses);
  visit(links);
  visit(broken);
  visit.optional(size_tail, R);
  visit.optional(customer_tail, R);
}

class Observer {
public:
  Observer() = default;
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;
  virtual ~Observer() = default;
  virtual void on_month(const MonthRecord&) = 0;
  /// The months until on_replayed() are read from a checkpoint's records.
  virtual void on_replaying() {}
  /// The months so far were not run now but read from a checkpoint's records.
  virtual void on_replayed() {}
};

} // namespace nearshore
