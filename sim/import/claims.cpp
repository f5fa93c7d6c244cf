#include "sim/import/claims.hpp"

#include "policy/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

namespace nearshore::importing {
namespace {

constexpr double kRounding = 1; // in the table's unit: claims may exceed the value by so much

/// Names under which a column occurs in Census and DataWeb tables, lower case.
struct Known {
  const char* what;
  std::string ClaimsColumns::*column;
  std::vector<std::string> names;
  bool needed;
};
const std::vector<Known>& known_columns() {
  static const std::vector<Known> list{
      {"tariff line",
       &ClaimsColumns::line,
       {"hts10", "hts_10", "hts", "hts number", "htsno", "hs10", "commodity", "i_commodity"},
       true},
      {"country", &ClaimsColumns::country, {"country", "cty_code", "cty_name", "cty"}, true},
      {"month", &ClaimsColumns::month, {"month", "time", "period"}, true},
      {"year", &ClaimsColumns::year, {"year"}, false},
      {"value",
       &ClaimsColumns::value,
       {"value", "con_val_mo", "con_val", "customs value", "import_value", "imports"},
       true},
      {"claimed value",
       &ClaimsColumns::claimed,
       {"claimed", "usmca_claimed", "claimed_value", "usmca"},
       false},
      {"import programme",
       &ClaimsColumns::program,
       {"program", "programme", "import program", "spi"},
       false},
      {"MFN rate", &ClaimsColumns::mfn, {"mfn_rate", "mfn", "mfn rate"}, false},
  };
  return list;
}

std::string lower(std::string_view text) {
  std::string out{text};
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::string_view trimmed(std::string_view s) {
  while (!s.empty() && s.front() == ' ')
    s.remove_prefix(1);
  while (!s.empty() && s.back() == ' ')
    s.remove_suffix(1);
  return s;
}

std::optional<int> whole(std::string_view s) {
  int n = 0;
  const auto [end, code] = std::from_chars(s.data(), s.data() + s.size(), n);
  if (s.empty() || code != std::errc{} || end != s.data() + s.size()) return {};
  return n;
}

class Reader {
public:
  Reader(const std::string& path, const ClaimsColumns& asked, const ClaimsRules& r, OnProgress p)
      : in(path, std::move(p)), rules(r) {
    if (!in.next()) throw Error(ErrorKind::input, "no header", path, "a table with named columns");
    find_columns(asked);
  }

  ClaimsImport read() {
    while (in.next())
      read_row();
    if (out.rows == 0)
      throw Error(ErrorKind::input, fmt::format("no row of {}", rules.year), in.path(),
                  "the year of the table (--year)");
    for (const auto& [key, cell] : cells)
      out.table.set(key, {cell.value / 1e6, cell.claimed / 1e6});
    return std::move(out);
  }

private:
  static constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);
  CsvStream in;
  const ClaimsRules& rules;
  ClaimsImport out;
  std::array<std::size_t, 8> at{};
  std::size_t width{0};
  std::map<ClaimsTable::Key, ClaimsTable::Cell> cells; ///< USD

  enum Column : std::size_t { kLine, kCountry, kMonth, kYear, kValue, kClaimed, kProgram, kMfn };
  [[nodiscard]] bool has(Column c) const { return at[c] != kAbsent; }
  [[nodiscard]] std::string_view text(Column c) const { return trimmed(in.field(at[c])); }

  void find_columns(const ClaimsColumns& asked) {
    const auto names = header_names(in);
    width = names.size();
    for (std::size_t k = 0; k < at.size(); ++k) {
      const auto& known = known_columns()[k];
      const auto& wanted = asked.*(known.column);
      at[k] = kAbsent;
      for (std::size_t i = 0; i < names.size(); ++i) {
        const auto name = lower(names[i]);
        const bool fits = wanted.empty() ? std::find(known.names.begin(), known.names.end(),
                                                     name) != known.names.end()
                                         : name == lower(wanted);
        if (!fits) continue;
        if (at[k] != kAbsent)
          throw in.error(i,
                         fmt::format("two columns for the {}: '{}' and '{}'", known.what,
                                     names[at[k]], names[i]),
                         "one of them, by the option that names the column");
        at[k] = i;
      }
      if (at[k] == kAbsent && !wanted.empty())
        throw in.error(0, fmt::format("no column '{}'", wanted), join(names),
                       nearest(wanted, std::span<const std::string>(names)));
      if (at[k] == kAbsent && known.needed)
        throw in.error(0, fmt::format("no column for the {}", known.what),
                       join(known.names) + ", or the option that names it");
      if (at[k] != kAbsent) out.columns.*(known.column) = names[at[k]];
    }
    if (has(kClaimed) == has(kProgram))
      throw in.error(0,
                     has(kClaimed) ? "both a claimed value and an import programme"
                                   : "neither a claimed value nor an import programme",
                     "a column of the value claimed, or one of programmes with a row for each");
  }

  Month month_of_row() {
    const auto month_text = text(kMonth);
    if (has(kYear)) {
      const auto y = whole(text(kYear)), m = whole(month_text);
      if (!y || *y < 1900 || *y > 2200)
        throw in.error(at[kYear], fmt::format("'{}' is no year", text(kYear)), "e.g. 2025");
      if (!m || *m < 1 || *m > 12)
        throw in.error(at[kMonth], fmt::format("'{}' is no month", month_text), "1 to 12");
      return {*y, *m};
    }
    const auto month = parse_month(month_text);
    if (!month)
      throw in.error(at[kMonth], fmt::format("'{}' is no month", month_text),
                     "YYYY-MM, or 1 to 12 beside a column of the year");
    return *month;
  }

  std::string line_of_row() {
    std::string line;
    for (const char c : text(kLine))
      if (c != '.' && c != ' ') line += c;
    const bool digits =
        std::all_of(line.begin(), line.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || line.size() < 2 || line.size() > 10 || line.size() % 2 != 0)
      throw in.error(at[kLine], fmt::format("'{}' is no tariff line", text(kLine)),
                     "2, 4, 6, 8 or 10 digits, a leading zero among them");
    return line;
  }

  double money(Column c) {
    const double x = in.number(at[c]);
    if (x < 0) throw in.error(at[c], fmt::format("a negative value of {:g}", x), "0 or more");
    return x * rules.unit;
  }

  /// Whether the line is free of MFN duty; nothing where the table does not say.
  std::optional<bool> free_of_duty(const std::string& line) {
    if (has(kMfn)) {
      const auto rate = lower(text(kMfn));
      if (rate == "free") return true;
      const double x = in.number(at[kMfn]);
      if (x < 0) throw in.error(at[kMfn], "a negative rate", "0 or more, or free");
      return x == 0;
    }
    if (rules.rates == nullptr) return {};
    const auto free = rules.rates->is_free(line);
    if (!free)
      throw in.error(at[kLine], fmt::format("no MFN rate for tariff line '{}'", line),
                     "lines of the file of MFN rates, or a prefix of it there");
    return free;
  }

  std::optional<RegionId> region_of_row() {
    const auto name = text(kCountry);
    if (const auto region = rules.countries->find(name)) return region;
    if (!rules.rest) {
      const auto names = rules.countries->names();
      throw in.error(at[kCountry], fmt::format("unknown country '{}'", name),
                     "a code or name of the concordance (--countries), or --rest REGION",
                     nearest(lower(name), std::span<const std::string>(names)));
    }
    out.put_in_rest.emplace(name);
    return rules.rest;
  }

  void read_row() {
    if (in.size() != width)
      throw in.error(std::min(in.size(), width), fmt::format("{} fields", in.size()),
                     fmt::format("{}, as in the header", width));
    const Month month = month_of_row();
    if (month.year() != rules.year) {
      if (!rules.skip_other_years)
        throw in.error(at[has(kYear) ? kYear : kMonth],
                       fmt::format("a row of {}, not of {}", month.year(), rules.year),
                       "--year of the table, or --skip-other-years");
      ++out.other_years;
      return;
    }
    const auto line = line_of_row();
    const auto* sector = rules.lines->find(line);
    if (sector == nullptr)
      throw in.error(at[kLine], fmt::format("tariff line '{}' is in no sector", line),
                     "a prefix of it in " + rules.lines->path());
    const auto region = region_of_row();
    const double value = money(kValue);
    const double claimed = has(kClaimed)                                          ? money(kClaimed)
                           : rules.claiming.contains(std::string{text(kProgram)}) ? value
                                                                                  : 0;
    if (claimed > value + kRounding * rules.unit)
      throw in.error(at[kClaimed], "more is claimed than was imported", "at most the value");
    ++out.rows;
    out.months.insert(month);
    const auto& origin = rules.regions[region->index()];
    if (!rules.origins.empty() && !rules.origins.contains(origin)) {
      ++out.other_origins;
      return;
    }
    const auto free = free_of_duty(line);
    add(month, origin, std::string{ClaimsTable::kAllSectors}, free, value, claimed);
    if (sector->sector)
      add(month, origin, rules.sectors[sector->sector->index()], free, value, claimed);
    else
      out.outside += value / 1e6;
  }

  void add(Month month, const std::string& origin, const std::string& sector,
           std::optional<bool> free, double value, double claimed) {
    const auto to = [&](MfnStatus status, double v, double c) {
      auto& cell = cells[{month, origin, sector, status}];
      cell.value += v;
      cell.claimed += c;
    };
    to(MfnStatus::all, value, claimed);
    if (!free) return;
    // Both are there, so that a status without trade is zero and not missing.
    to(MfnStatus::dutiable, *free ? 0 : value, *free ? 0 : claimed);
    to(MfnStatus::free, *free ? value : 0, *free ? claimed : 0);
  }
};

} // namespace

ClaimsImport read_claims_statistics(const std::string& path, const ClaimsColumns& columns,
                                    const ClaimsRules& rules, OnProgress on_progress) {
  return Reader{path, columns, rules, std::move(on_progress)}.read();
}

} // namespace nearshore::importing
