// SPDX-License-Identifier: GPL-3.0-or-later
// The five round-cornered buttons of the transport bar. Their signs are painted: no font has them all.
#pragma once

#include "ui/theme/theme_provider.h"

#include <QAbstractButton>

namespace jiffy::ui
{

enum class TransportSign { Start, Back, Play, Pause, Step, End };

/// The sign as filled shapes round (0, 0), about 14 px high.
QPainterPath transportSign(TransportSign sign);

/// Follows an action: its tip, its being enabled, its trigger. Focus by Tab only, so that a click does not make Space
/// press the button again.
class TransportButton : public QAbstractButton
{
    Q_OBJECT

  public:
    TransportButton(TransportSign sign, QAction* action, const ThemeProvider& theme, QWidget* parent);

    void setSign(TransportSign sign);
    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

  private:
    const ThemeProvider& m_theme;
    TransportSign m_sign;
};

/// The focus ring of the design: 2 px ink, 2 px away from a control with that corner radius. `control` is what the
/// ring goes round; it needs 4 px of room inside the widget.
void paintFocusRing(QPainter& painter, const Look& look, const QRectF& control, double radius);

} // namespace jiffy::ui
