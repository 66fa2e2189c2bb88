// SPDX-License-Identifier: GPL-3.0-or-later
// bench [--large] [--smoke] [Google Benchmark's options]: measures, then prints a line for each goal.
#include "tests/bench/report.h"

#include <cstring>

namespace jiffy::bench
{
void registerAlgorithm();
void registerAlgorithms();
void registerRecording();
void registerText();
void registerTimeTravel();
void registerFind();
void registerDaemon();
void registerKernel();
} // namespace jiffy::bench

int main(int argc, char** argv)
{
    using namespace jiffy::bench;
    Options options;
    int kept = 1;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--large") == 0)
            options.large = true;
        else if (std::strcmp(argv[i], "--smoke") == 0)
            options.smoke = true;
        else
            argv[kept++] = argv[i];
    }
    setOptions(options);
    registerAlgorithm();
    registerAlgorithms();
    registerRecording();
    registerTimeTravel();
    registerFind();
    registerDaemon();
    registerKernel();
    registerText();
    benchmark::Initialize(&kept, argv);
    if (benchmark::ReportUnrecognizedArguments(kept, argv)) return 2;
    benchmark::RunSpecifiedBenchmarks();
    printFindings();
    benchmark::Shutdown();
}
