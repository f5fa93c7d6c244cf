#include "output/validation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace nearshore {
namespace {

constexpr const char* kVerdicts[]{"met", "MISSED", "report", "absent", "aside"};
constexpr const char* kKinds[]{"calibrated", "predicted", "identity", "bound"};

std::string number(double x) {
  if (std::isnan(x)) return "-";
  if (x != 0 && std::abs(x) < 0.001) return fmt::format("{:.1e}", x);
  const double size = std::abs(x);
  return fmt::format("{:.{}f}", x, size >= 1000 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

std::string bound(double x) {
  return std::abs(x) < 0.001 || std::abs(x) >= 1e6 ? fmt::format("{:g}", x)
                                                   : fmt::format("{:.4g}", x);
}

std::string range_text(const Target& t) {
  if (t.low && t.high) return bound(*t.low) + " to " + bound(*t.high);
  if (t.low) return ">= " + bound(*t.low);
  return t.high ? "<= " + bound(*t.high) : "";
}

std::string value_text(const TargetResult& r) {
  if (r.values.size() == 1) return number(r.median);
  return fmt::format("{} [{} to {}]", number(r.median), number(r.p05), number(r.p95));
}

std::string data_text(const TargetResult& r) {
  if (r.target.data) return bound(*r.target.data);
  return r.verdict == Verdict::aside ? "kept aside" : "";
}

std::string says_of(const Target& t) {
  return "  " + t.says + (t.headline ? " *" : "");
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text)
    out += c == '"' ? std::string{"\"\""} : std::string{c};
  return out + "\"";
}

std::string csv_number(const std::optional<double>& x) {
  return x && !std::isnan(*x) ? fmt::format("{}", *x) : "";
}

/// Number of a note in the list, added if it is new.
std::size_t note(std::vector<std::string>& notes, const Target& t) {
  const std::string text = t.footnote.empty() ? t.source : t.source + ". " + t.footnote;
  const auto at = std::find(notes.begin(), notes.end(), text);
  if (at == notes.end()) notes.push_back(text);
  return static_cast<std::size_t>(std::find(notes.begin(), notes.end(), text) - notes.begin()) + 1;
}

} // namespace

std::string validation_table(const std::vector<TargetResult>& results) {
  std::size_t wide = 6, value_wide = 8;
  for (const auto& r : results) {
    wide = std::max(wide, says_of(r.target).size());
    value_wide = std::max(value_wide, value_text(r).size());
  }
  std::string text =
      fmt::format("{:<{}}  {:>14}  {:>10}  {:>{}} {:<8} {:<7} {:<11}{}\n", "target", wide, "range",
                  "data", "value", value_wide, "unit", "verdict", "kind", "source");
  std::vector<std::string> notes;
  std::string section;
  std::size_t count[5]{};
  for (const auto& r : results) {
    const Target& t = r.target;
    if (t.section != section && !(section = t.section).empty()) text += section + "\n";
    text += fmt::format("{:<{}}  {:>14}  {:>10}  {:>{}} {:<8} {:<7} {:<11}[{}]\n", says_of(t), wide,
                        range_text(t), data_text(r), value_text(r), value_wide, t.unit,
                        kVerdicts[static_cast<std::size_t>(r.verdict)],
                        kKinds[static_cast<std::size_t>(t.kind)], note(notes, t));
    ++count[static_cast<std::size_t>(r.verdict)];
  }
  text += fmt::format("\n{} met, {} missed, {} reported, {} absent (the run has no such months)",
                      count[0], count[1], count[2], count[3]);
  if (count[4] > 0) text += fmt::format(", {} whose data are kept aside", count[4]);
  text += '\n';
  std::size_t most = 1, least = SIZE_MAX;
  for (const auto& r : results) {
    most = std::max(most, r.values.size());
    if (r.values.size() > 1) least = std::min(least, r.values.size());
  }
  if (most > 1)
    text += fmt::format("value: median [5th to 95th percentile] of {} runs\n",
                        least < most ? fmt::format("{} to {}", least, most) : std::to_string(most));
  text += '\n';
  for (std::size_t i = 0; i < notes.size(); ++i)
    text += fmt::format("[{}] {}\n", i + 1, notes[i]);
  return text;
}

std::optional<TargetResult> headline_of(const std::vector<TargetResult>& results) {
  TargetResult all;
  double rows = 0;
  bool met = true, absent = false;
  for (const auto& r : results) {
    const Target& t = r.target;
    if (!t.headline) continue;
    ++rows;
    met &= r.verdict == Verdict::met;
    absent |= r.verdict == Verdict::absent;
    if (t.kind == TargetKind::calibrated) all.target.kind = t.kind; // no better than its rows
    all.values.resize(r.values.size(), 0);
    for (std::size_t i = 0; i < r.values.size(); ++i)
      all.values[i] += (!t.low || r.values[i] >= *t.low) && (!t.high || r.values[i] <= *t.high);
  }
  if (rows == 0) return {};
  all.target.section = "Headline";
  all.target.says = "rows marked * that a run meets";
  all.target.low = rows;
  all.target.source = "all rows marked *";
  all.target.footnote = "Met if the median of every one of them is in its range";
  judge(all);
  all.verdict = absent ? Verdict::absent : met ? Verdict::met : Verdict::missed;
  return all;
}

std::string validation_csv(const std::vector<TargetResult>& results) {
  std::string text = "section,target,low,high,data,unit,median,p05,p95,minimum,maximum,runs,"
                     "verdict,kind,source,footnote\n";
  for (const auto& r : results) {
    const Target& t = r.target;
    std::string verdict = kVerdicts[static_cast<std::size_t>(r.verdict)];
    std::transform(verdict.begin(), verdict.end(), verdict.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    text +=
        fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", quoted(t.section),
                    quoted(t.says), csv_number(t.low), csv_number(t.high), csv_number(t.data),
                    t.unit, csv_number(r.median), csv_number(r.p05), csv_number(r.p95),
                    csv_number(r.low), csv_number(r.high), r.values.size(), verdict,
                    kKinds[static_cast<std::size_t>(t.kind)], quoted(t.source), quoted(t.footnote));
  }
  return text;
}

} // namespace nearshore
