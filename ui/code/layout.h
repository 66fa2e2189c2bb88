// SPDX-License-Identifier: GPL-3.0-or-later
// Where everything of the code panel stands: the stack above, the listing of one function below it, values at the
// right. What is too wide is broken into rows, never cut off. Pure functions of a picture (a value), a look and a size;
// the panel paints the result.
#pragma once

#include "core/history/code.h"
#include "core/kernel/listing.h"
#include "ui/theme/look.h"

#include <QPointF>
#include <QRectF>
#include <QString>

#include <optional>
#include <vector>

namespace jiffy::ui
{

/// What the panel shows.
struct CodePicture
{
    struct Frame
    {
        core::Function function = core::Function::Surroundings;
        QString name, argument;
        bool isShown = false; ///< the listing below is this function's
        bool isSignal = false; ///< a signal's handler: nobody below called it
        int cpu = -1;          ///< of several stacks, whose it is; -1: there is one stack
        bool isOuter = false;  ///< of several stacks: left out where there is no room
        QString at;            ///< the line where it stands, shown below it; may be empty
    };
    struct Row
    {
        core::Line line = core::Line::Note;
        int indent = 0;
        core::CodeTokens text, column;
        QString value;
        int valueLevel = -1;
        bool isDone = false, isTaken = false, isCurrent = false;
        bool hasBreak = false, isBreakOn = false;
        bool isAhead = false; ///< of another function, which comes later; left out where there is no room
        QString caption;      ///< above the row; may be empty
    };
    std::vector<Frame> stack; ///< outermost first; of several CPUs one after the other
    std::vector<Row> rows;
    /// What the other CPUs of a machine of CPUs are in, one line each; they keep their place when the listing is scrolled.
    std::vector<QString> others;
    bool isTgtd = false;
    bool isInner = true; ///< the innermost function is shown: the current line is where the machine stands
};

/// code: null before the run has begun. frame: of the stack, the one whose listing is shown.
CodePicture pictureOf(const core::CodeThere* code, std::size_t frame, const core::Geometry& geometry,
                      const core::Inputs& inputs);

/// The stacks of CPUs that stand for ever, each with the line where it does. chosen: a frame, counted over all stacks,
/// whose listing is shown below them; none: none is.
CodePicture pictureOf(const std::vector<core::CodeThere>& stuck, std::optional<std::size_t> chosen, const core::Geometry& geometry, const core::Inputs& inputs);

/// The colours and fonts that pieces are painted in.
enum class CodeInk { Caption, Frame, FrameShown, Argument, Signal, Done, Open, Current, Value, Decided };

struct CodePiece
{
    QPointF baseline;
    QString text;
    CodeInk ink = CodeInk::Done;
    int level = -1; ///< hue of that level instead
    double pixels = 13;
    double width = 0;
};

struct CodeLayout
{
    std::vector<CodePiece> pieces;
    struct Dot
    {
        QPointF at;            ///< centre
        bool isLinked = false; ///< called by the one above
        bool isInner = false;  ///< where a CPU stands
    };
    std::vector<QRectF> frames; ///< a box for each frame of the stack; empty: left out
    std::vector<QRectF> rows;   ///< a box for each row of the picture; empty: left out
    std::vector<Dot> dots;      ///< of the stack
    std::vector<QRectF> spots;  ///< lines in the stack where CPUs stand
    std::vector<double> tears;  ///< where a signal's handler lies upon what it interrupted
    std::vector<QPointF> ticks; ///< behind branches that were taken, middle left
    double gutter = 0;          ///< breakpoints are set left of it
    double height = 0;
    std::vector<CodePiece> footer; ///< the other CPUs, from the footer's top
    double footerHeight = 0;       ///< stands below the rest, whatever is scrolled; 0: there is none
};

/// available: the height there is; lines stand closer together where it is short.
CodeLayout layoutCode(const CodePicture& picture, const Look& look, double width, double available);

QFont codeFont(const CodePiece& piece, const Look& look);

} // namespace jiffy::ui
