#pragma once
// The months of runs as NumPy arrays with the numbers that a file would hold.
#include "bindings.hpp"

#include "output/variable.hpp"

#include <atomic>
#include <optional>
#include <vector>

namespace nearshore::python {

/// Arrays [run][month][the variable's axes] of some variables, filled by runs on any threads.
class Arrays {
public:
  /// `names`: variables to keep; nothing: all. Throws Error (input) for one that does not exist.
  /// Needs the interpreter's lock.
  Arrays(const Reporting& reporting, std::size_t runs, std::size_t months,
         const std::optional<std::vector<std::string>>& names);

  /// Writes a month of a run; needs no lock, months of different runs may come at once.
  void put(std::size_t run, std::size_t month, const MonthRecord& record,
           std::vector<double>& scratch) const;
  [[nodiscard]] const py::dict& by_name() const { return arrays; }

private:
  struct Kept {
    const Variable* variable;
    std::size_t length;
    void* data;
  };
  Reporting reporting;
  std::size_t months;
  std::vector<Kept> kept;
  py::dict arrays;
};

/// Thrown inside a run that is to end at the user's wish.
struct Interrupted {};

/// Puts the months of one run into arrays. Throws Interrupted at the end of a month once `stop` is
/// set.
class Recorder : public Observer {
public:
  Recorder(const Arrays& arrays, std::size_t run, Month first, const std::atomic<bool>& stop,
           std::atomic<std::int64_t>& done)
      : out(arrays), number(run), first_month(first), stopping(stop), months_done(done) {}
  void on_month(const MonthRecord& record) override;

private:
  const Arrays& out;
  std::size_t number;
  Month first_month;
  const std::atomic<bool>& stopping;
  std::atomic<std::int64_t>& months_done;
  std::vector<double> scratch;
};

} // namespace nearshore::python
