// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run_until/run_until.h"

#include "ui/code/code_panel.h"
#include "ui/code/code_view.h"
#include "ui/code/words.h"
#include "ui/events/event_table.h"
#include "ui/events/events_view.h"
#include "ui/run_until/breakpoint_bar.h"
#include "ui/session/play.h"
#include "ui/window/workspace.h"

namespace jiffy::ui
{

namespace
{

using core::Condition;

/// A search as a task; which() tells the condition that held.
class ConditionTask : public SeekTask
{
  public:
    ConditionTask(core::InputsPtr inputs, const core::Snapshot& run, std::vector<Condition> conditions, core::Position from,
                  core::Search::Direction direction)
        : m_search(std::move(inputs), run, std::move(conditions), from, direction)
    {
    }
    core::Search::State advance(std::uint64_t records) override { return m_search.advance(records); }
    void extend(const core::Snapshot& run) override { m_search.extend(run); }
    core::Position found() const override { return m_search.found(); }
    double progress() const override { return m_search.progress(); }
    std::size_t which() const { return m_search.condition(); }

  private:
    core::Search m_search;
};

class StepTask : public SeekTask
{
  public:
    StepTask(core::InputsPtr inputs, const core::Snapshot& run, core::Position from, core::CodeStep step)
        : m_search(std::move(inputs), run, from, step)
    {
    }
    core::Search::State advance(std::uint64_t records) override { return m_search.advance(records); }
    void extend(const core::Snapshot& run) override { m_search.extend(run); }
    core::Position found() const override { return m_search.found(); }

  private:
    core::StepSearch m_search;
};

Condition lineCondition(core::Line line)
{
    Condition c;
    c.what = Condition::What::Line;
    c.line = line;
    return c;
}

} // namespace

RunUntil::RunUntil(const Desk& desk, const Actions& actions, Play& play, Workspace& workspace, QObject* parent)
    : QObject(parent), m_desk(desk), m_actions(actions), m_play(play), m_workspace(workspace), m_code(workspace.get<CodeView>()),
      m_events(workspace.get<EventsView>()), m_visited(desk.session), m_seeker(desk.session),
      m_bar(new BreakpointBar(m_breakpoints, desk.theme, &m_code)), m_cancel(new QAction(this))
{
    m_code.setFooter(m_bar);
    m_cancel->setShortcut(Qt::Key_Escape);
    m_cancel->setEnabled(false);
    workspace.addAction(m_cancel);
    connect(m_cancel, &QAction::triggered, &m_seeker, &Seeker::cancel);
    connectActions(actions);
    connect(&m_code, &CodeView::lineChosen, this, &RunUntil::runToLine);
    connect(&m_code, &CodeView::breakToggled, this, [this](core::Line line) { m_breakpoints.toggle(lineCondition(line)); });
    connect(&m_breakpoints, &Breakpoints::changed, this, &RunUntil::showBreaks);
    connect(&m_visited, &Visited::changed, this, &RunUntil::updateActions);
    connect(&m_seeker, &Seeker::changed, this, [this] {
        m_cancel->setEnabled(m_seeker.isSeeking());
        Q_EMIT changed();
    });
    connect(&desk.session, &Session::opened, &m_breakpoints, &Breakpoints::forgetIds);
    connect(&desk.session, &Session::runReset, this, [this] {
        m_said.clear();
        m_bar->setInputs(m_desk.session.history().inputsPtr());
        updateActions();
    });
    connect(&desk.session, &Session::positionChanged, this, &RunUntil::updateActions);
    connect(&desk.session, &Session::snapshotReady, this, &RunUntil::updateActions);
    connect(&desk.selection, &Selection::changed, this, &RunUntil::updateActions);
    connect(&workspace, &Workspace::arrangementChanged, this, &RunUntil::updateActions);
    updateActions();
}

void RunUntil::connectActions(const Actions& actions)
{
    const auto on = [&](Act act, auto what) { connect(actions[act], &QAction::triggered, this, what); };
    on(Act::StepInto, [this] {
        m_play.stop();
        m_code.tellLine();
        m_desk.session.stepForward(core::Rung::Line);
    });
    on(Act::StepIntoBack, [this] {
        m_play.stop();
        m_code.tellLine();
        m_desk.session.stepBack(core::Rung::Line);
    });
    on(Act::StepOver, [this] { step(core::CodeStep::Over); });
    on(Act::StepOut, [this] { step(core::CodeStep::Out); });
    on(Act::RunUntil, [this] { runUntil(Direction::Forward); });
    on(Act::RunBackUntil, [this] { runUntil(Direction::Back); });
    on(Act::RunToCursor, [this] { runToCursor(); });
    on(Act::Breakpoint, [this] { toggleBreakpoint(); });
    const auto find = [this](void (EventsView::*what)()) {
        // What is found is shown where it stands, also if the events were hidden.
        for (auto* host : m_workspace.hosts())
            if (&host->view() == &m_events && !m_workspace.isInSight(host)) m_workspace.bring(host);
        m_play.stop();
        (m_events.*what)();
    };
    on(Act::Find, [find] { find(&EventsView::openFind); });
    on(Act::FindNext, [find] { find(&EventsView::findNext); });
    on(Act::FindPrevious, [find] { find(&EventsView::findPrevious); });
    on(Act::VisitedBack, [this] {
        m_play.stop();
        m_visited.goBack();
    });
    on(Act::VisitedForward, [this] {
        m_play.stop();
        m_visited.goForward();
    });
}

void RunUntil::updateActions()
{
    const auto& session = m_desk.session;
    const bool open = session.isOpen();
    const bool back = open && !session.atStart(), forward = open && !session.atEnd();
    const auto enable = [&](Act act, bool on) { m_actions[act]->setEnabled(on); };
    for (const Act act : {Act::StepInto, Act::StepOver, Act::StepOut, Act::RunUntil}) enable(act, forward);
    for (const Act act : {Act::StepIntoBack, Act::RunBackUntil}) enable(act, back);
    enable(Act::RunToCursor, open);
    for (const Act act : {Act::Breakpoint, Act::Find, Act::FindNext, Act::FindPrevious}) enable(act, open);
    enable(Act::VisitedBack, open && m_visited.canGoBack());
    enable(Act::VisitedForward, open && m_visited.canGoForward());
}

QString RunUntil::said() const
{
    if (m_seeker.isSeeking()) {
        if (m_seeker.isWaiting()) return tr("%1; waiting for the run, Esc cancels").arg(m_looking);
        return tr("%1: %2 %, Esc cancels").arg(m_looking).arg(static_cast<int>(m_seeker.progress() * 100));
    }
    return m_desk.session.isOpen() && m_desk.session.position() == m_saidAt ? m_said : QString();
}

void RunUntil::say(const QString& text)
{
    m_said = text;
    m_saidAt = m_desk.session.position();
    Q_EMIT changed();
}

void RunUntil::arrive(core::Position at, bool isLine, const QString& text)
{
    if (isLine) m_code.tellLine();
    // Said first, so that the status line has it when the playhead comes.
    m_said = text;
    m_saidAt = at;
    m_desk.session.seek(at);
    m_saidAt = m_desk.session.position();
    Q_EMIT changed();
}

void RunUntil::seek(std::vector<Condition> conditions, Direction direction, bool both, const QString& looking,
                    std::function<QString(std::size_t)> foundText, const QString& nothing)
{
    auto& session = m_desk.session;
    if (!session.isOpen()) return;
    m_play.stop();
    m_looking = looking;
    const auto kinds = conditions;
    auto task = std::make_unique<ConditionTask>(session.history().inputsPtr(), session.snapshot(), std::move(conditions),
                                                session.position(), direction);
    const auto* asked = task.get();
    m_seeker.start(std::move(task), [=, this](std::optional<core::Position> found) {
        if (found) {
            const auto which = asked->which();
            return arrive(*found, kinds[which].what == Condition::What::Line, foundText(which));
        }
        if (both) {
            const auto other = direction == Direction::Forward ? Direction::Back : Direction::Forward;
            return seek(kinds, other, false, looking, foundText, nothing);
        }
        say(nothing);
    });
}

void RunUntil::runUntil(Direction direction)
{
    if (m_breakpoints.isEmpty()) {
        const bool hasSlots = core::geometryOf(m_desk.session.inputs().machine).levels > 0;
        Q_EMIT told(hasSlots ? tr("No breakpoint is set. F9 sets one: at the line that has the focus in the code, at the selected timer or "
                                  "slot, or at what the current row of the events tells.")
                             : tr("No breakpoint is set. F9 sets one: at the line that has the focus in the code, at the selected timer, "
                                  "or at what the current row of the events tells."));
        return;
    }
    std::vector<std::size_t> which;
    auto active = m_breakpoints.active(&which);
    if (active.empty()) {
        Q_EMIT told(tr("All breakpoints are switched off: a click on one below the code switches it on."));
        return;
    }
    std::vector<QString> texts;
    for (const auto& c : active) texts.push_back(conditionText(c, m_desk.session.inputs()));
    seek(std::move(active), direction, false, tr("looking for a breakpoint"),
         [texts](std::size_t i) { return tr("stopped at: %1").arg(texts[i]); },
         direction == Direction::Forward ? tr("no breakpoint holds from here to the end") : tr("no breakpoint held before"));
}

void RunUntil::runToLine(core::Line line, bool forward)
{
    const auto text = conditionText(lineCondition(line), m_desk.session.inputs());
    seek({lineCondition(line)}, forward ? Direction::Forward : Direction::Back, false, tr("looking for “%1”").arg(text),
         [](std::size_t) { return QString(); },
         forward ? tr("“%1” is not done again").arg(text) : tr("“%1” was not done before").arg(text));
}

std::optional<Condition> RunUntil::underCursor() const
{
    const auto* inUse = m_workspace.inUse();
    if (inUse != nullptr && &inUse->view() == &m_code) {
        if (const auto line = m_code.panel().focusLine()) return lineCondition(*line);
    }
    Condition c;
    if (inUse != nullptr && &inUse->view() == &m_events) {
        const auto row = m_events.events().cursorRow();
        if (row < 0) return std::nullopt;
        const auto& r = m_desk.session.history().log()[static_cast<std::uint64_t>(row)];
        c.what = Condition::What::Event;
        c.kind = r.kind;
        c.site = r.site;
        return c;
    }
    const auto& selection = m_desk.selection;
    if (selection.what() == Selection::What::Timer) {
        c.what = Condition::What::Timer;
        c.timer = selection.timer();
        return c;
    }
    if (selection.what() == Selection::What::Slot) {
        c.what = Condition::What::Slot;
        c.slot = selection.slot();
        return c;
    }
    return std::nullopt;
}

void RunUntil::runToCursor()
{
    if (!m_desk.session.isOpen()) return;
    const auto* inUse = m_workspace.inUse();
    if (inUse != nullptr && &inUse->view() == &m_events) {
        const auto row = m_events.events().cursorRow();
        if (row < 0) return;
        m_play.stop();
        return arrive({static_cast<std::uint64_t>(row) + 1, 0, 0}, false, {});
    }
    const auto c = underCursor();
    if (!c) {
        Q_EMIT told(tr("Nothing to run to: give a line of the code or an event the focus, or select a timer or a slot."));
        return;
    }
    const auto text = conditionText(*c, m_desk.session.inputs());
    seek({*c}, Direction::Forward, true, tr("looking for “%1”").arg(text), [text](std::size_t) { return tr("run to: %1").arg(text); },
         tr("“%1” comes nowhere in this run").arg(text));
}

void RunUntil::toggleBreakpoint()
{
    if (!m_desk.session.isOpen()) return;
    const auto c = underCursor();
    if (!c) {
        Q_EMIT told(tr("Nothing to stop at: give a line of the code or an event the focus, or select a timer or a slot."));
        return;
    }
    m_breakpoints.toggle(*c);
    const auto text = conditionText(*c, m_desk.session.inputs());
    say(m_breakpoints.contains(*c) ? tr("stops at: %1 (F5 runs there)").arg(text) : tr("stops no more at: %1").arg(text));
}

void RunUntil::step(core::CodeStep how)
{
    auto& session = m_desk.session;
    if (!session.isOpen()) return;
    m_play.stop();
    m_looking = how == core::CodeStep::Over ? tr("stepping over") : tr("stepping out");
    m_seeker.start(std::make_unique<StepTask>(session.history().inputsPtr(), session.snapshot(), session.position(), how),
                   [this](std::optional<core::Position> found) {
                       m_code.tellLine();
                       m_desk.session.seek(found ? *found : m_desk.session.history().end(), Motion::Forward);
                   });
}

void RunUntil::showBreaks()
{
    std::vector<LineBreak> breaks;
    for (const auto& b : m_breakpoints.all())
        if (b.condition.what == Condition::What::Line) breaks.push_back({b.condition.line, b.isOn});
    m_code.setBreaks(std::move(breaks));
    Q_EMIT changed();
}

} // namespace jiffy::ui

#include "moc_run_until.cpp"
