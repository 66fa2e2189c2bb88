// SPDX-License-Identifier: GPL-3.0-or-later
// The row of buttons below a page; more rows where one is too narrow. GUI thread.
#pragma once

#include "ui/inspector/action_button.h"

#include <QWidget>

#include <vector>

namespace jiffy::ui
{

class InspectorFooter : public QWidget
{
    Q_OBJECT

  public:
    InspectorFooter(const ThemeProvider& theme, QWidget* parent);

    ActionButton* add(const QString& text);
    /// To be called when buttons came or went.
    void fit();
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    /// Boxes of the visible buttons for a width.
    std::vector<QRect> boxes(int width) const;
    std::vector<ActionButton*> present() const;

    const ThemeProvider& m_theme;
    std::vector<ActionButton*> m_buttons;
};

} // namespace jiffy::ui
