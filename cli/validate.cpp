// Does a run show what it must?
#include "cli/command.hpp"
#include "output/skill.hpp"
#include "policy/error.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iostream>
#include <memory>

namespace nearshore {

Command validate_command() {
  return {"validate", "Compare runs with data: target, source, value, verdict",
          "  nearshore validate history.h5\n"
          "  nearshore validate seed101.h5 seed102.h5 seed103.h5\n"
          "  nearshore validate history.h5 --csv > validation.csv\n"
          "  nearshore validate history.h5 --data my_claims.csv\n"
          "Several files are seeds of one run: verdicts are on the median. The exit status is 0 "
          "unless\n"
          "--strict is given: then 4 if a target is missed or absent.",
          [](OptionSet& options) {
            struct Arguments {
              std::vector<std::string> files;
              std::string targets{"configs/validation_targets.toml"};
              std::optional<std::string> data;
              bool csv{false}, strict{false};
            };
            const auto a = std::make_shared<Arguments>();
            options.positional("FILE", a->files, "trajectories written by nearshore run");
            options.option("--targets", "FILE", a->targets, "targets to compare with");
            options.option("--data", "FILE", a->data,
                           "further published claims, in the layout of import-claims");
            options.flag("--csv", a->csv, "print comma-separated values");
            options.flag("--strict", a->strict,
                         "exit with status 4 if a target is missed or absent");
            return [a] {
              std::optional<ClaimsTable> claims;
              if (a->data) claims = read_claims_table(*a->data);
              const auto file = read_validation(a->targets, claims ? &*claims : nullptr);
              std::vector<TrajectoryReader> runs;
              for (const auto& name : a->files)
                runs.emplace_back(name);
              const auto results = validate(file, runs);
              const auto title = runs.front().text_attribute("title");
              if (!file.of.empty() && title != file.of)
                std::cerr << fmt::format("note: the targets of {} are of runs of '{}'; this is '{}'"
                                         " (--targets names others)\n",
                                         a->targets, file.of, title);
              std::cout << (a->csv ? validation_csv(results) : validation_table(results));
              const bool failed =
                  std::any_of(results.begin(), results.end(), [](const TargetResult& r) {
                    return r.verdict == Verdict::missed || r.verdict == Verdict::absent;
                  });
              return a->strict && failed ? static_cast<int>(ErrorKind::invariant) : 0;
            };
          }};
}

} // namespace nearshore
