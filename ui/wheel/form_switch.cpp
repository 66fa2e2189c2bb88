// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/form_switch.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace jiffy::ui
{

namespace
{

constexpr int roomAround = 7; ///< makes 44 px of a control that is 30 px high

} // namespace

FormSwitch::FormSwitch(const ThemeProvider& provider, QWidget* parent) : QWidget(parent), m_provider(provider)
{
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Geometry of the wheel"));
    setToolTip(tr("Rings: far future inside. Bands: one level below the other, the finest at the bottom. (Ctrl+B)"));
    connect(&provider, &ThemeProvider::changed, this, qOverload<>(&QWidget::update));
    setForm(WheelForm::Rings);
}

void FormSwitch::setForm(WheelForm form)
{
    m_form = form;
    setAccessibleDescription(form == WheelForm::Rings ? tr("Rings are shown") : tr("Bands are shown"));
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
    update();
}

void FormSwitch::setBox(const QRectF& box)
{
    setGeometry(box.toRect().adjusted(-roomAround, -roomAround, roomAround, roomAround));
}

QRectF FormSwitch::box() const
{
    return QRectF(rect()).adjusted(roomAround, roomAround, -roomAround, -roomAround);
}

void FormSwitch::choose(WheelForm form)
{
    if (form == m_form) return;
    setForm(form);
    Q_EMIT chosen(form);
}

void FormSwitch::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) return event->ignore();
    choose(event->position().x() < width() / 2.0 ? WheelForm::Rings : WheelForm::Bands);
}

void FormSwitch::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Space:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return choose(m_form == WheelForm::Rings ? WheelForm::Bands : WheelForm::Rings);
    default:
        QWidget::keyPressEvent(event);
    }
}

void FormSwitch::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    paintSegments(p, m_provider.look(), box(), {tr("Rings"), tr("Bands")}, m_form == WheelForm::Rings ? 0 : 1, hasFocus());
}

void paintSegments(QPainter& p, const Look& look, const QRectF& all, const std::array<QString, 2>& words, int chosen, bool hasFocus)
{
    const Theme& t = look.t();
    p.setPen(t.name == ThemeName::HighContrast ? QPen(t.line, 1) : QPen(Qt::NoPen));
    p.setBrush(t.sunken);
    p.drawRoundedRect(all, look.px(8), look.px(8));
    const double half = all.width() / 2;
    for (int k = 0; k < 2; ++k) {
        const bool isOn = k == chosen;
        const QRectF segment(all.left() + k * half, all.top(), half, all.height());
        if (isOn) {
            p.setPen(QPen(t.line2, 1));
            p.setBrush(t.raised);
            p.drawRoundedRect(segment.adjusted(3, 3, -3, -3), look.px(6), look.px(6));
        }
        QFont font = look.words(12.5, isOn ? QFont::DemiBold : QFont::Normal);
        const QString& text = words[static_cast<std::size_t>(k)];
        if (const double width = QFontMetricsF(font).horizontalAdvance(text); width > half - 8) font.setPointSizeF(font.pointSizeF() * (half - 8) / width);
        p.setFont(font);
        p.setPen(isOn ? t.ink : t.ink2);
        p.drawText(segment, Qt::AlignCenter, text);
    }
    if (!hasFocus) return;
    p.setPen(QPen(t.ink, 2));
    p.setBrush(Qt::NoBrush);
    p.drawRoundedRect(all.adjusted(-4, -4, 4, 4), look.px(8) + 4, look.px(8) + 4);
}

} // namespace jiffy::ui

#include "moc_form_switch.cpp"
