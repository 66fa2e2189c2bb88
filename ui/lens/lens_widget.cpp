// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lens/lens_widget.h"

#include <QFontMetricsF>

#include <cmath>

namespace jiffy::ui
{

namespace
{

constexpr double textPixels = 12.5;
constexpr double aboveFields = 22, belowFields = 22, sidePadding = 3, chipGap = 10;

void drawCentred(QPainter& p, QPointF baseline, const QString& text, const QFont& font, const QColor& colour)
{
    p.setFont(font);
    p.setPen(colour);
    p.drawText(QPointF(baseline.x() - QFontMetricsF(font).horizontalAdvance(text) / 2, baseline.y()), text);
}

} // namespace

void paintLens(QPainter& p, const Look& look, const LensLayout& layout, double pixels)
{
    const Theme& t = look.t();
    const QFont name = look.words(std::max(11.0, pixels * .85), QFont::DemiBold),
                index = look.numbers(13, QFont::DemiBold);
    const QFont one = look.numbers(pixels, QFont::Bold), zero = look.numbers(pixels);
    for (const LensField& field : layout.fields) {
        const QColor& hue = t.levelHue(field.level);
        drawCentred(p, {field.label, field.box.top() - look.px(6)}, field.name, name, hue);
        p.setPen(Qt::NoPen);
        p.setBrush(lensField(t, field.level));
        p.drawRoundedRect(field.box.adjusted(-1.5, 0, 1.5, 0), look.px(4), look.px(4));
        for (const LensBit& bit : field.bits)
            drawCentred(p, bit.centre + QPointF(0, look.px(pixels * .36)),
                        bit.isOne ? QStringLiteral("1") : QStringLiteral("0"), bit.isOne ? one : zero,
                        bit.isOne ? hue : mix(hue, t.canvas, .17));
        drawCentred(p, {field.label, field.box.bottom() + look.px(15)}, field.index, index, hue);
    }
}

LensWidget::LensWidget(const ThemeProvider& provider, QWidget* parent) : QWidget(parent), m_provider(provider)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&provider, &ThemeProvider::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void LensWidget::setValue(const core::Geometry& geometry, core::Jiffies value)
{
    const bool isOther = geometry != m_geometry;
    if (!isOther && value == m_value) return;
    m_geometry = geometry;
    m_value = value;
    QString words = tr("Hands:");
    for (const LensField& f : layoutAt({}).fields)
        if (!f.name.isEmpty()) words += QStringLiteral(" %1 %2").arg(f.name, f.index);
    setAccessibleName(words);
    setToolTip(geometry.is(core::TimerAlgorithm::Wheel61)
                   ? tr("clk of the wheel shown, in groups of three bits. The hand of a level is the six bits at both sides of its name: a slot spans "
                        "eight of the level below. The clock stands still while nothing is due.")
               : geometry.levels > 0 ? tr("timer_jiffies of the CPU shown, in the fields that name a slot of each level")
                                     : QString());
    if (isOther) updateGeometry();
    update();
}

void LensWidget::clear()
{
    m_geometry = core::Geometry{};
    setToolTip(QString());
    updateGeometry();
    update();
}

void LensWidget::setTight(bool tight)
{
    if (m_isTight == tight) return;
    m_isTight = tight;
    updateGeometry();
    update();
}

LensMeasures LensWidget::measures() const
{
    const Look& look = m_provider.look();
    return {look.px(m_isTight ? 7.3 : 9), look.px(m_isTight ? 5 : 7), look.px(22)};
}

LensLayout LensWidget::layoutAt(QPointF origin) const
{
    return lensLayout(m_geometry, m_value, origin, measures());
}

QString LensWidget::chipText(const LensLayout& layout) const
{
    return tr("+%1 higher bits").arg(layout.higherBits);
}

double LensWidget::chipWidth(const LensLayout& layout) const
{
    if (m_isTight || layout.higherBits == 0 || layout.fields.empty()) return 0;
    const Look& look = m_provider.look();
    return QFontMetricsF(look.words(11.5)).horizontalAdvance(chipText(layout)) + look.px(14);
}

QSize LensWidget::sizeHint() const
{
    const Look& look = m_provider.look();
    if (m_geometry.is(core::TimerAlgorithm::SortedList)) return {0, static_cast<int>(std::ceil(look.px(aboveFields + 22 + belowFields)))};
    // Before anything is shown the room of the usual lens is kept, so that the header does not jump.
    const LensLayout layout =
        m_geometry.levels > 0 ? layoutAt({})
                              : lensLayout(core::wheelGeometry(1, core::Word(32), false), 0, {}, measures());
    const double chip = chipWidth(layout);
    const double width = layout.width + 2 * sidePadding + (chip > 0 ? chip + chipGap : 0);
    return {static_cast<int>(std::ceil(width)),
            static_cast<int>(std::ceil(look.px(aboveFields + 22 + belowFields)))};
}

void LensWidget::paintEvent(QPaintEvent*)
{
    if (m_geometry.levels == 0) return;
    const Look& look = m_provider.look();
    const Theme& t = look.t();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const double chip = chipWidth(layoutAt({}));
    const LensLayout layout = layoutAt({sidePadding + (chip > 0 ? chip + chipGap : 0), look.px(aboveFields)});
    if (chip > 0) {
        const QRectF box(sidePadding, look.px(aboveFields + 1), chip, look.px(20));
        p.setPen(Qt::NoPen);
        p.setBrush(t.sunken);
        p.drawRoundedRect(box, box.height() / 2, box.height() / 2);
        p.setFont(look.words(11.5));
        p.setPen(t.ink2);
        p.drawText(box, Qt::AlignCenter, chipText(layout));
    }
    paintLens(p, look, layout, m_isTight ? 11 : textPixels);
}

} // namespace jiffy::ui

#include "moc_lens_widget.cpp"
