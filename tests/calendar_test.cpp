#include "policy/calendar.hpp"

#include <catch2/catch.hpp>

using namespace nearshore;

TEST_CASE("a measure in force for part of a month counts its days") {
  CHECK(share_in_force({2025, 3}, {2025, 3, 4}, {}) == Approx(28.0 / 31));
  CHECK(share_in_force({2025, 3}, {2025, 3, 4}, Date{2025, 3, 7}) == Approx(3.0 / 31));
  CHECK(share_in_force({2025, 4}, {2025, 3, 4}, Date{2025, 4, 1}) == 0);
  CHECK(share_in_force({2024, 2}, {2024, 2, 29}, {}) == Approx(1.0 / 29));
}

TEST_CASE("dates that do not exist are refused") {
  CHECK_FALSE(parse_date("2025-02-29"));
  CHECK(parse_date("2024-02-29"));
  CHECK(parse_date("2000-02-29"));
  CHECK_FALSE(parse_date("2100-02-29"));
  CHECK_FALSE(parse_date("2025-13-01"));
  CHECK_FALSE(parse_month("25-01"));
  CHECK(parse_date("2025-06")->text() == "2025-06-01");
}
