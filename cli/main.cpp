#include "cli/application.hpp"

int main(int argc, char** argv) {
  return nearshore::run_application(argc, argv);
}
