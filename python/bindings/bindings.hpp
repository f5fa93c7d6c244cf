#pragma once
// What the files of the Python module share. Each file binds one idea; module.cpp calls them in
// turn.
#include "sim/config/load_scenario.hpp"

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <memory>

namespace nearshore::python {

namespace py = pybind11;

using SharedScenario = std::shared_ptr<Scenario>;

void bind_errors(py::module_& module);     ///< Error as the package's exceptions
void bind_scenario(py::module_& module);   ///< configuration
void bind_tables(py::module_& module);     ///< settings, parameters, variables, columns of firms
void bind_duty(py::module_& module);       ///< the stack of duties on a shipment
void bind_runs(py::module_& module);       ///< whole runs, kept in memory
void bind_comparison(py::module_& module); ///< tables of effects
void bind_simulation(py::module_& module); ///< month by month, with views of the firms

} // namespace nearshore::python
