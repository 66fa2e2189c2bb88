// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/compare_csv.h"

#include "core/insight/cost_lines.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

constexpr std::string_view accountsSuffix = ".accounts.csv";

class Row
{
  public:
    Row& text(std::string_view t)
    {
        const bool isPlain = t.find_first_of(",\"\r\n") == std::string_view::npos;
        if (!isPlain) m_line += '"';
        for (const char c : t)
            m_line.append(!isPlain && c == '"' ? 2 : 1, c);
        if (!isPlain) m_line += '"';
        m_line += ',';
        return *this;
    }
    template <class Number> Row& number(Number n)
    {
        m_line += std::to_string(n);
        m_line += ',';
        return *this;
    }
    Row& nothing()
    {
        m_line += ',';
        return *this;
    }
    void write(FileSink& sink)
    {
        m_line.back() = '\n';
        sink.write(m_line);
        m_line.clear();
    }

  private:
    std::string m_line;
};

/// Where one run stands while all are gone through tick by tick.
struct Reading
{
    const std::vector<WorkTick>* ticks = nullptr;
    std::size_t next = 0;
    bool isOver() const { return next == ticks->size(); }
    std::uint64_t tick() const { return (*ticks)[next].tick; }
};

void tickCells(Row& row, const WorkTick* w)
{
    if (w == nullptr) {
        row.number(0).number(0).number(0).number(0).nothing();
        return;
    }
    row.number(w->handlers).number(w->moves).number(w->comparisonsInside).number(w->comparisonsOutside);
    if (w->handlers == 0)
        row.nothing();
    else
        row.number(w->latest);
}

bool writeTicks(const std::vector<ComparedRun>& runs, FileSink& sink, const Progress& progress)
{
    Row row;
    row.text("tick").text("jiffies");
    std::vector<Reading> readings;
    std::uint64_t done = 0, total = 0;
    for (const ComparedRun& run : runs) {
        for (const char* what : {"handlers", "moves", "comparisons in tick", "comparisons outside", "latest"})
            row.text(std::string(run.algorithm) + ' ' + what);
        readings.push_back({&run.work->busyTicks(), 0});
        total += run.work->busyTicks().size();
    }
    row.write(sink);
    const MachineConfig& machine = runs.front().inputs->machine;
    while (!std::all_of(readings.begin(), readings.end(), [](const Reading& r) { return r.isOver(); })) {
        if (sink.failed() || (progress && done % 4096 < runs.size() && !progress(done, total))) return false;
        std::uint64_t tick = ~0ull;
        for (const Reading& r : readings)
            if (!r.isOver()) tick = std::min(tick, r.tick());
        row.number(tick).number(machine.word.add(machine.jiffies, tick));
        for (Reading& r : readings) {
            const bool isIts = !r.isOver() && r.tick() == tick;
            tickCells(row, isIts ? &(*r.ticks)[r.next] : nullptr);
            if (!isIts) continue;
            ++r.next;
            ++done;
        }
        row.write(sink);
    }
    return true;
}

void causeCells(Row& row, const ComparedRun& run, const CostLine& line)
{
    if (!line.cause) {
        row.nothing().nothing().nothing();
        return;
    }
    const MachineConfig& machine = run.inputs->machine;
    const TimerId timer = run.log[line.cause->event].item;
    row.number(line.cause->event).number(machine.word.add(machine.jiffies, line.cause->tick));
    row.text(timer.isValid() ? run.inputs->timerName(timer) : std::string());
}

void writeAccounts(const std::vector<ComparedRun>& runs, FileSink& sink)
{
    Row row;
    row.text("account")
        .text("algorithm")
        .text("value")
        .text("event")
        .text("jiffies")
        .text("timer")
        .write(sink);
    std::vector<std::vector<CostLine>> lines;
    for (const ComparedRun& run : runs)
        lines.push_back(costLines(run.costs->totals()));
    for (std::size_t i = 0; i < lines.front().size(); ++i) {
        for (std::size_t k = 0; k < runs.size(); ++k) {
            const CostLine& line = lines[k][i];
            row.text(line.name).text(runs[k].algorithm);
            if (line.value)
                row.number(*line.value);
            else
                row.nothing();
            causeCells(row, runs[k], line);
            row.write(sink);
        }
    }
}

} // namespace

bool isCompareFile(std::string_view path)
{
    return path.ends_with(".csv");
}

Result<void> exportComparison(const std::vector<ComparedRun>& runs, const std::string& path,
                              const Progress& progress)
{
    auto sink = FileSink::create(path);
    if (!sink) return tl::unexpected(std::move(sink.error()));
    if (std::string_view(path).ends_with(accountsSuffix))
        writeAccounts(runs, *sink);
    else if (!writeTicks(runs, *sink, progress) && !sink->failed())
        return fail(Fault::System, "the export to \"" + path + "\" was stopped");
    return sink->commit();
}

} // namespace jiffy::core
