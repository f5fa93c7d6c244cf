#include "policy/calendar.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace nearshore {
namespace {

int days_in(int year, int month) {
  static constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
}

std::optional<int> digits(std::string_view text) {
  int value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc{} || end != text.data() + text.size() || text.front() == '-') return {};
  return value;
}

} // namespace

int Month::days() const {
  return days_in(year(), month());
}

std::string Month::text() const {
  std::array<char, 32> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02d", year(), month());
  return out.data();
}

std::string Date::text() const {
  std::array<char, 48> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02d-%02d", year, month, day);
  return out.data();
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() == 7) {
    if (const auto m = parse_month(text)) return Date{m->year(), m->month(), 1};
    return {};
  }
  if (text.size() != 10 || text[7] != '-') return {};
  const auto m = parse_month(text.substr(0, 7));
  const auto day = digits(text.substr(8));
  if (!m || !day || *day < 1 || *day > m->days()) return {};
  return Date{m->year(), m->month(), *day};
}

std::optional<Month> parse_month(std::string_view text) {
  if (text.size() != 7 || text[4] != '-') return {};
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5));
  if (!year || !month || *month < 1 || *month > 12 || *year < 1900 || *year > 2200) return {};
  return Month{*year, *month};
}

double share_in_force(Month month, Date start, std::optional<Date> end) {
  const auto first_day = [&](Date d) { // 0-based day of `month` on which d falls, clamped
    if (d.in_month() < month) return 0;
    if (d.in_month() > month) return month.days();
    return d.day - 1;
  };
  const int from = first_day(start);
  const int to = end ? first_day(*end) : month.days();
  return static_cast<double>(std::max(0, to - from)) / month.days();
}

} // namespace nearshore
