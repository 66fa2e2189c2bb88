// SPDX-License-Identifier: GPL-3.0-or-later
// The small wheels of the other CPUs as pictures, each painted anew only when its counts change: two dozen of them would
// cost more than the large wheel. Hands go on top. GUI thread.
#pragma once

#include "ui/theme/theme.h"
#include "ui/wheel/scene.h"

#include <QPixmap>

#include <functional>
#include <vector>

namespace jiffy::ui
{

class MiniCache
{
  public:
    /// What the pictures are made for; others are forgotten.
    void prepare(ThemeName theme, double ratio);
    /// The picture of that CPU, `side` pixels wide and high; `paint` makes it where it is not up to date.
    const QPixmap& picture(int cpu, const Glance& glance, double side, const std::function<void(QPainter&)>& paint);

  private:
    struct Entry
    {
        Glance glance;
        double side = 0;
        QPixmap pixmap;
    };
    std::vector<Entry> m_entries;
    ThemeName m_theme = ThemeName::Light;
    double m_ratio = 1;
};

} // namespace jiffy::ui
