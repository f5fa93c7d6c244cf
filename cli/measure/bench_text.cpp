#include "cli/measure/bench_result.hpp"

#include "output/version.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace nearshore {
namespace {

constexpr double kMebibyte = 1 << 20;

/// "10 k", "1 M", "2500".
std::string count_text(std::int64_t n) {
  if (n >= 1'000'000 && n % 100'000 == 0) return fmt::format("{:g} M", n / 1e6);
  if (n >= 1000 && n % 1000 == 0) return fmt::format("{} k", n / 1000);
  return fmt::format("{}", n);
}

/// Three digits: enough to compare, no more than a measurement gives.
std::string rate_text(double rate) {
  return rate >= 1e6 ? fmt::format("{:.2f} M", rate / 1e6) : fmt::format("{:.0f} k", rate / 1e3);
}

std::string conditions(const BenchResult& r) {
  const auto& m = r.machine;
  auto text =
      fmt::format("nearshore {} ({})\n{}, {} processors, {:.1f} GiB, {}\n", version(), git_commit(),
                  m.processor, m.processors, m.memory_bytes / (1024 * kMebibyte), m.system);
  if (r.others_busy)
    text += fmt::format("other processes kept {:.2f} processors busy meanwhile{}\n", *r.others_busy,
                        *r.others_busy > 0.1 ? ": the times below are too long" : "");
  for (const auto& [threads, rate] : r.triad)
    text += fmt::format("triad on {} thread{}: {:.1f} GB/s\n", threads, threads == 1 ? "" : "s",
                        rate / 1e9);
  return text;
}

std::string reference_load(const BenchResult& r) {
  auto text = fmt::format("\nLoad: {}, {} to {} after {} months of spin-up, trade and duties of "
                          "every month written, K = {}\n{:>8} {:>13} {:>7} {:>22} {:>11}\n",
                          r.scenario, r.start.text(), (r.start + (r.months - 1)).text(), r.spin_up,
                          r.candidates, "firms", "links a firm", "inputs", "reviewing a month, %",
                          "B a firm");
  std::int64_t shown = 0;
  for (const auto& l : r.loads) {
    if (l.request.firms == shown) continue;
    shown = l.request.firms;
    text +=
        fmt::format("{:>8} {:>13.1f} {:>7.1f} {:>22.1f} {:>11.0f}\n", count_text(l.request.firms),
                    l.links, l.inputs, 100 * l.reviewing, l.state_bytes);
  }
  return text;
}

/// Of an event of a firm-month, or a dash.
std::string event_text(const LoadFigures& l, HardwareEvent event) {
  const double n = l.events[static_cast<std::size_t>(event)];
  return n < 0 ? "-" : fmt::format("{:.1f}", n);
}

std::string absent_events(const BenchResult& r) {
  std::string text;
  const auto& l = r.loads.front();
  for (const auto event : {HardwareEvent::cache_misses, HardwareEvent::stalled_cycles}) {
    const auto e = static_cast<std::size_t>(event);
    if (l.events[e] < 0)
      text += fmt::format("{}: the machine does not count them here ({})\n", kHardwareEventNames[e],
                          l.why_absent[e].empty() ? "no counter free" : l.why_absent[e]);
  }
  return text;
}

std::string months(const BenchResult& r) {
  auto text =
      fmt::format("\nMonths, in steady state\n{:>8} {:>7} {:>13} {:>13} {:>11} {:>9} {:>8} "
                  "{:>8} {:>10} {:>12} {:>12}\n",
                  "firms", "threads", "firm-months/s", "ns/firm-month", "to smallest", "to 1 thr.",
                  "busy, %", "world, s", "peak, MiB", "cache misses", "stalled cyc.");
  for (const auto& l : r.loads) {
    const auto* one = r.load(l.request.firms, 1);
    text += fmt::format(
        "{:>8} {:>7} {:>13} {:>13.0f} {:>11.2f} {:>9} {:>8.0f} {:>8.2f} {:>10.0f} {:>12} {:>12}\n",
        count_text(l.request.firms), l.request.threads, rate_text(l.rate()), l.nanoseconds(),
        l.nanoseconds() / r.smallest_beside(l).nanoseconds(),
        one == nullptr ? "-" : fmt::format("{:.2f}", l.rate() / one->rate()),
        100 * l.cpu_seconds / l.month_seconds / l.request.threads, l.build_seconds,
        l.peak_bytes / kMebibyte, event_text(l, HardwareEvent::cache_misses),
        event_text(l, HardwareEvent::stalled_cycles));
  }
  return text + absent_events(r);
}

std::string passes(const BenchResult& r) {
  auto text = fmt::format("\nPasses, ns a firm-month\n{:<14}", "firms/threads");
  for (const auto& l : r.loads)
    text +=
        fmt::format(" {:>9}", fmt::format("{}/{}", count_text(l.request.firms), l.request.threads));
  const auto row = [&](std::string_view name, auto&& seconds) {
    text += fmt::format("\n{:<14}", name);
    for (const auto& l : r.loads)
      text += fmt::format(" {:>9.1f}", 1e9 * seconds(l) / l.firm_months);
  };
  for (std::size_t p = 0; p < kPasses.size(); ++p)
    row(kPasses[p], [&](const LoadFigures& l) { return l.pass_seconds[p]; });
  row("output", [](const LoadFigures& l) { return l.output_seconds; });
  row("month", [](const LoadFigures& l) { return l.month_seconds; });
  return text + "\n";
}

std::string whole_runs(const BenchResult& r) {
  auto text = fmt::format("\nWhole processes: {} months after {} of spin-up, file written\n"
                          "{:>8} {:>7} {:>8} {:>8} {:>10} {:>28}\n",
                          r.whole_months, r.whole_spin_up, "firms", "threads", "at once", "wall, s",
                          "peak, MiB", "firm-months/s, written only");
  const auto row = [&](const WholeRun& w) {
    text += fmt::format("{:>8} {:>7} {:>8} {:>8.2f} {:>10.0f} {:>28}\n", count_text(w.firms),
                        w.threads, w.copies, w.wall_seconds, w.peak_bytes / kMebibyte,
                        rate_text(w.copies * r.whole_rate(w)));
  };
  for (const auto& w : r.whole)
    row(w);
  if (r.side_by_side) {
    row(r.side_by_side->one);
    row(r.side_by_side->two);
  }
  for (const auto& what : r.left_out)
    text += what + "\n";
  return text;
}

std::string targets(const BenchResult& r) {
  auto text = fmt::format("\n{:<50} {:>10} {:>12} {:>8}   {}\n", "Target", "measured", "bound",
                          "goal", "verdict");
  const auto number = [](const Target& t, double x) {
    const auto digits = x >= 1e5 ? rate_text(x) : fmt::format("{:.{}f}", x, x >= 100 ? 0 : 2);
    return t.unit.empty() ? digits : digits + " " + t.unit;
  };
  for (const auto& t : targets_of(r))
    text += fmt::format("{:<50} {:>10} {:>12} {:>8}   {}\n", t.meaning,
                        t.value ? number(t, *t.value) : "-",
                        (t.at_least ? ">= " : "<= ") + number(t, t.bound),
                        t.goal ? number(t, *t.goal) : "", t.verdict());
  return text;
}

} // namespace

std::string bench_text(const BenchResult& r) {
  return conditions(r) + reference_load(r) + months(r) + passes(r) + whole_runs(r) + targets(r);
}

} // namespace nearshore
