#pragma once
// Short runs of the shipped scenarios, and exact comparison of months.
#include "policy/error.hpp"
#include "sim/config/load_scenario.hpp"
#include "sim/simulation.hpp"
#include "tests/world_fixture.hpp"

#include <bit>
#include <fstream>
#include <span>
#include <string>
#include <tuple>
#include <vector>

namespace nearshore::test {

/// A shipped scenario, read once; `file` is a path of the project.
inline const Scenario& shipped(const std::string& file) {
  static std::map<std::string, Scenario> read;
  const auto it = read.find(file);
  return it != read.end() ? it->second
                          : read.emplace(file, load_scenario(committed(file))).first->second;
}

inline const std::string kHistory = "configs/history.toml";
inline const std::string kFrozen = "configs/scenarios/frozen_policy.toml";
inline const std::string kNoTariffs = "configs/scenarios/no_2025_tariffs.toml";

/// A lever of a kind, as TOML.
inline std::string lever(const std::string& kind, const std::string& rest) {
  return "[[lever]]\nname = \"test lever\"\nkind = \"" + kind + "\"\nsource = \"test\"\n" + rest +
         "\n";
}

/// A scenario that extends a shipped one by the given TOML.
inline Scenario extended(const std::string& toml, const std::string& base = kHistory) {
  const TemporaryFolder folder{"nearshore-scenario"};
  folder.write({{"s.toml", "extends = \"" + committed(base) + "\"\n" + toml}});
  return load_scenario((folder.path / "s.toml").string());
}

struct Span {
  std::int64_t firms;
  Month start, end;
  int spin_up;
};

/// The scenario over other months with other numbers of firms; the reference is the first month.
inline Scenario over(Scenario s, const Span& span) {
  s.run.firms = span.firms;
  s.run.start = s.run.reference = span.start;
  s.run.end = span.end;
  s.run.spin_up = span.spin_up;
  s.run.threads = 2;
  return s;
}

class Collector : public Observer {
public:
  std::vector<MonthRecord> months;
  void on_month(const MonthRecord& m) override { months.push_back(m); }
};

inline std::vector<MonthRecord> run_months(const Scenario& s, bool check = true) {
  Simulation simulation{s, check};
  Collector out;
  simulation.run(out);
  return out.months;
}

template <class T> bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  static_assert(!std::is_floating_point_v<T>);
  return a == b;
}
inline bool same_bits(std::span<const double> a, std::span<const double> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](double x, double y) {
    return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
  });
}
inline bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return same_bits(std::span<const double>(a), std::span<const double>(b));
}
inline bool same_bits(const std::vector<std::array<double, kClaimCauses>>& a,
                      const std::vector<std::array<double, kClaimCauses>>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return same_bits(std::span<const double>(x), std::span<const double>(y));
  });
}
inline bool same_bits(const std::vector<LaneClaims>& a, const std::vector<LaneClaims>& b) {
  const auto all = [](const LaneClaims& c) {
    const auto& [trade, qualifying, claimed, recorded, dutiable, dutiable_claimed] = c;
    return std::tie(trade, qualifying, claimed, recorded, dutiable, dutiable_claimed);
  };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](const auto& x, const auto& y) { return all(x) == all(y); });
}

inline bool same_bits(const FirmStructure& a, const FirmStructure& b) {
  const auto& [claims, links, broken, sizes, customers] = a;
  const auto same = [](const SizeClaims& x, const SizeClaims& y) {
    const auto& [trade, claimed, firms, claiming] = x;
    return trade == y.trade && claimed == y.claimed && firms == y.firms &&
           claiming == y.firms_claiming;
  };
  return std::equal(claims.begin(), claims.end(), b.claims.begin(), b.claims.end(), same) &&
         links == b.links_by_age && broken == b.broken_by_age && same_bits(sizes, b.size_tail) &&
         same_bits(customers, b.customer_tail);
}

/// Names of the fields in which two months differ, bit by bit; "" if in none. Does not compile when
/// a field of the record is left out.
inline std::string difference(const MonthRecord& a, const MonthRecord& b) {
  const auto& [month, spin_up, claims, change, recorded, trade, duty, content, rvc, output,
               employment, price, utilisation, active, spending, firms, structure] = a;
  std::string out;
  const auto add = [&](bool same, const char* name) {
    if (!same) out += std::string{name} + " ";
  };
  add(month == b.month, "month");
  add(spin_up == b.spin_up, "spin_up");
  add(same_bits(claims, b.claims), "claims");
  add(same_bits(change, b.claim_change), "claim_change");
  add(same_bits(recorded, b.claim_change_recorded), "claim_change_recorded");
  add(same_bits(trade, b.trade), "trade");
  add(same_bits(duty, b.duty), "duty");
  add(same_bits(content, b.exports_content), "exports_content");
  add(same_bits(rvc, b.rvc_exports), "rvc_exports");
  add(same_bits(output, b.gross_output), "gross_output");
  add(same_bits(employment, b.employment), "employment");
  add(same_bits(price, b.price_index), "price_index");
  add(same_bits(utilisation, b.capacity_utilisation), "capacity_utilisation");
  add(same_bits(active, b.active_firms), "active_firms");
  add(same_bits(spending, b.final_spending), "final_spending");
  add(firms == b.firms, "firms");
  add(same_bits(structure, b.structure), "structure");
  return out;
}

/// The first month and its fields in which two runs differ; "" if they are the same.
inline std::string difference(const std::vector<MonthRecord>& a,
                              const std::vector<MonthRecord>& b) {
  if (a.size() != b.size()) return "number of months";
  for (std::size_t t = 0; t < a.size(); ++t)
    if (const auto what = difference(a[t], b[t]); !what.empty())
      return a[t].month.text() + ": " + what;
  return "";
}

inline std::size_t region_index(const WorldTable& world, const std::string& code) {
  for (std::size_t r = 0; r < world.R(); ++r)
    if (world.regions[r].code == code) return r;
  throw std::invalid_argument("no region " + code);
}
inline std::size_t sector_index(const WorldTable& world, const std::string& code) {
  for (std::size_t s = 0; s < world.S(); ++s)
    if (world.sectors[s].code == code) return s;
  throw std::invalid_argument("no sector " + code);
}

/// Trade of a lane, all sectors, uses and programmes, or one sector; cents.
inline std::int64_t trade_between(const MonthRecord& m, const WorldTable& w, std::size_t o,
                                  std::size_t d, std::size_t sector = SIZE_MAX) {
  const std::size_t R = w.R(), S = w.S(), cells = m.trade.size() / (R * R * S);
  std::int64_t sum = 0;
  for (std::size_t s = 0; s < S; ++s)
    if (sector == SIZE_MAX || s == sector)
      for (std::size_t k = 0; k < cells; ++k)
        sum += m.trade[((o * R + d) * S + s) * cells + k];
  return sum;
}

/// Share of a lane's goods for which preference is claimed, or another part of its trade.
inline double claim_share(const MonthRecord& m, const WorldTable& w, std::size_t o, std::size_t d,
                          std::int64_t LaneClaims::*part = &LaneClaims::claimed,
                          std::int64_t LaneClaims::*whole = &LaneClaims::trade) {
  std::int64_t a = 0, b = 0;
  for (std::size_t s = 0; s < w.S(); ++s)
    if (w.sectors[s].is_goods) {
      a += m.claims[(o * w.R() + d) * w.S() + s].*part;
      b += m.claims[(o * w.R() + d) * w.S() + s].*whole;
    }
  return static_cast<double>(a) / static_cast<double>(b);
}

inline std::int64_t output_of(const MonthRecord& m, const WorldTable& w, std::size_t region) {
  std::int64_t sum = 0;
  for (std::size_t s = 0; s < w.S(); ++s)
    sum += m.gross_output[region * w.S() + s];
  return sum;
}

} // namespace nearshore::test
