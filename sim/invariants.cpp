#include "sim/invariants.hpp"

#include "policy/error.hpp"
#include "sim/simulation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace nearshore {
namespace {

[[noreturn]] void fail(Month month, std::string_view pass, const std::string& what) {
  throw Error(ErrorKind::invariant, fmt::format("pass {}: {}", pass, what),
              "month " + month.text());
}

std::string firm_text(const Population& firms, std::size_t f) {
  return fmt::format("firm {} (region {}, sector {})", f, firms.region[f], firms.sector[f]);
}

/// What a column may hold besides numbers at all.
struct Range {
  double low, high;
};
Range range_of(std::string_view column) {
  constexpr double kNone = 1e300;
  for (const auto* share : {"duty_borne", "fill", "input_limit"})
    if (column == share) return {0, 1.0001};
  for (const auto* free : {"regional_content", "value_added"})
    if (column == free) return {-kNone, kNone};
  return {0, kNone};
}

/// Place of a pass in the month; of what is written before, 0.
std::size_t order_of(std::string_view pass) {
  const auto at = std::find(kPasses.begin(), kPasses.end(), pass);
  return at == kPasses.end() ? 0 : static_cast<std::size_t>(at - kPasses.begin()) + 1;
}

struct Finding {
  std::string what;
  std::string_view pass;
};

/// Keeps the finding whose pass comes first: what it wrote, later passes read.
class Findings {
public:
  template <class Column>
  void look(std::string_view name, std::string_view pass, const Column& column, std::size_t begin,
            std::size_t end) {
    using T = typename Column::value_type;
    if constexpr (std::is_floating_point_v<T>) {
      const auto [low, high] = range_of(name);
      for (std::size_t i = begin; i < end; ++i) {
        const auto x = static_cast<double>(column[i]);
        if (std::isfinite(x) && x >= low && x <= high) continue;
        add({fmt::format("{} = {}", name, x), pass});
        return;
      }
    }
  }
  void add(Finding&& found) {
    if (!first || order_of(found.pass) < order_of(first->pass)) first = std::move(found);
  }
  std::optional<Finding> first;
};

/// What is wrong with a firm's values.
std::optional<Finding> look_at(const Population& p, std::size_t f) {
  Findings found;
  const std::size_t inputs = p.first_input[f], inputs_end = p.first_input[f + 1];
#define FIRM(type, name, unit, pass) found.look(#name, pass, p.name, f, f + 1);
#define INPUT(type, name, unit, pass) found.look(#name, pass, p.name, inputs, inputs_end);
#define LINK(type, name, unit, pass)                                                               \
  found.look(#name, pass, p.name, p.link_begin(f), p.link_end(f));
#define MARKET(type, name, unit, pass) found.look(#name, pass, p.name, f* p.R, (f + 1) * p.R);
#define BOOK(type, name, unit, pass)
#define DESK(type, name, unit, pass)
#include "agents/firm_columns.def"
  for (const auto* cards : {&p.card, &p.next_card}) {
    const auto price = static_cast<double>((*cards)[f].price);
    if (!(price > 0 && price < 1e6)) found.add({fmt::format("price = {}", price), "prices"});
  }
  for (const auto* contents : {&p.content, &p.next_content}) {
    float sum = 0;
    for (std::size_t r = 0; r < p.R; ++r)
      sum += (*contents)[f * p.content_row + r];
    if (!(std::abs(sum - 1) < 1e-4F))
      found.add({fmt::format("value-added origin adds up to {}", sum), "markets"});
  }
  for (std::size_t b = f * p.books; b < (f + 1) * p.books; ++b)
    if (p.sold[b] < 0) found.add({fmt::format("sold = {} cents", p.sold[b]), "markets"});
  return found.first;
}

void check_link(const Population& p, Month month, std::size_t f, std::size_t input,
                std::size_t link) {
  const auto seller = [&](std::uint32_t s, std::string_view what) {
    if (s >= p.firms())
      fail(month, "sourcing", fmt::format("{}: link {} has no {}", firm_text(p, f), link, what));
    if (p.sector[s] != p.input_sector[input])
      fail(month, "sourcing",
           fmt::format("{}: the {} of link {} is of sector {}, its input of sector {}",
                       firm_text(p, f), what, link, p.sector[s], p.input_sector[input]));
  };
  seller(p.supplier[link], "supplier");
  seller(p.pending[link], "pending supplier");
  if (p.home_origin[link] >= p.R)
    fail(month, "sourcing", fmt::format("{}: link {} is of no region", firm_text(p, f), link));
}

} // namespace

void refuse_firms(const Population& firms, Month month, std::size_t first, std::size_t last) {
  for (std::size_t f = first; f < last; ++f)
    if (const auto found = look_at(firms, f))
      fail(month, found->pass, firm_text(firms, f) + ": " + found->what);
  fail(month, "accounts",
       fmt::format("the sums of firms {} to {} are no numbers, though every value is", first,
                   last - 1));
}

void check_states(const Population& firms, Month month) {
  for (std::size_t f = 0; f < firms.firms(); ++f) {
    if (const auto found = look_at(firms, f))
      fail(month, found->pass, firm_text(firms, f) + ": " + found->what);
    if (firms.first_input[f] > firms.first_input[f + 1])
      fail(month, "base year", firm_text(firms, f) + " has another's inputs");
    for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i)
      for (std::size_t l = firms.first_link[i]; l < firms.first_link[i + 1]; ++l)
        check_link(firms, month, f, i, l);
  }
}

void check_totals(const MonthRecord& month, std::size_t R, std::size_t S) {
  const std::size_t P = month.trade.size() / (R * R * S * 2), A = month.duty.size() / (R * R * S);
  const auto refuse = [&](const std::string& what, std::size_t o, std::size_t d, std::size_t s) {
    fail(month.month, "accounts",
         fmt::format("{}, from region {} to region {}, sector {}", what, o, d, s));
  };
  for (std::size_t o = 0; o < R; ++o)
    for (std::size_t s = 0; s < S; ++s) {
      std::int64_t sold = 0;
      for (std::size_t d = 0; d < R; ++d) {
        const std::size_t lane = (o * R + d) * S + s;
        std::int64_t all = 0, least = 0;
        for (std::size_t k = lane * 2 * P; k < (lane + 1) * 2 * P; ++k) {
          all += month.trade[k];
          least = std::min(least, month.trade[k]);
        }
        if (least < 0) refuse("trade is negative", o, d, s);
        const auto& c = month.claims[lane];
        if (c.claimed > c.qualifying || c.qualifying > c.trade || c.recorded > c.claimed ||
            c.dutiable > c.trade || c.dutiable_claimed > c.dutiable || (o != d && c.trade != all))
          refuse("claims are no part of trade", o, d, s);
        for (std::size_t a = 0; a < A; ++a)
          if (month.duty[lane * A + a] < 0) refuse("a duty is negative", o, d, s);
        sold += all;
      }
      if (sold != month.gross_output[o * S + s])
        fail(month.month, "accounts",
             fmt::format("output of {} cents, uses of {}, region {}, sector {}",
                         month.gross_output[o * S + s], sold, o, s));
    }
}

void check_economy(const Economy& economy, Month month) {
  for (std::size_t r = 0; r < economy.R; ++r)
    for (const auto& [name, value] :
         {std::pair{"factor cost", economy.factor_cost[r]},
          std::pair{"income over that of the base year", economy.income_ratio[r]}})
      if (!(value > 0 && std::isfinite(value)))
        fail(month, "accounts", fmt::format("{} of region {} = {}", name, r, value));
}

void check_duty_totals(const MonthContext& m, const TradeBooks& books, const MonthRecord& month,
                       std::size_t R, std::size_t S) {
  const auto& duties = m.policy->duties;
  const std::size_t A = duties.authorities();
  std::vector<double> wanted(R * R * S, 0), terms(R * R * S, 1);
  for (std::size_t d = 0; d < R; ++d)
    for (std::size_t l = 0; l < m.lines->size(); ++l) {
      const auto& line = (*m.lines)[l];
      const std::size_t o = line.origin.index(), lane = (o * R + d) * S + line.sector.index();
      if (o == d) continue;
      const std::size_t row = duties.row(RegionId{d}, line.origin, line.sector, LineId{l});
      for (std::size_t k = 0; k < books.standings(d, o); ++k) {
        const auto standing = static_cast<Standing>(k);
        const auto& sum = books.sum(d, l, standing);
        const auto rate = duties.total(
            row, standing == Standing::claiming ? m.lanes->programme(o, d) : ProgrammeId{});
        wanted[lane] +=
            static_cast<double>(rate.full) * static_cast<double>(sum.all() - sum.relieved) +
            static_cast<double>(rate.content) * static_cast<double>(sum.foreign);
        terms[lane] += static_cast<double>(A); // each is rounded to a cent
      }
    }
  for (std::size_t lane = 0; lane < wanted.size(); ++lane) {
    std::int64_t collected = 0;
    for (std::size_t a = 0; a < A; ++a)
      collected += month.duty[lane * A + a];
    // Total rates are sums in 32 bits.
    const double room = terms[lane] + 1e-6 * wanted[lane];
    if (!(std::abs(static_cast<double>(collected) - wanted[lane]) <= room))
      fail(month.month, "accounts",
           fmt::format("authorities collect {} cents, the total rates ask for {:.0f}, from region "
                       "{} to region {}, sector {}",
                       collected, wanted[lane], lane / (R * S), lane / S % R, lane % S));
  }
}

} // namespace nearshore
