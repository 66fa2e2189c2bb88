// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/export_kinds.h"

#include "ui/events/events_view.h"
#include "ui/export/picture.h"
#include "ui/timeline/timeline_view.h"
#include "ui/wheel/wheel_view.h"
#include "ui/window/header_bar.h"
#include "ui/window/main_window.h"
#include "ui/window/workspace.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QPainter>

namespace jiffy::ui
{

namespace
{

constexpr double footerHeight = 26;

/// Below a single view: what it is of, so that a picture on a slide still says it.
void paintFooter(QPainter& p, MainWindow& window, const Look& look, const QRectF& box)
{
    const auto& t = look.t();
    p.fillRect(box, t.win);
    p.setPen(QPen(t.line, 1));
    p.drawLine(box.topLeft() + QPointF(0, .5), box.topRight() + QPointF(0, .5));
    auto& session = window.session();
    const auto jiffies = session.world().clock().jiffies;
    const QString badge = machineBadge(session.inputs()) +
                          QCoreApplication::translate("Export", " · jiffies %1 · %2")
                           .arg(grouped(jiffies), hexWord(jiffies, session.inputs().machine.word.bits()));
    const auto font = look.words(12);
    const QFontMetricsF metrics(font);
    const double base = box.center().y() + metrics.capHeight() / 2, margin = look.px(16);
    const double badgeWidth = metrics.horizontalAdvance(badge);
    p.setFont(font);
    p.setPen(t.ink3);
    p.drawText(QPointF(box.right() - margin - badgeWidth, base), badge);
    const auto titleFont = look.words(12, QFont::DemiBold);
    p.setFont(titleFont);
    p.setPen(t.ink);
    p.drawText(QPointF(box.left() + margin, base),
               QFontMetricsF(titleFont).elidedText(window.session().title(), Qt::ElideRight, box.width() - badgeWidth - 3 * margin));
}

void paintView(MainWindow& window, std::string_view view, QPaintDevice* device, QSize size, bool isVector)
{
    QPainter p(device);
    p.setRenderHint(QPainter::Antialiasing);
    if (view == "window") return window.paintOn(p, isVector);
    const auto& look = window.theme().look();
    const double footer = look.px(footerHeight);
    const QRectF box(0, 0, size.width(), size.height() - footer);
    if (view == "rings" || view == "bands") {
        window.wheel().paintForm(p, box, view == "bands" ? WheelForm::Bands : WheelForm::Rings, isVector);
    } else {
        const auto* host = window.workspace().host(QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size())));
        auto& shown = host != nullptr ? host->view() : static_cast<View&>(window.wheel());
        shown.paintView(p, box, isVector);
    }
    paintFooter(p, window, look, QRectF(0, box.bottom(), size.width(), footer));
}

} // namespace

QString ExportKind::filter() const
{
    QStringList globs;
    for (const auto& suffix : suffixes) globs.append(QLatin1Char('*') + suffix);
    return description + QLatin1String(" (") + globs.join(QLatin1Char(' ')) + QLatin1Char(')');
}

const std::vector<ExportKind>& exportKinds()
{
    static const auto kinds = [] {
        std::vector<ExportKind> result;
        for (const auto& e : core::exporters())
            result.push_back({QString::fromUtf8(e.description.data(), static_cast<qsizetype>(e.description.size())),
                              {QString::fromLatin1(e.suffix.data(), static_cast<qsizetype>(e.suffix.size()))}, &e, {}});
        QStringList suffixes;
        for (const auto& suffix : pictureSuffixes()) suffixes.append(QLatin1Char('.') + suffix);
        const auto say = [](const char* text) { return QCoreApplication::translate("Export", text); };
        const auto add = [&](const QString& description, std::string_view view) {
            result.push_back({description, suffixes, nullptr, view});
        };
        add(say(QT_TRANSLATE_NOOP("Export", "picture of the rings")), "rings");
        add(say(QT_TRANSLATE_NOOP("Export", "picture of the bands")), "bands");
        add(say(QT_TRANSLATE_NOOP("Export", "picture of the timeline")), "timeline");
        add(say(QT_TRANSLATE_NOOP("Export", "picture of the event table")), "events");
        add(say(QT_TRANSLATE_NOOP("Export", "picture of the window")), "window");
        return result;
    }();
    return kinds;
}

QStringList exportDescriptions()
{
    QStringList result;
    for (const auto& kind : exportKinds()) result.append(kind.filter());
    return result;
}

int exportKindFor(const QString& path, int preferred)
{
    const auto& kinds = exportKinds();
    const auto fits = [&](const ExportKind& kind) {
        if (kind.exporter) return core::exporterFor(path.toStdString()) == kind.exporter;
        return isPicture(path);
    };
    if (preferred >= 0 && fits(kinds[static_cast<std::size_t>(preferred)])) return preferred;
    for (std::size_t i = 0; i < kinds.size(); ++i)
        if (fits(kinds[i])) return static_cast<int>(i);
    return -1;
}

core::Result<void> writeView(MainWindow& window, std::string_view view, const QString& path, QSize size)
{
    const PictureInfo info{size, window.session().title(), machineBadge(window.session().inputs())};
    return writePicture(path, info, [&](QPaintDevice* device, bool isVector) { paintView(window, view, device, size, isVector); });
}

} // namespace jiffy::ui
