#pragma once
// A script for gnuplot (Debian: gnuplot-nox), and running it.
#include "output/picture/picture_format.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace nearshore {

/// A literal of gnuplot: in single quotes, in which it neither expands nor runs anything; line ends
/// and other control characters become spaces, what is no UTF-8 or not allowed in XML U+FFFD.
std::string gnuplot_literal(std::string_view text);
/// A literal that shows the text as it is: what enhanced text would read as marks is escaped.
std::string gnuplot_text(std::string_view text, bool bold = false);

/// Words of a text in lines of at most `width` characters (UTF-8), a longer word alone.
std::vector<std::string> wrapped(const std::string& text, std::size_t width);

/// What surrounds a chart: title and units above, sources below.
struct Frame {
  std::string title, subtitle, source;
  double left{0.08}, right{0.97}; ///< of the chart, as parts of the picture's width
  double key_lines{1};            ///< lines of legend under the chart
};

/// Terminal, margins, texts. The picture goes to standard output: no text is ever a name of a file,
/// which gnuplot would take for a command where it begins with '|'.
std::string frame_script(const Frame& frame, PictureFormat format);

/// What a script draws. Throws Error (kind resource) where gnuplot is missing or fails; its words
/// are in the message.
std::string run_gnuplot(const std::string& script);

} // namespace nearshore
