// SPDX-License-Identifier: GPL-3.0-or-later
// "+" beside the switch of the geometry: drag it onto a slot and a timer is armed there; a click asks for one. Shown
// only where somebody can arm one. GUI thread.
#pragma once

#include "ui/theme/theme_provider.h"

#include <QWidget>

#include <optional>

namespace jiffy::ui
{

class AddHandle : public QWidget
{
    Q_OBJECT

  public:
    explicit AddHandle(const ThemeProvider& provider, QWidget* parent);

    /// Stands left of that box.
    void setBox(const QRectF& box);

  Q_SIGNALS:
    void clicked();
    void dragged(QPointF at); ///< in pixels of the parent
    void dropped();
    void cancelled();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

  private:
    const ThemeProvider& m_provider;
    std::optional<QPoint> m_pressed;
    bool m_isDragging = false;
};

} // namespace jiffy::ui
