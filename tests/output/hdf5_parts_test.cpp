// What is handed from the process that reads a file on trial to the one that must not.
#include "output/hdf5_parts.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <thread>
#include <unistd.h>

using namespace nearshore;
using namespace nearshore::hdf5;
using Catch::Contains;

namespace {

/// The message of what `send` writes, received; empty where a file can be built.
template <class Send> std::string received(Send send, std::uint64_t most = 1 << 20) {
  std::array<int, 2> pipe{};
  REQUIRE(::pipe(pipe.data()) == 0);
  std::thread writer{[&] {
    PartWriter to{pipe[1]};
    send(to);
    to.flush();
    ::close(pipe[1]);
  }};
  std::string message;
  try {
    const auto held = lock();
    PartReader from{pipe[0], most};
    const Handle file = receive_file(from);
  } catch (const Error& e) {
    message = e.what_is_wrong;
  }
  std::array<char, 4096> rest{};
  while (::read(pipe[0], rest.data(), rest.size()) > 0) {
  }
  writer.join();
  ::close(pipe[0]);
  return message;
}

void variable(PartWriter& to, const std::string& name, const std::vector<hsize_t>& shape) {
  to.letter('d');
  to.text(name);
  to.type({PartType::integer, 4, 0, 0});
  to.shape(shape);
}

void values(PartWriter& to, const std::string& name, const std::vector<std::int32_t>& list) {
  to.letter('V');
  to.text(name);
  to.bytes(list.data(), list.size() * sizeof list[0]);
}

} // namespace

TEST_CASE("parts of a file are built, and what is none is refused", "[output][seal]") {
  CHECK(received([](PartWriter& to) {
          variable(to, "x", {3});
          values(to, "x", {1, 2, 3});
          to.letter('.');
        }).empty());
  CHECK_THAT(received([](PartWriter& to) { variable(to, "x", {3}); }), Contains("ends early"));
  CHECK_THAT(received([](PartWriter& to) { values(to, "x", {1}); }), Contains("is no variable"));
  CHECK_THAT(received([](PartWriter& to) { variable(to, "", {3}); }), Contains("a name"));
  CHECK_THAT(received([](PartWriter& to) {
               to.letter('?');
               to.text("x");
             }),
             Contains("an unknown part"));
  CHECK_THAT(received([](PartWriter& to) {
               variable(to, "x", {hsize_t{1} << 40, hsize_t{1} << 40});
             }),
             Contains("can be counted"));
  CHECK_THAT(received([](PartWriter& to) { variable(to, "x", std::vector<hsize_t>(33, 1)); }),
             Contains("too many axes"));
  CHECK_THAT(received([](PartWriter& to) {
               to.letter('d');
               to.text("x");
               to.type({PartType::number, 3, 0, 0});
               to.shape({1});
             }),
             Contains("numbers of 3 bytes"));
  CHECK_THAT(received([](PartWriter& to) {
               variable(to, "x", {1, 2});
               values(to, "x", {1, 2});
               values(to, "x", {3, 4}); // a second place of one
             }),
             Contains("cannot"));
  CHECK_THAT(received([](PartWriter& to) {
               variable(to, "x", {2});
               variable(to, "n", {2});
               to.letter('s');
               to.text("n");
               to.text("label");
               to.letter('x');
               to.text("x");
               to.number(1); // of one axis
               to.text("/n");
             }),
             Contains("an axis that there is not"));
}

TEST_CASE("no more is taken than there is memory for", "[output][seal]") {
  const auto much = [](PartWriter& to) {
    variable(to, "x", {1000});
    values(to, "x", std::vector<std::int32_t>(1000, 7));
    to.letter('.');
  };
  CHECK(received(much, 5000).empty());
  CHECK_THAT(received(much, 4000), Contains("memory"));
  // An announcement alone takes nothing: the texts of 2^60 bytes do not come.
  CHECK_THAT(received(
                 [](PartWriter& to) {
                   to.letter('g');
                   to.number(std::uint64_t{1} << 60);
                 },
                 std::uint64_t{1} << 62),
             Contains("ends early"));
}
