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
    std::vector<Frame> stack; ///< outermost first
    std::vector<Row> rows;
    /// What the other CPUs of a machine of CPUs are in, one line each.
    std::vector<QString> others;
    bool isTgtd = false;
    bool isInner = true; ///< the innermost function is shown: the current line is where the machine stands
};

/// code: null before the run has begun. frame: of the stack, the one whose listing is shown.
CodePicture pictureOf(const core::CodeThere* code, std::size_t frame, const core::Geometry& geometry,
                      const core::Inputs& inputs);

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
    std::vector<QRectF> frames; ///< a box for each frame of the stack
    std::vector<QRectF> rows;   ///< a box for each row of the picture; empty: left out
    std::vector<QPointF> dots;  ///< of the stack, centre
    std::vector<double> tears;  ///< where a signal's handler lies upon what it interrupted
    std::vector<QPointF> ticks; ///< behind branches that were taken, middle left
    double gutter = 0;          ///< breakpoints are set left of it
    double height = 0;
};

/// available: the height there is; lines stand closer together where it is short.
CodeLayout layoutCode(const CodePicture& picture, const Look& look, double width, double available);

QFont codeFont(const CodePiece& piece, const Look& look);

} // namespace jiffy::ui
