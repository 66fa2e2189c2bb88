// SPDX-License-Identifier: GPL-3.0-or-later
// Run until: the next or the previous position at which one of several conditions holds, and stepping over and out of
// functions. A search works in slices, so that millions of records never block who asks; it can wait for a run that is
// not finished yet (extend). Conditions on records are read off the log alone; those on lines walk a world of their own.
//
// Plain objects, one thread each; the history of the session is not touched.
#pragma once

#include "core/history/history.h"
#include "core/kernel/lines.h"

#include <memory>
#include <optional>
#include <vector>

namespace jiffy::core
{

struct Condition
{
    enum class What : std::uint8_t {
        Timer, ///< anything is done to `timer`: armed, moved, called, deleted, asked for in vain
        Fire,  ///< `timer` is called
        Slot,  ///< a timer is filed into `slot` or leaves it, or its list is taken
        Line,  ///< `line` is done
        Event, ///< a record of `kind`, by `site` unless that is None
    };
    What what = What::Event;
    TimerId timer{};
    SlotId slot{};
    Line line = Line::Note;
    Kind kind = Kind::Fired;
    Site site = Site::None;
    int cpu = -1; ///< only what this CPU does; -1: any

    bool operator==(const Condition&) const = default;
};

/// A condition that is no Line, and a record. One call that emits several records holds once, at its last.
bool holds(const Condition& c, const Record& r);

class Search
{
  public:
    enum class Direction : std::uint8_t { Forward, Back };
    enum class State : std::uint8_t {
        Looking,   ///< there is more to look at
        Found,     ///< found() is the answer
        Exhausted, ///< nothing in what there is of the run
    };

    /// Looks strictly behind (or in front of) `from`.
    Search(InputsPtr inputs, const Snapshot& run, std::vector<Condition> conditions, Position from, Direction direction);

    /// Looks at up to about `records` records.
    State advance(std::uint64_t records);
    /// The same run, further computed: an exhausted search forward goes on.
    void extend(const Snapshot& run);

    State state() const { return m_state; }
    Position found() const { return m_found; }        ///< REQUIRES: Found
    std::size_t condition() const { return m_which; } ///< REQUIRES: Found; the first one that holds there
    /// 0..1 of the way to the end (or the start) of what there is.
    double progress() const;

  private:
    struct Hit
    {
        std::uint64_t inside = 0; ///< lines or ticks of the record done, at least 1
        std::size_t which = 0;
    };
    std::optional<Hit> hitIn(std::uint64_t event, std::uint64_t above, std::uint64_t below);
    std::uint64_t insideOf(std::uint64_t event);
    std::optional<OpenRun> runAt(std::uint64_t event) const;
    bool take(std::uint64_t event, std::uint64_t above, std::uint64_t below);
    void forward(std::uint64_t records);
    void back(std::uint64_t records);

    Snapshot m_run;
    std::vector<Condition> m_conditions;
    std::unique_ptr<History> m_history; ///< only where lines are looked for
    Direction m_direction;
    State m_state = State::Looking;
    std::uint64_t m_start = 0; ///< event at which it began
    std::uint64_t m_event = 0; ///< record looked at next
    std::uint64_t m_inside = 0; ///< forward: done of it; back: allowed of it
    bool m_isWhole = false;     ///< back: all of m_event is allowed
    Position m_found;
    std::size_t m_which = 0;
};

/// How a debugger steps beyond a line.
enum class CodeStep : std::uint8_t {
    Over, ///< to the next line of the same function, or of one that called it
    Out,  ///< until the present function has returned
};

/// The stop of a CodeStep behind a position, in slices.
class StepSearch
{
  public:
    StepSearch(InputsPtr inputs, const Snapshot& run, Position from, CodeStep step);

    Search::State advance(std::uint64_t records);
    void extend(const Snapshot& run);
    Search::State state() const { return m_state; }
    Position found() const { return m_found; } ///< REQUIRES: Found

  private:
    bool stopsAt(const Frames& frames) const;

    History m_history;
    CodeStep m_step;
    Search::State m_state = Search::State::Looking;
    std::uint32_t m_depth = 0;              ///< of the stack at the start; 0: nothing has run
    Function m_function = Function::Surroundings;
    int m_cpu = 0;                          ///< that executes there
    std::uint64_t m_event = 0, m_inside = 0;
    Position m_found;
};

} // namespace jiffy::core
