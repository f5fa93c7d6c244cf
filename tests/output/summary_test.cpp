#include "fake_run.hpp"
#include "output/progress.hpp"
#include "output/summary.hpp"

#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <sstream>

using namespace nearshore;
using namespace nearshore::test;
using Catch::Contains;

namespace {

/// The line of a section that starts with a label, its words.
std::vector<std::string> line(const std::string& text, const std::string& section,
                              const std::string& label) {
  std::istringstream in{text.substr(std::min(text.size(), text.find(section)))};
  std::string row;
  while (std::getline(in, row)) {
    if (row.rfind("  " + label, 0) != 0) continue;
    std::istringstream cells{row.substr(2 + label.size())};
    std::vector<std::string> list;
    for (std::string cell; cells >> cell;)
      list.push_back(cell);
    return list;
  }
  return {};
}

std::string whole_run(int months) {
  Summary summary{fake_reporting(), {2024, 12}};
  auto spin_up = fake_month(0);
  spin_up.spin_up = true;
  summary.on_month(spin_up);
  for (int t = 0; t < months; ++t)
    summary.on_month(fake_month(t));
  return summary.text(2.0);
}

} // namespace

TEST_CASE("the summary shows the periods, causes and duties of the records", "[output][summary]") {
  const std::string text = whole_run(30);
  INFO(text);
  using Cells = std::vector<std::string>;
  CHECK(line(text, "Claimed, % of trade", "FEL to HOM") == Cells{"50.0", "88.0", "88.0"});
  CHECK(line(text, "Claimed, % of trade", "NEI to HOM") == Cells{"50.0", "50.0", "50.0"});
  CHECK(line(text, "Claimed as statistics", "FEL to HOM") == Cells{"45.0", "88.0", "88.0"});
  CHECK(line(text, "Change from 2024-12 to 2026-06", "FEL claimed") ==
        Cells{"19.00", "9.50", "4.75", "0.00", "4.75", "0.00", "38.00"});
  CHECK(line(text, "Change from", "FEL recorded").back() == "43.00");
  CHECK(line(text, "Value added of HOM in the exports of FEL", "making").size() == 3);
  CHECK_THAT(text, Contains("2026 (6m)"));
  const double by_hand = [] {
    double cents = 0;
    for (int t = 0; t < 12; ++t) {
      const auto m = fake_month(t);
      for (std::size_t o = 0; o < 4; ++o)
        for (std::size_t s = 0; s < 5; ++s)
          cents += static_cast<double>(m.duty[((o * 4) * 5 + s) * 3 + 2]);
    }
    return cents / 1e11;
  }();
  CHECK(line(text, "Duties", "emergency").front() == fmt::format("{:.2f}", by_hand));
  CHECK_THAT(text, Contains("0.02 million firm-months a second (38254 firm-months"));
  CHECK_THAT(text, !Contains("\x1b"));
}

TEST_CASE("a short run shows what it has", "[output][summary]") {
  const std::string text = whole_run(3);
  CHECK(line(text, "Claimed, % of trade", "FEL to HOM") ==
        std::vector<std::string>{"50.0", "-", "50.0"});
  CHECK_THAT(text, !Contains("Change from"));
  CHECK(Summary(fake_reporting(), {2024, 12}).text(1) == "no month was run\n");
}

TEST_CASE("progress does not show replayed months again", "[output][summary]") {
  std::FILE* file = std::tmpfile();
  REQUIRE(file != nullptr);
  {
    Progress progress{fake_reporting(), 12, Progress::Style::lines, file};
    progress.on_replaying();
    for (int t = 0; t < 9; ++t)
      progress.on_month(fake_month(t));
    progress.on_replayed();
    for (int t = 9; t < 12; ++t)
      progress.on_month(fake_month(t));
  }
  std::rewind(file);
  std::string text(10'000, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), file));
  std::fclose(file);
  CHECK_THAT(text, Contains("(10/12)") && Contains("(12/12)") && !Contains("(9/12)"));
  CHECK(std::count(text.begin(), text.end(), '\n') == 3);
}

TEST_CASE("progress draws no control characters into a log", "[output][summary]") {
  std::FILE* file = std::tmpfile();
  REQUIRE(file != nullptr);
  {
    Progress progress{fake_reporting(), 20, Progress::style_for(file), file};
    for (int t = 0; t < 20; ++t)
      progress.on_month(fake_month(t));
  }
  std::rewind(file);
  std::string text(100'000, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), file));
  std::fclose(file);
  CHECK_THAT(text, !Contains("\x1b") && !Contains("\r"));
  CHECK_THAT(text, Contains("2025-08 (20/20) claimed FEL 88.0 % NEI 50.0 %"));
  CHECK(std::count(text.begin(), text.end(), '\n') <= 12);
}
