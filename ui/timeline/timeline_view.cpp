// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timeline_view.h"

#include "ui/tables/tick_table.h"

#include <QHBoxLayout>
#include <QPicture>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>
#include <functional>

// QCustomPlot's header is written with the keywords that we switch off.
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define foreach(variable, container) for (variable : container)
#include <qcustomplot.h>
#undef signals
#undef slots
#undef foreach

namespace jiffy::ui
{

namespace
{

constexpr double headerLeft = 20;   ///< of the lane names
constexpr double lanesLeft = 132;
constexpr double lanesRight = 28;   ///< from the right edge
constexpr double firstZoom = 5;     ///< pixels a tick when a file opens
constexpr double zoomStep = 1.25;

} // namespace

/// The plot, its data, and the state that its layers share.
class TimelineView::Plot : public QCustomPlot
{
  public:
    Plot(TimelineView& owner, const ThemeProvider& provider);

    const Look& look() const { return theme.look(); }
    TimelineRows rows() const { return timelineRows(viewport().height(), pyramid.cpus(), look().scale); }
    TickRange tickRange() const { return {xAxis->range().lower, xAxis->range().upper}; }
    TimeScale scale() const
    {
        return {static_cast<double>(axisRect()->left()), static_cast<double>(axisRect()->right()), tickRange()};
    }
    TimeScale overview() const
    {
        auto s = scale();
        s.range = wholeRun(endTicks);
        return s;
    }
    void applyRange(TickRange r)
    {
        xAxis->setRange(r.from, r.to);
        replot(QCustomPlot::rpQueuedReplot);
    }
    void applyTheme();
    void replotPlayhead() { playheadLayer->replot(); }

    TimelineView& view;
    const ThemeProvider& theme;
    core::InputsPtr inputs;
    core::CountPyramid pyramid;
    std::uint64_t endTicks = 0;
    std::uint64_t playhead = 0;
    int cpu = 0;
    QCPLayer* playheadLayer = nullptr;
    bool isPlaced = false; ///< the first range has been chosen

  protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

  private:
    void choose(double x);
    enum class Drag { None, Lanes, Overview } m_drag = Drag::None;
};

namespace
{

/// What both kinds of layers need.
QColor translucent(QColor colour, double opacity)
{
    colour.setAlphaF(static_cast<float>(opacity));
    return colour;
}

double textWidth(const QFont& font, const QString& text) { return QFontMetricsF(font).horizontalAdvance(text); }

} // namespace

/// The lanes: one bar a place that is not empty.
class LanesPlottable : public QCPAbstractPlottable
{
  public:
    template <class Plot> LanesPlottable(Plot* plot) : QCPAbstractPlottable(plot->xAxis, plot->yAxis)
    {
        setAntialiased(true);
        paint = [plot, this](QCPPainter& p) { paintLanes(*plot, p); };
    }
    double selectTest(const QPointF&, bool, QVariant*) const override { return -1; }
    QCPRange getKeyRange(bool& found, QCP::SignDomain) const override
    {
        found = false;
        return {};
    }
    QCPRange getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const override
    {
        found = false;
        return {};
    }

  protected:
    void draw(QCPPainter* painter) override { paint(*painter); }
    void drawLegendIcon(QCPPainter*, const QRectF&) const override {}

  public:
    /// onlyPresent: nothing but the bars of the playhead's tick.
    template <class Plot> static void paintLanes(const Plot& plot, QCPPainter& p, bool onlyPresent = false)
    {
        const Look& look = plot.look();
        const auto& t = look.t();
        const auto rows = plot.rows();
        const auto scale = plot.scale();
        const double px = scale.pixelsPerTick();
        const double fit = rows.laneHeight / look.px(19); // bars shrink with their lane
        p.setAntialiasing(true);
        for (int cpu = 0; cpu < plot.pyramid.cpus(); ++cpu) {
            const double base = std::floor(rows.lanesTop + (cpu + 1) * rows.laneHeight - look.px(2.5) * fit) + .5;
            p.setPen(QPen(t.line, 1));
            if (!onlyPresent) p.drawLine(QPointF(scale.left, base), QPointF(scale.right, base));
            if (!onlyPresent && px >= 2 && fit > .6) paintTicks(plot, p, scale, base);
            paintBars(plot, p, scale, cpu, base, fit, onlyPresent);
        }
    }
  private:
    template <class Plot> static void paintTicks(const Plot& plot, QCPPainter& p, const TimeScale& scale, double base)
    {
        const Look& look = plot.look();
        const auto last = std::min(plot.endTicks, scale.tickAt(scale.right));
        QVector<QLineF> marks;
        for (auto tick = scale.tickAt(scale.left); tick <= last; ++tick) {
            const double x = scale.xOf(static_cast<double>(tick));
            marks.append(QLineF(x, base - look.px(3), x, base));
        }
        p.setPen(QPen(translucent(look.t().ink3, .8), look.px(1.2)));
        p.drawLines(marks);
    }
    template <class Plot>
    static void paintBars(const Plot& plot, QCPPainter& p, const TimeScale& scale, int cpu, double base, double fit, bool onlyPresent)
    {
        const Look& look = plot.look();
        const auto& t = look.t();
        const double px = scale.pixelsPerTick();
        const double fireWidth = std::clamp(px * .8, 1.0, look.px(4));
        const auto bars = laneBars(plot.pyramid, cpu, scale);
        p.setPen(Qt::NoPen);
        const auto font = look.words(12, QFont::DemiBold);
        for (std::size_t i = 0; i < bars.size(); ++i) {
            const auto& bar = bars[i];
            if (onlyPresent && bar.tick != plot.playhead) continue;
            if (bar.fires != 0) {
                const double h = look.px(fireHeight(bar.fires)) * fit;
                p.setBrush(t.now);
                p.drawRoundedRect(QRectF(bar.x - fireWidth / 2, base - h, fireWidth, h), std::min(1.0, fireWidth / 3),
                                  std::min(1.0, fireWidth / 3));
            }
            if (bar.moves == 0) continue;
            // Beside the fires of the same tick where there is room, behind them where ticks are narrow.
            const double w = std::clamp(px, 1.0, look.px(6));
            const double x = px >= 4 ? bar.x + fireWidth / 2 + look.px(1.5) : bar.x - w / 2;
            const double h = look.px(moveHeight(bar.moves)) * fit;
            p.setBrush(t.levelHue(1));
            p.drawRoundedRect(QRectF(x, base - h, w, h), std::min(1.5, w / 3), std::min(1.5, w / 3));
            if (fit < .8 || px < 1) continue;
            const auto number = grouped(bar.moves);
            const auto text = cpu == plot.cpu ? TimelineView::tr("%1 moved").arg(number) : number;
            const double from = x + w + look.px(4);
            const double end = from + textWidth(font, text) + look.px(4);
            bool isFree = true; // no bar may stand under the number
            for (std::size_t k = i + 1; k < bars.size() && bars[k].x < end; ++k) isFree = false;
            if (!isFree) continue;
            p.setPen(t.levelHue(1));
            p.setFont(font);
            p.drawText(QPointF(from, base - look.px(2.5)), text);
            p.setPen(Qt::NoPen);
        }
    }

    std::function<void(QCPPainter&)> paint;
};

/// Overview, ruler and lane names.
class ChromeLayerable : public QCPLayerable
{
  public:
    template <class Plot> ChromeLayerable(Plot* plot, const QString& layer) : QCPLayerable(plot, layer)
    {
        m_paint = [plot](QCPPainter& p) {
            p.setAntialiasing(true);
            paintOverview(*plot, p);
            paintRuler(*plot, p);
            paintNames(*plot, p);
        };
    }

  protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override { painter->setAntialiasing(true); }
    void draw(QCPPainter* painter) override { m_paint(*painter); }

  private:
    template <class Plot> static void paintOverview(const Plot& plot, QCPPainter& p)
    {
        const Look& look = plot.look();
        const auto& t = look.t();
        const auto rows = plot.rows();
        const auto scale = plot.overview();
        const QRectF strip(scale.left, rows.overviewTop, scale.right - scale.left, rows.overviewHeight);
        p.setPen(Qt::NoPen);
        p.setBrush(t.sunken);
        p.drawRoundedRect(strip, strip.height() / 2, strip.height() / 2);
        for (const auto& mark : overviewMarks(plot.pyramid, scale)) {
            const double extra = mark.isDeep ? look.px(3) : 0;
            const double w = mark.isDeep ? look.px(2) : .8;
            p.setBrush(mark.isDeep ? t.levelHue(2) : translucent(t.levelHue(1), .55));
            p.drawRect(QRectF(mark.x - w / 2, strip.top() - extra, w, strip.height() + 2 * extra));
        }
    }
    template <class Plot> static void paintRuler(const Plot& plot, QCPPainter& p)
    {
        if (!plot.inputs) return;
        const Look& look = plot.look();
        const auto& t = look.t();
        const auto rows = plot.rows();
        const auto scale = plot.scale();
        const double y = std::floor(rows.rulerLine) + .5;
        const auto font = look.numbers(11.5);
        const auto& machine = plot.inputs->machine;
        p.setFont(font);
        for (const auto& mark : rulerMarks(scale, machine.jiffies, machine.word)) {
            p.setPen(QPen(mark.isMajor ? t.ink3 : t.line2, mark.isMajor ? 1.2 : .8));
            p.drawLine(QPointF(mark.x, y - look.px(mark.isMajor ? 7 : 3)), QPointF(mark.x, y));
            if (!mark.isMajor) continue;
            const double w = textWidth(font, mark.label);
            if (mark.x - w / 2 < scale.left - look.px(8) || mark.x + w / 2 > plot.viewport().width() - look.px(4)) continue;
            p.setPen(t.ink3);
            p.drawText(QPointF(mark.x - w / 2, y - look.px(12)), mark.label);
        }
        p.setPen(QPen(t.line2, 1));
        p.drawLine(QPointF(scale.left, y), QPointF(scale.right, y));
    }
    template <class Plot> static void paintNames(const Plot& plot, QCPPainter& p)
    {
        const Look& look = plot.look();
        const auto& t = look.t();
        const auto rows = plot.rows();
        p.setPen(t.ink3);
        p.setFont(look.words(12, QFont::Medium));
        p.drawText(QPointF(look.px(headerLeft), look.px(21)), TimelineView::tr("Timeline"));
        const auto bin = binText(plot.scale());
        if (!bin.isEmpty()) {
            p.setFont(look.words(11.5));
            p.drawText(QPointF(plot.scale().right - textWidth(look.words(11.5), bin), rows.rulerLine + look.px(14)), bin);
        }
        const int every = std::max(1, static_cast<int>(std::ceil(look.px(14) / rows.laneHeight)));
        for (int cpu = 0; cpu < plot.pyramid.cpus(); cpu += every) {
            const bool isOurs = cpu == plot.cpu;
            p.setFont(look.words(12.5, isOurs ? QFont::DemiBold : QFont::Normal));
            p.setPen(isOurs ? t.ink : t.ink2);
            const double base = rows.lanesTop + (cpu + 1) * rows.laneHeight - look.px(4);
            p.drawText(QPointF(look.px(headerLeft), std::max(base, rows.lanesTop + look.px(10))), TimelineView::tr("CPU %1").arg(cpu));
        }
    }

    std::function<void(QCPPainter&)> m_paint;
};

/// Playhead, its pill, its place in the overview, and the veil over what has not been reached.
class PlayheadLayerable : public QCPLayerable
{
  public:
    template <class Plot> PlayheadLayerable(Plot* plot, const QString& layer) : QCPLayerable(plot, layer)
    {
        m_paint = [plot](QCPPainter& p) { paintPlayhead(*plot, p); };
    }

  protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override { painter->setAntialiasing(true); }
    void draw(QCPPainter* painter) override { m_paint(*painter); }

  private:
    template <class Plot> static void paintPlayhead(const Plot& plot, QCPPainter& p)
    {
        if (!plot.inputs) return;
        const Look& look = plot.look();
        const auto& t = look.t();
        const auto rows = plot.rows();
        const auto scale = plot.scale(), whole = plot.overview();
        const double x = scale.xOf(static_cast<double>(plot.playhead));
        p.setAntialiasing(true);
        p.setPen(Qt::NoPen);

        // Recorded but not yet reached: 42 % of it shows.
        const double reached = std::clamp(x + std::max(look.px(1.2), scale.pixelsPerTick() / 2), scale.left, scale.right);
        p.setBrush(translucent(t.canvas, .58));
        p.drawRect(QRectF(reached, rows.lanesTop, scale.right - reached + 1, rows.bottom - rows.lanesTop));

        if (x >= scale.left && x <= scale.right && scale.pixelsPerTick() >= 1) LanesPlottable::paintLanes(plot, p, true);
        p.setPen(Qt::NoPen);

        const double done = std::clamp(whole.xOf(static_cast<double>(plot.playhead)), whole.left, whole.right);
        p.setBrush(translucent(t.ink3, .35));
        const double half = rows.overviewHeight / 2;
        p.drawRoundedRect(QRectF(whole.left, rows.overviewTop, std::max(done - whole.left, 2 * half), rows.overviewHeight), half, half);
        p.setBrush(t.now);
        p.drawRoundedRect(QRectF(done - look.px(2), rows.overviewTop - look.px(4), look.px(4), rows.overviewHeight + look.px(8)),
                          look.px(2), look.px(2));
        if (x < scale.left || x > scale.right) return;
        p.setPen(QPen(t.now, look.px(2.4)));
        p.drawLine(QPointF(x, rows.rulerLine - look.px(18)), QPointF(x, rows.bottom));
        const auto& machine = plot.inputs->machine;
        const auto text = shortHex(machine.word.add(machine.jiffies, plot.playhead));
        const auto font = look.numbers(12.5, QFont::Bold);
        // At the left edge it keeps clear of the buttons, at the right it stays whole.
        const double pillLeft = std::clamp(x - look.px(31), scale.left - look.px(8), scale.right - look.px(40));
        const QRectF pill(pillLeft, rows.rulerLine - look.px(28), look.px(62), look.px(20));
        p.setPen(Qt::NoPen);
        p.setBrush(t.pill);
        p.drawRoundedRect(pill, look.px(6), look.px(6));
        p.setPen(t.pillText);
        p.setFont(font);
        p.drawText(QPointF(pill.center().x() - textWidth(font, text) / 2, pill.center().y() + QFontMetricsF(font).capHeight() / 2), text);
    }

    std::function<void(QCPPainter&)> m_paint;
};

TimelineView::Plot::Plot(TimelineView& owner, const ThemeProvider& provider)
    : QCustomPlot(&owner), view(owner), theme(provider)
{
    setNoAntialiasingOnDrag(false);
    setFocusPolicy(Qt::NoFocus);
    axisRect()->setAutoMargins(QCP::msNone);
    for (auto* axis : axisRect()->axes()) axis->setVisible(false);
    xAxis->grid()->setVisible(false);
    yAxis->grid()->setVisible(false);
    yAxis->setRange(0, 1);
    addLayer(QStringLiteral("chrome"), layer(QStringLiteral("main")), QCustomPlot::limAbove);
    addLayer(QStringLiteral("playhead"), layer(QStringLiteral("chrome")), QCustomPlot::limAbove);
    playheadLayer = layer(QStringLiteral("playhead"));
    playheadLayer->setMode(QCPLayer::lmBuffered);
    new LanesPlottable(this);
    new ChromeLayerable(this, QStringLiteral("chrome"));
    new PlayheadLayerable(this, QStringLiteral("playhead"));
    applyTheme();
}

void TimelineView::Plot::applyTheme()
{
    const auto px = [&](double v) { return static_cast<int>(std::lround(look().px(v))); };
    setBackground(QBrush(look().t().canvas));
    axisRect()->setMargins(QMargins(px(lanesLeft), px(54), px(lanesRight), 0));
    replot(QCustomPlot::rpQueuedReplot);
}

void TimelineView::Plot::choose(double x)
{
    const auto s = m_drag == Drag::Overview ? overview() : scale();
    Q_EMIT view.tickChosen(std::min(s.tickAt(std::clamp(x, s.left, s.right)), endTicks));
}

void TimelineView::Plot::mousePressEvent(QMouseEvent* event)
{
    const auto s = scale();
    const auto at = event->position();
    if (event->button() != Qt::LeftButton || !inputs || at.x() < s.left - look().px(8)) return event->ignore();
    const auto r = rows();
    m_drag = at.y() < r.overviewTop + r.overviewHeight + look().px(6) ? Drag::Overview : Drag::Lanes;
    Q_EMIT view.scrubStarted();
    choose(at.x());
}

void TimelineView::Plot::mouseMoveEvent(QMouseEvent* event)
{
    if (m_drag != Drag::None) choose(event->position().x());
}

void TimelineView::Plot::mouseReleaseEvent(QMouseEvent*) { m_drag = Drag::None; }

void TimelineView::Plot::wheelEvent(QWheelEvent* event)
{
    // Alt or a sideways wheel give the notches in x; Shift does so on some systems.
    const auto delta = event->angleDelta();
    const double notches = (delta.y() != 0 ? delta.y() : delta.x()) / 120.0;
    if (notches == 0) return;
    if ((event->modifiers() & Qt::ShiftModifier) != 0 || delta.y() == 0)
        applyRange(moved(tickRange(), -notches * tickRange().size() / 8, endTicks));
    else applyRange(zoomed(scale(), event->position().x(), std::pow(zoomStep, notches), endTicks));
    event->accept();
}

TimelineView::TimelineView(const ThemeProvider& theme, QWidget* parent) : View(parent), m_plot(std::make_unique<Plot>(*this, theme))
{
    setAccessibleName(tr("Timeline"));
    setMinimumHeight(100);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_plot.get());
    auto* buttons = new QWidget(this);
    auto* row = new QHBoxLayout(buttons);
    row->setContentsMargins({});
    row->setSpacing(4);
    const auto add = [&](const QString& text, const QString& tip, void (TimelineView::*what)()) {
        auto* button = new QToolButton(buttons);
        button->setText(text);
        button->setToolTip(tip);
        button->setAccessibleName(tip);
        button->setFocusPolicy(Qt::TabFocus);
        connect(button, &QToolButton::clicked, this, what);
        row->addWidget(button);
    };
    add(QStringLiteral("−"), tr("Show a longer part of the timeline"), &TimelineView::zoomOut);
    add(QStringLiteral("+"), tr("Show a shorter part of the timeline"), &TimelineView::zoomIn);
    add(tr("all"), tr("Show the whole run in the timeline"), &TimelineView::fit);
    const auto apply = [this, &theme, buttons] {
        const auto& look = theme.look();
        const auto& t = look.t();
        for (auto* button : buttons->findChildren<QToolButton*>()) {
            button->setFont(look.words(12, QFont::Medium));
            button->setMinimumSize(static_cast<int>(look.px(26)), static_cast<int>(look.px(24)));
        }
        buttons->setStyleSheet(QStringLiteral("QToolButton { background: %1; color: %2; border: 1px solid %3; border-radius: 6px; padding: 0 5px; }"
                                              "QToolButton:hover { background: %4; }"
                                              "QToolButton:focus { border: 2px solid %5; }")
                                   .arg(t.raised.name(), t.ink2.name(), t.line2.name(), t.sunken.name(), t.ink.name()));
        buttons->adjustSize();
        buttons->move(static_cast<int>(look.px(headerLeft)), static_cast<int>(look.px(31)));
        m_plot->applyTheme();
        updateGeometry();
    };
    connect(&theme, &ThemeProvider::changed, this, apply);
    apply();
}

TimelineView::~TimelineView() = default;

QSize TimelineView::sizeHint() const
{
    return {static_cast<int>(m_plot->look().px(900)), static_cast<int>(m_plot->look().px(194))};
}

void TimelineView::reset(const core::InputsPtr& inputs, const core::Snapshot& snapshot)
{
    const auto& machine = inputs->machine;
    m_plot->pyramid = core::CountPyramid(core::wheelGeometry(machine.cpus, machine.word, machine.small));
    m_plot->inputs = inputs;
    m_plot->playhead = 0;
    m_plot->cpu = 0;
    m_plot->isPlaced = false;
    if (m_table) m_table->reset(inputs);
    extend(snapshot);
}

QAbstractItemModel* TimelineView::table()
{
    if (!m_table) {
        m_table = new TickTable(m_plot->pyramid, this);
        if (m_plot->inputs) m_table->reset(m_plot->inputs);
    }
    return m_table;
}

void TimelineView::extend(const core::Snapshot& snapshot)
{
    m_plot->pyramid.extend(snapshot.log);
    // Pixels are worked out in 64 signed bits; no run that anybody reads is longer.
    m_plot->endTicks = std::min<std::uint64_t>(snapshot.endTicks, 1ull << 62);
    if (m_table) m_table->extend();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void TimelineView::showMoment(const Moment& moment)
{
    setCpu(moment.cpu);
    setPlayhead(moment.world.clock().ticks);
}

void TimelineView::setPlayhead(std::uint64_t tick)
{
    const bool isSame = m_plot->playhead == tick;
    m_plot->playhead = tick;
    auto range = m_plot->tickRange();
    if (!m_plot->isPlaced) {
        // As on opening: five pixels a tick, a quarter of them past.
        m_plot->isPlaced = true;
        const auto s = m_plot->scale();
        const double size = std::max(fewestTicks, (s.right - s.left) / m_plot->look().px(firstZoom));
        range = moved({static_cast<double>(tick) - size / 4, static_cast<double>(tick) + size * 3 / 4}, 0, m_plot->endTicks);
    }
    range = following(range, tick, m_plot->endTicks);
    if (range != m_plot->tickRange()) m_plot->applyRange(range);
    else if (!isSame) m_plot->replotPlayhead();
}

void TimelineView::setCpu(int cpu)
{
    if (m_plot->cpu == cpu) return;
    m_plot->cpu = cpu;
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

TickRange TimelineView::range() const { return m_plot->tickRange(); }

void TimelineView::setRange(TickRange range)
{
    m_plot->isPlaced = true;
    m_plot->applyRange(range);
}

void TimelineView::zoomIn()
{
    const auto s = m_plot->scale();
    const double at = std::clamp(s.xOf(static_cast<double>(m_plot->playhead)), s.left, s.right);
    m_plot->applyRange(zoomed(s, at, zoomStep, m_plot->endTicks));
}

void TimelineView::zoomOut()
{
    const auto s = m_plot->scale();
    const double at = std::clamp(s.xOf(static_cast<double>(m_plot->playhead)), s.left, s.right);
    m_plot->applyRange(zoomed(s, at, 1 / zoomStep, m_plot->endTicks));
}

void TimelineView::fit() { setRange(wholeRun(m_plot->endTicks)); }

void TimelineView::paintView(QPainter& painter, const QRectF& box, bool)
{
    // QCustomPlot wants a painter of its own kind; a picture carries what it draws over to any other.
    QPicture picture;
    {
        QCPPainter recorder(&picture);
        recorder.setMode(QCPPainter::pmVectorized);
        recorder.setMode(QCPPainter::pmNonCosmetic);
        m_plot->toPainter(&recorder, box.toRect().width(), box.toRect().height());
    }
    painter.drawPicture(box.topLeft(), picture);
}

} // namespace jiffy::ui

#include "moc_timeline_view.cpp"
