// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the labels of a layout: lengths are the design's logical pixels, boxes come out in device-independent pixels.
#pragma once

#include "ui/tgtd/layout.h"

namespace jiffy::ui
{

struct TextStyle
{
    double size = 12;
    QFont::Weight weight = QFont::Normal;
    bool isMono = false;
    FlowTone tone = FlowTone::Ink2;
};

class LabelWriter
{
  public:
    LabelWriter(const Look& look, QPointF origin, std::vector<FlowLabel>& labels) : m_look(look), m_origin(origin), m_labels(labels) {}

    enum class At
    {
        Left,
        Middle,
        Right
    };

    /// Width in logical pixels.
    double width(const QString& text, const TextStyle& style) const;
    /// Writes at a baseline; what is wider than `room` (0: no end) is elided. Returns its width.
    double write(double x, double baseline, const QString& text, const TextStyle& style, At at = At::Left, double room = 0);
    /// The same of a name: names differ at their ends, so it is the middle that is left out.
    double writeName(double x, double baseline, const QString& name, const TextStyle& style, double room, At at = At::Left);
    /// The first of some texts that has room; none: nothing is written.
    bool writeFirst(double x, double baseline, const QStringList& texts, const TextStyle& style, double room, At at = At::Left);
    /// Breaks a text at blanks into at most `lines`; the last one is elided. Returns the number written.
    int writeLines(double x, double baseline, const QString& text, const TextStyle& style, double room, int lines, double leading, At at = At::Left);

    /// The first of some texts that has room in so many lines; none: nothing is written.
    bool writeWhole(double x, double baseline, const QStringList& texts, const TextStyle& style, double room, int lines, double leading);

    QPointF point(double x, double y) const { return m_origin + QPointF(x, y) * m_look.scale; }
    QRectF rect(double x, double y, double w, double h) const { return {point(x, y), QSizeF(w, h) * m_look.scale}; }
    const Look& look() const { return m_look; }

  private:
    double put(double x, double baseline, const QString& text, const TextStyle& style, At at, double room, Qt::TextElideMode mode);

    const Look& m_look;
    QPointF m_origin;
    std::vector<FlowLabel>& m_labels;
};

} // namespace jiffy::ui
