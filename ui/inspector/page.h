// SPDX-License-Identifier: GPL-3.0-or-later
// What the inspector says about a timer, a slot or a CPU: a value made from the world at the playhead
// (pages.h). It is painted (layout.h), listed as a table (page_table.h) and read aloud from this one source.
#pragma once

#include "core/base/ids.h"
#include "core/world/geometry.h"
#include "ui/narration/narration.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace jiffy::ui
{

/// Roles of the theme that the inspector uses.
enum class Tone : std::uint8_t
{
    Ink,
    Ink2,
    Ink3,
    Now,
    Late,
    Ghost
};

/// What a click on a piece of the page leads to.
struct Link
{
    enum class To : std::uint8_t
    {
        Nothing,
        Timer,
        Slot,
        Cpu,
        Process,
        Event ///< the position behind that record
    };
    To to = To::Nothing;
    std::uint64_t value = 0; ///< the id, or the index of the record
    bool operator==(const Link&) const = default;

    static Link timer(core::TimerId t) { return {t.isValid() ? To::Timer : To::Nothing, t.value}; }
    static Link slot(core::SlotId s) { return {s.isValid() ? To::Slot : To::Nothing, s.value}; }
    static Link cpu(int c) { return {To::Cpu, static_cast<std::uint64_t>(c)}; }
    static Link process(std::uint32_t p) { return {To::Process, p}; }
    static Link event(std::uint64_t e) { return {To::Event, e}; }
    bool isValid() const { return to != To::Nothing; }
};

/// A name with its value: "expires  4 294 919 604", below it "0xFFFF 45B4".
struct Field
{
    QString name;
    RichText value;
    RichText below{}; ///< a second form of the value
    RichText note{};  ///< why it is so, in words
    QString mark{};   ///< a word of warning before the value: "stale"
    Tone tone = Tone::Ink;
    Link link{}; ///< of the value
    bool operator==(const Field&) const = default;
};

/// One row of the bit lens.
struct LensRow
{
    core::Jiffies value = 0;
    int firstOne = -1; ///< number of the bit to be framed; -1: none
    bool operator==(const LensRow&) const = default;
};

/// The two rows of the filing rule: the distance picks the level, a field of the expiry the slot.
struct LensFigure
{
    core::Geometry geometry;
    int level = 0;        ///< whose field is framed in both rows
    QString question;     ///< "How far away?"
    QString amount;       ///< "180"
    QString formula;      ///< "expires − timer_jiffies"
    LensRow upper;        ///< that distance
    QString because;      ///< "its first 1 lies in the tv1 field"
    LensRow lower;        ///< the expiry, or what stands for it
    QString slotQuestion; ///< "Which slot?"
    QString slot;         ///< "tv1[180]"
    QString slotFormula;  ///< "that field of expires itself"
    QString higherBits;   ///< "+32 higher bits"; empty on small words
    bool operator==(const LensFigure&) const = default;
};

/// A line of the life list.
struct LifeRow
{
    enum class Mark : std::uint8_t
    {
        Disc,       ///< filed in a slot
        Deferrable, ///< the same for a deferrable timer
        Moving,     ///< just filed by a cascade
        Firing,
        Fired,
        Deleted,
        Planned, ///< not yet
        Call,    ///< a call without effect
        Earlier  ///< stands for what is not listed
    };
    Mark mark = Mark::Disc;
    int level = -1; ///< hue of the mark
    QString text;   ///< "falls to"
    QString where;  ///< "tv2[5]", "on time", "180 jiffies"
    int whereLevel = -1;
    Tone whereTone = Tone::Ink;
    QString when; ///< "+103.392 s", "720 ms"
    Link link{};
    bool goesOn = false; ///< a line joins it with the row below
    bool operator==(const LifeRow&) const = default;
};

/// How many of something each level holds.
struct LevelBar
{
    int level = 0;
    QString name;
    std::uint64_t count = 0;
    bool operator==(const LevelBar&) const = default;
};

/// A part of the page between two hairlines.
struct Section
{
    QString title; ///< may be empty
    std::vector<Field> fields{};
    std::optional<LensFigure> lens{};
    std::vector<LifeRow> life{};
    std::vector<LevelBar> bars{};
    RichText note{};
    bool operator==(const Section&) const = default;
};

struct Page
{
    enum class About : std::uint8_t
    {
        Nothing,
        Timer,
        Slot,
        Cpu,
        Process
    };
    About about = About::Nothing;
    core::TimerId timer{};
    QString caption; ///< "Timer", "Timer of the last event"
    QString name;
    int nameLevel = -1;
    QString state; ///< "moving"; may be empty
    Tone stateTone = Tone::Ink2;
    std::vector<Section> sections{};
    QString listTitle{}; ///< of the timers below the sections; empty: there is no list
    std::uint64_t listCount = 0;
    bool canDelete = false, canMove = false; ///< About::Timer
    bool operator==(const Page&) const = default;

    /// The first lines in one sentence, for a screen reader.
    QString summary() const;
};

/// A line of the list of timers below a page.
struct ListRow
{
    core::TimerId timer;
    QString name;
    QString where; ///< "tv2[5]"; empty where all stand in one slot
    QString due;   ///< "in 180", "1 ago"
    int level = 0;
    bool isDeferrable = false;
    bool operator==(const ListRow&) const = default;
};

} // namespace jiffy::ui
