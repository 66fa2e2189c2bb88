// SPDX-License-Identifier: GPL-3.0-or-later
// `jiffyscope compare`: one file on several timer algorithms, and what each of them cost.
#include "app/commands.h"
#include "app/library.h"
#include "app/output.h"
#include "core/export/compare_csv.h"
#include "core/history/prefix.h"
#include "core/insight/cost_lines.h"
#include "core/run/run.h"
#include "core/timers/registry.h"

#include <algorithm>

namespace jiffy::app
{

namespace
{

/// One algorithm's run.
struct Column
{
    const core::TimersInfo* timers;
    core::InputsPtr inputs;
    core::Snapshot run;
    core::Costs costs;
    core::WorkSeries work;

    Column(const core::TimersInfo& t, core::InputsPtr in, const std::optional<core::PositionSpec>& until)
        : timers(&t), inputs(std::move(in)), run(core::runAll(inputs)), costs(inputs->machine),
          work(inputs->machine)
    {
        if (until) {
            core::History history(inputs, run);
            run = core::prefixAt(history, history.resolve(*until));
        }
        costs.extend(run.log);
        work.extend(run.log);
    }
    core::ComparedRun compared() const { return {timers->name, inputs.get(), run.log, &work, &costs}; }
    core::Jiffies jiffiesAt(std::uint64_t tick) const
    {
        return inputs->machine.word.add(inputs->machine.jiffies, tick);
    }
};

std::string counted(std::uint64_t n, std::string_view one)
{
    return std::to_string(n) + ' ' + std::string(one) + (n == 1 ? "" : "s");
}

class CompareCommand
{
  public:
    CompareCommand(const CommandLine& line, std::vector<Column> columns)
        : m_line(line), m_columns(std::move(columns))
    {
    }

    int execute()
    {
        table();
        for (const Column& c : m_columns)
            causes(c);
        static_cast<void>(m_out.finish());
        const int exported = exportAll();
        return std::max(m_out.finish(), exported);
    }

  private:
    /// Names of accounts, then a column for each algorithm; what is apart has two blanks or more between.
    void table()
    {
        std::vector<std::vector<core::CostLine>> lines;
        std::size_t nameWidth = 7;
        for (const Column& c : m_columns)
            lines.push_back(core::costLines(c.costs.totals()));
        for (const auto& l : lines.front())
            nameWidth = std::max(nameWidth, l.name.size());
        std::vector<std::vector<std::string>> rows(lines.front().size() + 2);
        for (std::size_t k = 0; k < m_columns.size(); ++k) {
            rows[0].emplace_back(m_columns[k].timers->name);
            rows[1].push_back(std::to_string(m_columns[k].run.endTicks));
            for (std::size_t i = 0; i < lines[k].size(); ++i)
                rows[i + 2].push_back(lines[k][i].value ? std::to_string(*lines[k][i].value) : "-");
        }
        for (std::size_t i = 0; i < rows.size(); ++i) {
            std::string text = i == 0 ? "account" : i == 1 ? "ticks" : lines.front()[i - 2].name;
            text.resize(nameWidth, ' ');
            for (std::size_t k = 0; k < rows[i].size(); ++k) {
                const std::size_t width = std::max<std::size_t>(rows[0][k].size(), 15);
                text += "  " + std::string(width - std::min(width, rows[i][k].size()), ' ') + rows[i][k];
            }
            m_out.line(text);
        }
    }

    void causes(const Column& c)
    {
        const core::CostTotals& t = c.costs.totals();
        const std::string of = " of " + std::string(c.timers->name) + ": ";
        const auto at = [&](std::uint64_t tick) {
            return " at jiffies " + std::to_string(c.jiffiesAt(tick));
        };
        if (t.worstInsertion.isAny())
            m_out.line("worst insertion" + of + counted(t.worstInsertion.value, "comparison") + " for " +
                       c.inputs->timerName(c.run.log[t.worstInsertion.event].item) +
                       at(t.worstInsertion.tick));
        if (t.mostWork.isAny()) {
            std::string what = counted(t.mostWorkHandlers, "handler");
            if (t.mostWorkMoves != 0)
                what = counted(t.mostWorkMoves, "move") + (t.mostWorkHandlers == 0 ? "" : " and " + what);
            m_out.line("most work" + of + what + at(t.mostWork.tick));
        }
        const auto call = [&](const char* name, const core::LateCall& l) {
            const auto size = std::to_string(l.jiffies < 0 ? 0 - static_cast<std::uint64_t>(l.jiffies)
                                                           : static_cast<std::uint64_t>(l.jiffies));
            m_out.line(name + of + c.inputs->timerName(l.timer) + at(l.tick) + ", " + size +
                       (l.jiffies < 0 ? " early" : " late"));
        };
        if (t.latest.isAny() && t.latest.jiffies > 0) call("latest", t.latest);
        if (t.earliest.isAny() && t.earliest.jiffies < 0) call("earliest", t.earliest);
        if (c.run.status == core::RunStatus::Limit)
            m_out.line("stopped" + of + "at the limit of " + std::to_string(c.inputs->eventLimit) +
                       " events");
    }

    int exportAll()
    {
        std::vector<core::ComparedRun> runs;
        for (const Column& c : m_columns)
            runs.push_back(c.compared());
        int status = 0;
        for (const auto& path : m_line.exports) {
            const auto done = core::exportComparison(runs, path);
            if (done)
                m_out.line("exported: " + path);
            else
                status = std::max(status, report(done.error()));
        }
        return status;
    }

    const CommandLine& m_line;
    std::vector<Column> m_columns;
    Output m_out;
};

int usage(const std::string& text)
{
    return report({core::Diagnostic{core::Fault::Usage, {}, 0, 0, text, {}}});
}
int wrongFile(const std::string& file, const std::string& text)
{
    return report({core::Diagnostic{core::Fault::Input, file, 0, 0, text, {}}});
}

/// Those asked for; else those that the file is meant for; else the three.
std::vector<const core::TimersInfo*> algorithmsFor(const CommandLine& line, const core::Inputs& inputs)
{
    if (!line.compared.empty()) return line.compared;
    std::vector<const core::TimersInfo*> found;
    for (const auto& name : inputs.compare)
        if (const auto* timers = core::timersNamed(name)) found.push_back(timers);
    if (found.size() >= 2) return found;
    return {core::timersNamed("sorted-list"), core::timersNamed("wheel-3.9"), core::timersNamed("wheel-6.1")};
}

} // namespace

int compareCommand(const CommandLine& line)
{
    for (const auto& path : line.exports)
        if (!core::isCompareFile(path))
            return usage("a comparison is exported as .csv or .accounts.csv, not \"" + path + '"');
    const auto opened = core::openFile(line.file, builtinLookup(), line.trace);
    if (!opened) return report(opened.error());
    if (opened->recorded)
        return wrongFile(line.file, "a log has no inputs that could be run on another algorithm");
    if (opened->inputs->driver == core::Driver::Daemon)
        return wrongFile(line.file, "tgtd has no timer algorithm to be compared");
    std::vector<Column> columns;
    for (const auto* timers : algorithmsFor(line, *opened->inputs))
        columns.emplace_back(*timers, core::inputsOn(*opened->inputs, *timers), line.until);
    return CompareCommand(line, std::move(columns)).execute();
}

} // namespace jiffy::app
