#include "policy/error.hpp"
#include "policy/one_line.hpp"

#include <catch2/catch.hpp>

using namespace nearshore;
using namespace std::string_literals;

TEST_CASE("messages are one line, whatever users gave", "[error]") {
  CHECK(one_line("Säge, 5 % \\") == "Säge, 5 % \\");
  CHECK(one_line("a\nb\tc\r\x1b[31m\0d\x7f"s) == "a\\nb\\tc\\r\\u001b[31m\\u0000d\\u007f");
  CHECK(has_control_character("a\0b"s));
  CHECK(!has_control_character("a b"));
  const Error error{ErrorKind::input, "no 'a\nb'", "f\0g"s, "one\x01", "c\n"};
  CHECK(error.what() == "f\\u0000g: error: no 'a\\nb'; allowed: one\\u0001; did you mean 'c\\n'?"s);
}
