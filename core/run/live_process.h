// SPDX-License-Identifier: GPL-3.0-or-later
// A process that performs a workload for real (app/selfpipe), and its recording as it grows. A thread reads the stream,
// strictly, and publishes snapshots through a mailbox. Whatever becomes of the process is reported, and what was
// recorded is kept. The destructor ends it, if need be by force.
#pragma once

#include "core/base/result.h"
#include "core/export/jsonl_parser.h"
#include "core/run/mailbox.h"
#include "core/tgtd/live_log.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

namespace jiffy::core
{

/// A stream of JSON lines, in pieces as they come. One thread.
class LiveLog
{
  public:
    /// False: what came is no such log; error() says why, and nothing more is taken.
    bool feed(std::string_view bytes);
    const std::string& error() const { return m_error; }

    bool hasEvents() const { return m_parser.isComplete(); }
    bool hasEnded() const { return m_parser.hasEnded(); } ///< its closing line has come
    /// REQUIRES for both: hasEvents().
    InputsPtr inputs() const { return m_parser.inputs(); }
    Snapshot snapshot() const { return m_parser.snapshot(); }

  private:
    bool line(std::string_view text);

    JsonLogParser m_parser{"live"};
    std::string m_rest; ///< of a line that has not come whole
    std::string m_error;
    std::uint64_t m_lines = 0;
};

/// What became of the process.
struct LiveEnd
{
    int status = 0;        ///< exit status; -1: a signal ended it
    int signal = 0;        ///< number of that signal
    bool isForced = false; ///< it was killed, as it did not end when it was told to
    bool isWhole = false;  ///< its closing line came
    std::string fault;     ///< what was wrong with its stream; empty: nothing
    std::string complaint; ///< what it wrote to stderr, the first of it
    bool isClean() const { return status == 0 && isWhole && fault.empty(); }
};
/// One line: "it ended by itself with exit status 3: error: …".
std::string toText(const LiveEnd& end);

struct LiveState
{
    InputsPtr inputs; ///< null: nothing has been recorded yet
    Snapshot snapshot;
    bool isSilent = false; ///< nothing has been heard for a while; it seems to hang
    std::optional<LiveEnd> end;
};

class LiveProcess
{
  public:
    static constexpr auto silence = std::chrono::seconds(3);   ///< longer than its longest wait
    static constexpr auto patience = std::chrono::seconds(2);  ///< for its end, once it is asked for

    /// Starts `program` with the workload. wake is called on the reader's thread when a state waits and none waited
    /// before. To be called on a thread that lives as long as the process shall, for it dies with that thread.
    static Result<std::unique_ptr<LiveProcess>> start(const std::string& program, const Inputs& workload, const LiveSettings& settings,
                                                      std::function<void()> wake);
    ~LiveProcess();
    LiveProcess(const LiveProcess&) = delete;
    LiveProcess& operator=(const LiveProcess&) = delete;

    int pid() const { return m_pid; }
    std::optional<LiveState> take() { return m_mailbox.take(); }
    /// Asks it to end; after `patience` it is killed. The last state says what became of it.
    void stop();

  private:
    LiveProcess(int pid, int out, int err, int wake, std::function<void()> wakeReader);
    void read(const std::stop_token& stop);
    bool takeFrom(int fd, bool isError);
    void publish(std::optional<LiveEnd> end);
    LiveEnd reap();

    const int m_pid;
    int m_out, m_err, m_wakeFd;
    Mailbox<LiveState> m_mailbox;
    std::atomic<bool> m_stopAsked{false};
    LiveLog m_log;               // this and the rest: the reader's thread only
    std::string m_complaint;
    bool m_isSilent = false, m_isForced = false;
    std::jthread m_thread; // last: joined before what it uses goes
};

/// The program beside the running one; empty if where that lies cannot be told.
std::string liveProgram();

} // namespace jiffy::core
