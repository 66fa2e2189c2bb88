// SPDX-License-Identifier: GPL-3.0-or-later
// The state of tgtd's scheduler in two boxes, always in sight at the right end of the transport bar: the bytes in the
// pipe and timer_pending; before the patch its jiffies and the countdown; of today's scheme the timerfd's expirations
// and how far its "now" is off.
#pragma once

#include "core/scenario/inputs.h"
#include "ui/tgtd/past.h"
#include "ui/theme/theme_provider.h"

#include <QWidget>

#include <array>

namespace jiffy::ui
{

class DaemonBoxes : public QWidget
{
    Q_OBJECT

  public:
    struct Box
    {
        QString name, value;
        bool isOn = false; ///< the accent's colour
        bool operator==(const Box&) const = default;
    };

    DaemonBoxes(const ThemeProvider& theme, QWidget* parent);

    void show(const core::Inputs& inputs, const core::World& world, const FlowPast& past);
    /// The same position at an instant (us since the start) at which nothing has happened yet.
    void moveTo(const core::Inputs& inputs, const core::World& world, std::uint64_t now);
    /// What they say. Pure.
    static std::array<Box, 2> boxes(const core::Inputs& inputs, const core::World& world, const FlowPast& past, std::uint64_t now = 0);
    /// Without names, where there is little room.
    void setTight(bool tight);
    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    double boxWidth(const Box& box) const;
    void take(const std::array<Box, 2>& boxes);
    static QString tip(core::WorkScheduler scheduler);

    const ThemeProvider& m_theme;
    std::array<Box, 2> m_boxes;
    FlowPast m_past;
    bool m_isTight = false;
};

} // namespace jiffy::ui
