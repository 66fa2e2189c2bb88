// SPDX-License-Identifier: GPL-3.0-or-later
// "Live on this machine": asks what to perform, runs the process, hands its recording to the session as it grows, and
// says what became of it. The process ends with this object at the latest; the window's end in any form is its end.
// GUI thread.
#pragma once

#include "core/insight/alarm_lateness.h"
#include "core/insight/lateness.h"
#include "core/run/live_process.h"
#include "core/run/runner.h"
#include "ui/application.h"
#include "ui/live/live_dialog.h"
#include "ui/session/session.h"

#include <QElapsedTimer>
#include <QTimer>

#include <functional>
#include <memory>

namespace jiffy::ui
{

class LiveBar;
class MessageBar;

class LiveControl : public QObject
{
    Q_OBJECT

  public:
    /// mayLeave asks for unsaved work that would go. isRemembering: settings are kept for the next start.
    LiveControl(Session& session, const ThemeProvider& theme, MessageBar& messages, const Library& library,
                std::function<bool()> mayLeave, bool isRemembering, QWidget* window);
    ~LiveControl() override;

    LiveBar* bar() const { return m_bar; }
    bool isRunning() const { return m_process != nullptr; }
    /// REQUIRES: isRunning().
    int pid() const { return m_process->pid(); }

    void ask();
    /// One that runs is ended first. False: it could not be started, and the message bar says why.
    bool start(const core::Inputs& workload, const core::LiveSettings& settings, const std::string& program = core::liveProgram());
    void stop();

  private:
    QList<LiveWorkload> workloads() const;
    core::InputsPtr open(const QString& workload, QString& why) const;
    void take();
    void show(const core::LiveState& state);
    void end(const core::LiveEnd& end);
    void abandon();
    void closeBar();
    void followModel(const core::Inputs& recorded);
    void showElapsed();
    void showFigures();

    Session& m_session;
    const ThemeProvider& m_theme;
    MessageBar& m_messages;
    Library m_library;
    std::function<bool()> m_mayLeave;
    bool m_isRemembering;
    QWidget* m_window;
    LiveBar* m_bar;
    core::LiveSettings m_settings;
    core::InputsPtr m_recorded;       ///< what the session shows of it; null before the first events
    core::AlarmLateness m_parts, m_modelParts;
    core::Lateness m_work, m_modelWork;
    core::InputsPtr m_model;
    QElapsedTimer m_since, m_figuresShown;
    qint64 m_figuresTook = 0; ///< ms
    QTimer m_frame;   ///< states are taken at most once a frame
    QTimer m_clock;   ///< the elapsed time and the figures
    bool m_isSilent = false, m_isShown = false;
    std::unique_ptr<core::Runner> m_runner;       // these two last: they wake what is above
    std::unique_ptr<core::LiveProcess> m_process;
};

} // namespace jiffy::ui
