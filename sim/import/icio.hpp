#pragma once
// Sums of an OECD Inter-Country Input-Output table by the model's regions, firm types and sectors,
// read in one pass.
#include "sim/import/icio_layout.hpp"

#include <string>
#include <vector>

namespace nearshore::importing {

struct IcioChecks {
  /// A row (its uses) or column (inputs, taxes, value added) may miss gross output by this much.
  double relative_tolerance{1e-3};
  double absolute_tolerance{1}; ///< million USD
  bool empty_is_zero{false};    ///< an empty cell is zero, instead of an error
};

/// The largest difference between a label's parts and its gross output, and their sum over labels.
struct Gap {
  double largest{0}, total{0}; ///< million USD
  std::string label;
  void add(double gap, const std::string& of);
};

/// All in million USD at basic prices. A seller is a producer of the model: (region, type, sector)
/// as in WorldTable::producer; a user is (region, type, industry), position in IcioLayout::users.
struct IcioSums {
  IcioLayout layout;
  std::size_t sellers{0}, regions{0}, sectors{0};
  std::vector<double> intermediate; ///< [seller][user]
  std::vector<double> final_use;    ///< [seller][destination] without changes in inventories
  std::vector<double> inventories;  ///< [seller][destination]
  std::vector<double> made;         ///< [user][sector] sales by sector, of the user's industry
  std::vector<double> value_added, taxes, output; ///< [user] as published
  std::vector<double> final_taxes;                ///< [destination]
  Gap row_gap, column_gap;
  std::size_t cells{0}, rows{0}, negative_inventories{0}, negative_value_added{0}, empty_cells{0};
  double negative_inventory_total{0}; ///< sum of the published negative cells, million USD
  std::uint64_t bytes{0};

  [[nodiscard]] double& at_user(std::size_t seller, std::size_t user) {
    return intermediate[seller * layout.users.size() + user];
  }
  [[nodiscard]] double at_user(std::size_t seller, std::size_t user) const {
    return intermediate[seller * layout.users.size() + user];
  }
};

/// Reads the table. Memory is that of the sums and of one row. Throws Error (kind input) with
/// file:line:column at a cell that is no number, a negative cell where none may be, a ragged row,
/// an unknown, repeated or missing row, or a row or column that does not add to gross output.
IcioSums read_icio(const std::string& path, const IcioRules&, const IcioChecks&,
                   OnProgress on_progress = {});

} // namespace nearshore::importing
