// The program's one error type as Python's exceptions, which are classes of the package.
#include "bindings.hpp"

#include "policy/error.hpp"

namespace nearshore::python {
namespace {

const char* class_of(ErrorKind kind) {
  switch (kind) {
  case ErrorKind::input:
    return "ConfigError";
  case ErrorKind::invariant:
    return "AccountsError";
  case ErrorKind::internal:
    return "InternalError";
  default:
    return "ResourceError"; // memory, disk, a file that cannot be written, a lock
  }
}

void raise(const Error& e) {
  const auto type = py::module_::import("nearshore._errors").attr(class_of(e.kind));
  const auto error = type(e.what(), e.what_is_wrong, e.where, e.allowed, e.suggestion);
  PyErr_SetObject(type.ptr(), error.ptr());
}

} // namespace

void bind_errors(py::module_&) {
  py::register_exception_translator([](std::exception_ptr thrown) {
    try {
      if (thrown) std::rethrow_exception(thrown);
    } catch (const Error& e) {
      raise(e);
    }
  });
}

} // namespace nearshore::python
