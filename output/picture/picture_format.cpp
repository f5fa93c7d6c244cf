#include "output/picture/picture_format.hpp"

#include "policy/error.hpp"

#include <filesystem>

namespace nearshore {
namespace {

using namespace std::string_view_literals;

constexpr auto kPngStart = "\x89PNG\r\n\x1a\n"sv;
constexpr auto kPngEnd = "\0\0\0\0IEND\xae\x42\x60\x82"sv;

bool ends_in(std::string_view bytes, std::string_view end) {
  const auto last = bytes.find_last_not_of(" \r\n");
  return bytes.substr(0, last == bytes.npos ? 0 : last + 1).ends_with(end);
}

} // namespace

PictureFormat picture_format(const std::string& output) {
  const auto ending = std::filesystem::path{output}.extension();
  if (ending == ".svg") return PictureFormat::svg;
  if (ending == ".png") return PictureFormat::png;
  if (ending == ".pdf") return PictureFormat::pdf;
  throw Error{ErrorKind::input, "'" + output + "'", "--output",
              "a name that ends in .svg, .png or .pdf"};
}

FileKind picture_kind(PictureFormat format) {
  if (format == PictureFormat::png) return beginning_with(std::string{kPngStart}, "PNG");
  if (format == PictureFormat::pdf) return beginning_with("%PDF-", "PDF");
  return {"SVG", [](std::string_view text) {
            return (text.starts_with("<?xml") || text.starts_with("<svg")) &&
                   text.find("<svg") != text.npos;
          }};
}

bool is_complete_picture(PictureFormat format, std::string_view bytes) {
  if (format == PictureFormat::png) return bytes.starts_with(kPngStart) && bytes.ends_with(kPngEnd);
  if (format == PictureFormat::pdf) return bytes.starts_with("%PDF-") && ends_in(bytes, "%%EOF");
  return bytes.starts_with("<?xml") && ends_in(bytes, "</svg>");
}

} // namespace nearshore
