// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/export_kinds.h"

#include "ui/compare/compare_view.h"
#include "ui/export/picture.h"
#include "ui/narration/panel.h"
#include "ui/tgtd/words.h"
#include "ui/theme/number_text.h"
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

constexpr double footerHeight = 26, captionHeight = 34;

/// Below a single view, so that a picture on a slide still says it: what just happened, what it is of, and where.
void paintCaption(QPainter& p, MainWindow& window, std::string_view view, const Look& look, const QRectF& box)
{
    const auto& t = look.t();
    p.fillRect(box, t.win);
    p.setPen(QPen(t.line, 1));
    p.drawLine(box.topLeft() + QPointF(0, .5), box.topRight() + QPointF(0, .5));
    auto& session = window.session();
    const double margin = look.px(16), right = box.right() - margin;
    constexpr ParagraphStyle style{15, QFont::DemiBold, 1.0};
    const double sentenceBase = box.top() + look.px(captionHeight) / 2 + look.px(6);
    // Of several algorithms there is one sentence that holds for all.
    const bool isComparison = view == "compare" && !window.comparison().note().isEmpty();
    const auto said = isComparison ? RichText{Span{window.comparison().note()}} : window.workspace().narration().sentence().what;
    for (const auto& span : wrapped(said, look, style, 1e6, nullptr)) {
        const auto font = fontOf(span, look, style);
        const double x = box.left() + margin + span.baseline.x();
        if (x >= right) break;
        p.setFont(font);
        p.setPen(span.level >= 0 ? t.levelHue(span.level) : t.ink);
        drawNumber(p, font, QPointF(x, sentenceBase), QFontMetricsF(font).elidedText(span.text, Qt::ElideRight, std::max(0.0, right - x)));
    }
    const auto jiffies = session.world().clock().jiffies;
    const QString when = window.isDaemon() ? QCoreApplication::translate("Export", " · %1 s").arg(secondsText(session.world().clock().ticks))
                                           : QCoreApplication::translate("Export", " · jiffies %1 · %2")
                                                 .arg(grouped(jiffies), hexWord(jiffies, session.inputs().machine.word.bits()));
    const QString badge = machineBadge(session.inputs()) + when;
    const auto font = look.words(12);
    const QFontMetricsF metrics(font);
    const double base = box.bottom() - look.px(footerHeight) / 2 + metrics.capHeight() / 2;
    const double badgeWidth = metrics.horizontalAdvance(badge);
    p.setFont(font);
    p.setPen(t.ink3);
    p.drawText(QPointF(right - badgeWidth, base), badge);
    const auto titleFont = look.words(12, QFont::DemiBold);
    p.setFont(titleFont);
    p.setPen(t.ink2);
    p.drawText(QPointF(box.left() + margin, base),
               QFontMetricsF(titleFont).elidedText(session.title(), Qt::ElideRight, box.width() - badgeWidth - 3 * margin));
}

void paintView(MainWindow& window, std::string_view view, QPaintDevice* device, QSize size, bool isVector)
{
    QPainter p(device);
    p.setRenderHint(QPainter::Antialiasing);
    if (view == "window") return window.paintOn(p, isVector);
    const auto& look = window.theme().look();
    const double caption = look.px(captionHeight + footerHeight);
    const QRectF box(0, 0, size.width(), size.height() - caption);
    const auto* host = window.workspace().host(QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size())));
    if (host) host->view().paintView(p, box, isVector);
    else window.wheel().paintForm(p, box, view == "bands" ? WheelForm::Bands : WheelForm::Rings, isVector);
    paintCaption(p, window, view, look, QRectF(0, box.bottom(), size.width(), caption));
}

} // namespace

QString ExportKind::filter() const
{
    QStringList globs;
    for (const auto& suffix : suffixes) globs.append(QLatin1Char('*') + suffix);
    return description + QLatin1String(" (") + globs.join(QLatin1Char(' ')) + QLatin1Char(')');
}

const std::vector<Picture>& pictures()
{
    static const auto all = [] {
        const auto say = [](const char* text) { return QCoreApplication::translate("Export", text); };
        std::vector<Picture> result = {{"rings", say(QT_TRANSLATE_NOOP("Export", "the wheel as rings"))},
                                       {"bands", say(QT_TRANSLATE_NOOP("Export", "the wheel as bands, one level below the other"))}};
        for (const auto& spec : viewTable())
            if (spec.id != std::string_view("wheel")) result.push_back({spec.id, spec.descriptionText()});
        result.push_back({"window", say(QT_TRANSLATE_NOOP("Export", "the whole window"))});
        return result;
    }();
    return all;
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
        for (const auto& view : pictures())
            result.push_back({QCoreApplication::translate("Export", "picture: %1").arg(view.description), suffixes, nullptr, view.name});
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

namespace
{

const ViewHost* hostOf(MainWindow& window, std::string_view view)
{
    if (view == "rings" || view == "bands") view = "wheel";
    return window.workspace().host(QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size())));
}

} // namespace

bool canWriteView(MainWindow& window, std::string_view view)
{
    const auto* host = hostOf(window, view);
    return host == nullptr || host->isOffered();
}

QString whyNoView(MainWindow& window, std::string_view view)
{
    const auto* host = hostOf(window, view);
    return host == nullptr || host->isOffered() ? QString() : host->spec().whyNot(window.session().inputs());
}

core::Result<void> writeView(MainWindow& window, std::string_view view, const QString& path, QSize size)
{
    const PictureInfo info{size, window.session().title(), machineBadge(window.session().inputs())};
    return writePicture(path, info, [&](QPaintDevice* device, bool isVector) { paintView(window, view, device, size, isVector); });
}

} // namespace jiffy::ui
