// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/mini_cache.h"

#include <QPainter>

#include <cmath>

namespace jiffy::ui
{

void MiniCache::prepare(ThemeName theme, double ratio)
{
    if (theme != m_theme || ratio != m_ratio) m_entries.clear();
    m_theme = theme;
    m_ratio = ratio;
}

const QPixmap& MiniCache::picture(int cpu, const Glance& glance, double side,
                                  const std::function<void(QPainter&)>& paint)
{
    const auto at = static_cast<std::size_t>(cpu);
    if (at >= m_entries.size()) m_entries.resize(at + 1);
    Entry& e = m_entries[at];
    if (!e.pixmap.isNull() && e.side == side && e.glance.outer == glance.outer && e.glance.inner == glance.inner)
        return e.pixmap;
    e.glance = glance;
    e.side = side;
    const int pixels = static_cast<int>(std::ceil(side * m_ratio));
    if (e.pixmap.width() != pixels) e.pixmap = QPixmap(pixels, pixels);
    e.pixmap.setDevicePixelRatio(m_ratio);
    e.pixmap.fill(Qt::transparent);
    QPainter p(&e.pixmap);
    p.setRenderHint(QPainter::Antialiasing);
    paint(p);
    return e.pixmap;
}

} // namespace jiffy::ui
