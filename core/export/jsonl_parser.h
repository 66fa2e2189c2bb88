// SPDX-License-Identifier: GPL-3.0-or-later
// Takes the lines of a log one at a time, from a file or from a process that writes them as things happen: strict, and
// every record must be one that can happen on the world as the records before it left it.
#pragma once

#include "core/event/log.h"
#include "core/export/json_scanner.h"
#include "core/insight/clock_fold.h"
#include "core/run/snapshot.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace jiffy::core
{

/// Not thread safe; what snapshot() and inputs() give may go to other threads.
class JsonLogParser
{
  public:
    explicit JsonLogParser(std::string file);

    /// One line without its end. False: it is wrong, error() says how; nothing may be taken after it.
    bool take(std::string_view line);
    const std::string& error() const { return m_error; }
    std::size_t errorOffset() const { return m_errorOffset; } ///< within the line

    bool hasHeader() const { return m_world.has_value(); }
    bool hasEnded() const { return m_hasEnded; } ///< the closing line was read
    /// A stream whose writer did not know how many events there would be.
    bool isStream() const { return m_isStream; }
    /// True once all that stands before the events has been read: with the first event, or the end.
    bool isComplete() const { return m_isComplete; }

    /// REQUIRES: isComplete(). The inputs do not change any more.
    InputsPtr inputs() const { return m_inputs; }
    const World& world() const { return *m_world; }
    /// What was read so far; Running before the closing line.
    Snapshot snapshot() const;

  private:
    bool header(std::string_view line);
    bool kernelHeader(JsonScanner& in, const std::uint64_t* values, const std::size_t* offsets);
    bool daemonHeader(JsonScanner& in, const std::uint64_t* values, const std::size_t* offsets, const std::string& scheduler);
    bool remark(JsonScanner& in);
    bool timer(JsonScanner& in, std::size_t length);
    bool daemonFile(JsonScanner& in, std::size_t length);
    bool source(JsonScanner& in, std::size_t length);
    bool step(JsonScanner& in, std::size_t length);
    // jsonl_kernel.cpp
    bool lock(JsonScanner& in, std::size_t length);
    bool program(JsonScanner& in, std::size_t length);
    bool kernelStep(JsonScanner& in, std::size_t length, bool isOfTimer);
    bool event(JsonScanner& in, std::size_t length);
    bool end(JsonScanner& in);
    void finishEnd(JsonScanner& in, const std::uint64_t* values, const std::size_t* offsets, const std::string& status,
                   bool knownSite);
    bool stands(JsonScanner& in, bool isBeforeEvents);
    bool complete(JsonScanner& in);
    bool remember(const JsonScanner& in);
    bool isKernel() const { return m_inputs->machine.kernel.isThere; }
    bool isDaemon() const { return m_inputs->driver == Driver::Daemon; }
    std::uint32_t nameIndex();
    void append(const Record& r);
    std::shared_ptr<const Checkpoint> checkpoint() const;

    std::shared_ptr<Inputs> m_inputs = std::make_shared<Inputs>();
    std::shared_ptr<CheckpointTable> m_checkpoints = std::make_shared<CheckpointTable>();
    std::unordered_map<std::string, std::uint32_t> m_nameIndex; ///< looked up only, never walked
    std::string m_name;
    std::optional<World> m_world;
    std::optional<ClockFold> m_clock;
    Log m_log;
    OpenRun m_open;
    RunStatus m_status = RunStatus::Running;
    SelfCheck m_check;
    std::uint64_t m_timerCount = 0, m_eventCount = 0, m_sourceCount = 0, m_fileCount = 0;
    std::uint64_t m_programCount = 0, m_lockCount = 0;
    std::uint32_t m_stepTimer = 0; ///< of the step read last
    std::uint32_t m_stepProgram = 0;
    bool m_hasCode = false; ///< a step of a program was read
    std::string m_error;
    std::size_t m_errorOffset = 0;
    bool m_isStream = false, m_isComplete = false, m_hasEnded = false;
};

} // namespace jiffy::core
