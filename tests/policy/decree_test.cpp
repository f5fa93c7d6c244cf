// Measures changed while a run goes on: what a decree makes of the law, and of a run.
#include "policy/decree.hpp"
#include "policy/error.hpp"
#include "tests/model/model_fixture.hpp"
#include "tests/policy/history_fixture.hpp"

#include <catch2/catch.hpp>

using namespace nearshore;
using namespace nearshore::test;

namespace {

const Measure& measure(const RegimeData& law, const std::string& name) {
  for (const auto& m : law.measures)
    if (m.name == name) return m;
  throw std::invalid_argument("no " + name);
}

Decree on(const std::string& name, Date from, std::optional<double> rate, bool repeal = false) {
  return {name, from, rate, {}, repeal};
}

RegimeData after(const Decree& d) {
  return decreed(history().data(), d, "here");
}

/// Duties of Mexico's vehicles outside the agreement, by day.
double car_rate(const RegimeData& law, Date day) {
  return duty_on(Regime{law}, {"MX", "US", "motor_vehicles", 0.025, {"autos"}}, day)["section_232"];
}

struct Output : Observer {
  std::vector<std::vector<std::int64_t>> months;
  void on_month(const MonthRecord& r) override { months.push_back(r.duty); }
};

} // namespace

TEST_CASE("a decree changes a rate from its day on, and only that", "[policy][decree]") {
  const auto law = after(on("autos_232_north_america", {2025, 7, 1}, 0.1));
  CHECK(car_rate(law, {2025, 6, 30}) == Approx(0.25));
  CHECK(car_rate(law, {2025, 7, 1}) == Approx(0.1));
  CHECK(car_rate(law, {2026, 12, 1}) == Approx(0.1));
  CHECK(measure(law, "autos_232_north_america").calendar.front().rate == Approx(0.25));
  // A second one replaces what is later.
  const auto again = decreed(law, on("autos_232_north_america", {2025, 7, 1}, 0.2), "here");
  CHECK(car_rate(again, {2025, 7, 1}) == Approx(0.2));
}

TEST_CASE("a decree begins a measure before its time, or ends it", "[policy][decree]") {
  CHECK(car_rate(history().data(), {2024, 6, 1}) == 0);
  const auto early = after(on("autos_232_north_america", {2024, 6, 1}, 0.1));
  CHECK(car_rate(early, {2024, 5, 31}) == 0);
  CHECK(car_rate(early, {2024, 6, 1}) == Approx(0.1));
  CHECK(car_rate(early, {2025, 6, 1}) == Approx(0.1));
  const auto gone = after(on("autos_232_north_america", {2025, 9, 1}, {}, true));
  CHECK(car_rate(gone, {2025, 8, 31}) == Approx(0.25));
  CHECK(car_rate(gone, {2025, 9, 1}) == 0);
}

TEST_CASE("a wrong decree is refused with what is allowed", "[policy][decree]") {
  const auto message = [](const Decree& d) -> std::string {
    try {
      (void)after(d);
    } catch (const Error& e) {
      CHECK(e.kind == ErrorKind::input);
      return e.what();
    }
    return {};
  };
  const Date day{2025, 7, 1};
  CHECK_THAT(message(on("autos_232_north_amerika", day, 0.1)),
             Catch::Contains("did you mean 'autos_232_north_america'?"));
  CHECK_THAT(message(on("autos_232", day, -0.1)), Catch::Contains("a number from 0 to 10"));
  CHECK_THAT(message(on("autos_232", day, std::nan(""))), Catch::Contains("a number from 0 to 10"));
  CHECK_THAT(message(on("autos_232", day, {})), Catch::Contains("changes nothing"));
  CHECK_THAT(message(on("autos_232", day, 0.1, true)), Catch::Contains("repeals it and changes"));
  CHECK_THAT(message(on("metals_232_2018", {2030, 1, 1}, 0.1)), Catch::Contains("has ended"));
}

TEST_CASE("a law set in the midst of a run acts from the next month on", "[model][decree]") {
  const auto of = [](const std::string& more) {
    return extended("[run]\nfirms = 1000\nspin_up = 2\nstart = \"2025-05\"\nend = \"2025-08\"\n"
                    "reference = \"2025-05\"\n" +
                    more);
  };
  const auto plain = of("");
  const auto changed = std::make_shared<const Regime>(
      decreed(plain.regime->data(), on("autos_232_north_america", {2025, 7, 1}, 0.5), "here"));
  Output as_it_was, known_before, set_midway;
  Simulation{plain}.run(as_it_was);
  auto other = plain;
  other.regime = changed;
  Simulation{other}.run(known_before);
  Simulation midway{plain};
  midway.spin_up();
  for (int t = 0; t < 4; ++t) {
    if (t == 2) midway.set_law(changed);
    set_midway.on_month(midway.step());
  }
  CHECK(set_midway.months == known_before.months); // firms do not foresee the law
  CHECK(set_midway.months[1] == as_it_was.months[1]);
  CHECK(set_midway.months[2] != as_it_was.months[2]);

  // Also where the two laws change on the same dates.
  auto same_dates = plain.regime->data();
  for (auto& m : same_dates.measures)
    if (m.name == "autos_232_north_america")
      for (auto& terms : m.calendar)
        terms.rate = 0.9F;
  Simulation third{plain};
  third.spin_up();
  third.set_law(std::make_shared<const Regime>(std::move(same_dates)));
  CHECK(third.step().duty != as_it_was.months[0]);

  auto elsewhere = plain.regime->data();
  elsewhere.authorities.front().key = "another";
  CHECK_THROWS_WITH(midway.set_law(std::make_shared<const Regime>(std::move(elsewhere))),
                    Catch::Contains("a law with other authorities"));
}
