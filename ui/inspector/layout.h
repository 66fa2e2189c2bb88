// SPDX-License-Identifier: GPL-3.0-or-later
// Where everything of a page stands, for a width: texts, hairlines, lens, life, bars, and what can be
// clicked. Pure; nothing is cut off: what does not fit beside its name goes below it, and what is too wide
// for a line is broken.
#pragma once

#include "ui/inspector/page.h"
#include "ui/lens/layout.h"
#include "ui/theme/look.h"

#include <QPointF>
#include <QRectF>
#include <QString>

#include <vector>

namespace jiffy::ui
{

/// How a text is set: design/tokens 4.
enum class TypeRole : std::uint8_t
{
    Caption,   ///< 12/500
    Name,      ///< 21/700 mono
    Chip,      ///< 12.5/600
    Label,     ///< 13
    Value,     ///< 13/600 mono
    Hue,       ///< 13/700 mono
    Prose,     ///< 13/500
    Strong,    ///< 13/600
    Note,      ///< 12.5
    NoteValue, ///< 12.5/500 mono
    When,      ///< 12 mono
    Question,  ///< 14/600
    Answer,    ///< 14/700 mono
    Because,   ///< 12.5/600
};
QFont fontOf(const Look& look, TypeRole role);
/// Of a text as it is painted, groups of digits and all.
double textWidth(const Look& look, TypeRole role, const QString& text);

struct PlacedText
{
    QPointF baseline;
    QString text;
    TypeRole role = TypeRole::Label;
    Tone tone = Tone::Ink;
    int level = -1; ///< its hue instead of the tone
};

struct PlacedChip
{
    QRectF box;
    QString text;
    Tone tone = Tone::Ink2;
};

struct PlacedLens
{
    LensLayout bits;
    int level = 0;      ///< the framed field
    QRectF frame;       ///< of it
    QRectF firstOne;    ///< the bit to be framed; null: none
    double pixels = 10; ///< of the bits, unscaled
};

struct PlacedMark
{
    QPointF centre;
    LifeRow::Mark mark = LifeRow::Mark::Disc;
    int level = -1;
    QPointF next;        ///< centre of the mark below; null: no line leads on
    bool isPlan = false; ///< the line on is dotted
};

struct PlacedArrow
{
    QPointF from, to;
    int level = 0;
};

struct PlacedBar
{
    QRectF track;
    double share = 0; ///< of the fullest level, 0..1
    int level = 0;
};

/// A place to click, or to reach by the arrow keys.
struct PlacedLink
{
    QRectF box;
    Link link;
    QString says; ///< for tool tips and readers
};

struct InspectorLayout
{
    std::vector<PlacedText> texts;
    std::vector<PlacedChip> chips;
    std::vector<double> rules; ///< y of the hairlines over the whole width
    std::vector<PlacedLens> lenses;
    std::vector<PlacedArrow> arrows;
    std::vector<PlacedMark> marks;
    std::vector<PlacedBar> bars;
    std::vector<PlacedLink> links; ///< from top to bottom
    double width = 0;
    double listTop = 0;   ///< y of the first row of the list
    double rowHeight = 0; ///< of the list
    double height = 0;    ///< of all but the list's rows
};

/// Narrower than this at text size 100 % a page is not laid out: it scrolls sideways.
constexpr double narrowestPage = 200;

/// REQUIRES: width is at least look.px(narrowestPage). pinRoom: pixels to be left free at the right of the
/// first line.
InspectorLayout inspectorLayout(const Page& page, const Look& look, double width, double pinRoom = 0);

/// The box that a text takes, roughly from its ascent to its descent.
QRectF boxOf(const PlacedText& text, const Look& look);

/// The texts of one row of the list whose top is at y.
struct PlacedRow
{
    QPointF dot;
    std::vector<PlacedText> texts;
};
PlacedRow listRow(const ListRow& row, const Look& look, double width, double y);

} // namespace jiffy::ui
