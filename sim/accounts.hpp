#pragma once
// Pass "accounts": every dollar of trade has a seller, a buyer's region, a programme and a duty.
#include "agents/context.hpp"
#include "agents/parallel.hpp"
#include "sim/economy.hpp"
#include "sim/markets.hpp"
#include "sim/record.hpp"
#include "sim/tally.hpp"

#include <cstdint>
#include <mutex>
#include <utility>

namespace nearshore {

class Accounts {
public:
  Accounts(const Workers&, std::size_t regions, std::size_t sectors, std::size_t programmes,
           std::size_t authorities);

  /// Value-added origin of every firm: v = own share * e_region + sum of input share * v_supplier.
  void update_content(Population&) const;
  /// Fills the record's totals, and the economy's incomes, balances, deliveries and pressures.
  /// Throws Error (kind invariant) that names a firm whose values are no numbers.
  void record(const MonthContext&, const Population&, const Markets&, Economy&, MonthRecord&);

private:
  /// What duty of a (row, programme) is due on, relieved inputs left out.
  struct DutyBase {
    std::int64_t whole{0}, foreign{0};
  };
  const Workers* workers;
  std::size_t R, S, P, A;
  Tally content, cells, rvc;
  std::vector<DutyBase> bases; // [row][programme]; 0 between months
  std::mutex suspecting;
  std::pair<std::size_t, std::size_t> suspects{SIZE_MAX, 0}; ///< firms [first, last), if any
  void note_suspects(std::size_t first, std::size_t last);
  void sum_firms(const MonthContext&, const Population&, std::size_t begin, std::size_t end,
                 int worker);
  void record_imports(const MonthContext&, const TradeBooks&, std::size_t importer, MonthRecord&);
  void collect_duties(const MonthContext&, std::size_t importer, MonthRecord&);
  [[nodiscard]] double balance(const MonthRecord&, std::size_t region) const;
};

/// Checks the identities of a finished month (sim/invariants.hpp), sellers' ledger against what
/// buyers counted, and every firm; throws Error (kind invariant).
void check_accounts(const MonthRecord&, const Population&, const Markets&);

} // namespace nearshore
