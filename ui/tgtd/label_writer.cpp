// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tgtd/label_writer.h"

#include <QFontMetricsF>
#include <QStringList>

#include <algorithm>

namespace jiffy::ui
{

namespace
{

QFont fontOf(const Look& look, const TextStyle& style)
{
    return style.isMono ? look.numbers(style.size, style.weight) : look.words(style.size, style.weight);
}

} // namespace

double LabelWriter::width(const QString& text, const TextStyle& style) const
{
    return QFontMetricsF(fontOf(m_look, style)).horizontalAdvance(text) / m_look.scale;
}

double LabelWriter::write(double x, double baseline, const QString& text, const TextStyle& style, At at, double room)
{
    return put(x, baseline, text, style, at, room, Qt::ElideRight);
}

double LabelWriter::writeName(double x, double baseline, const QString& name, const TextStyle& style, double room, At at)
{
    return put(x, baseline, name, style, at, room, Qt::ElideMiddle);
}

double LabelWriter::put(double x, double baseline, const QString& text, const TextStyle& style, At at, double room, Qt::TextElideMode mode)
{
    if (text.isEmpty()) return 0;
    const QFontMetricsF metrics(fontOf(m_look, style));
    FlowLabel label;
    label.text = text;
    double w = metrics.horizontalAdvance(text);
    if (room > 0 && w > room * m_look.scale + .5) {
        label.text = metrics.elidedText(text, mode, room * m_look.scale);
        label.isElided = true;
        w = metrics.horizontalAdvance(label.text);
    }
    const QPointF p = point(x, baseline);
    const double left = at == At::Left ? p.x() : at == At::Right ? p.x() - w : p.x() - w / 2;
    // Capitals and descenders; what a font keeps free above them may overlap.
    label.box = QRectF(left, p.y() - metrics.capHeight(), w, metrics.capHeight() + metrics.descent() * .7);
    label.baseline = p.y();
    label.size = style.size;
    label.weight = style.weight;
    label.isMono = style.isMono;
    label.tone = style.tone;
    m_labels.push_back(label);
    return w / m_look.scale;
}

bool LabelWriter::writeFirst(double x, double baseline, const QStringList& texts, const TextStyle& style, double room, At at)
{
    for (const auto& text : texts) {
        if (width(text, style) > room) continue;
        write(x, baseline, text, style, at);
        return true;
    }
    return false;
}

bool LabelWriter::writeWhole(double x, double baseline, const QStringList& texts, const TextStyle& style, double room, int lines, double leading)
{
    for (const auto& text : texts) {
        const auto before = m_labels.size();
        writeLines(x, baseline, text, style, room, lines, leading);
        if (std::none_of(m_labels.begin() + static_cast<std::ptrdiff_t>(before), m_labels.end(), [](const FlowLabel& l) { return l.isElided; })) return true;
        m_labels.erase(m_labels.begin() + static_cast<std::ptrdiff_t>(before), m_labels.end());
    }
    return false;
}

int LabelWriter::writeLines(double x, double baseline, const QString& text, const TextStyle& style, double room, int lines, double leading, At at)
{
    int written = 0;
    QStringList words = text.split(QLatin1Char(' '));
    while (!words.isEmpty() && written < lines) {
        QString line = words.takeFirst();
        if (written + 1 == lines) {
            line = (QStringList{line} + words).join(QLatin1Char(' '));
            words.clear();
        }
        while (!words.isEmpty() && width(line + QLatin1Char(' ') + words.first(), style) <= room) line += QLatin1Char(' ') + words.takeFirst();
        write(x, baseline + written * leading, line, style, at, room);
        ++written;
    }
    return written;
}

} // namespace jiffy::ui
