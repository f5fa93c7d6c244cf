#include "sim/csv.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <functional>

using namespace nearshore;

namespace {

const std::vector<std::string> kColumns{"region", "sector", "output_musd"};

CsvTable parse(std::string text) {
  const std::vector<std::string> optional{"note"};
  return {std::move(text), "t.csv", kColumns, optional};
}

std::string message(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& e) {
    CHECK(e.kind == ErrorKind::input);
    return e.what();
  }
  return "no error";
}

} // namespace

TEST_CASE("a table with comments, quotes, a byte order mark and CRLF is read", "[csv]") {
  const auto t = parse("\xEF\xBB\xBF# source: a paper\r\n\r\nsector,region,output_musd,note\r\n"
                       "cars, MX ,1.5e3,\"a, \"\"b\"\"\nc\"\r\n# between\r\nwheat,\"US\",+2,\r\n");
  REQUIRE(t.size() == 2);
  CHECK(t[0].text("region") == "MX");
  CHECK(t[0].number("output_musd") == 1500);
  CHECK(t[0].text("note") == "a, \"b\"\nc");
  CHECK(t[0].where("output_musd") == "t.csv:4:11");
  CHECK(t[1].text("region") == "US");
  CHECK(t[1].number("output_musd") == 2);
  CHECK(t[1].where() == "t.csv:7:1");
  CHECK(t[1].empty("note"));
  std::size_t seen = 0;
  for (const auto row : t)
    seen += row.text("sector").size();
  CHECK(seen == 9);
}

TEST_CASE("an absent optional column reads as empty", "[csv]") {
  const auto t = parse("region,sector,output_musd\nUS,cars,1");
  CHECK(t[0].empty("note"));
  CHECK_FALSE(t.has_column("note"));
  CHECK_FALSE(t[0].optional_number("note"));
}

TEST_CASE("bad CSV is refused with place, fault and what is allowed", "[csv]") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "t.csv: error: no header row: the file is empty; allowed: columns region, sector, "
           "output_musd"},
      {"# only a comment\n", "t.csv: error: no header row: the file is empty; allowed: columns "
                             "region, sector, output_musd"},
      {"region,sector\n", "t.csv:1:1: error: missing column 'output_musd'; allowed: region, "
                          "sector, output_musd, note"},
      {"region,sectr,output_musd\n",
       "t.csv:1:8: error: unknown column 'sectr'; allowed: region, sector, "
       "output_musd, note; did you mean 'sector'?"},
      {"region,region,sector,output_musd\n", "t.csv:1:8: error: column 'region' appears twice"},
      {"region,sector,output_musd\nUS,cars\n",
       "t.csv:2:4: error: 2 fields where the header has 3; allowed: region, sector, output_musd"},
      {"region,sector,output_musd\nUS,cars,1,,x\n",
       "t.csv:2:11: error: 5 fields where the header has 3; allowed: region, sector, output_musd"},
      {"region,sector,output_musd\nUS,\"cars,1\n", "t.csv:2:4: error: quote never closed"},
      {"region,sector,output_musd\nUS,\"cars\"x,1\n",
       "t.csv:2:10: error: text after a closing quote; allowed: a comma or the end of line"},
      {"region,sector,output_musd\nUS,c\"ars,1\n",
       "t.csv:2:5: error: quote inside an unquoted field; allowed: "
       "the whole field in quotes, its quotes doubled"},
  };
  for (const auto& c : cases)
    CHECK(message([&] { parse(c.first); }) == c.second);
}

TEST_CASE("a bad field is refused where it stands", "[csv]") {
  const auto row_of = [](const std::string& number) {
    return parse("region,sector,output_musd,note\nXX,cars," + number + ",maybe\n");
  };
  const auto number = [&](const std::string& text) {
    return message([&] { (void)row_of(text)[0].number("output_musd", 0, 10); });
  };
  CHECK(number("abc") == "t.csv:2:9: error: output_musd = 'abc' is not a finite number; allowed: a "
                         "number from 0 to 10");
  for (const auto* text : {"nan", "inf", "-inf", "1e999", "1,", "", "1 2", "0x10", "1.5.2"}) {
    INFO(text);
    CHECK(message([&] { (void)row_of(text)[0].number("output_musd", 0, 10); }) != "no error");
  }
  CHECK(number("nan").find("is not a finite number") != std::string::npos);
  CHECK(number("11") ==
        "t.csv:2:9: error: output_musd = 11 is out of range; allowed: a number from 0 to 10");
  CHECK(message([&] { (void)row_of("1.5")[0].integer("output_musd", 0, 9); }) ==
        "t.csv:2:9: error: output_musd = '1.5' is not a whole number; allowed: a whole number from "
        "0 to 9");
  CHECK(message([&] { (void)row_of("12")[0].integer("output_musd", 0, 9); }) ==
        "t.csv:2:9: error: output_musd = 12 is out of range; allowed: a whole number from 0 to 9");
  CHECK(message([&] { (void)row_of("1")[0].boolean("note"); }) ==
        "t.csv:2:11: error: note = 'maybe' is neither true nor false; allowed: true, false, yes, "
        "no, 1, 0");
  const std::vector<std::string> regions{"MX", "US"};
  CHECK(message([&] { (void)row_of("1")[0].choice("region", regions, "region"); }) ==
        "t.csv:2:1: error: unknown region 'XX'; allowed: MX, US; did you mean 'MX'?");
  const auto blank = parse("region,sector,output_musd\n,cars,1\n");
  CHECK(message([&] { (void)blank[0].required_text("region"); }) ==
        "t.csv:2:1: error: empty region; allowed: a text");
}

TEST_CASE("a missing file is named", "[csv]") {
  CHECK(message([] { read_csv("no/such.csv", {"a"}); }) ==
        "no/such.csv: error: cannot read: No such file or directory");
  CHECK(message([] { read_csv("/", {"a"}); }) == "/: error: is a folder, not a file");
}

TEST_CASE("whatever is quoted comes back unchanged", "[csv]") {
  CHECK(rc::check("quoted round trip", [](const std::vector<std::string>& texts) {
    std::string file = "region,sector,output_musd\n";
    for (const auto& text : texts) {
      std::string quoted;
      for (const char c : text)
        quoted += c == '"' ? std::string{"\"\""} : std::string{c};
      file += "\"" + quoted + "\",x,1\n";
    }
    const auto t = parse(file);
    RC_ASSERT(t.size() == texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i)
      RC_ASSERT(t[i].text("region") == texts[i]);
  }));
}
