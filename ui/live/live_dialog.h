// SPDX-License-Identifier: GPL-3.0-or-later
// What is to be performed on this machine, and how.
#pragma once

#include "core/tgtd/live_log.h"
#include "ui/theme/theme_provider.h"

#include <QDialog>

#include <functional>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;

namespace jiffy::ui
{

/// A workload to choose from; an empty name is what is open.
struct LiveWorkload
{
    QString name, title;
};

/// How long a workload lasts, us; 0: not known.
using LiveLength = std::function<std::uint64_t(const QString& name)>;

class LiveDialog : public QDialog
{
    Q_OBJECT

  public:
    LiveDialog(const ThemeProvider& theme, const QList<LiveWorkload>& workloads, QWidget* parent);

    void setSettings(const core::LiveSettings& settings);
    core::LiveSettings settings() const;
    void setWorkload(const QString& name); ///< one that is not there is ignored
    /// The duration goes with the workload until the user chooses one.
    void setLength(LiveLength length);
    /// The duration is the user's own.
    bool isOwnDuration() const { return m_isOwnDuration; }
    void setOwnDuration(std::uint64_t us);
    QString workload() const;

  private:
    QDoubleSpinBox* addTime(const QString& label, const QString& unit, double least, double most, double step, int digits);
    void describeScheme();
    void followWorkload();

    LiveLength m_length;
    bool m_isOwnDuration = false;
    QFormLayout* m_form;
    QComboBox* m_workload;
    QComboBox* m_scheme;
    QLabel* m_about;
    QDoubleSpinBox* m_interval;
    QDoubleSpinBox* m_duration;
    QDoubleSpinBox* m_busy;
};

} // namespace jiffy::ui
