// SPDX-License-Identifier: GPL-3.0-or-later
// The only object of the user interface that changes anything: it opens files, owns the run and its history, and moves
// the playhead. Views listen to its signals and read the world; they never talk to each other.
//
// Lives on the GUI thread. A run computes ahead on a worker; its snapshots arrive at most once a frame. A file is read
// on a worker, too, and replaces the present work only when it turned out to be good.
#pragma once

#include "core/history/history.h"
#include "core/run/runner.h"
#include "core/scenario/open.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>
#include <optional>

namespace jiffy::ui
{

/// How the playhead came to move; views animate steps and jump otherwise.
enum class Motion {
    Jump,     ///< anywhere: a seek, a new file
    Forward,  ///< one step of the rung
    Back,     ///< one step back
    Playing,  ///< one or more steps while playing too fast to show each
};

class OpenJob;

class Session : public QObject
{
    Q_OBJECT

  public:
    explicit Session(core::BuiltinLookup builtin, QObject* parent = nullptr);
    ~Session() override;

    bool isOpen() const { return m_history != nullptr; }
    /// The file as the user named it, and its title. Empty when nothing is open.
    QString file() const { return m_file; }
    QString title() const;
    /// REQUIRES for all below: isOpen().
    const core::Inputs& inputs() const { return m_history->inputs(); }
    const core::Snapshot& snapshot() const { return m_history->snapshot(); }
    bool isRunning() const { return snapshot().status == core::RunStatus::Running; }
    core::History& history() { return *m_history; }
    core::Position position() const { return m_position; }
    /// The world at the playhead; valid until control returns to the event loop or the playhead moves.
    const core::World& world() { return m_history->at(m_position); }
    /// The record that produced the present state; null at the start and inside a run of empty ticks.
    const core::Record* record() const { return m_history->recordBefore(m_position); }
    std::uint64_t ticks() const { return m_history->ticksAt(m_position); }
    bool atStart() const;
    /// True at the end of a run that has ended, not at the end of what is computed so far.
    bool atEnd() const;

    core::Rung rung() const { return m_rung; }
    bool isWaiting() const { return m_awaited != Awaited::Nothing; } ///< for the run to get far enough
    bool isOpening() const { return m_job != nullptr; }
    /// Bytes read of the file that is being opened.
    std::uint64_t openingProgress() const;

  public Q_SLOTS:
    /// Begins to read; opened() or failed() follows. A newer call replaces one still under way.
    void open(const QString& file, const jiffy::core::TraceOptions& trace = {});
    void cancelOpening();
    /// Takes inputs made elsewhere, as if a file had held them.
    void start(jiffy::core::Opened opened, const QString& file);

    void setRung(jiffy::core::Rung rung);
    /// One step of a rung; waits for the run if it has not been computed so far yet.
    void stepForward(jiffy::core::Rung rung);
    void stepBack(jiffy::core::Rung rung);
    /// To the next, or the previous, timer that fires or slot that is cascaded.
    void toNextOfInterest();
    void toPreviousOfInterest();
    void toStart();
    void toEnd(); ///< waits for the run
    void seek(jiffy::core::Position position, jiffy::ui::Motion motion = Motion::Jump);
    /// The last position of that tick.
    void seekTick(std::uint64_t ticks, jiffy::ui::Motion motion = Motion::Jump);
    void stopWaiting();

  Q_SIGNALS:
    void opened();
    /// The present work stays as it is. text: what the command line would print.
    void failed(const QString& text);
    void openingChanged();
    void snapshotReady(const jiffy::core::Snapshot& snapshot);
    void positionChanged(jiffy::core::Position from, jiffy::core::Position to, jiffy::ui::Motion motion);
    void rungChanged(jiffy::core::Rung rung);
    void waitingChanged(bool waiting);

  private:
    enum class Awaited { Nothing, Step, Interest, End, Opening };

    void finishOpening(const QString& file);
    void takeSnapshot();
    void wait(Awaited what);
    void goOn();
    bool isReached(const core::PositionSpec& spec) const;

    core::BuiltinLookup m_builtin;
    QString m_file;
    std::unique_ptr<core::History> m_history;
    std::unique_ptr<core::Runner> m_runner;
    std::unique_ptr<OpenJob> m_job;
    int m_jobTag = 0;
    QTimer m_frame;
    core::Position m_position;
    core::Rung m_rung = core::Rung::Operation;
    Awaited m_awaited = Awaited::Nothing;
    core::Rung m_awaitedRung = core::Rung::Operation;
    std::uint64_t m_awaitedFrom = 0; ///< Interest: the first event not looked at yet
};

} // namespace jiffy::ui
