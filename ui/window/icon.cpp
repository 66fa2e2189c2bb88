// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/icon.h"

#include <QPainter>
#include <QSvgRenderer>

/// The macro wants to stand outside of namespaces.
static void initWindowResources() { Q_INIT_RESOURCE(window); }

namespace jiffy::ui
{

void loadWindowResources() { initWindowResources(); }

QIcon programIcon()
{
    loadWindowResources();
    QIcon icon;
    for (const int size : {16, 22, 24, 32, 48, 64, 128, 256}) {
        QSvgRenderer drawing(size < 40 ? QStringLiteral(":/icons/jiffyscope-small.svg") : QStringLiteral(":/icons/jiffyscope.svg"));
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        drawing.render(&painter);
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace jiffy::ui
