#pragma once
// Dates as the law writes them and months as the model counts them.
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace nearshore {

/// A calendar month; `count` is months since January of year 0, so months subtract to a number of
/// months.
struct Month {
  int count{0};

  constexpr Month() = default;
  constexpr Month(int year, int month) : count(year * 12 + month - 1) {}
  [[nodiscard]] constexpr int year() const { return count / 12; }
  [[nodiscard]] constexpr int month() const { return count % 12 + 1; } ///< 1 to 12
  [[nodiscard]] int days() const;
  [[nodiscard]] std::string text() const; ///< "2025-06"
  constexpr auto operator<=>(const Month&) const = default;
  constexpr Month operator+(int months) const {
    Month m = *this;
    m.count += months;
    return m;
  }
  constexpr int operator-(Month other) const { return count - other.count; }
};

struct Date {
  int year{0}, month{1}, day{1};
  constexpr auto operator<=>(const Date&) const = default;
  [[nodiscard]] constexpr Month in_month() const { return {year, month}; }
  [[nodiscard]] std::string text() const; ///< "2025-06-04"
};

/// "2025-06"; nothing if the text is no month.
std::optional<Month> parse_month(std::string_view text);
/// "2025-06-04", or "2025-06" for its first day; nothing if the text is no date.
std::optional<Date> parse_date(std::string_view text);
/// Share of the days of `month` on which something in force from `start` up to, not including,
/// `end` applies.
double share_in_force(Month month, Date start, std::optional<Date> end);

} // namespace nearshore
