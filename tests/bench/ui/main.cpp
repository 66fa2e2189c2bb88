// SPDX-License-Identifier: GPL-3.0-or-later
// ui_bench [--smoke] [Google Benchmark's options]: goals about pictures, then a line for each. Without a display.
#include "tests/bench/report.h"

#include <QApplication>

#include <cstring>

namespace jiffy::bench
{
void registerCompare();
void registerCompareView();
void registerFlow();
void registerFrames();
void registerTimeline();
} // namespace jiffy::bench

int main(int argc, char** argv)
{
    using namespace jiffy::bench;
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication app(argc, argv);
    Options options;
    int kept = 1;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--smoke") == 0) options.smoke = true;
        else argv[kept++] = argv[i];
    }
    setOptions(options);
    registerFrames();
    registerFlow();
    registerCompare();
    registerCompareView();
    registerTimeline();
    benchmark::Initialize(&kept, argv);
    if (benchmark::ReportUnrecognizedArguments(kept, argv)) return 2;
    benchmark::RunSpecifiedBenchmarks();
    printFindings();
    benchmark::Shutdown();
}
