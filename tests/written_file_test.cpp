// Files that are whole or not there, and what they may be written over.
#include "policy/error.hpp"
#include "policy/text.hpp"
#include "sim/checkpoint/written_file.hpp"
#include "tests/world_fixture.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

using namespace nearshore;
using nearshore::test::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

struct Fixture {
  TemporaryFolder folder{"nearshore-written"};
  std::string table = folder.text() + "/t.csv";

  void put(const std::string& path, const std::string& text) const {
    std::ofstream{path, std::ios::binary} << text;
  }
  [[nodiscard]] std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator{folder.text()}, fs::directory_iterator{}));
  }
};

ErrorKind kind_of(const OutputPlace& place) {
  try {
    check_place(place);
  } catch (const Error& e) {
    return e.kind;
  }
  return ErrorKind::internal; // none
}

} // namespace

TEST_CASE("a table is written over by one of the same columns", "[written_file]") {
  const Fixture f;
  write_output({f.table, table_like("# of May\na,b\n1,2\n")}, "# of May\na,b\n1,2\n");
  write_output({f.table, table_like("a,b\n")}, "a,b\n3,4\n");
  CHECK(read_text_file(f.table) == "a,b\n3,4\n");
  CHECK_THROWS_AS(write_output({f.table, table_like("a,c\n")}, "a,c\n"), Error);
  CHECK_THROWS_AS(write_output({f.table, table_like("")}, ""), Error);
  CHECK(read_text_file(f.table) == "a,b\n3,4\n");
  for (const char* own : {"", "a,b", "# only\na,b", "a,b\r\n1,2\r\n"}) {
    f.put(f.table, own);
    CHECK_NOTHROW(check_place({f.table, table_like("a,b\n")}));
  }
  for (const char* other : {"\n", "#", "# a,b", "a,b,c\n"}) {
    f.put(f.table, other);
    CHECK(kind_of({f.table, table_like("a,b\n")}) == ErrorKind::resource);
  }
  CHECK(f.files() == 1);
}

TEST_CASE("what is read is not written over, by whatever name", "[written_file]") {
  const Fixture f;
  const auto any = file_of_our_own();
  f.put(f.table, "x");
  fs::create_symlink(f.table, f.folder.text() + "/soft");
  fs::create_hard_link(f.table, f.folder.text() + "/hard");
  fs::create_hard_link(f.table, f.folder.text() + "/new.partial");
  fs::create_hard_link(f.table, f.folder.text() + "/late.lock");
  for (const char* name : {"/t.csv", "/soft", "/hard", "/new", "/late"})
    CHECK(kind_of({f.folder.text() + name, any, "-o", {"none", f.table}}) == ErrorKind::input);
  CHECK_NOTHROW(check_place({f.folder.text() + "/other", any, "-o", {"none", f.table}}));
  // Without inputs the file beside is replaced, and what it was linked to stays.
  write_output({f.folder.text() + "/new", any}, "y");
  CHECK(read_text_file(f.table) == "x");
}

TEST_CASE("what fails leaves the file as it was and nothing beside it", "[written_file]") {
  const Fixture f;
  f.put(f.table, "old");
  const OutputPlace place{f.table, file_of_our_own()};
  const auto failing = [&](const std::string& beside) {
    f.put(beside, "half");
    throw Error{ErrorKind::disk_full, "no room", beside};
  };
  try {
    PendingFile{place, failing};
    FAIL("written");
  } catch (const Error& e) {
    CHECK(e.kind == ErrorKind::disk_full);
    CHECK(e.where == f.table); // not the one beside
  }
  {
    const PendingFile unnamed{place, [&](const std::string& beside) { f.put(beside, "new"); }};
  }
  const OutputPlace missing{f.folder.text() + "/none/t.csv", file_of_our_own()};
  CHECK_THROWS_AS(write_outputs({{place, "new"}, {missing, "new"}}), Error);
  CHECK(read_text_file(f.table) == "old");
  CHECK(f.files() == 1);
}
