// A chart of a finished run as a picture, for papers.
#include "cli/command.hpp"
#include "output/picture/picture.hpp"
#include "policy/error.hpp"
#include "policy/text.hpp"

#include <algorithm>
#include <iostream>
#include <memory>

namespace nearshore {
namespace {

void require_what_is_needed(const PictureRequest& a, const std::vector<std::string>& files) {
  const auto& kinds = picture_kinds();
  const bool kind_first = std::find(kinds.begin(), kinds.end(), files.front()) != kinds.end();
  if (a.what.empty())
    throw Error{ErrorKind::input, "no kind is given", "--what", join(kinds),
                kind_first ? "--what " + files.front() : ""};
  if (a.output.empty())
    throw Error{ErrorKind::input, "the picture has no name", "--output",
                "a name that ends in .svg, .png or .pdf"};
  if (files.size() > 1)
    throw Error{ErrorKind::input, "unexpected argument '" + files[1] + "'", "plot",
                "one trajectory"};
}

} // namespace

Command plot_command() {
  return {"plot", "Draw a chart of a finished run as SVG, PNG or PDF, without a browser",
          "  nearshore plot history.h5 --what claims -o claims.svg\n"
          "  nearshore plot history.h5 --what decomposition --exporter CA -o causes.pdf\n"
          "  nearshore plot history.h5 --what content --sector machinery -o content.png\n"
          "  nearshore plot history.h5 --what flows --month 2026-06 -o flows.pdf\n"
          "Of an ensemble medians, means and bands over seeds are drawn (docs/report.md).",
          [](OptionSet& options) {
            const auto a = std::make_shared<PictureRequest>();
            // Taken as several, so that `plot claims FILE` can be told what it lacks.
            const auto files = std::make_shared<std::vector<std::string>>();
            options.positional("FILE", *files, "a trajectory written by nearshore run");
            options.option("--what", "KIND", a->what, join(picture_kinds()));
            options.option("-o,--output", "FILE", a->output,
                           "the picture; its ending says how: .svg, .png or .pdf");
            options.option("--exporter", "REGION", a->exporter,
                           "whose goods [the first fellow member, MX]");
            options.option("--sector", "SECTOR", a->sector,
                           "of content: a sector or group [manufacturing]");
            options.option(
                "--month", "MONTH", a->month,
                "of flows and content, and of titles [a year after the reference month]");
            return [a, files] {
              require_what_is_needed(*a, *files);
              a->file = files->front();
              write_picture(*a);
              std::cout << "written: " << a->output << "\n";
              return 0;
            };
          }};
}

} // namespace nearshore
