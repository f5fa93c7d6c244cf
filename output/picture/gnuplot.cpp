#include "output/picture/gnuplot.hpp"

#include "policy/error.hpp"
#include "policy/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <sstream>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

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

std::string terminal(const std::string& output) {
  const auto ending = std::filesystem::path{output}.extension().string();
  if (ending == ".svg")
    return fmt::format("set terminal svg size {},{} font 'Liberation Sans,15' background 'white'\n"
                       "dot = 0.55\n",
                       kWidth, kHeight);
  if (ending == ".png") // 16 cm at 300 dpi
    return fmt::format("set terminal pngcairo size {},{} font 'Liberation Sans,15' fontscale 1.5 "
                       "linewidth 2 pointscale 2\ndot = 1\n",
                       2 * kWidth, 2 * kHeight);
  if (ending == ".pdf")
    return "set terminal pdfcairo size 16cm,10.67cm font 'Liberation Sans,8' linewidth 1 "
           "pointscale 0.6\ndot = 1\n";
  throw Error{ErrorKind::input, "'" + output + "'", "--output",
              "a name that ends in .svg, .png or .pdf"};
}

[[noreturn]] void fail(const std::string& why) {
  throw Error{ErrorKind::resource, why, "gnuplot", "the Debian package gnuplot-nox"};
}

/// An open file that closes itself.
struct Descriptor {
  explicit Descriptor(int n) : number(n) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(number); }
  int number;
};

/// A file without a name, which goes when it is closed.
Descriptor temporary_file() {
  auto name = (std::filesystem::temp_directory_path() / "nearshore-XXXXXX").string();
  const int number = mkstemp(name.data());
  if (number < 0) fail(std::string{"no temporary file: "} + std::strerror(errno));
  unlink(name.c_str());
  return Descriptor{number};
}

/// Runs gnuplot with these files as its input and output, without a shell; the status of waitpid.
int finished(int input, int output) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&files, output, STDERR_FILENO);
  std::string program = "gnuplot", no_defaults = "-d"; // no settings of the user's
  std::array<char*, 3> arguments{program.data(), no_defaults.data(), nullptr};
  pid_t child{};
  const int failed =
      posix_spawnp(&child, program.c_str(), &files, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  if (failed != 0) fail(std::string{"cannot be started: "} + std::strerror(failed));
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

/// The start of what it said, on one line.
std::string words_of(int file) {
  std::string text(1000, '\0');
  lseek(file, 0, SEEK_SET);
  text.resize(static_cast<std::size_t>(std::max<ssize_t>(0, read(file, text.data(), text.size()))));
  return join(wrapped(text, text.size() + 1));
}

} // namespace

std::string gnuplot_literal(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') out += '\'';
    out += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
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

std::string frame_script(const Frame& frame, const std::string& output,
                         const std::string& written) {
  std::string out = "set encoding utf8\n" + terminal(output);
  out += "set termoption enhanced\nset output " + gnuplot_literal(written) + "\n";
  double y = 0.965;
  const auto write = [&](const std::string& text, std::size_t width, const char* font,
                         const char* colour) {
    for (const auto& line : wrapped(text, width)) {
      out += fmt::format("set label {} at screen 0.02,{:.4f} left font ',{}' tc rgb '{}' front\n",
                         gnuplot_text(line), y, font, colour);
      y -= kLine;
    }
  };
  const bool paper = std::filesystem::path{output}.extension() == ".pdf";
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

void run_gnuplot(const std::string& script) {
  // Files, no pipes: nobody waits for the other, however much either says.
  const auto input = temporary_file(), said = temporary_file();
  for (std::size_t done = 0; done < script.size();) {
    const auto n = write(input.number, script.data() + done, script.size() - done);
    if (n <= 0) fail(std::string{"no room for a temporary file: "} + std::strerror(errno));
    done += static_cast<std::size_t>(n);
  }
  lseek(input.number, 0, SEEK_SET);
  const int status = finished(input.number, said.number);
  if (!WIFEXITED(status) || WEXITSTATUS(status) == 127) fail("cannot be started, or was stopped");
  if (WEXITSTATUS(status) != 0) fail("failed: " + words_of(said.number));
}

} // namespace nearshore
