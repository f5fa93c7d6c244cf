// A chart of a finished run as a picture, for papers.
#include "cli/command.hpp"
#include "output/picture/picture.hpp"
#include "policy/text.hpp"

#include <iostream>
#include <memory>

namespace nearshore {

Command plot_command() {
  return {"plot", "Draw a chart of a finished run as SVG, PNG or PDF, without a browser",
          "  nearshore plot history.h5 --what claims -o claims.svg\n"
          "  nearshore plot history.h5 --what decomposition --exporter CA -o causes.pdf\n"
          "  nearshore plot history.h5 --what content --sector machinery -o content.png\n"
          "  nearshore plot history.h5 --what flows --month 2026-06 -o flows.pdf\n"
          "Of an ensemble medians, means and bands over seeds are drawn (docs/report.md).",
          [](OptionSet& options) {
            const auto a = std::make_shared<PictureRequest>();
            options.positional("FILE", a->file, "a trajectory written by nearshore run");
            options.option("--what", "KIND", a->what, join(picture_kinds()), true);
            options.option("-o,--output", "FILE", a->output,
                           "the picture; its ending says how: .svg, .png or .pdf", true);
            options.option("--exporter", "REGION", a->exporter,
                           "whose goods [the first fellow member, MX]");
            options.option("--sector", "SECTOR", a->sector,
                           "of content: a sector or group [manufacturing]");
            options.option(
                "--month", "MONTH", a->month,
                "of flows and content, and of titles [a year after the reference month]");
            return [a] {
              write_picture(*a);
              std::cout << "written: " << a->output << "\n";
              return 0;
            };
          }};
}

} // namespace nearshore
