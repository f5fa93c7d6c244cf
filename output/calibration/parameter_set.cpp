#include "output/calibration/parameter_set.hpp"

#include <algorithm>
#include <cmath>
#include <random>

namespace nearshore {
namespace {

using Place = std::vector<double>;

double distance(const Place& a, const Place& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    sum += (a[i] - b[i]) * (a[i] - b[i]);
  return sum;
}

/// A standard normal number from bits that the C++ standard fixes (its distributions are not).
double normal(std::mt19937_64& bits) {
  const auto uniform = [&] { return (static_cast<double>(bits() >> 11) + 0.5) * 0x1p-53; };
  const double radius = std::sqrt(-2 * std::log(uniform()));
  return radius * std::cos(6.283185307179586 * uniform());
}

class Draws {
public:
  Draws(const CalibrationProblem& problem, const Shape& s, const Place& from)
      : shape(s), centre(from), bits(problem.method.search_seed) {
    // A move by x along a direction adds (x * singular)^2 to the sum of squares.
    const double allowed = std::sqrt(problem.method.set_tolerance * total_weight(problem.targets));
    for (const auto& d : shape.directions)
      reach.push_back(d.singular * 0.5 > allowed ? allowed / d.singular : 0.5);
  }

  /// To both ends of every direction, the weakest first.
  [[nodiscard]] std::vector<Place> ends() const {
    std::vector<Place> out;
    for (std::size_t k = shape.directions.size(); k-- > 0;)
      for (const double sign : {1.0, -1.0}) {
        Place place = centre;
        step(place, k, sign * reach[k]);
        out.push_back(clipped(place));
      }
    return out;
  }

  /// On the approximated edge of the region, times `width`.
  Place random(double width) {
    std::vector<double> along(shape.directions.size());
    double length = 0;
    for (double& x : along) {
      x = normal(bits);
      length += x * x;
    }
    Place place = centre;
    for (std::size_t k = 0; k < along.size(); ++k)
      step(place, k, width * reach[k] * along[k] / std::sqrt(length));
    return clipped(place);
  }

private:
  const Shape& shape;
  Place centre;
  std::mt19937_64 bits;
  std::vector<double> reach;

  void step(Place& place, std::size_t direction, double by) const {
    for (std::size_t p = 0; p < place.size(); ++p)
      place[p] += by * shape.directions[direction].weights[p];
  }
  static Place clipped(Place place) {
    for (double& x : place)
      x = std::clamp(x, 0.0, 1.0);
    return place;
  }
};

} // namespace

std::vector<std::size_t> spread_apart(const std::vector<Place>& places, std::size_t first,
                                      std::size_t members) {
  std::vector<std::size_t> taken{first};
  std::vector<double> nearest;
  for (const auto& place : places)
    nearest.push_back(distance(place, places[first]));
  while (taken.size() < members) {
    const auto far = static_cast<std::size_t>(std::max_element(nearest.begin(), nearest.end()) -
                                              nearest.begin());
    if (nearest[far] <= 0) break; // all others are taken, or the same
    taken.push_back(far);
    for (std::size_t i = 0; i < places.size(); ++i)
      nearest[i] = std::min(nearest[i], distance(places[i], places[far]));
  }
  return taken;
}

std::vector<Evaluation> parameter_set(Evaluator& evaluate, const Shape& shape, std::size_t members,
                                      std::size_t draws) {
  const auto& problem = evaluate.problem();
  constexpr const char* kStage = "set";
  Draws draw{problem, shape, problem.places(evaluate.best().values)};
  auto ends = draw.ends();
  ends.resize(std::min(ends.size(), draws));
  evaluate.at(ends, kStage);
  constexpr std::size_t kBatch = 4;
  double width = 1;
  for (std::size_t done = ends.size(); done < draws;) {
    std::vector<Place> batch;
    for (; batch.size() < kBatch && done < draws; ++done)
      batch.push_back(draw.random(width));
    const double limit = evaluate.best().objective + problem.method.set_tolerance;
    const auto evaluated = evaluate.at(batch, kStage);
    const auto good = std::count_if(evaluated.begin(), evaluated.end(),
                                    [&](const auto& e) { return e.objective <= limit; });
    width *= good >= 3 ? 1.3 : good <= 1 ? 0.75 : 1;
  }

  const double limit = evaluate.best().objective + problem.method.set_tolerance;
  std::vector<Evaluation> pool{evaluate.best()};
  std::vector<Place> places{problem.places(pool.front().values)};
  for (const auto& e : evaluate.seen())
    if (e.objective <= limit) {
      pool.push_back(e);
      places.push_back(problem.places(e.values));
    }
  std::vector<Evaluation> out;
  for (const auto i : spread_apart(places, 0, members))
    out.push_back(pool[i]);
  return out;
}

} // namespace nearshore
