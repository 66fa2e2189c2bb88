// SPDX-License-Identifier: GPL-3.0-or-later
// A process that edits and keeps its work safe until somebody kills it: autosave_victim FOLDER SEED. It prints the
// number of each state before it hands it over, and never is more than one state ahead of the disk.
#include "tests/victim/victim_state.h"

#include <QCoreApplication>

#include <cstdio>
#include <cstdlib>
#include <random>
#include <thread>

int main(int argc, char** argv)
{
    if (argc != 3) return 2;
    const QCoreApplication app(argc, argv);
    std::mt19937 random(static_cast<unsigned>(std::atoi(argv[2])));
    jiffy::ui::Autosave autosave(QString::fromLocal8Bit(argv[1]));
    for (int i = 1;; ++i) {
        std::printf("%d\n", i);
        std::fflush(stdout);
        autosave.keep(jiffy::test::victimState(i));
        if (random() % 8 == 0) { // everything was saved, and then the next change came
            autosave.wait();
            std::printf("-%d\n", i);
            std::fflush(stdout);
            autosave.clear();
        }
        autosave.wait();
        std::this_thread::sleep_for(std::chrono::microseconds(random() % 3000));
    }
}
