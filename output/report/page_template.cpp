#include "output/report/page_template.hpp"

#include <cstddef>

// The file goes into the object as it is; CMake gives its path and rebuilds when it changes.
asm(".section .rodata\n"
    ".balign 16\n"
    "nearshore_report_page_start:\n"
    ".incbin \"" NEARSHORE_REPORT_PAGE "\"\n"
    "nearshore_report_page_end:\n"
    ".byte 0\n"
    ".globl nearshore_report_page_start\n"
    ".globl nearshore_report_page_end\n"
    ".text\n");

extern "C" {
extern const char nearshore_report_page_start[];
extern const char nearshore_report_page_end[];
}

namespace nearshore {

std::string_view page_template() {
  return {nearshore_report_page_start,
          static_cast<std::size_t>(nearshore_report_page_end - nearshore_report_page_start)};
}

} // namespace nearshore
