// SPDX-License-Identifier: GPL-3.0-or-later
// `jiffyscope run`: the run, narrated, then its totals, its exports, and whether it kept its expectations.
#include "app/commands.h"
#include "app/library.h"
#include "app/live_command.h"
#include "app/narrator.h"
#include "app/output.h"
#include "core/export/exporter.h"
#include "core/history/prefix.h"
#include "core/insight/live_figures.h"
#include "core/insight/summary.h"
#include "core/run/run.h"
#include "core/scenario/expect.h"
#include "core/trace/differences.h"
#include "core/trace/recorded_machine.h"

#include <algorithm>
#include <optional>

namespace jiffy::app
{

namespace
{

constexpr std::size_t differencesListed = 20; ///< without --all

/// True once the run has gone beyond the position, so that cutting it there gives all of it.
bool isBeyond(const core::PositionSpec& spec, const core::Inputs& inputs, const core::Snapshot& run)
{
    using enum core::PositionSpec::Kind;
    const auto& m = inputs.machine;
    switch (spec.kind) {
    case Start: return true;
    case End: return false;
    case Event: return run.log.size() > spec.value;
    case AtJiffies: return run.endTicks > m.word.distance(spec.value, m.jiffies);
    case Time: return run.endTicks > m.hz.ticksUntil(static_cast<core::Nanoseconds>(spec.value));
    }
    return false;
}

core::Snapshot runUntil(const core::InputsPtr& inputs, const std::optional<core::PositionSpec>& until)
{
    if (!until) return core::runAll(inputs);
    core::Run run(inputs);
    constexpr std::uint64_t slice = 1 << 14;
    while (run.advance(slice) && !isBeyond(*until, *inputs, run.snapshot())) {}
    return run.snapshot();
}

/// The run of one command: what was opened, how far it went.
class RunCommand
{
  public:
    RunCommand(const CommandLine& line, core::Opened opened) : m_line(line), m_inputs(std::move(opened.inputs))
    {
        m_run = opened.recorded ? std::move(*opened.recorded) : runUntil(m_inputs, line.until);
        m_isFinished = !opened.recorded;
        if (line.until) {
            core::History history(m_inputs, m_run);
            const auto end = history.resolve(*line.until);
            m_isFinished = m_isFinished && m_run.status != core::RunStatus::Running && end == history.end();
            m_run = core::prefixAt(history, end);
        }
    }

    int execute(int& argc, char** argv)
    {
        if (!m_line.quiet) narrate();
        printTotals();
        // Whoever reads along sees the totals before long exports begin.
        static_cast<void>(m_out.finish());
        const int exported = exportAll(argc, argv);
        const int told = m_out.finish();
        const int kept = m_isFinished ? report(core::check(*m_inputs, m_run.log, m_run.open)) : 0;
        return std::max({told, exported, kept});
    }

  private:
    void narrate()
    {
        Narrator narrator(*m_inputs, m_run, m_out, m_line.all ? ~0ull : Narrator::linesByDefault);
        narrator.title();
        if (!m_line.opening) return narrator.narrate({});
        core::History history(m_inputs, m_run);
        const auto tick = history.ticksAt(history.resolve(m_inputs->opening));
        // Three ticks of a wheel; of tgtd, whose ticks are microseconds, an alarm's interval.
        const auto more = m_inputs->driver == core::Driver::Daemon ? m_inputs->daemon.interval : 2;
        narrator.narrate({tick, tick + more});
    }

    void printTotals()
    {
        for (const auto& l : core::summarise(*m_inputs, m_run.log, m_run.open).lines(*m_inputs))
            if (l.isTold) print(l);
        if (m_inputs->recorded)
            for (const auto& l : m_inputs->recorded->lines()) print(l);
        if (m_run.status == core::RunStatus::Limit)
            print({"stopped at", "the limit of " + std::to_string(m_inputs->eventLimit) + " events"});
        if (!m_isFinished && !m_inputs->expect.empty())
            print({"expectations", "not judged, the run was cut short"});
        for (const auto& l : core::liveSummary(*m_inputs, m_run)) print(l);
        const auto differences = core::compareWithMachine(*m_inputs, m_run.log, m_run.open);
        if (!differences.isEmpty()) printDifferences(differences);
        for (const auto& remark : m_inputs->remarks) print({"remark", remark});
    }
    void printDifferences(const core::Differences& differences)
    {
        for (const auto& l : differences.lines(*m_inputs)) print(l);
        if (const auto sentence = differences.placements().sentence(); !sentence.empty()) print({"agreement", sentence});
        if (m_line.quiet) return;
        std::size_t n = 0;
        for (const auto& placement : differences.placements().all()) {
            if (placement.agreement == core::Agreement::Same || (n++ >= differencesListed && !m_line.all)) continue;
            print({"placement", "event " + std::to_string(placement.event) + ": " + core::toText(placement, *m_inputs)});
        }
        if (n > differencesListed && !m_line.all)
            print({"placement", "and " + std::to_string(n - differencesListed) + " more; --all lists every one"});
        n = 0;
        for (const auto& run : differences.runs()) {
            if (run.verdict == core::Verdict::Same || (n++ >= differencesListed && !m_line.all)) continue;
            print({"difference", core::toText(run, *m_inputs)});
        }
        if (n > differencesListed && !m_line.all)
            print({"difference", "and " + std::to_string(n - differencesListed) + " more; --all lists every one"});
    }
    void print(const core::SummaryLine& l) { m_out.line(l.name + ": " + l.value); }

    int exportAll(int& argc, char** argv)
    {
        int status = 0;
        std::vector<std::string> pictures;
        for (const auto& path : m_line.exports) {
            if (const auto* exporter = core::exporterFor(path)) {
                const auto done = core::exportTo(*exporter, *m_inputs, m_run, path);
                if (done) print({"exported", path});
                else status = std::max(status, report(done.error()));
            } else {
                pictures.push_back(path);
            }
        }
        if (pictures.empty()) return status;
        const int painted = exportTimelines(argc, argv, m_inputs, m_run, pictures);
        for (const auto& path : pictures) {
            if (painted == 0) print({"exported", path});
        }
        return std::max(status, painted);
    }

    const CommandLine& m_line;
    core::InputsPtr m_inputs;
    core::Snapshot m_run;
    bool m_isFinished = false; ///< its expectations can be judged
    Output m_out;
};

/// The suffixes are known before a long run begins.
std::optional<std::string> unknownFormat(const std::vector<std::string>& paths)
{
    for (const auto& path : paths) {
        if (core::exporterFor(path) == nullptr && !isPictureFile(path)) return path;
    }
    return {};
}

} // namespace

int runCommand(int& argc, char** argv, const CommandLine& line)
{
    if (const auto path = unknownFormat(line.exports)) {
        return report({core::Diagnostic{core::Fault::Usage, {}, 0, 0,
                                        "the suffix of \"" + *path + "\" tells no format; `jiffyscope list exporters` names them",
                                        {}}});
    }
    auto opened = core::openFile(line.file, builtinLookup(), line.trace);
    if (!opened) return report(opened.error());
    if (!line.isLive) return RunCommand(line, std::move(*opened)).execute(argc, argv);
    auto recording = performLive(line, *opened->inputs);
    if (!recording) return report(recording.error());
    const bool isClean = recording->end->isClean();
    const int told = RunCommand(line, {recording->inputs, std::move(recording->run), nullptr}).execute(argc, argv);
    if (isClean) return told;
    return std::max(told, report({core::Diagnostic{core::Fault::System, {}, 0, 0, "the live process: " + core::toText(*recording->end), {}}}));
}

} // namespace jiffy::app
