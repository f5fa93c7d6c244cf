#include "cli/application.hpp"

#include "output/version.hpp"

#include <CLI/CLI.hpp>

namespace nearshore {

int run_application(int argc, char** argv) {
  CLI::App app{"nearshore: North American firm sourcing under tariffs", "nearshore"};
  app.set_version_flag("--version", std::string{version()});
  CLI11_PARSE(app, argc, argv);
  return 0;
}

} // namespace nearshore
