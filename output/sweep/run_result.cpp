#include "output/sweep/run_result.hpp"

#include "output/deflate_bound.hpp"
#include "output/run_output.hpp"
#include "output/variable.hpp"
#include "policy/error.hpp"

#include <zlib.h>

#include <algorithm>
#include <cstring>

namespace nearshore {
namespace {

// A content is: counts of outcomes, headlines and series; of each series its stored bytes, its
// number of values and their width; the numbers; the series, bytes of equal weight together and
// deflated.
constexpr std::size_t kCounts = 3, kOfSeries = 3;
constexpr int kLevel = 1; // as in trajectories

std::vector<Target> figures_of(const Sweep& sweep) {
  std::vector<Target> out;
  for (const auto& o : sweep.outcomes)
    out.push_back(o.figure);
  return out;
}

/// Variables that are kept or that outcomes look at.
std::vector<std::string> needed(const Sweep& sweep) {
  auto names = variables_of(figures_of(sweep));
  names.insert(names.end(), sweep.variables.begin(), sweep.variables.end());
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

bool is_wide(const std::string& name) {
  const auto list = variables();
  return std::find_if(list.begin(), list.end(), [&](const Variable& v) {
           return v.name == name;
         })->storage == Storage::float64;
}

template <class T> std::string shuffled(const std::vector<double>& values) {
  std::string out(values.size() * sizeof(T), '\0');
  for (std::size_t i = 0; i < values.size(); ++i) {
    const T x = static_cast<T>(values[i]);
    char bytes[sizeof(T)];
    std::memcpy(bytes, &x, sizeof x);
    for (std::size_t b = 0; b < sizeof(T); ++b)
      out[b * values.size() + i] = bytes[b];
  }
  return out;
}

template <class T> std::vector<double> unshuffled(const std::string& bytes, std::size_t n) {
  std::vector<double> out(n);
  for (std::size_t i = 0; i < n; ++i) {
    char of_one[sizeof(T)];
    for (std::size_t b = 0; b < sizeof(T); ++b)
      of_one[b] = bytes[b * n + i];
    T x;
    std::memcpy(&x, of_one, sizeof x);
    out[i] = static_cast<double>(x);
  }
  return out;
}

std::string deflated(const std::string& bytes) {
  uLongf size = ::compressBound(bytes.size());
  std::string out(size, '\0');
  if (::compress2(reinterpret_cast<Bytef*>(out.data()), &size,
                  reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), kLevel) != Z_OK)
    throw Error{ErrorKind::resource, "not enough memory to compress a run"};
  out.resize(size);
  return out;
}

void add_word(std::string& to, std::uint64_t word) {
  char bytes[sizeof word];
  std::memcpy(bytes, &word, sizeof word);
  to.append(bytes, sizeof word);
}

void add_numbers(std::string& to, const std::vector<double>& numbers) {
  to.append(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(double));
}

std::vector<double> take_numbers(const std::string& from, std::size_t at, std::size_t n) {
  std::vector<double> out(n);
  if (n > 0)
    std::memcpy(out.data(), from.data() + at, n * sizeof(double)); // an empty list has no place
  return out;
}

std::uint64_t word_at(const std::string& bytes, std::size_t word) {
  std::uint64_t out = 0;
  std::memcpy(&out, bytes.data() + word * sizeof out, sizeof out);
  return out;
}

} // namespace

RunKeeper::RunKeeper(const Sweep& s, const Scenario& scenario,
                     std::shared_ptr<const std::vector<double>> wage_bill)
    : sweep(s), months((describe_run(scenario), scenario.reporting), scenario.run.reference,
                       scenario.title, needed(s)),
      headlines(scenario.reporting, std::move(wage_bill)) {}

void RunKeeper::on_month(const MonthRecord& record) {
  months.on_month(record);
  headlines.on_month(record);
}

std::string RunKeeper::content() const {
  const auto outcomes = evaluate(figures_of(sweep), months);
  std::vector<double> means;
  for (const auto& h : headlines.means())
    means.push_back(h.value);
  std::string head, series;
  for (const auto n : {outcomes.size(), means.size(), sweep.variables.size()})
    add_word(head, n);
  for (const auto& name : sweep.variables) {
    const auto array = months.read(name);
    const bool wide = is_wide(name);
    const auto stored =
        deflated(wide ? shuffled<double>(array.values) : shuffled<float>(array.values));
    for (const std::uint64_t word :
         {std::uint64_t{stored.size()}, std::uint64_t{array.values.size()},
          std::uint64_t{wide ? sizeof(double) : sizeof(float)}})
      add_word(head, word);
    series += stored;
  }
  add_numbers(head, outcomes);
  add_numbers(head, means);
  return head + series;
}

RunResult::RunResult(RunLogReader& log, const RunRecord& record) : source(log), place(record) {
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  const auto counts = source.content(place, 0, kCounts * kWord);
  const auto outcomes = word_at(counts, 0), headlines = word_at(counts, 1),
             count = word_at(counts, 2);
  const auto words = place.size / kWord; // no count is larger in a whole record
  if (outcomes > words || headlines > words || count > words)
    throw Error{ErrorKind::input, "the results of a run are damaged", source.path()};
  const auto directory = kCounts + kOfSeries * count;
  if (words < directory + outcomes + headlines)
    throw Error{ErrorKind::input, "the results of a run are damaged", source.path()};
  auto head = source.content(place, 0, (directory + outcomes + headlines) * kWord);
  known.outcomes = take_numbers(head, directory * kWord, outcomes);
  known.headlines = take_numbers(head, (directory + outcomes) * kWord, headlines);
  std::uint64_t at = head.size();
  for (std::size_t s = 0; s < count; ++s) {
    const std::size_t entry = kCounts + kOfSeries * s;
    parts.push_back({at, word_at(head, entry), word_at(head, entry + 1),
                     word_at(head, entry + 2) == sizeof(double)});
    at += parts.back().stored;
  }
}

std::vector<double> RunResult::values(std::size_t s) {
  const auto& part = parts.at(s);
  const auto stored = source.content(place, part.from, part.stored);
  const std::size_t width = part.wide ? sizeof(double) : sizeof(float);
  if (part.values > stored.size() * kMostFromAByte / width)
    throw Error{ErrorKind::input,
                "the results of run " + std::to_string(place.run) + " are damaged", source.path(),
                "remove the file: its runs are then made again"};
  uLongf size = part.values * width;
  const auto wanted = size;
  std::string bytes(size, '\0');
  if (::uncompress(reinterpret_cast<Bytef*>(bytes.data()), &size,
                   reinterpret_cast<const Bytef*>(stored.data()), stored.size()) != Z_OK ||
      size != wanted)
    throw Error{ErrorKind::input,
                "the results of run " + std::to_string(place.run) + " are damaged", source.path(),
                "remove the file: its runs are then made again"};
  return part.wide ? unshuffled<double>(bytes, part.values) : unshuffled<float>(bytes, part.values);
}

} // namespace nearshore
