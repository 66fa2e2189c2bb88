// SPDX-License-Identifier: GPL-3.0-or-later
// Where everything stands in the picture of tgtd's event flow: boxes of the stations, rows and cards, and every text
// with its place. Pure functions of scene, box and look; the painter draws what stands here, and tests read it.
#pragma once

#include "ui/tgtd/scene.h"
#include "ui/theme/look.h"

#include <QFont>
#include <QPointF>
#include <QRectF>

#include <optional>
#include <vector>

namespace jiffy::ui
{

/// What colours a text.
enum class FlowTone : std::uint8_t
{
    Ink,
    Ink2,
    Ink3,
    Inv,     ///< on ink
    NowText, ///< the accent
    PillText
};

struct FlowLabel
{
    QRectF box; ///< of the text as it is written
    QString text;
    double size = 12; ///< logical pixels at 100 %
    QFont::Weight weight = QFont::Normal;
    bool isMono = false;
    FlowTone tone = FlowTone::Ink;
    double baseline = 0;
    bool isElided = false; ///< the text did not fit

    QFont font(const Look& look) const { return isMono ? look.numbers(size, weight) : look.words(size, weight); }
};

enum class FlowForm : std::uint8_t
{
    Full,   ///< the stations as a picture
    Compact ///< a line for each station, where there is little room
};

struct FlowRow
{
    QRectF box;
    std::size_t row = 0;   ///< of FlowScene::rows
    bool isWait = false;   ///< epoll_wait() itself, or work_timer_start() and _stop()
    bool isThread = false; ///< the thread stands here
    bool isCaller = false; ///< its handler called what runs now
    QRectF bar;            ///< progress; empty: none
};

struct FlowCard
{
    enum class List : std::uint8_t
    {
        Inactive,
        Active,
        Running
    };
    QRectF box;
    List list = List::Inactive;
    std::size_t index = 0; ///< in its list
    core::TimerId id;
    bool isLate = false;
    bool isChip = false; ///< low: a line of text
};

/// A line between two stations.
struct FlowLine
{
    enum class Kind : std::uint8_t
    {
        Dots,   ///< nothing goes there now
        NowDots, ///< the alarm's way
        Arrow
    };
    QPointF from, to;
    Kind kind = Kind::Dots;
};

/// An alarm in the handler's list.
struct FlowAlarm
{
    QPointF sign; ///< centre of its dot
    AlarmEnd end = AlarmEnd::Handling;
};

struct FlowLayout
{
    FlowForm form = FlowForm::Full;
    QRectF box;
    double scale = 1;
    std::vector<FlowLabel> labels;
    std::vector<FlowLine> lines;
    double divider = 0; ///< y of the line between flow and lists

    QPointF dial;
    double dialRadius = 0;
    QPointF bolt; ///< null: there is no signal
    QPointF gate;
    double gateHeight = 0; ///< 0: there is no gate
    std::vector<FlowAlarm> alarms;
    QRectF pipe; ///< or the timerfd, or the jiffies
    std::vector<QRectF> cells; ///< of its bytes
    std::vector<FlowRow> rows;
    QPointF threadMark; ///< from the black row down to the sentence; null: none
    std::vector<FlowCard> cards;
    QRectF more, moreActive; ///< where the items stand that have no room; empty: all have
    QPointF valve;
    QRectF activeBox, runningBox; ///< of the two stations
    bool isActiveEmpty = true;
    QRectF runningBar;

    const FlowCard* cardOf(core::TimerId id) const;
    const FlowRow* threadRow() const;
    /// The row, or card, at a point; null: none.
    const FlowRow* rowAt(QPointF at) const;
    const FlowCard* cardAt(QPointF at) const;
    /// Where an item of a list is, or would be if it had room.
    QPointF placeOf(core::TimerId id, FlowCard::List list) const;
};

FlowLayout flowLayout(const FlowScene& scene, const QRectF& box, const Look& look);

} // namespace jiffy::ui
