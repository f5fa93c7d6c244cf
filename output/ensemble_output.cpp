#include "output/ensemble_output.hpp"

#include "output/effects.hpp"
#include "output/run_attributes.hpp"
#include "output/run_output.hpp"
#include "output/variable.hpp"
#include "policy/error.hpp"
#include "policy/text.hpp"
#include "sim/seed_list.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace nearshore {

/// Takes the months of one run to wherever they go.
class EnsembleOutput::OfRun : public Observer {
public:
  OfRun(const EnsembleOutput& all, std::unique_ptr<Observer> file)
      : summary(*all.named().reporting, all.named().run.reference),
        headlines(all.named().reporting, all.wage_bill), writer(std::move(file)),
        progress(all.progress.get()), paired(all.paired()) {}

  void on_month(const MonthRecord& record) override {
    if (writer) writer->on_month(record);
    summary.on_month(record);
    if (paired) headlines.on_month(record);
    if (progress != nullptr) progress->month_done();
  }

  void on_replayed() override { replayed = summary.firm_months(); }

  Summary summary;
  HeadlineMeans headlines;
  std::int64_t replayed{0}; ///< firm-months that took no time of this ensemble

private:
  std::unique_ptr<Observer> writer;
  EnsembleProgress* progress;
  bool paired;
};

namespace {

/// The months of the headlines, e.g. "2026-01 to 2026-12".
std::string window_text(const RunSettings& run) {
  const int months = std::min(static_cast<int>(kHeadlineMonths), written_months(run));
  return (run.end + (1 - months)).text() + " to " + run.end.text();
}

} // namespace

EnsembleOutput::EnsembleOutput(std::vector<Scenario> list, std::vector<std::uint64_t> seed_list,
                               const EnsemblePlan& p, Options options)
    : policies(std::move(list)), members(std::move(options.members)),
      parameter_set(std::move(options.parameter_set)), seeds(std::move(seed_list)), plan(p),
      started(utc_now()),
      wage_bill(std::make_shared<const std::vector<double>>(wage_bills(*named().world))),
      outcomes(runs()) {
  if (paired()) check_same_grid(policies[1], policies[0], "--paired " + policies[0].file);
  auto about = description();
  if (options.write)
    writer = std::make_unique<EnsembleWriter>(named().run.output, std::move(about), plan.jobs);
  if (options.progress)
    progress = std::make_unique<EnsembleProgress>(
        runs(), named().run.spin_up + written_months(named().run), Progress::style_for(stderr));
}

EnsembleOutput::~EnsembleOutput() = default;

RunDescription describe_ensemble(const Scenario& scenario,
                                 const std::vector<std::uint64_t>& seeds) {
  auto about = describe_run(scenario);
  about.ensemble = EnsembleAxes{{},
                                {seeds.begin(), seeds.end()},
                                scenario.run.start,
                                static_cast<std::size_t>(written_months(scenario.run))};
  about.more.emplace_back("seeds", seeds_text(seeds));
  return about;
}

RunDescription EnsembleOutput::description() const {
  auto about = describe_ensemble(named(), seeds);
  if (!members.empty()) {
    about.ensemble->policies = members;
    about.ensemble->axis = "member";
    about.ensemble->meaning = "vector of the parameter set";
    about.more.emplace_back("parameter_set", parameter_set);
  }
  if (paired()) {
    about.ensemble->policies = {"baseline", "reform"};
    about.more.emplace_back("title_baseline", policies[0].title);
    about.more.emplace_back("configuration_baseline", policies[0].resolved_outcome);
    about.more.emplace_back("input_data_baseline", policies[0].data_sums);
  }
  return about;
}

Scenario EnsembleOutput::scenario_of(std::size_t run) const {
  return with_seed(policies.at(run / seeds.size()), seeds.at(run % seeds.size()));
}

std::string EnsembleOutput::checkpoints_of(std::size_t run) const {
  const auto policy = policies.size() > 1 ? fmt::format(".{}", run / seeds.size()) : "";
  return fmt::format("{}{}.seed-{}", named().run.output, policy, seeds.at(run % seeds.size()));
}

std::unique_ptr<Observer> EnsembleOutput::observer_of(std::size_t run) {
  return std::make_unique<OfRun>(*this, writer ? writer->observer_of(run) : nullptr);
}

void EnsembleOutput::finished(std::size_t run, Observer& observer) {
  const auto& of_run = static_cast<OfRun&>(observer);
  if (paired()) {
    outcome_names = of_run.headlines.means();
    for (const auto& outcome : outcome_names)
      outcomes.at(run).push_back(outcome.value);
  } else {
    auto of_this = of_run.summary.tables();
    tables.resize(of_this.size());
    for (std::size_t t = 0; t < tables.size(); ++t)
      tables[t].add(std::move(of_this[t]));
  }
  firm_months += of_run.summary.firm_months() - of_run.replayed;
  if (progress) progress->run_done();
}

std::string EnsembleOutput::summary_text(double seconds) const {
  std::string text;
  const auto speed =
      speed_text(firm_months, seconds) + fmt::format("{} run{} at a time, {} thread{} each\n",
                                                     plan.jobs, plan.jobs == 1 ? "" : "s",
                                                     plan.threads, plan.threads == 1 ? "" : "s");
  if (!paired()) {
    text = fmt::format("{} seeds ({})", seeds.size(), seeds_text(seeds));
    if (seeds.size() == 1) text = fmt::format("seed {}", seeds.front());
    if (!members.empty()) text = fmt::format("{} vectors of parameters, {}", members.size(), text);
    text += runs() == 1 ? "\n" : ": median [5th and 95th percentile]\n";
    for (const auto& table : tables)
      text += table.text();
  }
  return text + speed;
}

std::string EnsembleOutput::finish() {
  progress.reset();
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const double rate = seconds > 0 ? static_cast<double>(firm_months) / seconds : 0;
  RunInfo info{plan.threads, seconds, rate, "", started};
  info.jobs = plan.jobs;
  std::string text;
  if (paired()) {
    const auto middle = outcomes.begin() + static_cast<std::ptrdiff_t>(seeds.size());
    const auto effects =
        effects_of(outcome_names, {outcomes.begin(), middle}, {middle, outcomes.end()});
    const auto months = window_text(named().run);
    info.tables.push_back(effects_table(effects, months));
    text = effects_text(effects, fmt::format("Effect of \"{}\" against \"{}\", mean of {}, {} "
                                             "seeds ({})",
                                             named().title, policies[0].title, months, seeds.size(),
                                             seeds_text(seeds)));
  }
  if (writer) writer->finish(info);
  return text + summary_text(seconds);
}

void check_same_grid(const Scenario& reform, const Scenario& baseline, const std::string& where) {
  const auto refuse = [&](const std::string& what, const std::string& here,
                          const std::string& there) {
    if (here == there) return;
    throw Error{ErrorKind::input, what + " is " + here + ", and " + there + " in " + reform.file,
                where,
                "two policies over the same months, firms and world (--firms and --end set both)"};
  };
  const RunSettings &a = baseline.run, &b = reform.run;
  refuse("run.start", a.start.text(), b.start.text());
  refuse("run.end", a.end.text(), b.end.text());
  refuse("run.spin_up", std::to_string(a.spin_up), std::to_string(b.spin_up));
  refuse("run.firms", std::to_string(a.firms), std::to_string(b.firms));
  refuse("run.reference", a.reference.text(), b.reference.text());
  refuse("run.world", a.world, b.world);
  const auto x = describe_run(baseline).reporting, y = describe_run(reform).reporting;
  for (const auto& d : dimensions())
    refuse("the axis " + std::string{d.name}, join(d.labels(x)), join(d.labels(y)));
}

} // namespace nearshore
