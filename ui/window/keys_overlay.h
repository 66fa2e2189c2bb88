// SPDX-License-Identifier: GPL-3.0-or-later
// "?": every key there is, made from the table of actions and that of the views' own keys.
#pragma once

#include "core/scenario/inputs.h"
#include "ui/window/overlay.h"

#include <QString>

#include <optional>
#include <vector>

class QScrollArea;

namespace jiffy::ui
{

/// A part of the list: a menu, or a view with keys of its own.
struct KeyGroup
{
    struct Row
    {
        QStringList keys;
        QString what;
    };
    QString title;
    std::vector<Row> rows;
};

/// In the order of the menus, then the views: of all runs, or of one kind only and in its words. hasCpus: a machine of
/// CPUs.
std::vector<KeyGroup> keyGroups(std::optional<core::Driver> driver = std::nullopt,
                                core::TimerAlgorithm timers = core::TimerAlgorithm::Wheel39, bool hasCpus = false);

class KeysOverlay : public Overlay
{
    Q_OBJECT

  public:
    KeysOverlay(const ThemeProvider& theme, QWidget* parent);

    /// The keys of such runs are listed.
    void setDriver(core::Driver driver, core::TimerAlgorithm timers, bool hasCpus = false);

  protected:
    QRect panelPlace(QSize area) const override;
    void applyTheme() override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void fill();

    QScrollArea* m_area;
    int m_columns = 0; ///< for which it was filled
    core::Driver m_driver = core::Driver::Kernel;
    core::TimerAlgorithm m_timers = core::TimerAlgorithm::Wheel39;
    bool m_hasCpus = false;
};

} // namespace jiffy::ui
