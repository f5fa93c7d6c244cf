// Read-only NumPy views of the population's columns. Each view holds the simulation: it stays valid
// as long as it is held, and shows the month run last.
#include "stepper.hpp"

namespace nearshore::python {
namespace {

template <class T>
py::array view(const py::object& owner, const T* data, std::vector<py::ssize_t> shape,
               std::vector<py::ssize_t> strides) {
  py::array array{py::dtype::of<T>(), std::move(shape), std::move(strides), data, owner};
  py::detail::array_proxy(array.ptr())->flags &= ~py::detail::npy_api::NPY_ARRAY_WRITEABLE_;
  return array;
}

/// A column of `rows` rows with `wide` values each.
template <class T>
py::array column(const py::object& owner, const T* data, std::size_t rows, std::size_t wide = 1) {
  const auto n = static_cast<py::ssize_t>(rows), w = static_cast<py::ssize_t>(wide);
  constexpr auto kSize = static_cast<py::ssize_t>(sizeof(T));
  if (wide == 1) return view(owner, data, {n}, {kSize});
  return view(owner, data, {n, w}, {w * kSize, kSize});
}

const Population& population(const py::object& self) {
  return *self.cast<const Firms&>().population;
}

/// One field of the cards, which lie beside one another.
template <class T> py::array of_card(const py::object& self, T Card::*field) {
  const auto& firms = population(self);
  return view(self, &(firms.card.data()->*field), {static_cast<py::ssize_t>(firms.card.size())},
              {static_cast<py::ssize_t>(sizeof(Card))});
}

std::string text_of(const char* shape, const char* unit, const char* pass) {
  return std::string{unit} + "; shape (" + shape + "); written by: " + pass;
}

} // namespace

void bind_firms(py::module_& module) {
  py::class_<Firms> firms(module, "Firms");
  firms.def("__len__", [](const Firms& f) { return f.population->firms(); });
#define COLUMN(name, shape, unit, pass, rows, wide)                                                \
  firms.def_property_readonly(                                                                     \
      #name,                                                                                       \
      [](const py::object& self) {                                                                 \
        const auto& p = population(self);                                                          \
        return column(self, p.name.data(), rows, wide);                                            \
      },                                                                                           \
      text_of(shape, unit, pass).c_str());
#define FIRM(type, name, unit, pass) COLUMN(name, "firms,", unit, pass, p.name.size(), 1)
#define INPUT(type, name, unit, pass) COLUMN(name, "inputs,", unit, pass, p.name.size(), 1)
#define LINK(type, name, unit, pass) COLUMN(name, "links,", unit, pass, p.name.size(), 1)
#define DESK(type, name, unit, pass) COLUMN(name, "desks,", unit, pass, p.name.size(), 1)
#define MARKET(type, name, unit, pass) COLUMN(name, "firms, regions", unit, pass, p.firms(), p.R)
#define BOOK(type, name, unit, pass) COLUMN(name, "firms, books", unit, pass, p.firms(), p.books)
#include "agents/firm_columns.def"
  COLUMN(first_input, "firms + 1,", "index into inputs", "base year", p.first_input.size(), 1)
  COLUMN(first_link, "inputs + 1,", "index into links", "base year", p.first_link.size(), 1)
  COLUMN(first_desk, "firms + 1,", "index into desks", "base year", p.first_desk.size(), 1)
#undef COLUMN
  // Of last month and of this one in turn: to be asked for anew after each step.
  firms.def_property_readonly(
      "price", [](const py::object& self) { return of_card(self, &Card::price); },
      "price before freight and duty, base = 1; shape (firms,); ask anew after each step");
  firms.def_property_readonly(
      "claims", [](const py::object& self) { return of_card(self, &Card::claims); },
      "bits: claims preference in its market of that place (desks); shape (firms,); ask anew "
      "after each step");
  firms.def_property_readonly(
      "originating", [](const py::object& self) { return of_card(self, &Card::origin); },
      "bits: originates under the agreement of that place; shape (firms,); ask anew after each "
      "step");
  firms.def_property_readonly(
      "content",
      [](const py::object& self) {
        const auto& p = population(self);
        constexpr auto kSize = static_cast<py::ssize_t>(sizeof(float));
        return view(self, p.content.data(),
                    {static_cast<py::ssize_t>(p.firms()), static_cast<py::ssize_t>(p.R)},
                    {static_cast<py::ssize_t>(p.content_row) * kSize, kSize});
      },
      "share of each region in the value added of a firm's good, sums to 1; shape (firms, "
      "regions); ask anew after each step");
}

} // namespace nearshore::python
