// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/scroll_bar.h"

namespace jiffy::ui
{

QString scrollBarStyle(const Theme& theme, const QColor& ground)
{
    return QStringLiteral("QScrollBar { background: %1; border: none; margin: 0; }"
                          "QScrollBar:vertical { width: 10px; } QScrollBar:horizontal { height: 10px; }"
                          "QScrollBar::handle { background: %2; border-radius: 4px; margin: 1px; }"
                          "QScrollBar::handle:vertical { min-height: 24px; } QScrollBar::handle:horizontal { min-width: 24px; }"
                          "QScrollBar::handle:hover { background: %3; }"
                          "QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }"
                          "QScrollBar::add-page, QScrollBar::sub-page { background: %1; }")
        .arg(ground.name(), theme.line2.name(), theme.ink3.name());
}

} // namespace jiffy::ui
