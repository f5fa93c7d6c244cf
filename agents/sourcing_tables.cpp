#include "agents/sourcing_tables.hpp"

namespace nearshore {

namespace {

struct AliasScratch {
  std::vector<double> scaled;
  std::vector<std::uint32_t> small, large;
};

void build(std::span<const double> weights, std::span<AliasCell> cells, AliasScratch& scratch) {
  auto& [scaled, small, large] = scratch;
  const std::size_t n = weights.size();
  double sum = 0;
  for (const double w : weights)
    sum += w;
  if (!(sum > 0)) {
    for (std::size_t i = 0; i < n; ++i)
      cells[i] = {1, static_cast<std::uint32_t>(i)};
    return;
  }
  scaled.resize(n);
  small.clear();
  large.clear();
  for (std::size_t i = 0; i < n; ++i) {
    scaled[i] = weights[i] * static_cast<double>(n) / sum;
    (scaled[i] < 1 ? small : large).push_back(static_cast<std::uint32_t>(i));
  }
  while (!small.empty() && !large.empty()) {
    const auto s = small.back(), l = large.back();
    small.pop_back();
    cells[s] = {static_cast<float>(scaled[s]), l};
    scaled[l] -= 1 - scaled[s];
    if (scaled[l] < 1) {
      large.pop_back();
      small.push_back(l);
    }
  }
  for (const auto i : large)
    cells[i] = {1, i};
  for (const auto i : small)
    cells[i] = {1, i}; // left by rounding
}

} // namespace

void build_alias(std::span<const double> weights, std::span<AliasCell> cells) {
  AliasScratch scratch;
  build(weights, cells, scratch);
}

void SourcingTables::set_origins(std::size_t regions, std::size_t sectors,
                                 std::span<const double> origin_value) {
  R = regions;
  S = sectors;
  origins.resize(origin_value.size());
  for (std::size_t at = 0; at < origin_value.size(); at += R)
    build_alias(origin_value.subspan(at, R), {origins.data() + at, R});
}

void SourcingTables::set_sellers(const Workers& workers, const Population& firms,
                                 std::span<const double> home, std::span<const double> foreign) {
  home_sellers.resize(firms.firms());
  foreign_sellers.resize(firms.firms());
  std::vector<AliasScratch> scratch(static_cast<std::size_t>(workers.threads()));
  workers.for_each(firms.first_seller.size() - 1, [&](std::size_t group, int worker) {
    const auto begin = firms.first_seller[group], count = firms.first_seller[group + 1] - begin;
    auto& own = scratch[static_cast<std::size_t>(worker)];
    build(home.subspan(begin, count), {home_sellers.data() + begin, count}, own);
    build(foreign.subspan(begin, count), {foreign_sellers.data() + begin, count}, own);
  });
}

} // namespace nearshore
