#include "sim/balance/constraints.hpp"

#include <algorithm>

namespace nearshore::balance {
namespace {

// Published totals are met far inside the 1 % that they are compared with.
constexpr double kImportDeviation = 0.001;

/// Visits every flow of goods and services: cell, destination, sector, origin, whether it is
/// intermediate.
template <class Visit> void for_each_flow(const WorldTable& t, Visit visit) {
  const std::size_t R = t.R(), S = t.S();
  for (std::size_t i = 0; i < t.inputs.size(); ++i)
    if (t.inputs[i] > 0) visit(i, i / (kFirmTypes * S * S * R), i / R % S, i % R, true);
  for (std::size_t i = 0; i < t.final_demand.size(); ++i)
    if (t.final_demand[i] > 0) visit(t.inputs.size() + i, i / (S * R), i / R % S, i % R, false);
}

struct Builder {
  const Sources& s;
  const WorldTable& t;
  Constraints c;

  std::size_t add_row(double target, double deviation) {
    c.target.push_back(target);
    c.deviation.push_back(deviation);
    return c.rows() - 1;
  }
  void add(std::size_t cell, std::size_t row, double coefficient) {
    auto& entries = c.entries[cell];
    for (auto& e : entries)
      if (e.row == row) {
        e.coefficient += coefficient;
        return;
      }
    entries.push_back({row, coefficient});
  }

  /// Row (o, j): its uses less the columns of its producers = 0.
  void close() {
    const std::size_t R = s.R(), S = s.S();
    for (std::size_t i = 0; i < R * S; ++i)
      add_row(0, 0);
    constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    std::vector<std::size_t> processing(R * S, kNone); // row of the export share, if any
    for (std::size_t i = 0; i < R * S; ++i)
      if (s.processing[i].share > 0) processing[i] = add_row(0, 0);
    c.exact = c.rows();
    for_each_flow(t, [&](std::size_t cell, std::size_t d, std::size_t j, std::size_t o, bool) {
      const auto i = s.at(o, j);
      add(cell, i, 1);
      if (d != o && processing[i] != kNone) // output of processing = share / exported * exports
        add(cell, processing[i], -s.processing[i].share / s.processing[i].exported);
    });
    const Layout layout{t};
    for (std::size_t p = 0; p < t.producers(); ++p) {
      const auto i = s.at(p / (kFirmTypes * S), p % S);
      const bool is_processing =
          p / S % kFirmTypes == static_cast<std::size_t>(FirmType::processing);
      const auto column = [&](std::size_t cell) {
        add(cell, i, -1);
        if (is_processing) add(cell, processing[i], 1);
      };
      for (std::size_t k = p * S * R; k < (p + 1) * S * R; ++k)
        if (t.inputs[k] > 0) column(k);
      if (t.value_added[p] > 0) column(layout.inputs + layout.finals + p);
    }
  }

  void published_imports() {
    for (const auto& target : s.imports) {
      const auto row = add_row(target.value, kImportDeviation * target.value);
      for_each_flow(t, [&](std::size_t cell, std::size_t d, std::size_t j, std::size_t o, bool) {
        if (d == target.importer.index() && d != o && contains(target.partners, o) &&
            contains(target.sectors, j))
          add(cell, row, 1);
      });
    }
  }

  /// A share of goods trade, part / whole = value, as (1 - value) * part - value * (whole - part) =
  /// 0 over the whole of the prior, so that the deviation is one of the share.
  template <class Whole, class Part>
  void share(const TradeTarget& target, Whole in_whole, Part in_part) {
    double total = 0;
    std::vector<std::pair<std::size_t, bool>> cells;
    const auto value_of = [&](std::size_t cell) {
      return cell < t.inputs.size() ? t.inputs[cell] : t.final_demand[cell - t.inputs.size()];
    };
    for_each_flow(
        t, [&](std::size_t cell, std::size_t d, std::size_t j, std::size_t o, bool intermediate) {
          if (d == o || !s.sectors[j].is_goods || !in_whole(d, o, intermediate)) return;
          cells.emplace_back(cell, in_part(d, o, intermediate));
          total += value_of(cell);
        });
    const auto row = add_row(0, target.deviation);
    for (const auto& [cell, is_part] : cells)
      add(cell, row, ((is_part ? 1 : 0) - target.value) / total);
  }

  void trade_targets() {
    for (const auto& target : s.trade) {
      if (!target.is_target) continue;
      const auto reports = [&](std::size_t r) { return contains(target.reporters, r); };
      const auto partner = [&](std::size_t r) { return contains(target.partners, r); };
      switch (target.kind) {
      case TradeKind::intra_intermediate:
        share(
            target,
            [&](std::size_t, std::size_t o, bool intermediate) {
              return intermediate && reports(o);
            },
            [&](std::size_t d, std::size_t, bool) { return reports(d); });
        break;
      case TradeKind::import_origin:
        share(
            target, [&](std::size_t d, std::size_t, bool) { return reports(d); },
            [&](std::size_t, std::size_t o, bool) { return partner(o); });
        break;
      case TradeKind::import_intermediate:
        share(
            target, [&](std::size_t d, std::size_t, bool) { return reports(d); },
            [&](std::size_t, std::size_t, bool intermediate) { return intermediate; });
        break;
      case TradeKind::export_value: {
        const auto row = add_row(target.value, target.deviation);
        for_each_flow(t, [&](std::size_t cell, std::size_t d, std::size_t j, std::size_t o, bool) {
          if (d != o && s.sectors[j].is_goods && reports(o) && partner(d)) add(cell, row, 1);
        });
        break;
      }
      }
    }
  }
};

} // namespace

std::vector<double> gather_cells(const WorldTable& t) {
  std::vector<double> cells = t.inputs;
  cells.insert(cells.end(), t.final_demand.begin(), t.final_demand.end());
  cells.insert(cells.end(), t.value_added.begin(), t.value_added.end());
  return cells;
}

void scatter_cells(const Sources& s, const std::vector<double>& cells, WorldTable& t) {
  const Layout layout{t};
  const auto finals = cells.begin() + static_cast<std::ptrdiff_t>(layout.inputs);
  const auto earned = finals + static_cast<std::ptrdiff_t>(layout.finals);
  std::copy(cells.begin(), finals, t.inputs.begin());
  std::copy(finals, earned, t.final_demand.begin());
  std::copy(earned, cells.end(), t.value_added.begin());
  complete_producers(s, t);
}

Constraints linear_constraints(const Sources& s, const WorldTable& prior) {
  Builder b{s, prior, {}};
  b.c.entries.resize(Layout{prior}.size());
  b.close();
  b.published_imports();
  b.trade_targets();
  return std::move(b.c);
}

} // namespace nearshore::balance
