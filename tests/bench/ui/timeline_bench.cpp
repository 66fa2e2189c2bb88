// SPDX-License-Identifier: GPL-3.0-or-later
// Goal 4: the timeline against QCustomPlot's scatter with adaptive sampling, and how its cost grows with the log.
#include "tests/bench/report.h"
#include "tests/ui/support/test_desk.h"
#include "ui/timeline/timeline_view.h"

#include <QImage>
#include <QPainter>

// QCustomPlot's header is written with the keywords that we switch off.
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define foreach(variable, container) for (variable : container)
#include <qcustomplot.h>
#undef signals
#undef slots
#undef foreach

namespace jiffy::bench
{

namespace
{

constexpr int cpus = 64;
const QSize size(1920, 1080); // 52 lanes in sight, the lines of three timers below

/// A log of n events: about 20 fires a tick over 64 CPUs, a cascade each 256 ticks on each.
struct BusyLog
{
    core::InputsPtr inputs;
    core::Snapshot run;
    std::vector<std::pair<std::uint64_t, std::uint8_t>> fires; ///< tick and CPU

    explicit BusyLog(std::uint64_t n)
    {
        auto in = std::make_shared<core::Inputs>();
        in->machine.cpus = cpus;
        in->names = {"t"};
        in->timers.resize(1);
        inputs = in;
        const auto geometry = core::wheelGeometry(cpus, in->machine.word, false);
        core::Log log;
        std::uint64_t seed = 88172645463325252ull, tick = 0;
        fires.reserve(n);
        core::Record next;
        next.kind = core::Kind::ClockSet;
        next.site = core::Site::Tick;
        while (log.size() < n) {
            next.setTicks(1);
            log.append(next);
            ++tick;
            for (int k = 0; k < 20; ++k) {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                core::Record r;
                r.cpu = static_cast<std::uint8_t>(seed >> 20 & 63);
                r.item = core::TimerId(0);
                const bool moves = tick % 256 == 0;
                r.kind = moves ? core::Kind::Moved : core::Kind::Fired;
                r.slot = geometry.slot(r.cpu, 0, 0).value;
                r.link = geometry.slot(r.cpu, 1, 0).value;
                log.append(r);
                fires.emplace_back(tick, r.cpu);
            }
        }
        run.log = log.view();
        run.endTicks = tick;
        run.status = core::RunStatus::Ended;
    }
};

class Shown
{
  public:
    explicit Shown(const BusyLog& log) : m_view(m_desk.desk, nullptr), m_screen(size, QImage::Format_RGB32)
    {
        m_view.resize(size);
        build = nsEach(1, [&] { m_view.reset(log.inputs, log.run); });
        m_view.setPlayhead({log.run.log.size() / 2, 0, 0}, log.run.endTicks / 2);
    }
    /// Everything anew, as after each step of a pan or a zoom.
    double paint(ui::TickRange range)
    {
        m_view.setRange(range);
        return nsEach(1, [&] { m_view.render(&m_screen); });
    }
    double build = 0;

  private:
    test::TestDesk m_desk;
    ui::TimelineView m_view;
    QImage m_screen;
};

/// The same events as dots, a row a CPU, with adaptive sampling.
class Scatter
{
  public:
    explicit Scatter(const BusyLog& log)
    {
        m_plot.resize(size);
        m_plot.setViewport(QRect(QPoint(), size));
        auto* graph = m_plot.addGraph();
        QVector<double> keys, values;
        for (const auto& [tick, cpu] : log.fires) {
            keys.append(static_cast<double>(tick));
            values.append(cpu);
        }
        graph->setLineStyle(QCPGraph::lsNone);
        graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDot));
        graph->setAdaptiveSampling(true);
        graph->setData(keys, values, true);
        m_plot.yAxis->setRange(-1, cpus);
    }
    double paint(ui::TickRange range)
    {
        m_plot.xAxis->setRange(range.from, range.to);
        return nsEach(1, [&] {
            m_plot.replot(QCustomPlot::rpImmediateRefresh);
            m_plot.render(&m_screen);
        });
    }

  private:
    QImage m_screen{size, QImage::Format_RGB32};
    QCustomPlot m_plot;
};

void againstScatter(benchmark::State& state)
{
    const BusyLog log(options().smoke ? 10'000 : 1'000'000);
    Paired paint;
    for (auto _ : state) {
        Shown ours(log);
        Scatter theirs(log);
        const auto end = static_cast<double>(log.run.endTicks);
        for (int r = 0; r < (options().smoke ? 1 : 15); ++r) {
            const ui::TickRange range{0, end - r}; // never the same picture twice
            const double a = ours.paint(range);
            paint.add(a, theirs.paint(range));
        }
        report(state, {4, "pyramid of " + shortNumber(log.run.log.size()) + " events", ours.build * 1e-6, "ms", Bound::None, 0, {}});
    }
    reportRatio(state, 4, shortNumber(log.run.log.size()) + " events, the whole run", paint, "QCustomPlot's scatter", .1);
}

void growth(benchmark::State& state)
{
    const std::uint64_t few = options().smoke ? 10'000 : 100'000, many = options().smoke ? 20'000 : 10'000'000;
    for (auto _ : state) {
        const BusyLog small(few), large(many);
        Shown a(large), b(small);
        const auto compare = [&](const char* what, auto rangeOf) {
            Paired paint;
            for (int r = 0; r < (options().smoke ? 1 : 15); ++r) {
                const double ours = a.paint(rangeOf(large.run.endTicks, r));
                paint.add(ours, b.paint(rangeOf(small.run.endTicks, r)));
            }
            reportRatio(state, 4, what + shortNumber(many) + " events", paint, shortNumber(few) + " events", 2);
        };
        compare("whole run, ", [](std::uint64_t end, int r) { return ui::TickRange{0, static_cast<double>(end) - r}; });
        compare("zoom steps, ", [](std::uint64_t end, int r) {
            const double ticks = static_cast<double>(end) / std::pow(1.25, r);
            return ui::TickRange{static_cast<double>(end) / 3, static_cast<double>(end) / 3 + ticks * .6};
        });
        compare("pan at 2000 ticks, ", [](std::uint64_t end, int r) {
            const double from = static_cast<double>(end) / 2 + r * 37;
            return ui::TickRange{from, from + 2000};
        });
        compare("pan at 200 ticks, ", [](std::uint64_t end, int r) {
            const double from = static_cast<double>(end) / 2 + r * 7;
            return ui::TickRange{from, from + 200};
        });
    }
}

} // namespace

void registerTimeline()
{
    benchmark::RegisterBenchmark("goal4/scatter", againstScatter)->Iterations(1)->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("goal4/growth", growth)->Iterations(1)->Unit(benchmark::kMillisecond);
}

} // namespace jiffy::bench
