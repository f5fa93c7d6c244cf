#include "policy/text.hpp"
#include "sim/config/document.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>

#include <unistd.h>

using namespace nearshore;

namespace {

// What a reader that wants one small section sees; every fault must surface through it.
void read_sample(const Document& d) {
  const std::vector<std::string> regions{"US", "MX", "CA"};
  const auto run = d.root().table("run");
  (void)run.integer("firms", 1000, 2'000'000, 10'000);
  (void)run.number("scale", 0, 1, 0.5);
  (void)run.boolean("quiet", false);
  (void)run.month("start", Month{2024, 1});
  (void)run.text("output", "out.h5");
  for (const auto& m : d.root().tables("measure")) {
    (void)m.required_text("name");
    (void)m.date("from");
    (void)m.choices("origins", regions, "region");
    (void)m.number("rate", 0, 10);
  }
  d.finish();
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

std::string message_of(const std::string& text, std::vector<std::string> sets = {}) {
  return message([&] { read_sample(parse_document(text, "t.toml", sets)); });
}

const std::string kMeasure =
    "[[measure]]\nname = \"ieepa\"\nfrom = 2025-03-04\norigins = [\"MX\"]\nrate = 0.25\n";

struct Folder {
  std::filesystem::path path = std::filesystem::temp_directory_path() /
                               ("nearshore_config_test_" + std::to_string(::getpid()));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((path / name).parent_path());
    std::ofstream(path / name) << text;
    return (path / name).string();
  }
};

} // namespace

TEST_CASE("faulty TOML is refused with place, fault, what is allowed, the nearest key",
          "[config]") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"[run]\nfrims = 5000\n",
       "t.toml:2:1: error: unknown key 'frims' in [run]; allowed: firms, scale, quiet, "
       "start, output; did you mean 'firms'?"},
      {"[runn]\n",
       "t.toml:1:2: error: unknown key 'runn'; allowed: run, measure; did you mean 'run'?"},
      {"[run]\nfirms = 10\n",
       "t.toml:2:9: error: run.firms = 10; allowed: a whole number from 1000 to 2000000"},
      {"[run]\nfirms = 1e4\n",
       "t.toml:2:9: error: run.firms = 10000; allowed: a whole number from 1000 to 2000000"},
      {"[run]\nfirms = \"many\"\n",
       "t.toml:2:9: error: run.firms = 'many'; allowed: a whole number from 1000 to 2000000"},
      {"[run]\nscale = nan\n", "t.toml:2:9: error: run.scale = nan; allowed: a number from 0 to 1"},
      {"[run]\nscale = inf\n", "t.toml:2:9: error: run.scale = inf; allowed: a number from 0 to 1"},
      {"[run]\nscale = -0.1\n",
       "t.toml:2:9: error: run.scale = -0.1; allowed: a number from 0 to 1"},
      {"[run]\nquiet = 1\n", "t.toml:2:9: error: run.quiet = 1; allowed: true, false"},
      {"[run]\nstart = \"2024-13\"\n",
       "t.toml:2:9: error: run.start = '2024-13'; allowed: a month such as \"2025-03\""},
      {"[run]\nstart = 2024-01-01\n",
       "t.toml:2:9: error: run.start = 2024-01-01; allowed: a month such as \"2025-03\""},
      {"[run]\noutput = \"\"\n",
       "t.toml:2:10: error: run.output = ''; allowed: a text that is not empty"},
      {"[run]\noutput = [\"a\"]\n", "t.toml:2:10: error: run.output = a list; allowed: a text"},
      {"run = 3\n", "t.toml:1:7: error: run = 3; allowed: a table, [run]"},
      {"measure = 3\n", "t.toml:1:11: error: measure = 3; allowed: tables, [[measure]]"},
      {"measure = [1]\n", "t.toml:1:12: error: measure.0 = 1; allowed: tables, [[measure]]"},
      {"[[measure]]\nname = \"a\"\n", "t.toml:1:1: error: missing key 'from' in [measure.a]"},
      {"[[measure]]\nfrom = 2025-01-01\n", "t.toml:1:1: error: missing key 'name' in [measure.0]"},
      {"[[measure]]\nname = \"a\"\nfrom = \"soon\"\n",
       "t.toml:3:8: error: measure.a.from = 'soon'; allowed: a date such as 2025-03-04"},
      {"[[measure]]\nname = \"a\"\nfrom = 2025-01-01\norigins = [\"US\", \"MXX\"]\n",
       "t.toml:4:18: error: unknown region 'MXX' in measure.a.origins.1; allowed: US, MX, CA; did "
       "you mean 'MX'?"},
      {"[[measure]]\nname = \"a\"\nfrom = 2025-01-01\norigins = [\"US\", \"US\"]\n",
       "t.toml:4:18: error: 'US' appears twice in measure.a.origins"},
      {"[[measure]]\nname = \"a\"\nfrom = 2025-01-01\norigins = 3\n",
       "t.toml:4:11: error: measure.a.origins = 3; allowed: a list of texts"},
      {kMeasure + kMeasure, "t.toml:6:1: error: name 'ieepa' is used twice (first at t.toml:1:1); "
                            "allowed: each name once in a file"},
      {"[[measure]]\nname = \"a\"\nremove = true\n",
       "t.toml:1:1: error: 'a' is to be removed, but the base has no such name"},
      {"[[measure]]\nname = \"a\"\nremove = 1\n",
       "t.toml:3:10: error: 'remove' is a whole number; allowed: true, false"},
      {"extends = 3\n", "t.toml:1:11: error: 'extends' is a whole number; allowed: a file name or "
                        "a list of file names"},
      {"extends = \"no_such.toml\"\n",
       "t.toml:1:11: error: 'no_such.toml' does not exist; allowed: a path relative "
       "to the file that extends"},
      {"[run]\nstart = 07:30:00\n",
       "t.toml:2:9: error: times of day are not used here; allowed: a date such as 2025-03-04"},
  };
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(message_of(text) == expected);
  }
}

TEST_CASE("text that is no TOML is refused where it breaks", "[config]") {
  for (const auto* text : {"[run\n", "[run]\nfirms = \n", "a = 1\na = 2\n", "x = \"open\n", "= 1\n",
                           "k = 01\n", "\xff = 1\n"}) {
    INFO(text);
    const auto m = message_of(text);
    CHECK(m.rfind("t.toml:", 0) == 0);
    CHECK(m.find("TOML 1.0") != std::string::npos);
  }
  CHECK(message([] { load_document("no/such.toml"); }) ==
        "no/such.toml: error: cannot read: No such file or directory");
}

TEST_CASE("a faulty --set is refused by its own text", "[config]") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"run.frims=5000",
       "--set run.frims=5000: error: unknown key 'frims' in [run]; allowed: firms, scale, quiet, "
       "start, output; did you mean 'firms'?"},
      {"run.firms=5",
       "--set run.firms=5: error: run.firms = 5; allowed: a whole number from 1000 to 2000000"},
      {"run.firms",
       "--set run.firms: error: no key and value; allowed: KEY=VALUE, e.g. run.firms=20000"},
      {"=3", "--set =3: error: no key and value; allowed: KEY=VALUE, e.g. run.firms=20000"},
      {"run..firms=3", "--set run..firms=3: error: empty part in the key; allowed: KEY=VALUE with "
                       "a dotted key, e.g. "
                       "run.firms=20000 or measure.NAME.rate=0.1"},
      {"measure.iepa.rate=0.1",
       "--set measure.iepa.rate=0.1: error: 'measure' has no element named 'iepa'; allowed: "
       "ieepa; did you mean 'ieepa'?"},
      {"measure.ieepa.rate.x=1", "--set measure.ieepa.rate.x=1: error: 'measure.ieepa.rate' is a "
                                 "number, not a table; allowed: "
                                 "measure.ieepa.rate=VALUE"},
      {"measure.ieepa.name=b", "--set measure.ieepa.name=b: error: a name cannot be changed"},
      {"measure.ieepa.origins.4=US",
       "--set measure.ieepa.origins.4=US: error: 'measure.ieepa.origins' has no element "
       "4; allowed: 0 to 0"},
      {"measure.ieepa.rate=nan", "--set measure.ieepa.rate=nan: error: measure.ieepa.rate = nan; "
                                 "allowed: a number from 0 to 10"},
      {"extends=a.toml",
       "--set extends=a.toml: error: 'extends' cannot be overridden; allowed: a file that extends"},
  };
  for (const auto& [set, expected] : cases) {
    INFO(set);
    CHECK(message_of(kMeasure, {set}) == expected);
  }
  CHECK(message_of(kMeasure, {"measure.ieepa.origins=[\"MX\""}).find("TOML 1.0") !=
        std::string::npos);
}

TEST_CASE("--set reaches every kind of key", "[config]") {
  const std::vector<std::string> sets{
      "run.firms=20_000",  "run.output=my/run.h5",       "measure.ieepa.rate=0.3",
      "run.start=2024-06", "measure.ieepa.origins.0=CA", "measure.ieepa.from=2025-04-01"};
  const auto d = parse_document(kMeasure, "t.toml", sets);
  const auto run = d.root().table("run");
  CHECK(run.integer("firms", 0, 100'000) == 20'000);
  CHECK(run.required_text("output") == "my/run.h5");
  CHECK(run.month("start") == Month{2024, 6});
  const auto measure = d.root().tables("measure").at(0);
  CHECK(measure.number("rate", 0, 1) == 0.3);
  CHECK(measure.texts("origins") == std::vector<std::string>{"CA"});
  CHECK(measure.date("from") == Date{2025, 4, 1});
  CHECK(measure.where("rate") == "--set measure.ieepa.rate=0.3");
  CHECK(measure.where("name") == "t.toml:2:8");
}

TEST_CASE("what a file extends is read once, and not without end", "[config]") {
  const Folder folder;
  const auto name = [](const std::string& stem, int i) {
    return stem + std::to_string(i) + ".toml";
  };
  const auto extends_one = [&](const std::string& stem, int i) {
    return "extends = \"" + name(stem, i) + "\"\n";
  };
  const std::string run = "[run]\nfirms = 2000\n";

  // 64 files one on the other are read, and one more is refused where it is asked for.
  for (int i = 0; i < 64; ++i)
    folder.write(name("c", i), extends_one("c", i + 1));
  const auto last = folder.write(name("c", 64), run);
  CHECK(load_document((folder.path / name("c", 1)).string()).root().table("run").has("firms"));
  const auto deep = message([&] { load_document((folder.path / name("c", 0)).string()); });
  CHECK(deep.find("c63.toml:1:11: error: '" + last + "' is the 65th file") != std::string::npos);

  // 2^40 ways from the top to the ground.
  for (int i = 0; i < 40; ++i)
    for (const std::string stem : {"d", "e"})
      folder.write(name(stem, i),
                   "extends = [\"" + name("d", i + 1) + "\", \"" + name("e", i + 1) + "\"]\n");
  folder.write(name("d", 40), run);
  folder.write(name("e", 40), "[run]\nquiet = true\n");
  const auto diamond = load_document((folder.path / name("d", 0)).string());
  CHECK(diamond.root().table("run").has("firms"));
  CHECK(diamond.root().table("run").has("quiet"));

  const auto twice = folder.write("twice.toml", "extends = [\"c64.toml\", \"./c64.toml\"]\n");
  CHECK(message([&] { load_document(twice); }) ==
        twice + ":1:24: error: './c64.toml' is extended twice; allowed: each file once");
  const auto zero = folder.write("zero.toml", "extends = \"c64.toml\\u0000x\"\n");
  CHECK(message([&] { load_document(zero); }) ==
        zero + ":1:11: error: a zero byte in 'c64.toml\\u0000x'; allowed: a text without");
  const auto line_end = folder.write("line.toml", "extends = \"c64.toml\\n\"\n");
  CHECK(message([&] { load_document(line_end); }) ==
        line_end + ":1:11: error: a control character in 'c64.toml\\n'; allowed: a file name "
                   "without");
}

TEST_CASE("a file that extends others overrides, adds and removes by name", "[config]") {
  const Folder folder;
  folder.write(
      "base.toml",
      "[run]\nfirms = 5000\nscale = 0.2\n" + kMeasure +
          "[[measure]]\nname = \"s232\"\nfrom = 2018-03-23\norigins = [\"CA\"]\nrate = 0.1\n");
  folder.write("more/second.toml", "[run]\nscale = 0.3\n");
  const auto top = folder.write(
      "more/top.toml",
      "extends = [\"../base.toml\", \"second.toml\"]\n[run]\nquiet = true\n"
      "[[measure]]\nname = \"ieepa\"\nrate = 0.35\n[[measure]]\nname = \"s232\"\nremove = true\n"
      "[[measure]]\nname = \"new\"\nfrom = 2026-01-01\norigins = [\"US\"]\nrate = 1\n");
  const auto d = load_document(top);
  CHECK_NOTHROW(read_sample(d));
  const auto run = d.root().table("run");
  CHECK(run.integer("firms", 0, 10'000) == 5000);
  CHECK(run.number("scale", 0, 1) == 0.3);
  CHECK(run.boolean("quiet"));
  const auto measures = d.root().tables("measure");
  REQUIRE(measures.size() == 2);
  CHECK(measures[0].number("rate", 0, 1) == 0.35);
  CHECK(measures[0].date("from") == Date{2025, 3, 4});
  CHECK(measures[0].where("from") == (folder.path / "base.toml").string() + ":6:8");
  CHECK(measures[0].where("rate") == top + ":6:8");
  CHECK(measures[1].required_text("name") == "new");

  const auto missing = folder.write(
      "wrong.toml", "extends = \"base.toml\"\n[[measure]]\nname = \"s223\"\nremove = true\n");
  CHECK(message([&] { load_document(missing); }) ==
        missing + ":2:1: error: 's223' is to be removed, but the base has no such name; allowed: "
                  "ieepa, s232; did you "
                  "mean 's232'?");
  const auto typo = folder.write(
      "typo.toml",
      "extends = \"base.toml\"\n[[measure]]\nname = \"iepa\"\noverride = true\nrate = 0\n");
  CHECK(message([&] { load_document(typo); }).find("overridden, but the base has no such name") !=
        std::string::npos);
  const auto nameless =
      folder.write("nameless.toml", "extends = \"base.toml\"\n[[measure]]\nrate = 0\n");
  CHECK(message([&] { load_document(nameless); }) ==
        nameless + ":2:1: error: an element of 'measure' without a name cannot be merged; allowed: "
                   "name = \"...\" in every "
                   "element");
  folder.write("a.toml", "extends = \"b.toml\"\n");
  const auto b = folder.write("b.toml", "extends = \"a.toml\"\n");
  CHECK(message([&] { load_document(b); }).find("extends itself") != std::string::npos);
}

TEST_CASE("the resolved text says the defaults and reads back to itself", "[config]") {
  const auto d = parse_document("[run]\nscale = 1\n" + kMeasure, "t.toml");
  read_sample(d);
  const auto text = d.resolved(false);
  CHECK(text.find("firms = 10000") != std::string::npos);
  CHECK(text.find("start = \"2024-01\"") != std::string::npos);
  const auto again = parse_document(text, "resolved.toml");
  read_sample(again);
  CHECK(again.resolved(false) == text);
  CHECK(d.resolved(true).find("# default") != std::string::npos);
  CHECK(d.resolved(true).find("# t.toml:2:9") != std::string::npos);
}

TEST_CASE("any text, number and whole number set comes back unchanged", "[config]") {
  CHECK(rc::check("--set and resolved() round trip", [] {
    const auto number = *rc::gen::suchThat<double>([](double v) { return std::isfinite(v); });
    const auto whole = *rc::gen::arbitrary<std::int64_t>();
    const auto text =
        *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange<char>(0x20, 0x7f)));
    auto number_set = number_text(number);
    if (number_set.find_first_not_of("-0123456789") == std::string::npos) number_set += ".0";
    std::string quoted;
    for (const char c : text)
      quoted += (c == '"' || c == '\\') ? std::string{'\\', c} : std::string{c};
    const std::vector<std::string> sets{"a.number=" + number_set,
                                        "a.whole=" + std::to_string(whole),
                                        "b.\"c.d\"=\"" + quoted + "\""};
    const auto first = parse_document("", "t.toml", sets);
    const auto again = parse_document(first.resolved(false), "u.toml");
    for (const auto* d : {&first, &again}) {
      const auto a = d->root().table("a");
      RC_ASSERT(a.number("number", std::numeric_limits<double>::lowest(),
                         std::numeric_limits<double>::max()) == number);
      RC_ASSERT(a.integer("whole", std::numeric_limits<std::int64_t>::min(),
                          std::numeric_limits<std::int64_t>::max()) == whole);
      RC_ASSERT(d->root().table("b").required_text("c.d") == text);
    }
  }));
}

TEST_CASE("laying files on each other does not depend on how they are grouped", "[config]") {
  // (a <- b) <- c by a chain of files equals a <- b <- c by a list.
  CHECK(rc::check("merge is associative", [] {
    const Folder folder;
    std::vector<std::string> texts;
    for (int i = 0; i < 3; ++i) {
      std::string text;
      const auto keys = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5));
      std::vector<int> used;
      for (const int k : keys) {
        if (std::find(used.begin(), used.end(), k) != used.end()) continue;
        used.push_back(k);
        text += "[[m]]\nname = \"n" + std::to_string(k) + "\"\nk" +
                std::to_string(*rc::gen::inRange(0, 3)) + " = " + std::to_string(i) + "\n";
      }
      texts.push_back(text);
    }
    folder.write("a.toml", texts[0]);
    folder.write("b.toml", texts[1]);
    folder.write("ab.toml", "extends = \"a.toml\"\n" + texts[1]);
    folder.write("c.toml", texts[2]);
    folder.write("bc.toml", "extends = \"b.toml\"\n" + texts[2]);
    const auto chain =
        load_document(folder.write("chain.toml", "extends = \"ab.toml\"\n" + texts[2]));
    const auto list =
        load_document(folder.write("list.toml", "extends = [\"a.toml\", \"bc.toml\"]\n"));
    RC_ASSERT(chain.resolved(false) == list.resolved(false));
  }));
}

TEST_CASE("the nearest name is near", "[config]") {
  const std::vector<std::string> names{"firms", "seed", "threads", "US", "MX"};
  CHECK(nearest("frims", std::span<const std::string>(names)) == "firms");
  CHECK(nearest("us", std::span<const std::string>(names)) == "US");
  CHECK(nearest("thread", std::span<const std::string>(names)) == "threads");
  CHECK(nearest("banana", std::span<const std::string>(names)).empty());
}
