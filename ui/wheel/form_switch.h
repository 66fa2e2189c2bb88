// SPDX-License-Identifier: GPL-3.0-or-later
// "Rings | Bands": the segmented control at the upper right of the wheel. GUI thread.
#pragma once

#include "ui/theme/theme_provider.h"
#include "ui/wheel/layout.h"

#include <QPainter>
#include <QWidget>

#include <array>

namespace jiffy::ui
{

/// Two segments, one of them chosen.
void paintSegments(QPainter& p, const Look& look, const QRectF& box, const std::array<QString, 2>& words, int chosen, bool hasFocus);

class FormSwitch : public QWidget
{
    Q_OBJECT

  public:
    explicit FormSwitch(const ThemeProvider& provider, QWidget* parent = nullptr);

    WheelForm form() const { return m_form; }
    void setForm(WheelForm form);
    /// Takes that place, a little larger: the pointer gets room above and below what is painted.
    void setBox(const QRectF& box);

  Q_SIGNALS:
    void chosen(jiffy::ui::WheelForm form);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void choose(WheelForm form);
    QRectF box() const;

    const ThemeProvider& m_provider;
    WheelForm m_form = WheelForm::Rings;
};

} // namespace jiffy::ui
