// A firm's story: suppliers, content, margin, claims, and the two plans that it weighed.
#include "cli/command.hpp"
#include "cli/explain/story_json.hpp"
#include "output/story/rerun.hpp"
#include "output/story/story_text.hpp"
#include "policy/error.hpp"

#include <fmt/format.h>

#include <iostream>
#include <memory>

namespace nearshore {
namespace {

struct Arguments {
  StoryAsked asked;
  std::optional<std::int64_t> firm, sample, seed, threads;
  bool csv{false}, json{false};
};

std::int64_t in_range(std::int64_t n, std::int64_t low, std::int64_t high, const char* option) {
  if (n < low || n > high)
    throw Error{ErrorKind::input, fmt::format("'{}'", n), option,
                fmt::format("a whole number from {} to {}", low, high)};
  return n;
}

int run(const Arguments& a) {
  auto asked = a.asked;
  const bool described =
      a.sample || !asked.region.empty() || !asked.sector.empty() || asked.switched;
  if (a.firm && described)
    throw Error{ErrorKind::input, "--firm names one firm, and others are asked for too", "explain",
                "--firm ID, or --sample N with --exporter, --sector, --switched"};
  if (a.csv && a.json)
    throw Error{ErrorKind::input, "--csv and --json are both given", "explain", "one of them"};
  if (a.firm)
    asked.firms = {static_cast<std::uint32_t>(in_range(*a.firm, 0, 4294967294, "--firm"))};
  asked.sample = static_cast<std::size_t>(in_range(a.sample.value_or(1), 1, 1000, "--sample"));
  asked.threads = static_cast<int>(in_range(a.threads.value_or(0), 0, 4096, "--threads"));
  asked.seed = a.seed;
  const auto told = tell_stories(asked);
  if (a.csv || a.json) {
    std::cout << (a.csv ? story_csv(told.stories) : story_json(told.stories));
    return 0;
  }
  for (const auto& story : told.stories)
    std::cout << story_text(story) << '\n';
  std::string end =
      fmt::format("Seed {}; the run made again gives every value of the file.", told.seed);
  if (!a.firm)
    end += fmt::format(
        " {} firms {}.", told.matching,
        told.watched < told.matching
            ? fmt::format("match; {} of them, drawn at random, were watched", told.watched)
            : "match, all of them watched");
  if (!a.firm && told.stories.size() < asked.sample)
    end += fmt::format(" Only {} {}.", told.stories.size(),
                       asked.switched ? "turned to a supplier in another region" : "match");
  std::cout << end << '\n';
  return 0;
}

} // namespace

Command explain_command() {
  return {"explain", "Tell a firm's story: suppliers, content, margin, and the plans it weighed",
          "  nearshore explain history.h5 --firm 1234\n"
          "  nearshore explain history.h5 --sample 5 --exporter MX --sector auto_parts --switched\n"
          "  nearshore explain ensemble.h5 --seed 3 --firm 1234 --json\n"
          "The file holds no firms: its run is made again from the configuration that it carries, "
          "with\n"
          "someone looking on, and must give every value of the file. Firms are numbered from 0.\n"
          "--switched: firms that turned to a supplier in another region in some review.",
          [](OptionSet& options) {
            const auto a = std::make_shared<Arguments>();
            options.positional("FILE", a->asked.file, "a trajectory of `run`");
            options.option("--firm", "ID", a->firm, "the firm of this number");
            options.option("--sample", "N", a->sample, "so many firms, drawn at random [1]");
            options.option("--exporter", "REGION", a->asked.region, "only firms of this region");
            options.option("--sector", "SECTOR", a->asked.sector, "only firms of this sector");
            options.flag("--switched", a->asked.switched,
                         "only firms that turned to a supplier in another region");
            options.option("--seed", "N", a->seed, "the run of an ensemble [the first]");
            options.option("--policy", "NAME", a->asked.policy,
                           "of a file of two policies: baseline or reform [reform]");
            options.option("--threads", "N", a->threads, "threads, 0 for all cores");
            options.flag("--csv", a->csv, "print comma-separated values");
            options.flag("--json", a->json, "print JSON");
            return [a] { return run(*a); };
          }};
}

} // namespace nearshore
