// SPDX-License-Identifier: GPL-3.0-or-later
// "std 12 | def 3": which of the two wheels of a CPU of 6.1 is shown; the second one is for deferrable timers. GUI thread.
#pragma once

#include "ui/theme/theme_provider.h"

#include <QWidget>

#include <array>

namespace jiffy::ui
{

/// The words of the two segments.
std::array<QString, 2> baseWords(std::uint64_t inStd, std::uint64_t inDef);

class BaseSwitch : public QWidget
{
    Q_OBJECT

  public:
    explicit BaseSwitch(const ThemeProvider& provider, QWidget* parent = nullptr);

    int wheel() const { return m_wheel; }
    /// What is shown, and how many timers each of the two holds.
    void setState(int wheel, std::uint64_t inStd, std::uint64_t inDef);
    /// Takes that place, a little larger: the pointer gets room above and below what is painted.
    void setBox(const QRectF& box);

  Q_SIGNALS:
    void chosen(int wheel);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    const ThemeProvider& m_provider;
    int m_wheel = 0;
    std::uint64_t m_inStd = 0, m_inDef = 0;
};

} // namespace jiffy::ui
