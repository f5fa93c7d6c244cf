#include "agents/claims.hpp"

#include "agents/arithmetic.hpp"
#include "agents/random.hpp"

#include <algorithm>

namespace nearshore {
namespace {

constexpr std::uint8_t kCertificateMonths =
    12; // USMCA article 5.2: blanket certification up to 12 months

} // namespace

ClaimSurplus claim_surplus(const MonthContext& m, const Population& firms, std::size_t f,
                           std::size_t importer, double annual_value) {
  const auto& p = *m.parameters;
  Card card = firms.next_card[f];
  const auto all = static_cast<std::uint16_t>(0xFFFF);
  const double own = static_cast<double>(firms.content_of(f)[importer]);
  const double without = rate_of(m.rate(m.policy->duties, importer, card, 0), own);
  const double with = rate_of(m.rate(m.policy->duties, importer, card, all), own);
  const double value = std::max(annual_value, 1.0);
  ClaimSurplus s;
  s.saving = without - with;
  const double documentation = static_cast<double>(firms.documentation_cost[f]);
  s.running = documentation * (1 - p.documentation_sunk) + p.claim_fixed_cost / value +
              p.audit_probability * (1 + p.audit_penalty) * std::max(0.0, s.saving);
  s.set_up =
      documentation * p.documentation_sunk + p.claim_setup_cost / (value * p.claim_horizon_years);
  return s;
}

void update_claims(const MonthContext& m, Population& firms, std::size_t begin, std::size_t end) {
  const auto& p = *m.parameters;
  for (std::size_t f = begin; f < end; ++f) {
    std::uint16_t claims = 0;
    const std::int64_t all = firms.sales(f);
    for (std::size_t k = firms.first_desk[f]; k < firms.first_desk[f + 1]; ++k) {
      const std::size_t importer = firms.desk_importer[k];
      const auto slot = m.lanes->slot(firms.region[f], importer);
      const auto agreement = m.lanes->programme(firms.region[f], importer).index() - 1;
      auto state = static_cast<DeskState>(firms.desk_state[k]);
      auto& timer = firms.desk_timer[k];
      const bool can = firms.active[f] && m.policy->agreements[agreement].in_force &&
                       contains(firms.next_card[f].origin, agreement);
      const auto sales = firms.sales(f, importer);
      if (!m.switches.claims) {
        // Frozen states: a certificate is used whenever the goods originate.
      } else if (!can || sales <= 0) {
        if (state == DeskState::setting_up || !firms.active[f] ||
            !m.policy->agreements[agreement].in_force)
          state = DeskState::idle; // a certificate is kept while status is lost for a time
        else if (state == DeskState::claiming && --timer == 0)
          state = DeskState::idle;
      } else if (state == DeskState::setting_up) {
        if (--timer == 0) {
          state = DeskState::claiming;
          timer = kCertificateMonths;
        }
      } else if (state == DeskState::claiming) {
        if (--timer == 0) {
          const double annual = static_cast<double>(firms.real_sales[f]) *
                                static_cast<double>(sales) / static_cast<double>(all);
          const auto s = claim_surplus(m, firms, f, importer, annual);
          if (s.saving > s.running)
            timer = kCertificateMonths;
          else
            state = DeskState::idle;
        }
      } else {
        const double annual = static_cast<double>(firms.real_sales[f]) *
                              static_cast<double>(sales) / static_cast<double>(all);
        const auto s = claim_surplus(m, firms, f, importer, annual);
        const double surplus = s.saving - s.running - s.set_up;
        if (surplus > 0) {
          const double hazard = p.attention_base + p.attention_stake * s.saving;
          const auto firm = static_cast<std::uint32_t>(f);
          const auto market = static_cast<std::uint32_t>(importer);
          const double look = 1 - exp_of(-hazard);
          if (uniform(m.seed, Purpose::claim_attention, firm, market, m.month) < look) {
            const double u = uniform(m.seed, Purpose::claim_setup, firm, market, m.month);
            // Exponential set-up time; what ends within the month is claimed in it.
            const double months = -log_of(u) * p.claim_setup_months;
            if (months < 1) {
              state = DeskState::claiming;
              timer = kCertificateMonths;
            } else {
              state = DeskState::setting_up;
              timer = static_cast<std::uint8_t>(std::min(months, 24.0));
            }
          }
        }
      }
      firms.desk_state[k] = static_cast<std::uint8_t>(state);
      if (state == DeskState::claiming && can)
        claims = static_cast<std::uint16_t>(claims | bit(slot));
    }
    firms.next_card[f].claims = claims;
  }
}

} // namespace nearshore
