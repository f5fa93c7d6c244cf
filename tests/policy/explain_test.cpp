// What `duty` prints: the same rates as the tables, with reasons.
#include "policy/explain.hpp"
#include "tests/policy/history_fixture.hpp"

#include <catch2/catch.hpp>

using namespace nearshore;
using namespace nearshore::test;

TEST_CASE("the explained stack of a lane is the mean of its table rows", "[policy][explain]") {
  const auto& law = history();
  const auto& data = law.data();
  for (const auto* from : {"MX", "CA", "CN", "EU"})
    for (const Month month : {Month{2025, 3}, Month{2025, 8}, Month{2026, 2}}) {
      const auto policy = law.compile(month);
      const RegionId us{index_of(data.regions, "US")}, origin{index_of(data.regions, from)};
      const SectorId sector{index_of(data.sectors, "metals")};
      std::vector<std::pair<Good, double>> goods;
      double full = 0, content = 0;
      for (std::size_t l = 0; l < data.lines.size(); ++l) {
        const auto& line = data.lines[l];
        if (line.origin != origin || line.sector != sector) continue;
        goods.push_back({{sector, line.mfn_rate, line.lists, line.entry_value, 0}, line.share});
        const auto total =
            policy.duties.total(policy.duties.row(us, origin, sector, LineId{l}), ProgrammeId{0});
        full += line.share * total.full;
        content += line.share * total.content;
      }
      double explained_full = 0, explained_content = 0;
      for (const auto& line : explain(law, us, origin, month, goods)) {
        explained_full += line.full;
        explained_content += line.content;
        double reasons = 0;
        for (const auto share : line.because)
          reasons += share;
        CHECK(reasons == Approx(1).margin(1e-5));
      }
      CHECK(explained_full == Approx(full).margin(1e-6));
      CHECK(explained_content == Approx(content).margin(1e-6));
    }
}

TEST_CASE("reasons and days of one good", "[policy][explain]") {
  const auto& law = history();
  const auto& data = law.data();
  const Shipment part{"MX", "US", "auto_parts", 0.025, {"auto_parts"}};
  const auto lines =
      explain(law, RegionId{index_of(data.regions, "US")}, RegionId{index_of(data.regions, "MX")},
              {2025, 5}, {{good_of(law, part), 1.0}});
  const auto find = [&](std::string_view name) {
    for (const auto& line : lines)
      if (line.measure->name == name) return line;
    FAIL("no measure " << name);
    return StackLine{};
  };
  const auto parts = find("auto_parts_232");
  CHECK(parts.days == 29); // from 3 May
  CHECK(parts.full == Approx(0.25 * 29 / 31));
  CHECK(parts.because[static_cast<std::size_t>(Reason::applies)] == Approx(1));
  const auto ieepa = find("ieepa_mexico");
  CHECK(ieepa.days == 31);
  CHECK(ieepa.full == Approx(0.25 * 2 / 31)); // the two days before it gave way
  REQUIRE(ieepa.displaced_by.size() == 1);
  CHECK(ieepa.displaced_by[0]->name == "auto_parts_232");
}
