#include "output/sweep/slurm_text.hpp"

#include <catch2/catch.hpp>

using namespace nearshore;

TEST_CASE("a limit of time is one of Slurm's six forms", "[sweep][slurm]") {
  for (const auto* good : {"0", "90", "5:30", "1:00:00", "2-0", "1-12:30", "1-0:0:0"}) {
    CAPTURE(good);
    CHECK(is_slurm_time(good));
  }
  for (const auto* bad : {"", "abc", "-1", "1-", "1.5", "1:2:3:4", "1-2:3:4:5", "1:-2", " 5", "5\n",
                          "5 ", "1-2-3", ":30", "1::2"}) {
    CAPTURE(bad);
    CHECK(!is_slurm_time(bad));
  }
}

TEST_CASE("names in #SBATCH lines stay one word", "[sweep][slurm]") {
  CHECK(slurm_file("/a/b-1.2/", "%j.log") == "/a/b-1.2/%j.log");
  CHECK(slurm_file("/a b/", "%A_%a.log") == "\"/a b/%A_%a.log\"");
  CHECK(slurm_file("/5%j/", "%j.log") == "/5%%j/%j.log"); // no pattern of ours
  CHECK(slurm_file("/\"q\"\\/", "x") == "\"/\\\"q\\\"\\\\/x\"");
  CHECK(slurm_job_name("a b\n#c%d") == "a_b__c_d");
  CHECK(slurm_job_name("paper-work_1.2") == "paper-work_1.2");
}
