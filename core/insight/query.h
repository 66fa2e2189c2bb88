// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody looks for in the events, made of words into a test on records that costs a few nanoseconds: names of
// timers become sets of ids, functions and kinds become masks, "tv2[5]" a slot, numbers jiffies. Only a word that is
// none of these is looked for in the text of the events.
//
//   rto                   timers, functions and kinds of that name; where none has it, those that contain it
//   mod_timer rto         both
//   stop tick             a function, a kind or a register whose name has all of the words: tick_nohz_stop_sched_tick
//   tv2[5]  tv2           a slot on any CPU, a level
//   P                     a process, an interrupt or a lock of that name: what it does, or what happens to it
//   cpu1                  what CPU 1 does, or what lies on its wheel
//   1280  0xFFFF4500      the events of that jiffy, and those that set or carry it; or the event of that number
//   "returned 1"          the text of the event
//
// Values; matching may be done on any thread.
#pragma once

#include "core/event/log.h"
#include "core/scenario/inputs.h"
#include "core/world/geometry.h"

#include <bitset>
#include <string>
#include <string_view>
#include <vector>

namespace jiffy::core
{

class Query
{
  public:
    Query() = default;
    Query(std::string_view text, InputsPtr inputs);

    bool isEmpty() const { return m_words.empty(); }
    /// A word had to be looked for in texts: a hundred times slower.
    bool readsText() const;

    /// REQUIRES: not isEmpty(). ticks: since the start, after the record.
    bool matches(const Record& r, std::uint64_t event, std::uint64_t ticks) const;

    /// The first match at or behind `from` and in front of `end`; end if there is none.
    std::uint64_t next(const LogView& log, std::uint64_t from, std::uint64_t end) const;
    /// The last match at or behind `begin` and in front of `end`; end if there is none.
    std::uint64_t previous(const LogView& log, std::uint64_t begin, std::uint64_t end) const;
    /// REQUIRES: begin <= end <= log.size().
    std::uint64_t count(const LogView& log, std::uint64_t begin, std::uint64_t end) const;

  private:
    struct Word
    {
        std::uint32_t kinds = 0; ///< mask, as the next
        std::uint64_t registers = 0;
        std::bitset<siteCount> sites;
        std::vector<bool> programs, locks; ///< of a machine of CPUs: processes and interrupts; locks
        SlotId list; ///< tgtd: one of its lists
        std::vector<bool> timers;
        bool hasSlot = false;
        int level = -1; ///< of the slots looked for
        int index = -1; ///< -1: all of the level
        int cpu = -1;
        bool hasNumber = false;
        std::uint64_t number = 0;
        std::string text; ///< lower case; looked for in the text of the event, where nothing else is said
        bool isText = false;
    };
    void nameAll(const std::vector<std::string>& words);
    static std::vector<std::string> wordsOf(std::string_view text, std::vector<bool>& isQuoted);
    Word wordOf(const std::string& text, bool isQuoted) const;
    bool matches(const Word& word, const Record& r, std::uint64_t event, std::uint64_t ticks) const;
    static bool isAboutProgram(const Word& word, const Record& r);
    template <class Each> void scan(const LogView& log, std::uint64_t begin, std::uint64_t end, Each each) const;

    InputsPtr m_inputs;
    Geometry m_geometry;
    std::vector<Word> m_words;
    std::uint32_t m_kinds = 0; ///< whose names have all words, of several; as the next
    std::uint64_t m_registers = 0;
    std::bitset<siteCount> m_sites;
    bool m_needsTicks = false;
};

/// Matches counted chunk by chunk, in slices: how many there are, and the how-manieth one is.
class QueryCount
{
  public:
    QueryCount() = default;
    QueryCount(Query query, const LogView& log) : m_query(std::move(query)), m_log(log) {}

    const Query& query() const { return m_query; }
    void extend(const LogView& log) { m_log = log; }
    /// Counts up to about `records` more; false once all are counted.
    bool advance(std::uint64_t records);
    bool isComplete() const { return m_done == m_log.size(); }
    std::uint64_t counted() const { return m_done; } ///< records looked at
    std::uint64_t total() const { return m_total; }  ///< matches among those
    /// Matches in front of an event. REQUIRES: event <= counted(). Costs a chunk at most.
    std::uint64_t before(std::uint64_t event) const;
    /// The next match strictly behind (or the last in front of) an event, looking at up to `records`; log size: not
    /// found so far, and `from` says where to go on. Chunks known to have none are passed over.
    struct Found
    {
        bool isFound = false;
        bool isOver = false; ///< there is none on that side
        std::uint64_t event = 0; ///< found, or where to go on
    };
    Found next(std::uint64_t from, std::uint64_t records) const;
    Found previous(std::uint64_t end, std::uint64_t records) const;

  private:
    Query m_query;
    LogView m_log;
    std::uint64_t m_done = 0, m_total = 0;
    std::vector<std::uint64_t> m_chunks; ///< matches in front of each chunk whose beginning has been reached
};

} // namespace jiffy::core
