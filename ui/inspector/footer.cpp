// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/footer.h"

#include <QPainter>

#include <algorithm>

namespace jiffy::ui
{

InspectorFooter::InspectorFooter(const ThemeProvider& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme)
{
    QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&theme, &ThemeProvider::changed, this, &InspectorFooter::fit);
}

ActionButton* InspectorFooter::add(const QString& text)
{
    m_buttons.push_back(new ActionButton(ActionButton::Sign::Text, text, m_theme, this));
    return m_buttons.back();
}

std::vector<ActionButton*> InspectorFooter::present() const
{
    std::vector<ActionButton*> all;
    for (auto* b : m_buttons)
        if (b->isVisibleTo(this)) all.push_back(b);
    return all;
}

std::vector<QRect> InspectorFooter::boxes(int width) const
{
    const auto px = [this](double v) { return static_cast<int>(m_theme.look().px(v)); };
    const int left = px(20), right = width - px(20), gap = px(4);
    const auto all = present();
    std::vector<QRect> out;
    int y = px(14);
    for (std::size_t i = 0; i < all.size();) {
        // A row: as many as fit, then stretched to the whole width.
        std::size_t end = i;
        int sum = 0;
        while (end < all.size()) {
            const int more = all[end]->sizeHint().width() + (end > i ? gap : 0);
            if (end > i && sum + more > right - left) break;
            sum += more;
            ++end;
        }
        const int count = static_cast<int>(end - i);
        const int spare = std::max(0, right - left - sum) / count;
        int x = left;
        for (; i < end; ++i) {
            const QSize hint = all[i]->sizeHint();
            const int w = i + 1 == end ? right - x : std::min(hint.width() + spare, right - x);
            out.push_back(QRect(x, y, w, hint.height()));
            x += w + gap;
        }
        y += all.front()->sizeHint().height() + gap;
    }
    return out;
}

void InspectorFooter::fit()
{
    const auto all = present();
    setVisible(!all.empty());
    const auto places = boxes(width());
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i]->setGeometry(places[i]);
    setFixedHeight(heightForWidth(width()));
    update();
}

int InspectorFooter::heightForWidth(int width) const
{
    const auto places = boxes(width);
    return places.empty() ? 0 : places.back().bottom() + 1 + static_cast<int>(m_theme.look().px(14));
}

QSize InspectorFooter::sizeHint() const
{
    const int width = static_cast<int>(m_theme.look().px(290));
    return {width, heightForWidth(width)};
}

void InspectorFooter::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.fillRect(rect(), m_theme.theme().dock);
    p.setPen(m_theme.theme().line);
    p.drawLine(QPointF(0, .5), QPointF(width(), .5));
}

void InspectorFooter::resizeEvent(QResizeEvent*)
{
    fit();
}

} // namespace jiffy::ui

#include "moc_footer.cpp"
