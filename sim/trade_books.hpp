#pragma once
// Trade of a month by importer, tariff line and standing of the goods: inputs counted where they
// are bought, final goods where they are sold, by each worker in tables of its own that stay in its
// cache. Duty, trade by programme and claims follow from these sums.
#include "agents/context.hpp"
#include "agents/parallel.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace nearshore {

/// What a seller's goods are in a market; `none` also where no preference is to be had.
enum class Standing : std::uint8_t { none, originating, claiming };
inline constexpr std::size_t kStandings = 3;

/// How a card shows the standing of an origin's goods in a market; bits that no card has where
/// there is no preference.
struct Preference {
  std::uint8_t slot{16}, agreement{8};
  [[nodiscard]] bool exists() const { return slot < 16; }
  [[nodiscard]] Standing of(const Card& seller) const {
    // In arithmetic: who claims among sellers met one after the other is no pattern to guess.
    const auto claims = (static_cast<unsigned>(seller.claims) >> slot) & 1U;
    const auto originates = (static_cast<unsigned>(seller.origin) >> agreement) & 1U;
    return static_cast<Standing>(claims * 2 + (originates & (claims ^ 1U)));
  }
};

class TradeBooks {
public:
  /// Of one (importer, line, standing), cents.
  struct Sum {
    std::int64_t inputs{0};
    std::int64_t relieved{0}; ///< part of inputs on whose duty buyers have relief as exporters
    std::int64_t final_goods{0};
    std::int64_t foreign{0}; ///< of sales that pay on foreign content only: that content, less what
                             ///< is relieved
    [[nodiscard]] std::int64_t all() const { return inputs + final_goods; }
  };

  TradeBooks(const Workers&, const Lanes&, std::span<const TariffLine>, const Population&);

  [[nodiscard]] const Preference& preference(std::size_t importer, std::size_t origin) const {
    return preferences[importer * R + origin];
  }

  /// Where a purchase from a tariff line is booked, in one look.
  struct Place {
    std::uint32_t entry{0}; ///< of goods without standing; those of other standings follow
    Preference preference;  ///< of the line's origin
    std::uint8_t book{0};   ///< the seller's book (Population::book)
  };
  /// What buyers of one importer pay, as one worker counts it.
  struct Purchases {
    const Place* place;     // [line]
    std::int64_t* money;    // [entry]
    std::int64_t* relieved; // [entry]
    std::int64_t* foreign;  // [entry]
    /// Where purchases from a seller are counted.
    [[nodiscard]] std::size_t entry(const Card& seller) const {
      const Place& at = place[seller.line];
      return at.entry + static_cast<std::size_t>(at.preference.of(seller));
    }
  };
  [[nodiscard]] Purchases purchases(int worker, std::size_t importer) {
    auto& hand = hands[static_cast<std::size_t>(worker)];
    return {places.data() + importer * L, hand.money.data(), hand.relieved.data(),
            hand.foreign.data()};
  }
  /// Counts final sales of one firm by market, cents [R].
  void sell(int worker, const Card& seller, const std::int64_t* sales);

  /// Adds up what all workers counted, and clears their tables.
  void close();
  [[nodiscard]] const Sum& sum(std::size_t importer, std::size_t line, Standing standing) const {
    return sums[places[importer * L + line].entry + static_cast<std::size_t>(standing)];
  }
  /// How many standings goods of an origin can have in a market: 1 or kStandings.
  [[nodiscard]] std::size_t standings(std::size_t importer, std::size_t origin) const {
    return preference(importer, origin).exists() ? kStandings : 1;
  }

private:
  /// Of one worker.
  struct Hand {
    // Apart, since most purchases touch the first only.
    std::vector<std::int64_t> money, relieved, foreign; // [entry]
    std::vector<std::int64_t> sold; // [line][column]: by market, then what has standing by slot
  };
  const Workers* workers;
  const Lanes* lanes;
  std::size_t R, L, columns;
  std::vector<std::uint8_t> origins;   // [line]
  std::vector<Preference> preferences; // [importer][origin]
  std::vector<Place> places;           // [importer][line]
  std::vector<Sum> sums;               // [entry]
  std::vector<Hand> hands;

  void add_up(Hand&, bool first, std::size_t importer, std::size_t begin, std::size_t end);
  [[nodiscard]] std::size_t column(std::size_t slot, Standing standing) const {
    return R + slot * (kStandings - 1) + static_cast<std::size_t>(standing) - 1;
  }
};

} // namespace nearshore
