// Outcomes of a run worked out by hand, topic by topic.
#include "tests/comparison/made_up_run.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace nearshore;
using namespace nearshore::test;

TEST_CASE("claim shares of a period weigh months by their trade", "[comparison]") {
  MadeUpRun run{2};
  run.sell(0, 1, 0, 100).sell(1, 1, 0, 300);
  run.set("claim_share_by_sector", 0, {1, 0, 0}, 0.5);
  run.set("claim_share_by_sector", 1, {1, 0, 0}, 0.9);
  run.set("claim_share_recorded_by_sector", 0, {1, 0, 0}, 0.4);
  run.set("claim_share_recorded_by_sector", 1, {1, 0, 0}, std::nan(""));
  run.set("goods_traded_dutiable", 1, {1, 0, 0}, 30);
  run.set("claim_share_dutiable_by_sector", 1, {1, 0, 0}, 0.6);
  const auto values = outcomes_of(run, made_up_period(0, 1), "claims");
  CHECK(values.at("claim_share|FEL|HOM|") == Approx(80)); // (50 + 270) / 400
  CHECK(values.at("claim_share|FEL|HOM|cars") == Approx(80));
  CHECK(values.at("claim_share_recorded|FEL|HOM|") == Approx(10));
  CHECK(values.at("claim_share_dutiable|FEL|HOM|") == Approx(60));
  CHECK(std::isnan(values.at("claim_share|HOM|FEL|"))); // nothing traded
  CHECK(values.count("claim_share|FAR|HOM|") == 0);     // may not claim
}

TEST_CASE("trade, dependence and concentration are sums of sales", "[comparison]") {
  MadeUpRun run{1};
  run.sell(0, 0, 0, 500);       // home sales of inputs
  run.sell(0, 1, 0, 300);       // inputs
  run.sell(0, 2, 0, 200);       // inputs
  run.sell(0, 2, 0, 80, 1);     // final goods: goods_traded is overwritten, trade_value is not
  run.sell(0, 2, 0, 999, 0, 1); // services count nowhere
  run.sell(0, 0, 1, 100);
  const auto period = made_up_period(0, 0);
  const auto trade = outcomes_of(run, period, "trade");
  CHECK(trade.at("trade|FEL|HOM|") == Approx(300 * 0.012));
  CHECK(trade.at("trade|FAR|HOM|cars") == Approx(280 * 0.012));
  CHECK(trade.at("trade||HOM|") == Approx(580 * 0.012)); // all imports
  CHECK(trade.at("trade|near|near|") == Approx(400 * 0.012));
  CHECK(trade.at("intermediate_intra_share|near||") == Approx(100)); // nothing leaves the bloc
  const auto dependence = outcomes_of(run, period, "dependence");
  CHECK(dependence.at("share_of_inputs|HOM|far|") == Approx(20)); // 200 of 1000
  CHECK(dependence.at("share_of_final_goods|HOM|far|") == Approx(100));
  CHECK(dependence.at("share_of_inputs|near|far|") == Approx(100 * 200.0 / 1100));
  const auto concentration = outcomes_of(run, period, "concentration");
  CHECK(concentration.at("herfindahl_of_imported_inputs|HOM||") == Approx(5200)); // .6^2 + .4^2
  CHECK(concentration.at("herfindahl_of_imported_inputs|near||") == Approx(10000));
}

TEST_CASE("contents are weighed by exports", "[comparison]") {
  MadeUpRun run{2};
  run.set("exports", 0, {1, 0}, 100).set("exports", 1, {1, 0}, 300);
  for (int t = 0; t < 2; ++t) {
    run.set("value_added_content", t, {1, 0, 0}, t == 0 ? 0.2 : 0.4);
    run.set("value_added_content", t, {1, 0, 1}, 0.5);
    run.set("value_added_content", t, {1, 0, 2}, t == 0 ? 0.3 : 0.1);
  }
  run.set("regional_value_content", 0, {1, 0, 0}, 30);
  run.set("regional_value_content", 1, {1, 0, 1}, 90);
  const auto values = outcomes_of(run, made_up_period(0, 1), "content");
  CHECK(values.at("value_added_content|FEL|HOM|") == Approx(35)); // (20 + 120) / 400
  CHECK(values.at("value_added_content|FEL|near|") == Approx(85));
  CHECK(values.at("value_added_content|FEL|far|cars") == Approx(15));
  CHECK(values.at("regional_value_content|FEL||") == Approx(62.5)); // (30 * 25 + 90 * 75) / 120
}

TEST_CASE("production, employment and their volume", "[comparison]") {
  MadeUpRun run{2};
  run.set("gross_output", 0, {0, 0}, 110).set("price_index", 0, {0, 0}, 1.1);
  run.set("gross_output", 1, {0, 0}, 130).set("price_index", 1, {0, 0}, 1.3);
  run.set("gross_output", 0, {0, 1}, 50);
  run.set("employment", 0, {0, 0}, 1.2);
  const auto period = made_up_period(0, 1);
  const auto production = outcomes_of(run, period, "production");
  CHECK(production.at("gross_output|HOM||cars") == Approx(120 * 0.012));
  CHECK(production.at("output_volume|HOM||cars") == Approx(100 * 0.012));
  CHECK(production.at("output_volume|HOM||") == Approx(125 * 0.012));
  const auto employment = outcomes_of(run, period, "employment");
  CHECK(employment.at("employment|HOM||cars") == Approx(110));
  CHECK(employment.at("employment|HOM||") == Approx(107.5));           // wages 3 to 1
  CHECK(employment.at("employment|near||") == Approx(100 + 0.5 * 10)); // 3 of 6
}

TEST_CASE("prices paid are a Törnqvist index with duties in them", "[comparison]") {
  MadeUpRun run{2};
  run.sell(0, 0, 0, 60).sell(0, 2, 0, 40);
  run.sell(1, 0, 0, 75).sell(1, 2, 0, 20);
  run.set("duty_collected", 1, {2, 0, 0, 0}, 5); // 25 %
  run.set("price_index", 1, {0, 0}, 1.05);
  const auto values = outcomes_of(run, made_up_period(1, 1), "prices");
  // Shares of FAR: 0.40 before, 25 of 100 with duty: mean 0.325; of HOM 0.675.
  CHECK(values.at("price_paid|HOM||") ==
        Approx(100 * std::exp(0.675 * std::log(1.05) + 0.325 * std::log(1.25))));
  CHECK(values.at("producer_price|HOM||cars") == Approx(105));
  CHECK(outcomes_of(run, made_up_period(0, 0), "prices").at("price_paid|HOM||") == Approx(100));
}

TEST_CASE("duties by origin and authority, and their average", "[comparison]") {
  MadeUpRun run{1};
  run.sell(0, 1, 0, 200).sell(0, 2, 0, 100);
  run.set("duty_collected", 0, {1, 0, 0, 0}, 4).set("duty_collected", 0, {2, 0, 0, 0}, 20);
  const auto values = outcomes_of(run, made_up_period(0, 0), "duties");
  CHECK(values.at("duty_collected||HOM|") == Approx(24 * 0.012));
  CHECK(values.at("average_duty||HOM|") == Approx(8));
  CHECK(values.at("average_duty|FEL|HOM|cars") == Approx(2));
  CHECK(values.at("duty_collected|FAR|HOM||emergency") == Approx(20 * 0.012));
}

TEST_CASE("deficits over exports are ratios of sums", "[comparison]") {
  MadeUpRun run{2};
  run.set("us_exports", 0, {0}, 100).set("us_exports", 1, {0}, 300);
  run.set("us_imports", 0, {0}, 250).set("us_imports", 1, {0}, 350);
  run.set("us_exports", 0, {1}, 100).set("us_imports", 0, {1}, 400);
  run.sell(0, 2, 0, 400).sell(0, 0, 2, 100);
  const auto values = outcomes_of(run, made_up_period(0, 1), "deficits");
  CHECK(values.at("deficit_over_exports|HOM|FEL|") == Approx(50));
  CHECK(values.at("balance|HOM|FEL|") == Approx(-100 * 0.012));
  CHECK(values.at("deficit_over_exports|HOM||") == Approx(100)); // 500 of 500
  CHECK(values.at("goods_balance|FAR||") == Approx(150 * 0.012));
  CHECK(values.count("balance|HOM|HOM|") == 0);
}

TEST_CASE("a supply stop's loss is against the year before it", "[comparison]") {
  MadeUpRun run{16};
  for (int t = 0; t < 16; ++t)
    run.set("gross_output", t, {0, 0}, t < 2 ? 1000 : t < 14 ? 100 : 80);
  const SupplyStop stop{Month{2027, 3}, Month{2027, 4}};
  CHECK(outcomes_of(run, made_up_period(14, 15), "resilience", stop)
            .at("loss_of_output_in_supply_stop|HOM||") == Approx(20));
  CHECK(std::isnan(outcomes_of(run, made_up_period(13, 15), "resilience", stop)
                       .at("loss_of_output_in_supply_stop|HOM||")));
}
