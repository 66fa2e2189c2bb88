// SPDX-License-Identifier: GPL-3.0-or-later
// Does a long search without holding up the window: a slice at once, the rest between other events, and waits for the
// run where that has not got far enough. One search at a time. GUI thread.
#pragma once

#include "core/history/search.h"
#include "ui/session/session.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace jiffy::ui
{

/// A search in slices: core::Search, core::StepSearch and their like.
class SeekTask
{
  public:
    virtual ~SeekTask() = default;
    virtual core::Search::State advance(std::uint64_t records) = 0;
    virtual void extend(const core::Snapshot& run) = 0;
    virtual core::Position found() const = 0;
    virtual double progress() const { return 0; } ///< 0..1
};

class Seeker : public QObject
{
    Q_OBJECT

  public:
    /// Gets the position, or none if there is nothing up to the end of the run.
    using Done = std::function<void(std::optional<core::Position>)>;

    explicit Seeker(Session& session, QObject* parent = nullptr);

    /// Replaces a search under way, whose Done is not called. Done may be called at once.
    void start(std::unique_ptr<SeekTask> task, Done done);
    void cancel();
    bool isSeeking() const { return m_task != nullptr; }
    bool isWaiting() const { return m_isWaiting; } ///< for the run
    double progress() const { return m_task ? m_task->progress() : -1; }

  Q_SIGNALS:
    /// Began, went on, ended.
    void changed();

  private:
    void slice(int milliseconds);

    Session& m_session;
    std::unique_ptr<SeekTask> m_task;
    Done m_done;
    QTimer m_timer;
    bool m_isWaiting = false;
};

} // namespace jiffy::ui
