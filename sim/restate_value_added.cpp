#include "agents/arithmetic.hpp"
#include "agents/prices.hpp"
#include "sim/base_year.hpp"
#include "sim/tally.hpp"

namespace nearshore {

double restate_value_added(const Workers& workers, const MonthContext& m, Population& firms) {
  constexpr double kMost = 1 - kLeastValueAdded / 4;
  Tally cut{workers.threads(), 2};
  workers.for_blocks(firms.firms(), [&](std::size_t begin, std::size_t end, int worker) {
    for (std::size_t f = begin; f < end; ++f) {
      const float borne = firms.duty_borne[f];
      const std::size_t first = firms.link_begin(f), last = firms.link_end(f);
      double bought = 0;
      for (std::size_t l = first; l < last; ++l) {
        const auto s = firms.supplier[l];
        bought +=
            static_cast<double>(firms.units[l] * base_delivery_factor(m, firms, firms.card[s], s,
                                                                      firms.region[f], borne));
      }
      const double x = firms.base_output[f];
      cut.of(worker)[1] += round_to_int(bought * x);
      if (bought > kMost) {
        cut.of(worker)[0] += round_to_int((bought - kMost) * x);
        for (std::size_t l = first; l < last; ++l)
          firms.units[l] =
              static_cast<float>(static_cast<double>(firms.units[l]) * (kMost / bought));
        bought = kMost;
      }
      firms.value_added[f] =
          static_cast<float>((1 - bought) * static_cast<double>(firms.productivity[f]));
      const double cover = 1 + (*m.sectors)[firms.sector[f]].inventory_cover;
      for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i) {
        double need = 0;
        for (std::size_t l = firms.first_link[i]; l < firms.first_link[i + 1]; ++l)
          need += static_cast<double>(firms.units[l]);
        firms.stock[i] = static_cast<float>(need * x * cover);
      }
    }
  });
  const auto& sums = cut.total();
  return sums[1] > 0 ? static_cast<double>(sums[0]) / static_cast<double>(sums[1]) : 0;
}

} // namespace nearshore
