// SPDX-License-Identifier: GPL-3.0-or-later
// The leading run's inputs on other timer algorithms: a run, a log and a history of each, tied to the leading
// run by instant (core/history/instant.h). Together with the leading run they are two to four columns in a
// fixed order.
//
// They are made only while somebody wants them, and follow the session: another file, an edit, another branch
// or another leading algorithm makes them anew. There are none for tgtd, nor for an exported log. GUI thread;
// the runs are computed on workers.
#pragma once

#include "core/history/instant.h"
#include "core/run/runner.h"
#include "core/timers/registry.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace jiffy::ui
{

class Session;

class Companions : public QObject
{
    Q_OBJECT

  public:
    using Algorithms = std::vector<const core::TimersInfo*>; ///< without nulls

    static constexpr std::size_t fewest = 2;

    explicit Companions(Session& session, QObject* parent = nullptr);
    ~Companions() override;

    /// Somebody looks. Without it nothing is run; what has been computed whole is kept until the inputs
    /// change.
    void setWanted(bool isWanted);
    bool isWanted() const { return m_isWanted; }

    /// What is open can be run on several algorithms, and somebody looks.
    bool isThere() const { return !m_columns.empty(); }
    /// REQUIRES for all below: isThere(), column < count().
    std::size_t count() const { return m_columns.size(); }
    std::size_t leading() const { return m_leading; }
    const core::TimersInfo& algorithm(std::size_t column) const { return *m_columns[column].timers; }
    core::History& history(std::size_t column) const;
    const core::Snapshot& snapshot(std::size_t column) const { return history(column).snapshot(); }
    bool isRunning(std::size_t column) const { return snapshot(column).status == core::RunStatus::Running; }
    /// Where a column stands while the leading run stands at its playhead.
    core::Position positionIn(std::size_t column) const;
    /// The world there; good until that column's history is asked for something else.
    const core::World& worldIn(std::size_t column) const { return history(column).at(positionIn(column)); }
    /// The leading run's instant, and that of the position in a column.
    const core::RunInstant& instant() const;
    core::RunInstant instantIn(std::size_t column) const;
    /// The first position of the tick in which a column stands.
    core::Position tickBegin(std::size_t column) const;
    /// It has not been computed as far as the playhead is.
    bool isBehind(std::size_t column) const;
    /// The leading run's position for what has been done in a column by one of its events: behind the call,
    /// or behind the tick's softirqs.
    core::Position leadPositionOf(std::size_t column, std::uint64_t event) const;

    /// Which algorithms are columns, in their order. The leading run's own is always one.
    Algorithms chosen() const;
    /// Fewer than two, or the leading run's missing: it is added. Kept until another file is opened.
    void choose(const Algorithms& algorithms);
    /// What `inputs` are meant to be seen on, else the list, 3.9's wheel and 6.1's; always with their own.
    static Algorithms defaultsFor(const core::Inputs& inputs);

    /// Computes all to their ends in place: for pictures.
    void complete();

  Q_SIGNALS:
    /// Other columns, or other runs in them.
    void reset();
    /// More of them has been computed; at most once a frame.
    void extended();

  private:
    struct Column
    {
        const core::TimersInfo* timers = nullptr;
        std::unique_ptr<core::InstantIndex> index;
        std::unique_ptr<core::History> history; ///< null: the leading run's
        std::unique_ptr<core::Runner> runner;   ///< behind what it wakes
        mutable core::Position at;              ///< while m_tied is the leading run's position
        mutable bool isPlaced = false;
    };

    void follow();
    void make(Column& column, core::Run run);
    void take();
    void forget();
    void onPosition();

    Session& m_session;
    bool m_isWanted = false;
    Algorithms m_chosen; ///< empty: as the inputs want it
    std::vector<Column> m_columns;
    std::size_t m_leading = 0;
    core::InputsPtr m_inputs; ///< of the leading run that the columns are made for
    mutable core::RunInstant m_instant;
    mutable bool m_isTied = false;
    QTimer m_frame;
};

} // namespace jiffy::ui
