#include "agents/content.hpp"

#include "policy/ids.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace nearshore {
namespace {

/// Content of the firms of a block. The length of a row is a constant of the compiler's, which
/// keeps the sums in registers: the pass is a gather over all links. With costs at hand it does
/// not ask for cards.
template <std::size_t kRow, bool kCosts>
void content_of_block(Population& firms, std::size_t begin, std::size_t end, const float* costs) {
  typedef float Quad __attribute__((vector_size(16)));
  constexpr std::size_t kAhead = 32, kQuads = (kRow + 3) / 4; // rows below four floats: R <= 2
  const std::size_t last_link = firms.links() - 1;
  for (std::size_t f = begin; f < end; ++f) {
    std::array<Quad, kQuads> sums{};
    const float per_price = 1 / firms.next_card[f].price;
    float inputs = 0;
    for (std::size_t l = firms.link_begin(f); l < firms.link_end(f); ++l) {
      const auto ahead = firms.supplier[std::min(l + kAhead, last_link)];
      __builtin_prefetch(firms.content.data() + ahead * kRow);
      if constexpr (!kCosts) __builtin_prefetch(&firms.next_card[ahead]);
      const std::size_t s = firms.supplier[l];
      const float cost = kCosts ? *costs++ : firms.units[l] * firms.next_card[s].price;
      const float share = cost * per_price;
      inputs += share;
      const float* from = firms.content.data() + s * kRow;
      for (std::size_t q = 0; q < kQuads; ++q) {
        Quad four{};
        std::memcpy(&four, from + 4 * q, std::min(sizeof four, kRow * sizeof(float)));
        sums[q] += share * four;
      }
    }
    if (inputs > 1) { // sold below the cost of its inputs: no value of its own
      for (auto& sum : sums)
        sum /= inputs;
      inputs = 1;
    }
    float* to = firms.next_content.data() + f * kRow;
    std::memcpy(to, sums.data(), kRow * sizeof(float));
    to[firms.region[f]] += 1 - inputs; // value added, margin and duty
  }
}

template <std::size_t kRow>
void update_rows(Population& firms, std::size_t begin, std::size_t end, const float* costs) {
  if (costs != nullptr)
    content_of_block<kRow, true>(firms, begin, end, costs);
  else
    content_of_block<kRow, false>(firms, begin, end, costs);
}

} // namespace

void update_content(Population& firms, std::size_t begin, std::size_t end, const float* costs) {
  static_assert(kMaxRegions == 32);
  switch (firms.content_row) {
  case 1:
    return update_rows<1>(firms, begin, end, costs);
  case 2:
    return update_rows<2>(firms, begin, end, costs);
  case 4:
    return update_rows<4>(firms, begin, end, costs);
  case 8:
    return update_rows<8>(firms, begin, end, costs);
  case 16:
    return update_rows<16>(firms, begin, end, costs);
  default:
    return update_rows<32>(firms, begin, end, costs);
  }
}

} // namespace nearshore
