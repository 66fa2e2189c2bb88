// SPDX-License-Identifier: GPL-3.0-or-later
// The leading run's inputs on the other of tgtd's schedulers, tied to it by instant: a run, a log and a history of its
// own. Part of Session, which tells it whom to follow; views read it. There is none for a wheel, nor for a recording.
// GUI thread; the run is computed on a worker.
#pragma once

#include "core/history/history.h"
#include "core/run/runner.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace jiffy::ui
{

class Twin : public QObject
{
    Q_OBJECT

  public:
    explicit Twin(QObject* parent = nullptr);
    ~Twin() override;

    /// The twin of these inputs from now on; null: of none.
    void follow(const core::InputsPtr& lead);

    bool isThere() const { return m_history != nullptr; }
    /// REQUIRES for all below: isThere().
    const core::Inputs& inputs() const { return m_history->inputs(); }
    core::History& history() { return *m_history; }
    const core::Snapshot& snapshot() const { return m_history->snapshot(); }
    /// Its last position that is not after `ticks` since the start; its end so far if it has not come that far.
    core::Position positionAt(std::uint64_t ticks);
    /// The world there; good until the next call.
    const core::World& worldAt(std::uint64_t ticks) { return m_history->at(positionAt(ticks)); }

  Q_SIGNALS:
    /// Another twin, or none.
    void reset();
    /// More of it has been computed; at most once a frame.
    void extended();

  private:
    void take();

    QTimer m_frame;
    std::unique_ptr<core::History> m_history;
    std::unique_ptr<core::Runner> m_runner; // last: stops before what it wakes goes
};

} // namespace jiffy::ui
