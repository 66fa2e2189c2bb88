// SPDX-License-Identifier: GPL-3.0-or-later
// The breakpoints as chips below the code: a click switches one off and on, its cross takes it away, the menu binds it
// to a CPU. Not there while there are none. GUI thread.
#pragma once

#include "ui/run_until/breakpoints.h"
#include "ui/theme/theme_provider.h"

#include <QRectF>
#include <QWidget>

namespace jiffy::ui
{

struct ChipBox
{
    QRectF box, cross;
    QString text; ///< shortened where it is wider than the bar
};

/// Chips in rows below a caption. height receives the height of all.
std::vector<ChipBox> layoutChips(const std::vector<QString>& texts, const Look& look, double width, double* height);

class BreakpointBar : public QWidget
{
    Q_OBJECT

  public:
    BreakpointBar(Breakpoints& breakpoints, const ThemeProvider& theme, QWidget* parent);

    /// The names in the texts are those of these inputs.
    void setInputs(core::InputsPtr inputs);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override { return {200, heightForWidth(std::max(width(), 200))}; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    bool event(QEvent* event) override;

  private:
    void refresh();
    int chipAt(QPointF at) const;
    std::vector<ChipBox> chips() const;
    void openMenu(std::size_t chip, QPoint at);

    Breakpoints& m_breakpoints;
    const ThemeProvider& m_theme;
    core::InputsPtr m_inputs;
    std::vector<QString> m_texts;
    int m_focus = 0; ///< chip that keys act on
};

} // namespace jiffy::ui
