// SPDX-License-Identifier: GPL-3.0-or-later
// Connects the debugger's verbs to the window: into, over, out; run until a breakpoint, forwards and backwards; run to
// the cursor; breakpoints; visited moments; a line's next and previous time. GUI thread.
#pragma once

#include "ui/run_until/breakpoints.h"
#include "ui/run_until/seeker.h"
#include "ui/run_until/visited.h"
#include "ui/view/view.h"
#include "ui/window/actions.h"

namespace jiffy::ui
{

class BreakpointBar;
class CodeView;
class EventsView;
class Play;
class Workspace;

class RunUntil : public QObject
{
    Q_OBJECT

  public:
    RunUntil(const Desk& desk, const Actions& actions, Play& play, Workspace& workspace, QObject* parent);

    Breakpoints& breakpoints() { return m_breakpoints; }
    Visited& visited() { return m_visited; }
    const Seeker& seeker() const { return m_seeker; }
    /// Why the playhead stands where it stands, while it does: "Stopped at a breakpoint: tv2[5]". Or what is looked
    /// for now. Else empty.
    QString said() const;

  Q_SIGNALS:
    /// said() or seeker() changed.
    void changed();
    /// Something that was asked for cannot be done, in one sentence.
    void told(const QString& text);

  private:
    using Direction = core::Search::Direction;

    void connectActions(const Actions& actions);
    void updateActions();
    void runUntil(Direction direction);
    void runToLine(core::Line line, bool forward);
    void runToCursor();
    void toggleBreakpoint();
    void step(core::CodeStep how);
    /// What the view in use points at; none: nothing.
    std::optional<core::Condition> underCursor() const;
    /// Seeks what meets one of the conditions; first in one direction, then (if `both`) in the other.
    void seek(std::vector<core::Condition> conditions, Direction direction, bool both, const QString& looking,
              std::function<QString(std::size_t)> foundText, const QString& nothing);
    void arrive(core::Position at, bool isLine, const QString& text);
    void say(const QString& text);
    void showBreaks();

    const Desk m_desk;
    const Actions& m_actions;
    Play& m_play;
    Workspace& m_workspace;
    CodeView& m_code;
    EventsView& m_events;
    Breakpoints m_breakpoints;
    Visited m_visited;
    Seeker m_seeker;
    BreakpointBar* m_bar;
    QAction* m_cancel; ///< Esc, while something is looked for
    QString m_said, m_looking;
    core::Position m_saidAt;
};

} // namespace jiffy::ui
