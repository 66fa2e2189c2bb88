// SPDX-License-Identifier: GPL-3.0-or-later
// A catch-up (sleep_accounts.h) told turn by turn: which turns found nothing, which slots were cascaded, who was called
// and how late. Read from its records when it is looked at; costs follow their number.
#pragma once

#include "core/history/position.h"
#include "core/insight/sleep_accounts.h"

namespace jiffy::core
{

struct CatchUpStory
{
    /// Turns one behind the other: a run of quiet ones, or one that found something.
    struct Stretch
    {
        std::uint64_t before = 0; ///< turns done before it
        std::uint64_t count = 0;
        std::uint64_t event = 0;  ///< the Passed record; else the record that moves the position
        bool isRun = false;
    };
    struct Cascade
    {
        std::uint64_t turn = 0; ///< from 0: of position from + turn
        int level = 1;          ///< 1: tv2
        std::uint32_t index = 0;
        std::uint32_t moved = 0;///< 0: it was empty
        TimerId timer;          ///< moved == 1: which
        SlotId to;              ///< ... and where to
        Position at;            ///< behind the call
    };
    struct Call
    {
        TimerId timer;
        std::uint64_t turn = 0; ///< 3.9; from 0
        Jiffies expires = 0;
        std::int64_t late = 0;  ///< jiffies
        bool isDeferrable = false;
        std::uint64_t event = 0;
    };
    /// 6.1: clk of a wheel goes to the next bucket that is due.
    struct Jump
    {
        int wheel = 0;          ///< 0 std, 1 def
        Jiffies from = 0, to = 0;
        std::uint64_t event = 0;
    };
    std::vector<Stretch> stretches;
    std::vector<Cascade> cascades; ///< recorded ones; those in runs of quiet turns found nothing (quietCascades())
    std::vector<Call> calls;
    std::vector<Jump> jumps;
    std::uint64_t turns = 0;

    /// The state in which that many turns have been done. REQUIRES: turn <= turns, and there are stretches.
    Position afterTurns(std::uint64_t turn) const;
};

/// log: at least as long as when the catch-up was read; what has not been recorded yet is missing.
CatchUpStory storyOf(const LogView& log, const Inputs& inputs, int cpu, const CatchUp& catchUp);

/// Cascades of slots without a timer inside runs of quiet turns, in order; at most that many.
std::vector<CatchUpStory::Cascade> quietCascades(const CatchUpStory& story, const Geometry& geometry, Jiffies from, std::size_t atMost);

} // namespace jiffy::core
