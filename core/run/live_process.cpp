// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/live_process.h"

#include "core/export/json_lines.h"
#include "core/scenario/position_spec.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace jiffy::core
{

// ---- the stream ------------------------------------------------------------------------------------------------------

bool LiveLog::feed(std::string_view bytes)
{
    constexpr std::size_t longest = 1 << 20;
    while (!bytes.empty()) {
        if (!m_error.empty()) return false;
        const auto end = bytes.find('\n');
        if (end == std::string_view::npos || !m_rest.empty()) {
            m_rest.append(bytes.substr(0, end));
            if (m_rest.size() > longest) {
                m_error = "a line is longer than 1 MiB";
                return false;
            }
            if (end == std::string_view::npos) return true;
            const std::string whole = std::exchange(m_rest, {});
            if (!line(whole)) return false;
        } else if (!line(bytes.substr(0, end))) {
            return false;
        }
        bytes.remove_prefix(end + 1);
    }
    return true;
}

bool LiveLog::line(std::string_view text)
{
    ++m_lines;
    if (m_parser.hasEnded()) m_error = "something follows the closing line";
    else if (!m_parser.take(text)) m_error = "line " + std::to_string(m_lines) + ": " + m_parser.error();
    return m_error.empty();
}

std::string toText(const LiveEnd& end)
{
    std::string text;
    if (!end.fault.empty()) text = "what it wrote cannot be read (" + end.fault + ')';
    else if (end.isForced) text = "it did not end when it was told to, and was killed";
    else if (end.status == -1) text = std::string("it was ended by signal ") + std::to_string(end.signal) + " (" + strsignal(end.signal) + ')';
    else if (end.status != 0) text = "it ended by itself with exit status " + std::to_string(end.status);
    else if (!end.isWhole) text = "it ended before its recording was complete";
    else text = "it ended as it should";
    if (!end.complaint.empty()) text += ": " + end.complaint;
    return text;
}

// ---- the process -----------------------------------------------------------------------------------------------------

namespace
{

/// A file descriptor of our own.
class Fd
{
  public:
    explicit Fd(int fd = -1) : m_fd(fd) {}
    ~Fd() { reset(); }
    Fd(const Fd&) = delete;
    Fd& operator=(const Fd&) = delete;
    int get() const { return m_fd; }
    int release() { return std::exchange(m_fd, -1); }
    void reset(int fd = -1)
    {
        if (m_fd >= 0) close(m_fd);
        m_fd = fd;
    }

  private:
    int m_fd;
};

bool openPipe(Fd& readEnd, Fd& writeEnd)
{
    std::array<int, 2> fds{};
    if (pipe2(fds.data(), O_CLOEXEC) != 0) return false;
    readEnd.reset(fds[0]);
    writeEnd.reset(fds[1]);
    return true;
}

/// The workload as a log without events, in memory: the process reads it as its standard input.
bool writeWorkload(const Inputs& workload, const LiveSettings& settings, Fd& to)
{
    to.reset(memfd_create("workload", MFD_CLOEXEC));
    if (to.get() < 0) return false;
    const Inputs prepared = liveInputs(workload, settings);
    Inputs original = workload;
    original.remarks = prepared.remarks; // what a log cannot say of the workload has been said
    original.daemon.scheduler = WorkScheduler::New;
    original.daemon.costs = {};
    original.daemon.sources = prepared.daemon.sources;
    original.actions = prepared.actions;
    std::string text;
    writeLogOpening(original, {0, false}, [&text](const std::string& line) { text += line; });
    text += logEndLine(0, 0, RunStatus::Ended, {});
    std::size_t done = 0;
    while (done < text.size()) {
        const auto n = write(to.get(), text.data() + done, text.size() - done);
        if (n < 0 && errno != EINTR) return false;
        if (n > 0) done += static_cast<std::size_t>(n);
    }
    return lseek(to.get(), 0, SEEK_SET) == 0;
}

std::string us(std::uint64_t value) { return timeText(static_cast<Nanoseconds>(value * 1000)); }

tl::unexpected<Diagnostics> systemError(const std::string& what, int error)
{
    return fail(Fault::System, what + ": " + std::strerror(error));
}

/// 0, or errno.
int spawnIt(const std::string& program, const LiveSettings& settings, int in, int out, int err, int& pid)
{
    std::vector<std::string> words = {program,      "-",   "--scheme", std::string(name(settings.scheme)),
                                      "--interval", us(settings.interval), "--for", us(settings.duration),
                                      "--busy",     us(settings.busy),     "--parent", std::to_string(getpid())};
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
    posix_spawnattr_init(&attributes);
    // Whatever this process blocks or ignores is no business of the other's.
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    const int error = posix_spawn(&pid, program.c_str(), &actions, &attributes, argv.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

} // namespace

Result<std::unique_ptr<LiveProcess>> LiveProcess::start(const std::string& program, const Inputs& workload, const LiveSettings& settings,
                                                        std::function<void()> wake)
{
    if (workload.driver != Driver::Daemon) return fail(Fault::Input, "only a workload of tgtd can be performed on this machine");
    Fd in, outRead, outWrite, errRead, errWrite;
    Fd wakeFd(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (wakeFd.get() < 0 || !writeWorkload(workload, settings, in) || !openPipe(outRead, outWrite) || !openPipe(errRead, errWrite))
        return systemError("cannot prepare the live process", errno);
    int pid = 0;
    const int error = spawnIt(program, settings, in.get(), outWrite.get(), errWrite.get(), pid);
    if (error != 0) return systemError("cannot start " + program, error);
    outWrite.reset();
    errWrite.reset();
    return std::unique_ptr<LiveProcess>(
        new LiveProcess(pid, outRead.release(), errRead.release(), wakeFd.release(), std::move(wake)));
}

LiveProcess::LiveProcess(int pid, int out, int err, int wake, std::function<void()> wakeReader)
    : m_pid(pid), m_out(out), m_err(err), m_wakeFd(wake), m_mailbox(std::move(wakeReader)),
      m_thread([this](const std::stop_token& stop) { read(stop); })
{
}

LiveProcess::~LiveProcess()
{
    m_thread.request_stop();
    const std::uint64_t one = 1;
    static_cast<void>(!write(m_wakeFd, &one, sizeof one));
    m_thread.join();
    for (const int fd : {m_out, m_err, m_wakeFd}) close(fd);
}

void LiveProcess::stop()
{
    m_stopAsked = true;
    const std::uint64_t one = 1;
    static_cast<void>(!write(m_wakeFd, &one, sizeof one));
}

void LiveProcess::read(const std::stop_token& stop)
{
    using Steady = std::chrono::steady_clock;
    auto heard = Steady::now();
    std::optional<Steady::time_point> killAt;
    bool isOutOpen = true, isErrOpen = true;
    while (isOutOpen && !stop.stop_requested()) {
        if (m_stopAsked && !killAt) {
            kill(m_pid, SIGTERM);
            killAt = Steady::now() + patience;
        }
        if (killAt && Steady::now() >= *killAt && !m_isForced) {
            m_isForced = true;
            kill(m_pid, SIGKILL);
        }
        const bool isSilent = Steady::now() - heard >= silence;
        if (isSilent != m_isSilent) {
            m_isSilent = isSilent;
            publish({});
        }
        std::array<pollfd, 3> files = {pollfd{m_out, POLLIN, 0}, pollfd{isErrOpen ? m_err : -1, POLLIN, 0}, pollfd{m_wakeFd, POLLIN, 0}};
        constexpr int often = 200; // ms; for the silence and the patience
        if (poll(files.data(), files.size(), often) < 0 && errno != EINTR) break;
        if (files[2].revents != 0) {
            std::uint64_t n = 0;
            static_cast<void>(!::read(m_wakeFd, &n, sizeof n));
        }
        if (files[1].revents != 0) isErrOpen = takeFrom(m_err, true);
        if (files[0].revents == 0) continue;
        heard = Steady::now();
        m_isSilent = false;
        isOutOpen = takeFrom(m_out, false);
        if (!m_log.error().empty()) break;
        if (isOutOpen) publish({});
    }
    // Its last words.
    fcntl(m_err, F_SETFL, O_NONBLOCK);
    if (stop.stop_requested() || !m_log.error().empty()) kill(m_pid, SIGKILL);
    const LiveEnd end = reap();
    publish(end);
}

/// False: it is closed.
bool LiveProcess::takeFrom(int fd, bool isError)
{
    std::array<char, 65536> bytes;
    const auto n = ::read(fd, bytes.data(), bytes.size());
    if (n < 0) return errno == EINTR || errno == EAGAIN;
    const std::string_view text(bytes.data(), static_cast<std::size_t>(n));
    constexpr std::size_t mostWords = 2000;
    if (!isError) m_log.feed(text);
    else if (m_complaint.size() < mostWords) m_complaint.append(text.substr(0, mostWords - m_complaint.size()));
    return n > 0;
}

void LiveProcess::publish(std::optional<LiveEnd> end)
{
    LiveState state;
    if (m_log.hasEvents()) {
        state.inputs = m_log.inputs();
        state.snapshot = m_log.snapshot();
        if (end) state.snapshot.status = RunStatus::Ended; // nothing will follow
    }
    state.isSilent = m_isSilent;
    state.end = std::move(end);
    m_mailbox.put(std::move(state));
}

/// Its stream has ended, or it was killed: it is gone in a moment, or made to go.
LiveEnd LiveProcess::reap()
{
    using Steady = std::chrono::steady_clock;
    const auto begin = Steady::now();
    int status = 0;
    for (;;) {
        const int answer = waitpid(m_pid, &status, WNOHANG);
        if (answer == m_pid || (answer < 0 && errno != EINTR)) break;
        if (Steady::now() - begin > patience && !m_isForced) {
            m_isForced = true;
            kill(m_pid, SIGKILL);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    for (std::size_t before = ~std::size_t{0}; before != m_complaint.size();) {
        before = m_complaint.size();
        takeFrom(m_err, true);
    }
    while (!m_complaint.empty() && m_complaint.back() == '\n') m_complaint.pop_back();
    LiveEnd end;
    end.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    end.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    end.isForced = m_isForced;
    end.isWhole = m_log.hasEnded();
    end.fault = m_log.error();
    end.complaint = m_complaint;
    return end;
}

std::string liveProgram()
{
    std::array<char, 4096> path;
    const auto n = readlink("/proc/self/exe", path.data(), path.size());
    if (n <= 0 || static_cast<std::size_t>(n) >= path.size()) return {};
    const std::string_view self(path.data(), static_cast<std::size_t>(n));
    return std::string(self.substr(0, self.rfind('/') + 1)) + "jiffyscope-selfpipe";
}

} // namespace jiffy::core
