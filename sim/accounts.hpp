#pragma once
// Pass "accounts": every dollar of trade has a seller, a buyer's region, a programme and a duty.
#include "agents/context.hpp"
#include "agents/parallel.hpp"
#include "sim/economy.hpp"
#include "sim/markets.hpp"
#include "sim/record.hpp"
#include "sim/tally.hpp"

namespace nearshore {

class Accounts {
public:
  Accounts(const Workers&, std::size_t regions, std::size_t sectors, std::size_t programmes,
           std::size_t authorities);

  /// Value-added origin of every firm: v = own share * e_region + sum of input share * v_supplier.
  void update_content(Population&) const;
  /// Fills the record's totals, and the economy's incomes, balances, deliveries and pressures.
  void record(const MonthContext&, const Population&, const Markets&, Economy&, MonthRecord&);

private:
  const Workers* workers;
  std::size_t R, S, P, A;
  Tally trade, duty_base, claims, content, cells, regional;
  [[nodiscard]] double balance(const MonthRecord&, std::size_t region) const;
  void add_duties(const MonthContext&, const Markets&, MonthRecord&,
                  const std::vector<std::int64_t>& base);
};

/// Checks the identities of a finished month; throws Error (kind invariant) that names month and
/// account.
void check_accounts(const MonthRecord&, const Population&, const Markets&);

} // namespace nearshore
