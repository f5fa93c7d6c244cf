// What the report embeds: texts that cannot end a script, short numbers, sums and bands by hand.
#include "output/picture/gnuplot.hpp"
#include "output/report/json_text.hpp"
#include "output/report/over_runs.hpp"
#include "output/report/reduce.hpp"
#include "policy/error.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>

using namespace nearshore;

TEST_CASE("JSON in a script: no text ends it, and it reads back", "[report]") {
  const nlohmann::json value{{"t", "</script><!-- & ]]> \xE2\x80\xA8 \xE2\x80\xA9 \"'\\ \xC3\xA9"}};
  const auto text = script_json(value);
  for (const char* never : {"<", ">", "&", "\xE2\x80\xA8", "\xE2\x80\xA9"})
    CHECK(text.find(never) == std::string::npos);
  CHECK(nlohmann::json::parse(text) == value);
}

TEST_CASE("JSON in a script: bytes that are no UTF-8 do not stop it", "[report]") {
  CHECK_NOTHROW(nlohmann::json::parse(script_json(nlohmann::json{{"t", "a\xFF b"}})));
}

TEST_CASE("Short numbers: four digits, null for none", "[report]") {
  CHECK(short_number(0.123456).dump() == "0.1235");
  CHECK(short_number(123456).dump() == "123500");
  CHECK(short_number(-0.00002).dump() == "-2e-05");
  CHECK(short_number(1).dump() == "1");
  CHECK(short_number(std::nan("")).is_null());
  CHECK(short_number(std::numeric_limits<double>::infinity()).is_null());
}

TEST_CASE("Reducing sums the axes that are not kept, over the labels that count", "[report]") {
  // [time][origin][sector] = 100 time + 10 origin + sector
  LabelledArray a{"trade",
                  {"time", "origin", "sector"},
                  {{"2025-01", "2025-02"}, {"A", "B"}, {"x", "y", "z"}},
                  {}};
  for (int t = 0; t < 2; ++t)
    for (int o = 0; o < 2; ++o)
      for (int s = 0; s < 3; ++s)
        a.values.push_back(100 * t + 10 * o + s);
  CHECK(reduce(a, {"origin", "time"}) == std::vector<double>{3, 303, 33, 333});
  CHECK(reduce(a, {"time"}, {{"sector", {"y"}}, {"origin", {"B"}}}) ==
        std::vector<double>{11, 111});
  CHECK(reduce(a, {}) == std::vector<double>{672});
  CHECK_THROWS_AS(reduce(a, {"time"}, {{"sector", {"w"}}}), Error);
  CHECK_THROWS_AS(reduce(a, {"use"}), Error);
  CHECK(cell(a, {{"sector", "z"}, {"origin", "B"}}) == std::vector<double>{12, 112});
}

TEST_CASE("Bands and means over runs", "[report]") {
  OverRuns runs;
  for (const double v : {1.0, 2.0, 3.0, 4.0, 10.0})
    runs.add({{{"s", {v, 0}}}, {{"m", {v}}}});
  const auto b = runs.bands("s");
  CHECK(b.median == std::vector<double>{3, 0});
  CHECK(b.p05[0] == Approx(1.2)); // type 7: 0.05 * 4 = 0.2 between 1 and 2
  CHECK(b.p95[0] == Approx(8.8));
  CHECK(runs.means("m") == std::vector<double>{4});
  runs.add({{{"s", {std::nan(""), 0}}}, {{"m", {4}}}});
  CHECK(std::isnan(runs.bands("s").median[0]));
  CHECK_THROWS_AS(runs.bands("other"), Error);
}

TEST_CASE("Texts of gnuplot are neither expanded nor run", "[report]") {
  CHECK(gnuplot_literal("it's `rm`\n\"x\"") == "'it''s `rm` \"x\"'");
  CHECK(gnuplot_text("a_b^{c} 5 & ~@\\") == "'a\\_b\\^\\{c\\} 5 \\& \\~\\@\\\\'");
  CHECK(gnuplot_literal("a\x01\xFF\xC0\xAF\xED\xA0\x80\xEF\xBF\xBF\xC3") ==
        "'a \uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD'"); // no XML, byte by byte
  CHECK(gnuplot_literal("\xC3\xA9\xF0\x9F\x8D\x81") == "'\xC3\xA9\xF0\x9F\x8D\x81'");
  CHECK(wrapped("one two  three", 7) == std::vector<std::string>{"one two", "three"});
  CHECK(wrapped("\xC3\xA9\xC3\xA9\xC3\xA9 ab", 6).size() == 1); // characters, not bytes
  CHECK_THROWS_AS(picture_format("picture.gif"), Error);
}

TEST_CASE("A picture is complete when its end is there", "[report]") {
  const std::string png{"\x89PNG\r\n\x1a\n....\0\0\0\0IEND\xae\x42\x60\x82", 24};
  CHECK(is_complete_picture(PictureFormat::png, png));
  CHECK_FALSE(is_complete_picture(PictureFormat::png, png.substr(0, 23)));
  CHECK(is_complete_picture(PictureFormat::svg, "<?xml?><svg></svg>\n\n"));
  CHECK_FALSE(is_complete_picture(PictureFormat::svg, "<?xml?><svg></sv"));
  CHECK(is_complete_picture(PictureFormat::pdf, "%PDF-1.5\n%%EOF\n"));
  CHECK_FALSE(is_complete_picture(PictureFormat::pdf, "%PDF-1.5\n"));
  for (const auto format : {PictureFormat::svg, PictureFormat::png, PictureFormat::pdf})
    CHECK_FALSE(is_complete_picture(format, ""));
}
