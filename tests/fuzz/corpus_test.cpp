// The corpus of the fuzzers in every test run: each input as it is, and simple changes of them.
#include "sim/config/paths.hpp"
#include "tests/fuzz/targets.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <vector>

using namespace nearshore;
using namespace nearshore::fuzz;

namespace {

namespace fs = std::filesystem;
using Input = std::vector<std::uint8_t>;

std::map<std::string, Input> inputs_of(const std::string& target) {
  std::map<std::string, Input> out;
  for (const auto& entry :
       fs::directory_iterator{fs::path{project_root()} / "tests/fuzz/corpus" / target}) {
    std::ifstream in{entry.path(), std::ios::binary};
    out[entry.path().filename().string()] =
        Input(std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{});
  }
  return out;
}

/// Small changes as a bad disk, a cut transfer or an editor makes them.
class Changes {
public:
  explicit Changes(std::uint64_t seed) : random(seed) {}

  Input operator()(Input input, const Input& other) {
    const std::size_t times = 1 + below(3);
    for (std::size_t i = 0; i < times; ++i)
      change(input, other);
    return input;
  }

private:
  std::mt19937_64 random;
  std::size_t below(std::size_t n) { return n == 0 ? 0 : static_cast<std::size_t>(random() % n); }

  void change(Input& in, const Input& other) {
    static constexpr std::array<std::uint8_t, 10> kValues{0,   1,   '0',  '9', '-',
                                                          ',', '"', '\n', 127, 255};
    if (in.empty()) return in.assign(other.begin(), other.end());
    const auto at = below(in.size());
    const auto length = std::min(1 + below(64), in.size() - at);
    const auto begin = in.begin() + static_cast<std::ptrdiff_t>(at),
               end = begin + static_cast<std::ptrdiff_t>(length);
    switch (below(7)) {
    case 0:
      in[at] = static_cast<std::uint8_t>(in[at] ^ (1U << below(8)));
      break;
    case 1:
      in[at] = kValues[below(kValues.size())];
      break;
    case 2: // cut off
      in.resize(at);
      break;
    case 3: // left out
      in.erase(begin, end);
      break;
    case 4: { // twice
      const Input part(begin, end);
      in.insert(begin, part.begin(), part.end());
      break;
    }
    case 5:
      std::fill(begin, end, kValues[below(kValues.size())]);
      break;
    default: { // the rest of another
      in.resize(at);
      const auto from = std::min(at, other.size());
      in.insert(in.end(), other.begin() + static_cast<std::ptrdiff_t>(from), other.end());
    }
    }
  }
};

/// Where an input that was made here is kept if a reader fails on it.
void read_or_keep(const FuzzTarget& target, const std::string& name, const Input& input) {
  try {
    target.read(input);
  } catch (const std::exception& e) {
    const auto kept = fs::temp_directory_path() / ("fuzz-" + std::string{target.name} + "-" + name);
    std::ofstream{kept, std::ios::binary}.write(reinterpret_cast<const char*>(input.data()),
                                                static_cast<std::streamsize>(input.size()));
    FAIL_CHECK(target.name << ": " << e.what() << "; the input is kept in " << kept);
  }
}

} // namespace

TEST_CASE("readers meet the corpus with errors of ours or none", "[fuzz]") {
  for (const auto& target : kTargets) {
    const auto inputs = inputs_of(target.name);
    REQUIRE(!inputs.empty());
    for (const auto& [name, input] : inputs) {
      refused = 0;
      read_or_keep(target, name, input);
      INFO(target.name << "/" << name
                       << ": an input that is right is refused; [.fuzz-seeds] makes "
                          "those of binary files anew");
      if (name.starts_with("whole")) CHECK(refused == 0);
    }
  }
}

namespace {

void read_changed(const FuzzTarget& target, std::size_t times, std::uint64_t seed) {
  const auto inputs = inputs_of(target.name);
  Changes change{seed};
  auto input = inputs.begin(), other = inputs.begin();
  for (std::size_t i = 0; i < times; ++i) {
    read_or_keep(target, std::to_string(i), change(input->second, other->second));
    if (++input == inputs.end()) {
      input = inputs.begin();
      if (++other == inputs.end()) other = inputs.begin();
    }
  }
}

} // namespace

TEST_CASE("readers meet changed inputs with errors of ours or none", "[fuzz]") {
  for (const auto& target : kTargets)
    read_changed(target, target.run_here, 7);
}

// Any number of them without the fuzzer's programs: FUZZ_TARGET=run_file FUZZ_RUNS=100000
// FUZZ_SEED=9 build/nearshore_tests '[.fuzz-changes]'
TEST_CASE("readers meet many changed inputs", "[.fuzz-changes]") {
  const char* only = std::getenv("FUZZ_TARGET");
  const char* runs = std::getenv("FUZZ_RUNS");
  const char* seed = std::getenv("FUZZ_SEED");
  for (const auto& target : kTargets)
    if (only == nullptr || std::string_view{only} == target.name)
      read_changed(target, runs == nullptr ? 10'000 : std::stoul(runs),
                   seed == nullptr ? 8 : std::stoul(seed));
}
