#include "policy/text.hpp"
#include "sim/config/load_scenario.hpp"
#include "sim/config/node.hpp"
#include "sim/config/paths.hpp"
#include "sim/config/settings.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

#include <unistd.h>

using namespace nearshore;

namespace {

struct Read {
  RunSettings run;
  Switches switches;
};

Read settings_of(const std::string& text) {
  Read out;
  read_settings(parse_document(text, "t.toml"), out.run, out.switches);
  return out;
}

std::string message_of(const std::string& text) {
  try {
    settings_of(text);
    (void)read_parameters(parse_document(text, "t.toml"));
  } catch (const Error& e) {
    CHECK(e.kind == ErrorKind::input);
    return e.what();
  }
  return "no error";
}

} // namespace

TEST_CASE("settings are read by their table", "[settings]") {
  const auto read = settings_of(
      "[run]\nstart = \"2019-01\"\nend = \"2020-12\"\nfirms = 2000\nseed = 7\nthreads = 2\n"
      "closure = \"fixed_wage\"\noutput = \"x.h5\"\n[switches]\nclaims = false\n");
  CHECK(read.run.start == Month{2019, 1});
  CHECK(read.run.end == Month{2020, 12});
  CHECK(read.run.reference == Month{2019, 1}); // 2024-12 is outside this run
  CHECK(read.run.firms == 2000);
  CHECK(read.run.seed == 7);
  CHECK(read.run.threads == 2);
  CHECK(read.run.closure == Closure::fixed_wage);
  CHECK(read.run.output == "x.h5");
  CHECK_FALSE(read.switches.claims);
  CHECK(read.switches.capacity);
}

TEST_CASE("impossible settings are refused at their key", "[settings]") {
  CHECK(message_of("[run]\nfirms = 999\n") ==
        "t.toml:2:9: error: run.firms = 999; allowed: a whole number from 1000 to 2000000");
  CHECK(message_of("[run]\nend = \"2023-12\"\n") ==
        "t.toml:2:7: error: run.end = 2023-12 is before run.start = 2024-01; allowed: a month not "
        "before run.start");
  CHECK(message_of("[run]\nreference = \"2027-01\"\n") ==
        "t.toml:2:13: error: run.reference = 2027-01 is outside the run; allowed: 2024-01 to "
        "2026-12");
  CHECK(message_of("[run]\nclosure = \"fixed_wages\"\n") ==
        "t.toml:2:11: error: run.closure = 'fixed_wages'; allowed: fixed_wage, labour_supply, "
        "balanced_trade; did you "
        "mean 'fixed_wage'?");
  CHECK(message_of("[run]\nseed = -1\n") ==
        "t.toml:2:8: error: run.seed = -1; allowed: a whole number from 0 to 9007199254740992");
}

TEST_CASE("every parameter has a default in its range, a meaning and a source, and keeps its range",
          "[settings]") {
  for (const auto& p : parameter_table()) {
    INFO(p.key);
    CHECK(p.low <= p.value);
    CHECK(p.value <= p.high);
    CHECK_FALSE(p.meaning.empty());
    CHECK_FALSE(p.source.empty());
    const auto set = [&](double value) {
      auto text = number_text(value);
      return message_of("[parameters]\n" + std::string{p.key} + " = " + text + "\n");
    };
    CHECK(set(p.low) == "no error");
    CHECK(set(p.high) == "no error");
    const std::string allowed =
        p.whole() ? "allowed: a whole number from" : "allowed: a number from";
    CHECK(set(p.high + 1).find(allowed) != std::string::npos);
    CHECK(set(p.low - 1).find(allowed) != std::string::npos);
    if (p.whole()) CHECK(set(p.low + 0.5).find(allowed) != std::string::npos);
  }
}

TEST_CASE("docs/parameters.md is what the tables say", "[settings][docs]") {
  // When it is not: ./nearshore docs parameters > docs/parameters.md
  CHECK(read_text_file(project_root() + "/docs/parameters.md") == parameters_page());
}

TEST_CASE("every scenario is valid, and its resolved text is the same scenario", "[settings]") {
  std::vector<std::string> files{project_root() + "/configs/history.toml"};
  for (const auto& entry :
       std::filesystem::directory_iterator(project_root() + "/configs/scenarios"))
    if (entry.path().extension() == ".toml") files.push_back(entry.path().string());
  REQUIRE(files.size() >= 2);
  for (const auto& file : files) {
    INFO(file);
    const auto scenario = load_scenario(file);
    const auto copy = (std::filesystem::temp_directory_path() /
                       ("nearshore_resolved_" + std::to_string(::getpid()) + ".toml"))
                          .string();
    std::ofstream(copy) << scenario.resolved;
    CHECK(load_scenario(copy).resolved == scenario.resolved);
    std::filesystem::remove(copy);
  }
}

TEST_CASE("a file without a policy says so", "[settings]") {
  const auto message = [](const std::string& text) {
    const auto file = (std::filesystem::temp_directory_path() /
                       ("nearshore_no_policy_" + std::to_string(::getpid()) + ".toml"))
                          .string();
    std::ofstream(file) << text;
    std::string what = "no error";
    try {
      (void)load_scenario(file);
    } catch (const Error& e) {
      what = e.what();
      what.erase(0, file.size());
    }
    std::filesystem::remove(file);
    return what;
  };
  CHECK(message("extneds = \"history.toml\"\n") ==
        ":1:11: error: unknown key 'extneds'; allowed: extends; did you mean 'extends'?");
  CHECK(message("[run]\nfirms = 2000\n") == ":1:1: error: no [[measure]]: a scenario without a "
                                            "policy; allowed: measures, or a file that has some: "
                                            "extends = \"history.toml\"; measure = [] for a "
                                            "world without duties");
}

TEST_CASE("the outcome's configuration leaves out what cannot change a result", "[settings]") {
  const std::string file = "configs/history.toml";
  const std::vector<std::string> one{"run.threads=1", "run.output=a.h5"}, eight{"run.threads=8"};
  const auto a = load_scenario(file, one), b = load_scenario(file, eight);
  CHECK(a.resolved != b.resolved);
  CHECK(a.resolved_outcome == b.resolved_outcome);
  CHECK(a.resolved_outcome.find("firms = 10000") != std::string::npos);
}

TEST_CASE("--set reaches every key of the history", "[settings]") {
  // Every value of the resolved history, set anew to itself by its own path, leaves all as it is.
  const auto before = load_scenario("configs/history.toml");
  auto tree = parse_toml(before.resolved, "resolved.toml");
  name_paths(tree, "");
  std::vector<std::string> sets;
  const auto walk = [&](auto& self, const ConfigNode& node) -> void {
    if (const auto* table = node.table()) {
      for (const auto& [key, child] : table->entries)
        if (key != "name") self(self, child);
      return;
    }
    if (const auto* array = node.array(); array && !array->elements.empty()) {
      for (const auto& element : array->elements)
        self(self, element);
      return;
    }
    ConfigNode single;
    single.value = ConfigNode::Table{};
    single.table()->set("v", node);
    const auto line = toml_text(single, false, {}); // v = VALUE
    sets.push_back(node.path + "=" + line.substr(4, line.size() - 5));
  };
  walk(walk, tree);
  CHECK(sets.size() > 500);
  CHECK(load_scenario("configs/history.toml", sets).resolved == before.resolved);
}
