// Stacks of dated lanes, each total worked out by hand from the law.
#include "tests/policy/history_fixture.hpp"

#include <catch2/catch.hpp>

using namespace nearshore;
using namespace nearshore::test;

namespace {

constexpr double kFee = 0.003464; // per entry large or unknown enough for no bound to bite

double total(const Shipment& shipment, Date day, double own_content = 0) {
  return duty_on(history(), shipment, day, own_content).at("total");
}

} // namespace

TEST_CASE("Mexican auto part, June 2025", "[policy][stacking]") {
  Shipment part{"MX", "US", "auto_parts", 0.025, {"auto_parts"}};
  const Date june{2025, 6, 15};
  // Unclaimed: MFN 2.5 + fee + Section 232 on parts 25; IEEPA gives way.
  CHECK(total(part, june) == Approx(0.025 + kFee + 0.25));
  CHECK(duty_on(history(), part, june).at("ieepa") == 0);
  part.claim = true;
  CHECK(total(part, june) == 0);
  // Before the parts tariff: IEEPA 25 instead.
  part.claim = false;
  CHECK(total(part, {2025, 4, 15}) == Approx(0.025 + kFee + 0.25));
  CHECK(duty_on(history(), part, {2025, 4, 15}).at("section_232") == 0);
}

TEST_CASE("Mexican car with 35 % U.S. content, June 2025", "[policy][stacking]") {
  Shipment car{"MX", "US", "motor_vehicles", 0.025, {"autos"}, true};
  CHECK(total(car, {2025, 6, 15}, 0.35) == Approx(0.25 * 0.65));
  CHECK(total(car, {2025, 4, 15}, 0.35) == Approx(0.25)); // content not counted yet
  CHECK(total(car, {2025, 3, 31}, 0.35) == 0);
  car.claim = false;
  CHECK(total(car, {2025, 6, 15}, 0.35) == Approx(0.025 + kFee + 0.25));
}

TEST_CASE("Canadian crude and potash", "[policy][stacking]") {
  Shipment crude{"CA", "US", "energy_minerals", 0.0011, {"energy_resources", "ieepa_exempt"}};
  CHECK(total(crude, {2025, 4, 15}) == Approx(0.0011 + kFee + 0.10));
  CHECK(total(crude, {2025, 9, 1}) == Approx(0.0011 + kFee + 0.10)); // 35 % does not reach energy
  crude.entry_value = 20e6; // the fee stops at 634.62 USD an entry
  CHECK(total(crude, {2025, 4, 15}) == Approx(0.0011 + 634.62 / 20e6 + 0.10));
  crude.claim = true;
  CHECK(total(crude, {2025, 4, 15}) == 0);
  const Shipment potash{"CA", "US", "chemicals_plastics", 0, {"potash"}};
  CHECK(total(potash, {2025, 3, 5}) == Approx(kFee + 0.25));
  CHECK(total(potash, {2025, 3, 7}) == Approx(kFee + 0.10));
  CHECK(total({"CA", "US", "chemicals_plastics", 0, {}}, {2025, 9, 1}) == Approx(kFee + 0.35));
}

TEST_CASE("Chinese electronics: April, May and December 2025", "[policy][stacking]") {
  const Shipment board{"CN", "US", "electronics", 0, {"s301_list_1_2"}};
  CHECK(total(board, {2025, 4, 8}) == Approx(kFee + 0.25 + 0.20 + 0.10));
  CHECK(total(board, {2025, 4, 20}) == Approx(kFee + 0.25 + 0.20 + 1.25));
  CHECK(total(board, {2025, 5, 14}) == Approx(kFee + 0.25 + 0.20 + 0.10));
  CHECK(total(board, {2025, 12, 1}) == Approx(kFee + 0.25 + 0.10 + 0.10));
  const Shipment phone{"CN", "US", "electronics", 0, {"ieepa_exempt"}};
  CHECK(total(phone, {2025, 4, 20}) ==
        Approx(kFee + 0.20)); // no reciprocal, no 301; fentanyl stays
}

TEST_CASE("Mexican steel: March, June 2025 and April 2026", "[policy][stacking]") {
  Shipment steel{"MX", "US", "metals", 0, {"primary_metals", "metals_annex_1a"}, true};
  CHECK(total(steel, {2025, 3, 10}) == 0);
  CHECK(total(steel, {2025, 3, 12}) == Approx(0.25)); // claimed, yet Section 232 does not care
  CHECK(total(steel, {2025, 6, 4}) == Approx(0.50));
  CHECK(total(steel, {2026, 5, 1}) == Approx(0.50));
  steel.claim = false;
  // Until June IEEPA comes first and steel gives way; from June it is the other way round.
  CHECK(duty_on(history(), steel, {2025, 3, 12}).at("ieepa") == Approx(0.25));
  CHECK(duty_on(history(), steel, {2025, 3, 12}).at("section_232") == 0);
  CHECK(total(steel, {2025, 3, 12}) == Approx(kFee + 0.25));
  CHECK(duty_on(history(), steel, {2025, 6, 4}).at("ieepa") == 0);
  CHECK(total(steel, {2025, 6, 4}) == Approx(kFee + 0.50));
}

TEST_CASE("a steel derivative pays on its metal, IEEPA on the rest", "[policy][stacking]") {
  Shipment pump{"MX", "US", "machinery", 0, {"metal_derivatives_march", "metal_derivatives"}};
  // Metal content 35 %: 0.35 x 50 + 0.65 x 25.
  CHECK(total(pump, {2025, 7, 1}) == Approx(kFee + 0.35 * 0.50 + 0.65 * 0.25));
  pump.claim = true;
  CHECK(total(pump, {2025, 7, 1}) == Approx(0.35 * 0.50));
  CHECK(total({"CN", "US", "machinery", 0, {"metal_derivatives"}}, {2025, 9, 1}) ==
        Approx(kFee + 0.35 * 0.50 + 0.20 + 0.65 * 0.10)); // fentanyl on all, reciprocal on the rest
}

TEST_CASE("what enters within a quota pays nothing of the rate", "[policy][stacking]") {
  const Shipment steel{"MX", "US", "metals", 0, {"primary_metals", "metals_annex_1a"}, true};
  auto law = history().data();
  for (auto& m : law.measures)
    if (law.authorities[m.authority.index()].key == "section_232")
      for (auto& terms : m.calendar)
        terms.quota_free = 0.4F;
  const Date march{2025, 3, 12};
  CHECK(total(steel, march) == Approx(0.25));
  CHECK(duty_on(Regime{law}, steel, march).at("total") == Approx(0.25 * 0.6));
}

TEST_CASE("European and Japanese cars: 15 % all-in", "[policy][stacking]") {
  const Shipment car{"EU", "US", "motor_vehicles", 0.025, {"autos"}};
  CHECK(total(car, {2025, 6, 1}) == Approx(0.025 + kFee + 0.25));
  CHECK(total(car, {2025, 10, 1}) == Approx(0.15 + kFee));
  CHECK(duty_on(history(), car, {2025, 10, 1}).at("section_232") == Approx(0.125));
  Shipment japanese = car;
  japanese.from = "JP";
  CHECK(total(japanese, {2025, 9, 15}) == Approx(0.025 + kFee + 0.25));
  CHECK(total(japanese, {2025, 9, 16}) == Approx(0.15 + kFee));
  // An all-in rate below the MFN rate adds nothing.
  CHECK(total({"EU", "US", "textiles_apparel", 0.28, {}}, {2025, 9, 1}) == Approx(0.28 + kFee));
  CHECK(total({"EU", "US", "machinery", 0.03, {}}, {2025, 9, 1}) == Approx(0.15 + kFee));
}

TEST_CASE("Vietnamese textiles, September 2025", "[policy][stacking]") {
  const Shipment shirt{"VN", "US", "textiles_apparel", 0.16, {}};
  CHECK(total(shirt, {2025, 9, 15}) == Approx(0.16 + kFee + 0.20));
  CHECK(total(shirt, {2025, 5, 15}) == Approx(0.16 + kFee + 0.10));
  CHECK(total(shirt, {2026, 3, 1}) == Approx(0.16 + kFee + 0.10)); // the surcharge takes its place
}

TEST_CASE("after the ruling on IEEPA, and under Section 122", "[policy][stacking]") {
  Shipment toy{"MX", "US", "other_manufacturing", 0.04, {}};
  CHECK(total(toy, {2026, 2, 23}) == Approx(0.04 + kFee + 0.25));
  CHECK(total(toy, {2026, 2, 24}) == Approx(0.04 + kFee + 0.10));
  CHECK(duty_on(history(), toy, {2026, 3, 15}).count("ieepa") == 0);
  CHECK(duty_on(history(), toy, {2026, 3, 15}).at("section_122") == Approx(0.10));
  toy.claim = true;
  CHECK(total(toy, {2026, 3, 15}) == 0);
  // Never on what Section 232 covers.
  const Shipment part{"MX", "US", "auto_parts", 0.025, {"auto_parts"}};
  CHECK(total(part, {2026, 3, 15}) == Approx(0.025 + kFee + 0.25));
  // After its expiry: forced labour at 10 %, an assumption.
  toy.claim = false;
  CHECK(total(toy, {2026, 8, 1}) == Approx(0.04 + kFee + 0.10));
  CHECK(duty_on(history(), toy, {2026, 8, 1}).at("section_301") == Approx(0.10));
}

TEST_CASE("heavy trucks pay on content, buses in full, and never twice", "[policy][stacking]") {
  const Shipment truck{"MX", "US", "motor_vehicles", 0.04, {"heavy_trucks", "metal_derivatives"},
                       true};
  CHECK(total(truck, {2025, 11, 15}, 0.4) == Approx(0.25 * 0.6));
  const Shipment bus{"MX", "US", "motor_vehicles", 0.02, {"heavy_trucks", "buses"}, true};
  CHECK(total(bus, {2025, 11, 15}, 0.4) == Approx(0.10));
  const Shipment part{
      "MX", "US", "auto_parts", 0.025, {"auto_parts", "truck_parts", "metals_annex_1b"}};
  CHECK(total(part, {2026, 5, 1}) == Approx(0.025 + kFee + 0.25));
}

TEST_CASE("Mexico to Mexico pays nothing; U.S. to Canada meets retaliation", "[policy][stacking]") {
  CHECK(total({"MX", "MX", "metals", 0.1, {}}, {2025, 6, 15}) == 0);
  Shipment food{"US", "CA", "agri_food", 0.09, {}};
  CHECK(total(food, {2025, 6, 15}) == Approx(0.09 + 0.25 * 0.30)); // 30 % of farm goods covered
  food.claim = true;
  CHECK(total(food, {2025, 6, 15}) == Approx(0.25 * 0.30));
  CHECK(total(food, {2025, 9, 1}) == 0); // dropped on originating goods
  const Shipment steel{"US", "CA", "metals", 0.005, {}, true};
  CHECK(total(steel, {2025, 9, 1}) == Approx(0.25 * 0.70)); // kept on steel
}

TEST_CASE("Section 232 of 2018 reached neighbours for a year", "[policy][stacking]") {
  const Shipment steel{"CA", "US", "metals", 0, {"primary_metals"}, true};
  CHECK(total(steel, {2018, 5, 31}) == 0);
  CHECK(total(steel, {2018, 6, 1}) == Approx(0.19));
  CHECK(total(steel, {2019, 5, 20}) == 0);
  CHECK(total(steel, {2025, 3, 11}) == 0);
}

TEST_CASE("the processing fee is bounded per entry", "[policy][stacking]") {
  CHECK(bounded_rate(0.003464F, 32.71F, 634.62F, 0) == Approx(0.003464));
  CHECK(bounded_rate(0.003464F, 32.71F, 634.62F, 2000) == Approx(32.71 / 2000));
  CHECK(bounded_rate(0.003464F, 32.71F, 634.62F, 50000) == Approx(0.003464));
  CHECK(bounded_rate(0.003464F, 32.71F, 634.62F, 1e6) == Approx(634.62 / 1e6));
  const Shipment small{"MX", "US", "agri_food", 0, {}, false, 2000};
  CHECK(total(small, {2024, 12, 1}) == Approx(32.71 / 2000));
  CHECK(total(small, {2025, 1, 15}) == Approx(32.71 / 2000));
  CHECK(total(small, {2024, 9, 1}) == Approx(31.67 / 2000)); // fiscal year 2024
}
