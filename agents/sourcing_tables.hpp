#pragma once
// Alias tables (Walker 1977, Vose 1991) from which candidates are drawn in O(1): an origin from the
// base-year distribution of an input, then a firm of that origin by capacity.
#include "agents/parallel.hpp"
#include "agents/population.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace nearshore {

struct AliasCell {
  float keep{1};          ///< probability of keeping the drawn place
  std::uint32_t other{0}; ///< the place taken otherwise
};

/// Builds the alias cells of `weights` (non-negative; all zero means uniform) into `cells`, same
/// length.
void build_alias(std::span<const double> weights, std::span<AliasCell> cells);

/// Place drawn by 64 random bits.
inline std::size_t draw_alias(std::span<const AliasCell> cells, std::uint64_t bits) {
  const std::uint64_t high = bits >> 32;
  const auto place = static_cast<std::size_t>((high * cells.size()) >> 32);
  const double u = static_cast<double>(bits & 0xFFFFFFFFU) * 0x1p-32;
  return u < static_cast<double>(cells[place].keep) ? place : cells[place].other;
}

class SourcingTables {
public:
  /// `origin_value`: base-year value [producer][input sector][origin]; producers as in WorldTable.
  void set_origins(std::size_t regions, std::size_t sectors, std::span<const double> origin_value);
  /// Rebuilds the sellers' tables; `home` and `foreign` are weights by firm.
  void set_sellers(const Workers&, const Population& firms, std::span<const double> home,
                   std::span<const double> foreign);

  /// Origin drawn for an input of a producer.
  [[nodiscard]] std::size_t origin(std::size_t producer, std::size_t input_sector,
                                   std::uint64_t bits) const {
    return draw_alias({origins.data() + (producer * S + input_sector) * R, R}, bits);
  }
  /// Firm drawn among the sellers of `sector` in `origin`; `abroad` if the buyer is in another
  /// region.
  [[nodiscard]] std::uint32_t seller(const Population& firms, std::size_t origin,
                                     std::size_t sector, bool abroad, std::uint64_t bits) const {
    const auto group = firms.sellers(origin, sector);
    const auto begin = firms.first_seller[group], end = firms.first_seller[group + 1];
    const auto& table = abroad ? foreign_sellers : home_sellers;
    return begin +
           static_cast<std::uint32_t>(draw_alias({table.data() + begin, end - begin}, bits));
  }

  /// Fetches the cell that the same draw by seller() will look at.
  void expect(const Population& firms, std::size_t origin, std::size_t sector, bool abroad,
              std::uint64_t bits) const {
    const auto group = firms.sellers(origin, sector);
    const std::uint64_t begin = firms.first_seller[group], end = firms.first_seller[group + 1];
    const auto& table = abroad ? foreign_sellers : home_sellers;
    __builtin_prefetch(&table[begin + (((bits >> 32) * (end - begin)) >> 32)]);
  }

  /// Calls visit(name, table) for the sellers' tables, which are rebuilt in some months only; those
  /// of origins follow from the world. A member left out does not compile.
  template <class Visit, class Tables> static void visit(Tables& tables, Visit&& visitor) {
    auto& [regions, sectors, of_origins, home, foreign] = tables;
    visitor("home_sellers", home);
    visitor("foreign_sellers", foreign);
  }

private:
  std::size_t R{0}, S{0};
  std::vector<AliasCell> origins;                    // [producer][input sector][origin]
  Gathered<AliasCell> home_sellers, foreign_sellers; // [firm]
};

} // namespace nearshore
