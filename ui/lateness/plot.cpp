// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lateness/plot.h"

#include "ui/timeline/daemon_time.h"

#include <QPicture>
#include <QVBoxLayout>

#include <algorithm>

// QCustomPlot's header is written with the keywords that we switch off.
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define emit
#define foreach(variable, container) for (variable : container)
#include <qcustomplot.h>
#undef signals
#undef slots
#undef emit
#undef foreach

namespace jiffy::ui
{

struct LatenessPlot::Private
{
    QCustomPlot* plot = nullptr;
    QCPBars *lead = nullptr, *twin = nullptr;

    void style(const Look& look)
    {
        const auto& t = look.t();
        plot->setBackground(QBrush(t.canvas));
        for (auto* axis : {plot->xAxis, plot->yAxis}) {
            axis->setBasePen(QPen(t.line2, 1));
            axis->setTickPen(QPen(t.ink3, 1.2));
            axis->setSubTickPen(QPen(t.line2, 1));
            axis->setTickLabelFont(look.numbers(11.5));
            axis->setTickLabelColor(t.ink3);
            axis->setLabelFont(look.words(12));
            axis->setLabelColor(t.ink2);
            axis->grid()->setPen(QPen(t.line, 1));
            axis->grid()->setZeroLinePen(QPen(t.line2, 1));
        }
        plot->xAxis->grid()->setVisible(false);
        lead->setPen(Qt::NoPen);
        lead->setBrush(t.late);
        twin->setPen(Qt::NoPen);
        twin->setBrush(mix(t.canvas, t.ink3, .5));
        plot->legend->setFont(look.words(12));
        plot->legend->setTextColor(t.ink2);
        plot->legend->setBrush(t.canvas);
        plot->legend->setBorderPen(Qt::NoPen);
        plot->legend->setIconSize(static_cast<int>(look.px(12)), static_cast<int>(look.px(10)));
    }

    void mark(const Look& look, double x, double top, const QString& text, double level)
    {
        const auto& t = look.t();
        auto* line = new QCPItemLine(plot);
        line->setPen(QPen(t.ink, look.px(1.4), Qt::DashLine));
        line->start->setCoords(x, 0);
        line->end->setCoords(x, top);
        auto* label = new QCPItemText(plot);
        label->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
        label->position->setTypeX(QCPItemPosition::ptPlotCoords);
        label->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
        label->position->setCoords(x, level);
        label->setPadding(QMargins(static_cast<int>(look.px(5)), 0, 0, 0));
        label->setFont(look.words(12, QFont::DemiBold));
        label->setColor(t.ink);
        label->setBrush(QBrush(t.canvas));
        label->setText(text);
        label->setClipToAxisRect(false);
        // Beyond the right edge it would be cut off.
        if (x > plot->xAxis->range().lower + plot->xAxis->range().size() * .7)
            label->setPositionAlignment(Qt::AlignRight | Qt::AlignTop);
    }

    void fill(const LatenessPicture& picture, const Look& look)
    {
        plot->clearItems();
        style(look);
        const double unit = picture.unit();
        const auto& bars = picture.leadBars;
        const double width = static_cast<double>(bars.width) / unit,
                     from = static_cast<double>(bars.from) / unit;
        const bool hasTwin = picture.twin.count != 0;
        const double share = hasTwin ? .44 : .88;
        QVector<double> x, ours, theirs, twinX;
        for (std::size_t i = 0; i < bars.counts.size(); ++i) {
            const double left = from + static_cast<double>(i) * width;
            x << left + width * (.06 + share / 2);
            twinX << left + width * (.94 - share / 2);
            ours << static_cast<double>(bars.counts[i]);
            theirs << static_cast<double>(picture.twinBars.counts[i]);
        }
        for (auto* b : {lead, twin}) {
            b->setWidthType(QCPBars::wtPlotCoords);
            b->setWidth(width * share);
        }
        lead->setData(x, ours, true);
        twin->setData(twinX, theirs, true);
        lead->setName(LatenessPlot::tr("%1: %2 runs").arg(picture.leadName, grouped(picture.lead.count)));
        twin->setName(LatenessPlot::tr("%1: %2 runs").arg(picture.twinName, grouped(picture.twin.count)));
        twin->setVisible(hasTwin);
        plot->legend->setVisible(hasTwin);
        if (hasTwin)
            twin->addToLegend();
        else
            twin->removeFromLegend();
        const double end = from + width * static_cast<double>(std::max<std::size_t>(1, bars.counts.size()));
        const double margin = (end - from) * .02;
        plot->xAxis->setRange(from - margin, end + margin);
        const double most = static_cast<double>(std::max(bars.largest(), picture.twinBars.largest()));
        plot->yAxis->setRange(0, std::max(1.0, most) * 1.6);
        plot->xAxis->setLabel(picture.isInSeconds ? LatenessPlot::tr("late (s)")
                                                  : LatenessPlot::tr("late (ms)"));
        plot->yAxis->setLabel(LatenessPlot::tr("runs"));
        if (picture.lead.count == 0) return;
        const double top = plot->yAxis->range().upper;
        const auto at = [&](std::int64_t us) { return static_cast<double>(us) / unit; };
        mark(look, at(picture.lead.median), top,
             LatenessPlot::tr("median %1").arg(durationUsText(picture.lead.median)), .0);
        if (picture.lead.p95 != picture.lead.median && picture.lead.p95 != picture.lead.max)
            mark(look, at(picture.lead.p95), top,
                 LatenessPlot::tr("95 of 100: %1").arg(durationUsText(picture.lead.p95)), .09);
        if (picture.lead.max != picture.lead.median)
            mark(look, at(picture.lead.max), top,
                 LatenessPlot::tr("worst %1").arg(durationUsText(picture.lead.max)), .18);
    }
};

LatenessPlot::LatenessPlot(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>())
{
    d->plot = new QCustomPlot(this);
    d->plot->setAttribute(
        Qt::WA_TransparentForMouseEvents); // nothing to be dragged; tool tips are the view's
    d->plot->setFocusPolicy(Qt::NoFocus);
    d->twin = new QCPBars(d->plot->xAxis, d->plot->yAxis);
    d->lead = new QCPBars(d->plot->xAxis, d->plot->yAxis);
    const QSharedPointer<QCPAxisTickerFixed> whole(new QCPAxisTickerFixed);
    whole->setTickStep(1);
    whole->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
    d->plot->yAxis->setTicker(whole);
    d->plot->axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignRight | Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(d->plot);
}

LatenessPlot::~LatenessPlot() = default;

void LatenessPlot::show(const LatenessPicture& picture, const Look& look)
{
    d->fill(picture, look);
    d->plot->replot(QCustomPlot::rpQueuedReplot);
}

void LatenessPlot::paint(QPainter& painter, const QRectF& box)
{
    const QSize size = box.size().toSize();
    if (size.isEmpty()) return;
    QPicture picture;
    QCPPainter recorder;
    if (!recorder.begin(&picture)) return;
    recorder.setMode(QCPPainter::pmVectorized);
    recorder.setMode(QCPPainter::pmNoCaching);
    d->plot->toPainter(&recorder, size.width(), size.height());
    recorder.end();
    painter.save();
    painter.translate(box.topLeft());
    picture.play(&painter);
    painter.restore();
}

} // namespace jiffy::ui

#include "moc_plot.cpp"
