// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/view.h"

#include <QPainter>

namespace jiffy::ui
{

void View::paintView(QPainter& painter, const QRectF& box, bool)
{
    painter.save();
    painter.translate(box.topLeft());
    painter.scale(box.width() / width(), box.height() / height());
    render(&painter, QPoint(), QRegion(), QWidget::DrawWindowBackground | QWidget::DrawChildren);
    painter.restore();
}

} // namespace jiffy::ui

#include "moc_view.cpp"
