#include "sim/settle.hpp"

#include "agents/firm_bits.hpp"
#include "agents/origin.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdint>

namespace nearshore {

void settle_origin(const Workers& workers, const MonthContext& m, Population& firms,
                   Settling settling, const FirmBits* changed) {
  constexpr int kTiers = 40; // more than any chain is long; statuses that take turns end there
  const std::size_t n = firms.firms();
  const bool falls = settling == Settling::from_all;
  FirmBits turned{n};
  std::vector<std::uint8_t> judged(n, 1); // in this tier
  for (int tier = 0; tier < kTiers; ++tier) {
    workers.for_blocks(n, [&](std::size_t begin, std::size_t end, int) {
      if (tier == 0 && changed == nullptr) {
        constexpr std::size_t kAhead = 3; // firms: sellers lie anywhere in memory
        for (std::size_t f = begin; f < end; ++f) {
          if (f + kAhead < end)
            for (std::size_t l = firms.link_begin(f + kAhead); l < firms.link_end(f + kAhead); ++l)
              __builtin_prefetch(&firms.card[firms.supplier[l]]);
          update_origin(m, firms, f, f + 1);
        }
        return;
      }
      for (std::size_t f = begin; f < end; ++f) {
        judged[f] = 0;
        if (firms.first_desk[f] == firms.first_desk[f + 1]) continue; // no preference anywhere
        if (falls && firms.card[f].origin == 0) continue;
        bool concerned = tier == 0 && changed->at(f);
        for (std::size_t l = firms.link_begin(f), last = firms.link_end(f);
             tier > 0 && !concerned && l < last; ++l)
          concerned = turned.at(firms.supplier[l]);
        if (!concerned) continue;
        judged[f] = 1;
        update_origin(m, firms, f, f + 1);
      }
    });
    std::atomic<bool> any{false};
    workers.for_blocks(n, [&](std::size_t begin, std::size_t end, int) {
      bool some = false;
      turned.clear(begin, end);
      for (std::size_t f = begin; f < end; ++f) {
        auto& origin = firms.card[f].origin;
        if (judged[f] == 0 || origin == firms.next_card[f].origin) continue;
        origin = firms.next_card[f].origin;
        turned.set(f);
        some = true;
      }
      if (some) any.store(true, std::memory_order_relaxed);
    });
    if (!any) return;
  }
}

float settle_content(const Workers& workers, const Accounts& accounts, Population& firms,
                     int most_tiers, float settled) {
  std::vector<float> moved((firms.firms() + kBlock - 1) / kBlock);
  float most = 0;
  for (int tier = 0; tier < most_tiers; ++tier) {
    accounts.update_content(firms);
    workers.for_blocks(firms.firms(), [&](std::size_t begin, std::size_t end, int) {
      // Absolute values are in the order of their bits, and integers compare eight at a time.
      std::int32_t largest = 0;
      for (std::size_t i = begin * firms.content_row; i < end * firms.content_row; ++i)
        largest = std::max(largest,
                           std::bit_cast<std::int32_t>(firms.next_content[i] - firms.content[i]) &
                               0x7FFFFFFF);
      moved[begin / kBlock] = std::bit_cast<float>(largest);
    });
    firms.content.swap(firms.next_content);
    most = *std::max_element(moved.begin(), moved.end());
    if (most < settled) break;
  }
  return most;
}

void content_of_table(const Workers& workers, const WorldTable& world, Population& firms) {
  constexpr int kSweeps = 12; // what is left of the start falls by more than half each
  const std::size_t R = world.R(), S = world.S(), producers = world.producers();
  // Content of what each (origin, sector) sells at home and abroad: its types by their sales there.
  std::vector<double> content(producers * R, 0), sold(2 * R * S * R, 0);
  std::vector<double> part(2 * producers, 0); // [producer][home, abroad]
  const auto producer = [&](std::size_t o, std::size_t t, std::size_t s) {
    return (o * kFirmTypes + t) * S + s;
  };
  for (std::size_t o = 0; o < R; ++o)
    for (std::size_t s = 0; s < S; ++s)
      for (std::size_t abroad = 0; abroad < 2; ++abroad) {
        double sum = 0;
        const auto sales = [&](std::size_t p) {
          return abroad == 1 ? world.exports[p] : world.gross_output[p] - world.exports[p];
        };
        for (std::size_t t = 0; t < kFirmTypes; ++t)
          sum += sales(producer(o, t, s));
        for (std::size_t t = 0; t < kFirmTypes; ++t)
          if (sum > 0) part[2 * producer(o, t, s) + abroad] = sales(producer(o, t, s)) / sum;
      }
  const auto sell = [&](std::size_t o, std::size_t s) {
    for (std::size_t abroad = 0; abroad < 2; ++abroad) {
      double* to = &sold[((abroad * R + o) * S + s) * R];
      std::fill_n(to, R, 0.0);
      for (std::size_t t = 0; t < kFirmTypes; ++t)
        for (std::size_t r = 0; r < R; ++r)
          to[r] += part[2 * producer(o, t, s) + abroad] * content[producer(o, t, s) * R + r];
    }
  };
  for (std::size_t o = 0; o < R; ++o)
    for (std::size_t s = 0; s < S; ++s) {
      for (std::size_t t = 0; t < kFirmTypes; ++t)
        content[producer(o, t, s) * R + o] = 1;
      sell(o, s);
    }
  for (int sweep = 0; sweep < kSweeps; ++sweep)
    for (std::size_t o = 0; o < R; ++o)
      for (std::size_t s = 0; s < S; ++s) {
        for (std::size_t t = 0; t < kFirmTypes; ++t) {
          const std::size_t p = producer(o, t, s);
          const double output = world.gross_output[p];
          if (output <= 0) continue;
          double* to = &content[p * R];
          std::fill_n(to, R, 0.0);
          double bought = 0;
          for (std::size_t j = 0; j < S; ++j)
            for (std::size_t from = 0; from < R; ++from) {
              const double share = world.inputs[(p * S + j) * R + from] / output;
              if (share <= 0) continue;
              bought += share;
              const double* of = &sold[(((from != o ? R : 0) + from) * S + j) * R];
              for (std::size_t r = 0; r < R; ++r)
                to[r] += share * of[r];
            }
          to[o] += 1 - bought;
        }
        sell(o, s);
      }
  workers.for_blocks(firms.firms(), [&](std::size_t begin, std::size_t end, int) {
    for (std::size_t f = begin; f < end; ++f)
      for (std::size_t r = 0; r < R; ++r)
        firms.content_of(f)[r] = static_cast<float>(
            content[producer(firms.region[f], firms.type[f], firms.sector[f]) * R + r]);
  });
}

} // namespace nearshore
