// SPDX-License-Identifier: GPL-3.0-or-later
// Time travel: position -> world. Owns a cursor world and walks it along the log: forward by apply, back by unapply,
// far by the nearest checkpoint. Nothing here runs a model. Use from one thread; the snapshot may come from another.
#pragma once

#include "core/history/position.h"
#include "core/history/rung.h"
#include "core/run/snapshot.h"

#include <optional>

namespace jiffy::core
{

enum class Line : std::uint16_t; // core/kernel/lines.h
struct LineList;

class History
{
  public:
    History(InputsPtr inputs, Snapshot snapshot);

    const Inputs& inputs() const { return *m_inputs; }
    const InputsPtr& inputsPtr() const { return m_inputs; }
    const Snapshot& snapshot() const { return m_snapshot; }
    const LogView& log() const { return m_snapshot.log; }
    /// A longer prefix of the same run. Positions stay valid, except that a position inside the open run of the old
    /// snapshot now names ticks of the record (or open run) that it became.
    void extend(Snapshot snapshot);

    Position start() const { return {}; }
    Position end() const;

    /// The world at a position; valid until the next call of a non-const function. Positions past the end mean the end.
    const World& at(Position p);
    Position cursor() const { return m_cursor; }
    const World& world() const { return m_world; } ///< at cursor()

    /// The record that produced the state at p, if any: event - 1 when p stands between records.
    /// Null at the start and inside a Passed run.
    const Record* recordBefore(Position p) const;

    /// The line of pseudocode that was done last at p, and its place among those of its record; none at the start.
    struct LineThere
    {
        Line line{};
        std::uint32_t index = 0; ///< from 0
        std::uint32_t count = 1;
    };
    std::optional<LineThere> lineAt(Position p);
    /// The lines of a record. Moves the cursor in front of it. REQUIRES: event < log().size().
    LineList linesAt(std::uint64_t event);

    /// Nearest stops of a rung strictly after and strictly before p; none at the ends. The end of the run and its
    /// start are stops of every rung, so stepping always reaches them. Costs follow the distance walked; the cursor
    /// may move.
    std::optional<Position> next(Position p, Rung rung);
    std::optional<Position> previous(Position p, Rung rung);
    bool isStop(Position p, Rung rung);

    /// Last position at which `ticks` ticks have passed since the start (the last of that jiffy); the end if the run
    /// is shorter.
    Position lastOfTick(std::uint64_t ticks);
    Position resolve(const PositionSpec& spec);
    /// Ticks since the start at p, without moving the cursor. O(log chunks + records of one chunk).
    std::uint64_t ticksAt(Position p) const;

  private:
    void toEvent(std::uint64_t event);
    void leaveInside();
    void enterInside(Position p);
    Position clamp(Position p) const;
    Position lastOf(std::uint64_t ticks, std::uint64_t offset) const;
    /// The run that begins at an event: a Passed record, or the open run at the end.
    std::optional<OpenRun> runAt(std::uint64_t event) const;

    // rungs.cpp
    std::uint64_t linesInside(std::uint64_t event);
    bool isBoundaryStop(std::uint64_t event, Rung rung);
    bool isRunStop(const OpenRun& run, std::uint64_t event, std::uint64_t tick, Rung rung);
    std::optional<std::uint64_t> insideAfter(std::uint64_t event, std::uint64_t inside, Rung rung);
    std::optional<std::uint64_t> insideBefore(std::uint64_t event, std::uint64_t inside, Rung rung);
    Position inside(std::uint64_t event, std::uint64_t inside) const;
    std::uint64_t firstCascade(const OpenRun& run, std::uint64_t event);
    bool firesFirst(std::uint64_t event) const;

    InputsPtr m_inputs;
    Snapshot m_snapshot;
    World m_world;
    Position m_cursor;
    bool m_lineApplied = false; ///< the cursor stands in a record behind the line in which the world changes
};

} // namespace jiffy::core
