// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/rail.h"

#include "ui/window/pane.h"

#include <QPainter>

namespace jiffy::ui
{

Rail::Rail(const ThemeProvider& theme, bool isLeft, QWidget* parent)
    : QAbstractButton(parent), m_theme(theme), m_isLeft(isLeft)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setToolTip(tr("Open this side again"));
    setAttribute(Qt::WA_Hover);
    connect(&theme, &ThemeProvider::changed, this, [this] { updateGeometry(), update(); });
}

QSize Rail::sizeHint() const
{
    return {static_cast<int>(m_theme.look().px(Pane::railWidth)), 120};
}

void Rail::paintEvent(QPaintEvent*)
{
    const auto& look = m_theme.look();
    const auto& t = look.t();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.fillRect(rect(), underMouse() ? t.sunken : t.dock);
    const double x = width() / 2.0, y = look.px(24), s = look.px(4) * (m_isLeft ? 1 : -1);
    p.setPen(QPen(t.ink2, look.px(1.5), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    p.drawPolyline(QPolygonF{{x - s / 2, y - look.px(5)}, {x + s / 2, y}, {x - s / 2, y + look.px(5)}});
    const auto font = look.words(13, QFont::Medium);
    p.setFont(font);
    p.setPen(t.ink2);
    p.save();
    p.translate(x + QFontMetricsF(font).capHeight() / 2,
                look.px(44) + QFontMetricsF(font).horizontalAdvance(text()));
    p.rotate(-90);
    p.drawText(QPointF(), text());
    p.restore();
    if (hasFocus()) {
        p.setPen(QPen(t.ink, 2));
        p.setBrush(Qt::NoBrush);
        p.drawRoundedRect(QRectF(rect()).adjusted(2, 2, -2, -2), 6, 6);
    }
}

} // namespace jiffy::ui

#include "moc_rail.cpp"
