// SPDX-License-Identifier: GPL-3.0-or-later
// first_paint FRAMEBUFFER COMMAND...: starts a program and prints the milliseconds until it has painted a window.
//
// FRAMEBUFFER is the file into which Xvfb maps its screen (-fbdir). The window counts as painted when a tenth of the
// screen is other than it was before: the program is watched from outside, and needs to know nothing of it.
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

int main(int argc, char** argv)
{
    using namespace std::chrono_literals;
    using Clock = std::chrono::steady_clock;
    if (argc < 3) {
        std::fputs("usage: first_paint FRAMEBUFFER COMMAND...\n", stderr);
        return 2;
    }
    const int fd = ::open(argv[1], O_RDONLY);
    struct stat status = {};
    if (fd < 0 || ::fstat(fd, &status) != 0) {
        std::perror(argv[1]);
        return 3;
    }
    const auto size = static_cast<std::size_t>(status.st_size);
    const auto* screen = static_cast<const std::uint32_t*>(::mmap(nullptr, size, PROT_READ, MAP_SHARED, fd, 0));
    if (screen == MAP_FAILED) {
        std::perror("mmap");
        return 3;
    }
    const std::size_t pixels = size / sizeof *screen;
    const std::vector<std::uint32_t> before(screen, screen + pixels);
    const auto start = Clock::now();
    const pid_t child = ::fork();
    if (child == 0) {
        ::execvp(argv[2], argv + 2);
        std::_Exit(127);
    }
    constexpr std::size_t step = 7; // every seventh pixel tells as much
    bool isPainted = false;
    while (!isPainted && Clock::now() - start < 20s) {
        std::size_t changed = 0;
        for (std::size_t i = 0; i < pixels; i += step) changed += screen[i] != before[i] ? 1 : 0;
        isPainted = changed * step > pixels / 10;
        if (!isPainted) std::this_thread::sleep_for(500us);
    }
    const auto ms = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
    ::kill(child, SIGTERM);
    std::this_thread::sleep_for(50ms);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    if (!isPainted) {
        std::fputs("first_paint: nothing was painted within 20 s\n", stderr);
        return 1;
    }
    std::printf("%.0f\n", ms);
}
