#pragma once

namespace nearshore {
/// The program: parses the command line, runs one command, returns the exit code.
int run_application(int argc, char** argv);
} // namespace nearshore
