#include "output/picture/gnuplot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <sstream>

namespace nearshore {
namespace {

constexpr double kWidth = 900, kHeight = 600; ///< points of the screen; paper is 16 cm wide
constexpr double kLine = 0.034;               ///< height of a line of text, of the picture

std::size_t characters(std::string_view text) {
  std::size_t n = 0;
  for (const char c : text)
    n += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return n;
}

std::string terminal(PictureFormat format) {
  if (format == PictureFormat::svg)
    return fmt::format("set terminal svg size {},{} font 'Liberation Sans,15' background 'white'\n"
                       "dot = 0.55\n",
                       kWidth, kHeight);
  if (format == PictureFormat::png) // 16 cm at 300 dpi
    return fmt::format("set terminal pngcairo size {},{} font 'Liberation Sans,15' fontscale 1.5 "
                       "linewidth 2 pointscale 2\ndot = 1\n",
                       2 * kWidth, 2 * kHeight);
  return "set terminal pdfcairo size 16cm,10.67cm font 'Liberation Sans,8' linewidth 1 "
         "pointscale 0.6\ndot = 1\n";
}

/// Bytes of the character that begins a text, 0 where it is none of UTF-8 that XML allows.
std::size_t character_bytes(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  const std::size_t n = first < 0x80             ? 1
                        : (first & 0xE0) == 0xC0 ? 2
                        : (first & 0xF0) == 0xE0 ? 3
                        : (first & 0xF8) == 0xF0 ? 4
                                                 : 0;
  if (n == 0 || n > text.size()) return 0;
  std::uint32_t code = n == 1 ? first : first & (0x7FU >> n);
  for (std::size_t i = 1; i < n; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
    code = code << 6 | (byte(i) & 0x3FU);
  }
  constexpr std::array<std::uint32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  const bool none = code == 0xFFFE || code == 0xFFFF || code > 0x10FFFF;
  return code < kLeast[n] || surrogate || none ? 0 : n;
}

} // namespace

std::string gnuplot_literal(std::string_view text) {
  std::string out = "'";
  while (!text.empty()) {
    const auto n = character_bytes(text);
    if (n == 0)
      out += "\uFFFD";
    else if (n == 1 && static_cast<unsigned char>(text[0]) < ' ')
      out += ' ';
    else
      out += text[0] == '\'' ? "''" : text.substr(0, n);
    text.remove_prefix(std::max<std::size_t>(n, 1));
  }
  return out + "'";
}

std::string gnuplot_text(std::string_view text, bool bold) {
  std::string out = bold ? "{/:Bold " : "";
  for (const char c : text) {
    if (std::string_view{"\\{}^_@&~"}.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return gnuplot_literal(bold ? out + "}" : out);
}

std::vector<std::string> wrapped(const std::string& text, std::size_t width) {
  std::vector<std::string> lines;
  std::istringstream words{text};
  for (std::string word; words >> word;) {
    if (!lines.empty() && characters(lines.back()) + 1 + characters(word) <= width)
      lines.back() += ' ' + word;
    else
      lines.push_back(word);
  }
  return lines;
}

std::string frame_script(const Frame& frame, PictureFormat format) {
  std::string out = "set encoding utf8\n" + terminal(format) + "set termoption enhanced\n";
  double y = 0.965;
  const auto write = [&](const std::string& text, std::size_t width, const char* font,
                         const char* colour) {
    for (const auto& line : wrapped(text, width)) {
      out += fmt::format("set label {} at screen 0.02,{:.4f} left font ',{}' tc rgb '{}' front\n",
                         gnuplot_text(line), y, font, colour);
      y -= kLine;
    }
  };
  const bool paper = format == PictureFormat::pdf;
  for (const auto& line : wrapped(frame.title, 86)) {
    out += fmt::format("set label {} at screen 0.02,{:.4f} left font ',{}' front\n",
                       gnuplot_text(line, true), y, paper ? 9 : 17);
    y -= kLine * 1.12;
  }
  write(frame.subtitle, 122, paper ? "7" : "13", "#404040");
  const double top = y - 0.01;
  const auto source = wrapped(frame.source, 132);
  y = 0.022 + kLine * 0.9 * static_cast<double>(source.size() - 1);
  for (const auto& line : source) {
    out += fmt::format("set label {} at screen 0.02,{:.4f} left font ',{}' tc rgb '#404040'\n",
                       gnuplot_text(line), y, paper ? "6.5" : "12");
    y -= kLine * 0.9;
  }
  const double bottom = 0.022 + kLine * 0.9 * static_cast<double>(source.size()) +
                        frame.key_lines * kLine * 0.85 + 0.1;
  out +=
      fmt::format("set lmargin at screen {}\nset rmargin at screen {}\n", frame.left, frame.right);
  out += fmt::format("set tmargin at screen {:.4f}\nset bmargin at screen {:.4f}\n", top, bottom);
  out += fmt::format("set key at screen 0.02,{:.4f} left bottom Left reverse horizontal maxrows {} "
                     "samplen 2.5 width 1 font ',{}'\n",
                     0.022 + kLine * 0.9 * static_cast<double>(source.size()),
                     static_cast<int>(frame.key_lines), paper ? "7" : "13");
  out += "set border 3 lc rgb '#808080'\nset tics nomirror out scale 0.6 tc rgb '#202020'\n"
         "set grid ytics lc rgb '#d8d8d8' lt 1 lw 0.5\n";
  return out;
}

} // namespace nearshore
