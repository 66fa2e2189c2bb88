// SPDX-License-Identifier: GPL-3.0-or-later
// The clock of the transport bar: jiffies in decimal and hexadecimal, and how long the run has gone on. Of tgtd: the
// time since work_timer_start() and the wall clock.
#pragma once

#include "core/scenario/inputs.h"
#include "core/world/world.h"
#include "ui/theme/theme_provider.h"

#include <QWidget>

namespace jiffy::ui
{

class JiffiesBlock : public QWidget
{
    Q_OBJECT

  public:
    JiffiesBlock(const ThemeProvider& theme, QWidget* parent);

    /// ticks: since the start; the world's own, or later as long as nothing happens.
    void show(const core::Inputs& inputs, const core::World& world, std::uint64_t ticks);
    void clear();
    /// Only the low 32 bits in hexadecimal, for windows of little width; the decimal stays whole.
    void setTight(bool tight);
    QSize sizeHint() const override;

    /// "boot + 108.512 s" for a machine that starts as the kernel does, at -300 * HZ; else "start + 108.512 s".
    static QString uptime(const core::Inputs& inputs, core::Nanoseconds now);

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    QString shownHex() const;
    void showDaemon(const core::Inputs& inputs, const core::World& world, std::uint64_t ticks);

    const ThemeProvider& m_theme;
    QString m_label, m_decimal, m_hex, m_uptime; ///< m_hex of tgtd: the wall clock
    bool m_isDaemon = false;
    bool m_isStale = false; ///< jiffies stand although time goes on: all CPUs sleep
    bool m_isTight = false;
};

} // namespace jiffy::ui
