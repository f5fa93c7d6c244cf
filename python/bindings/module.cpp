// The module nearshore._core: the program's rooms for Python. The package around it
// (python/nearshore) is what users see.
#include "bindings.hpp"

#include "output/version.hpp"
#include "sim/config/paths.hpp"
#include "sim/config/project_root.hpp"

PYBIND11_MODULE(_core, module) {
  using namespace nearshore;
  module.doc() = "The simulation's core. Use the package nearshore instead.";
  module.attr("version") = std::string{version()};
  module.attr("git_commit") = std::string{git_commit()};
  module.def("project_root", project_root, "Folder that holds configs/.");
  module.def("set_project_root", set_project_root, pybind11::arg("folder"),
             "Where configs/ is, unless NEARSHORE_ROOT says it.");
  python::bind_errors(module);
  python::bind_scenario(module);
  python::bind_tables(module);
  python::bind_duty(module);
  python::bind_runs(module);
  python::bind_comparison(module);
  python::bind_simulation(module);
}
