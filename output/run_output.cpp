#include "output/run_output.hpp"

#include "policy/error.hpp"

#include <fmt/chrono.h>

namespace nearshore {

std::string utc_now() {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(
                                                  std::chrono::system_clock::now())));
}

int written_months(const RunSettings& run) {
  return (run.end - run.start) + 1;
}

RunDescription describe_run(const Scenario& scenario) {
  if (!scenario.reporting)
    throw Error{ErrorKind::input, "the scenario has no table [reporting]", scenario.file,
                "extends = \"reporting.toml\", or a table [reporting] like the one in it"};
  return {scenario.title,
          static_cast<std::int64_t>(scenario.run.seed),
          scenario.run.firms,
          scenario.run.reference,
          scenario.resolved_outcome,
          scenario.data_sums,
          *scenario.reporting};
}

RunOutput::RunOutput(const Scenario& scenario, Options options)
    : constructed(std::chrono::steady_clock::now()), started(utc_now()),
      summary(describe_run(scenario).reporting, scenario.run.reference) {
  if (options.write) writer = open_trajectory(scenario.run.output, describe_run(scenario));
  if (options.progress)
    progress = std::make_unique<Progress>(*scenario.reporting,
                                          scenario.run.spin_up + written_months(scenario.run),
                                          Progress::style_for(stderr));
}

void RunOutput::on_month(const MonthRecord& record) {
  if (writer) writer->on_month(record);
  summary.on_month(record);
  if (progress) progress->on_month(record);
}

void RunOutput::on_replaying() {
  if (progress) progress->on_replaying();
}

void RunOutput::on_replayed() {
  if (progress) progress->on_replayed();
  replayed = summary.firm_months();
}

std::string RunOutput::finish(int threads,
                              std::optional<std::chrono::steady_clock::time_point> start,
                              std::vector<PastConfiguration> past) {
  progress.reset();
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start.value_or(constructed))
          .count();
  if (writer) {
    const auto run_now = static_cast<double>(summary.firm_months() - replayed);
    const double rate = seconds > 0 ? run_now / seconds : 0;
    writer->finish({.threads = threads,
                    .wall_seconds = seconds,
                    .firm_months_per_second = rate,
                    .host = "",
                    .started = started,
                    .jobs = 0,
                    .tables = {},
                    .past = std::move(past)});
  }
  return summary.text(seconds, replayed);
}

} // namespace nearshore
