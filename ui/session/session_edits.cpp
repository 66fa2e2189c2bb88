// SPDX-License-Identifier: GPL-3.0-or-later
// The session's edits: interventions, branches, documents, and their undoing. Each edit goes from one state of
// the futures to another; its command remembers both.
#include "core/history/instant.h"
#include "core/scenario/reader.h"
#include "core/scenario/work_notation.h"
#include "ui/session/session.h"
#include "ui/tgtd/words.h"
#include "ui/timeline/daemon_time.h"
#include "ui/whatif/cpu_words.h"

#include <algorithm>

namespace jiffy::ui
{

using core::Branch;
using core::Intervention;
using core::Position;

namespace
{

/// What is computed in place before a worker goes on, so that most runs are there at once.
constexpr std::uint64_t eventsInPlace = 65536;
constexpr std::uint64_t mostEventsInPlace = 8 * eventsInPlace;

QString fromStd(const std::string& text)
{
    return QString::fromStdString(text);
}

QString messageOf(const core::Diagnostics& faults)
{
    auto text = faults.empty() ? QString() : fromStd(faults.front().message);
    if (text.isEmpty()) return text;
    text[0] = text[0].toUpper();
    return text.endsWith(QLatin1Char('.')) ? text : text + QLatin1Char('.');
}

/// "+200", or absolute jiffies.
QString expiryText(const Intervention& what, core::Word word)
{
    if (!what.isRelative) return QString::number(what.expires);
    const auto by = word.signedDistance(what.expires, 0);
    return by < 0 ? QString::number(by) : QLatin1Char('+') + QString::number(by);
}

} // namespace

/// Both ends of an edit. The first redo is the edit itself and has been done.
class Session::EditCommand : public QUndoCommand
{
  public:
    EditCommand(Session& session, Edited before, Edited after, const QString& text)
        : QUndoCommand(text), m_session(session), m_before(std::move(before)), m_after(std::move(after))
    {
    }
    void undo() override { m_session.restore(m_before, m_after, tr("Undone: %1.").arg(text())); }
    void redo() override
    {
        if (m_isDone) m_session.restore(m_after, m_before, tr("Done again: %1.").arg(text()));
        m_isDone = true;
    }

  private:
    Session& m_session;
    Edited m_before, m_after;
    bool m_isDone = false;
};

// ---- states

void Session::commit(Futures::State state, Futures::Runs runs, std::optional<Position> at,
                     std::optional<Fresh> fresh, const QString& text, const QString& saying)
{
    auto before = edited();
    change(std::move(state), std::move(runs), at, saying);
    m_fresh = fresh;
    m_undo.push(new EditCommand(*this, std::move(before), edited(), text));
}

void Session::restore(const Edited& to, const Edited& from, const QString& saying)
{
    auto state = to.state;
    // The lead goes back with an edit that moved it; a lead that the user has chosen since stays.
    const bool movedLead = to.state.leading != from.state.leading && leading() == from.state.leading;
    if (!movedLead && state.branches.find(leading()) != nullptr) state.leading = leading();
    const bool isWhereItWas = m_position == from.at && state.leading == to.state.leading;
    change(std::move(state), {}, isWhereItWas ? std::optional(to.at) : std::nullopt, saying);
    m_fresh = isWhereItWas ? to.fresh : std::nullopt;
}

void Session::change(Futures::State state, Futures::Runs runs, std::optional<Position> at, const QString& saying)
{
    wait(Awaited::Nothing);
    m_trial.reset();
    m_fresh.reset();
    const int led = leading();
    const auto tick = ticks();
    const auto before = m_futures.change(std::move(state), std::move(runs));
    const auto there = at          ? std::min(*at, history().end())
                       : before    ? core::counterpart(*before, m_position, history())
                                   : m_position;
    const auto from = before ? there : m_position;
    m_position = there;
    m_said = saying;
    m_saidAt = there;
    updateModified(); // first, so that whoever is told of the run can ask
    if (before) {
        m_twin.follow(hasTwin() ? m_futures.lead().inputs : nullptr);
        Q_EMIT runReset();
    }
    Q_EMIT branchesChanged();
    if (led != leading()) Q_EMIT branchSwitched();
    if (before) Q_EMIT snapshotReady(snapshot());
    if (before || from != there || !saying.isEmpty()) Q_EMIT positionChanged(from, there, Motion::Jump);
    if (!saying.isEmpty()) Q_EMIT said(saying);
    if (!before || at || !isRunning() || snapshot().endTicks > tick) return;
    m_awaitedTick = tick;
    wait(Awaited::Tick);
    goOn();
}

namespace
{

/// What is done to tgtd's work comes as an event, which its loop has to see; the clock is stepped at once.
QString describeWork(const core::Done& done)
{
    const auto at = instantText(done.tick);
    const auto timer = fromStd(done.timer);
    switch (done.what.what) {
    case Intervention::What::AddWork: return Session::tr("an event at %1 s adds %2 for %3 s").arg(at, timer).arg(done.what.seconds);
    case Intervention::What::DelWork: return Session::tr("an event at %1 s deletes %2").arg(at, timer);
    case Intervention::What::StepWall: {
        const bool isBack = done.what.microseconds < 0;
        const auto by = static_cast<std::uint64_t>(isBack ? -done.what.microseconds : done.what.microseconds);
        return (isBack ? Session::tr("clock set back by %1 s at %2 s") : Session::tr("clock set forward by %1 s at %2 s")).arg(secondsText(by), at);
    }
    default: return Session::tr("an event at %1 s takes %2 s").arg(at, secondsText(static_cast<std::uint64_t>(done.what.microseconds)));
    }
}

std::string nameOfObject(const core::Inputs& inputs, const Intervention& what, core::TimerId timer)
{
    if (what.what == Intervention::What::Wake || what.what == Intervention::What::Signal) return inputs.names[inputs.programs[what.process].name];
    return timer.isValid() ? inputs.timerName(timer) : std::string();
}

QString capitalised(const QString& text) { return text.left(1).toUpper() + text.mid(1); }

} // namespace

// ---- interventions

bool Session::isReadOnly() const
{
    return isOpen() && m_isRecorded;
}

QString Session::whyNoIntervention() const
{
    if (!isOpen()) return tr("Nothing is open.");
    if (isReadOnly())
        return tr("This is an exported log: it says what happened, not what was asked for, so nothing in it can be "
                  "changed. Open the scenario that it was made from.");
    if (const auto why = core::whyNoIntervention(m_futures.history(), m_position))
        return messageOf({core::Diagnostic{core::Fault::Input, {}, 0, 0, *why, {}}});
    return {};
}

core::Trial* Session::trial()
{
    if (!whyNoIntervention().isEmpty()) return nullptr;
    if (!m_trial)
        m_trial = std::make_unique<core::Trial>(history(), m_position, m_futures.lead().document.get());
    return m_trial.get();
}

bool Session::intervene(const Intervention& what)
{
    if (const auto why = whyNoIntervention(); !why.isEmpty()) {
        Q_EMIT refused(why);
        return false;
    }
    auto done = core::intervene(history(), m_position, m_futures.lead().document, what);
    if (!done) {
        Q_EMIT refused(messageOf(done.error()));
        return false;
    }
    if (what.what == Intervention::What::GoFirst && leadsElsewhere(*done->run.inputs(), done->after)) return true;
    const auto old = fromStd(m_futures.lead().name);
    const bool continues = isFresh();
    const bool hasFuture = !keptBy().isEmpty();
    auto state = m_futures.state();
    if (hasFuture) {
        Branch forked;
        forked.parent = state.leading;
        forked.forkedAt = core::forkPosition(history(), m_position);
        forked.forkTick = done->point.tick;
        state.leading = state.branches.add(std::move(forked));
    }
    auto& branch = *state.branches.find(state.leading);
    done->run.advance(eventsInPlace);
    branch.inputs = done->run.inputs();
    branch.document = done->document;
    branch.snapshot = done->run.snapshot();
    core::Done entry{what, nameOfObject(*branch.inputs, what, done->timer), done->point.tick};
    entry.what.timer = done->timer;
    branch.done.push_back(entry);
    if (!branch.isNamedByUser && branch.parent != 0)
        branch.name = freeBranchName(nameFor(branch), branch.id).toStdString();
    const auto timer = fromStd(entry.timer);
    const auto text = core::isOfCpus(what)                                                                   ? editOnCpu(entry)
                      : what.what == Intervention::What::Add || what.what == Intervention::What::AddWork      ? tr("adding %1").arg(timer)
                      : what.what == Intervention::What::Delete || what.what == Intervention::What::DelWork ? tr("deleting %1").arg(timer)
                      : what.what == Intervention::What::Burn                                               ? tr("a busy handler")
                      : what.what == Intervention::What::StepWall                                           ? tr("a step of the clock")
                                                                                                            : tr("moving %1").arg(timer);
    const auto doneText = describe(entry);
    Futures::Runs runs;
    runs.emplace(state.leading, std::move(done->run));
    const Fresh fresh{state.leading, done->after};
    const bool isEvent = core::isOfWork(what) && what.what != Intervention::What::StepWall;
    const auto saidText = isEvent ? capitalised(doneText) : doneText;
    const auto saying = continues   ? tr("%1, in the same branch.").arg(saidText)
                        : hasFuture ? tr("%1. The old future is kept as “%2”.").arg(saidText, old)
                                    : tr("%1.").arg(saidText);
    commit(std::move(state), std::move(runs), done->after, fresh, text, saying);
    return true;
}

/// Whoever was to go first goes first in a future that is there already: it leads then, and nothing new is made.
bool Session::leadsElsewhere(const core::Inputs& wanted, Position at)
{
    for (const auto& b : branches().all()) {
        if (b.id == leading() || !(*b.inputs == wanted)) continue;
        auto state = m_futures.state();
        state.leading = b.id;
        const auto name = fromStd(b.name);
        change(std::move(state), {}, at, tr("This is “%1”.").arg(name));
        return true;
    }
    return false;
}

QString Session::keptBy() const
{
    const bool hasFuture = isOpen() && (isRunning() || m_position < m_futures.history().end());
    return hasFuture && !isFresh() ? fromStd(m_futures.lead().name) : QString();
}

QString Session::describe(const core::Done& done) const
{
    if (core::isOfWork(done.what)) return describeWork(done);
    if (core::isOfCpus(done.what)) return describeOnCpu(done, inputs().machine);
    const auto& machine = inputs().machine;
    const auto timer = fromStd(done.timer);
    const auto at = QString::number(machine.word.add(machine.jiffies, done.tick));
    switch (done.what.what) {
    case Intervention::What::Add:
        return tr("%1 added at %2").arg(timer, at);
    case Intervention::What::Delete:
        return tr("%1 deleted at %2").arg(timer, at);
    default: break;
    }
    return tr("%1 to %2 at %3").arg(timer, expiryText(done.what, machine.word), at);
}

QString Session::nameFor(const Branch& branch) const
{
    if (branch.done.empty()) return tr("fork");
    const auto first = describe(branch.done.front());
    const auto more = static_cast<int>(branch.done.size()) - 1;
    return more == 0 ? first : tr("%1, and %n more", nullptr, more).arg(first);
}

QString Session::freeBranchName(const QString& wanted, int except) const
{
    const auto isTaken = [&](const QString& name) {
        const auto& all = branches().all();
        return std::any_of(all.begin(), all.end(),
                           [&](const Branch& b) { return b.id != except && fromStd(b.name) == name; });
    };
    auto name = wanted;
    for (int n = 2; isTaken(name); ++n)
        name = tr("%1 (%2)").arg(wanted).arg(n);
    return name;
}

// ---- branches

bool Session::fork(const QString& name)
{
    if (!isOpen() || isReadOnly()) {
        Q_EMIT refused(whyNoIntervention());
        return false;
    }
    const auto old = fromStd(m_futures.lead().name);
    auto state = m_futures.state();
    Branch forked = m_futures.lead();
    forked.parent = state.leading;
    forked.forkedAt = core::forkPosition(history(), m_position);
    forked.forkTick = ticks();
    forked.done.clear();
    forked.isNamedByUser = !name.trimmed().isEmpty();
    const auto given = forked.isNamedByUser ? freeBranchName(name.trimmed()) : suggestedForkName();
    forked.name = given.toStdString();
    state.leading = state.branches.add(std::move(forked));
    const Fresh fresh{state.leading, m_position};
    commit(std::move(state), {}, std::nullopt, fresh, tr("the fork"),
           tr("“%1” begins here. The old future is kept as “%2”.").arg(given, old));
    return true;
}

QString Session::suggestedForkName() const
{
    const auto& machine = inputs().machine;
    if (machine.isDaemon) return freeBranchName(tr("fork at %1 s").arg(instantText(ticks())));
    return freeBranchName(tr("fork at %1").arg(machine.word.add(machine.jiffies, ticks())));
}

std::vector<Ghost> Session::ghosts() const
{
    std::vector<Ghost> ghosts;
    if (!isOpen()) return ghosts;
    for (const auto& b : branches().all()) {
        if (b.id == leading()) continue;
        ghosts.push_back({b.id, fromStd(b.name), m_futures.partingFromLead(b).ticks, b.inputs, b.snapshot});
    }
    return ghosts;
}

void Session::switchTo(int branch)
{
    if (!isOpen() || branch == leading() || branches().find(branch) == nullptr) return;
    auto state = m_futures.state();
    state.leading = branch;
    const auto name = fromStd(state.branches.find(branch)->name);
    change(std::move(state), {}, std::nullopt, tr("This is “%1”.").arg(name));
}

void Session::renameBranch(int branch, const QString& name)
{
    const auto* old = branches().find(branch);
    const auto wanted = name.trimmed();
    if (old == nullptr || fromStd(old->name) == wanted) return;
    if (wanted.isEmpty() || freeBranchName(wanted, branch) != wanted) {
        Q_EMIT refused(wanted.isEmpty() ? tr("A branch needs a name.")
                                        : tr("There is a branch “%1” already.").arg(wanted));
        Q_EMIT branchesChanged(); // so that a list shows the old name again
        return;
    }
    auto state = m_futures.state();
    auto& b = *state.branches.find(branch);
    b.name = wanted.toStdString();
    b.isNamedByUser = true;
    commit(std::move(state), {}, std::nullopt, m_fresh, tr("renaming a branch"), {});
}

void Session::dropBranch(int branch)
{
    const auto* dropped = branches().find(branch);
    if (dropped == nullptr) return;
    if (branches().size() == 1) {
        Q_EMIT refused(tr("This is the only future there is; it cannot be dropped."));
        return;
    }
    const auto name = fromStd(dropped->name);
    const int parent = dropped->parent;
    auto state = m_futures.state();
    state.branches.remove(branch);
    if (state.leading == branch)
        state.leading = state.branches.find(parent) != nullptr ? parent : state.branches[0].id;
    const auto fresh = leading() == branch ? std::nullopt : m_fresh;
    commit(std::move(state), {}, std::nullopt, fresh, tr("dropping “%1”").arg(name),
           tr("“%1” was dropped; Undo brings it back.").arg(name));
}

core::Comparison Session::compare(int a, int b) const
{
    const auto *left = branches().find(a), *right = branches().find(b);
    if (left == nullptr || right == nullptr) return {};
    return core::compare(*left->inputs, left->snapshot, *right->inputs, right->snapshot);
}

// ---- documents

core::DocumentPtr Session::document() const
{
    return isOpen() ? m_futures.lead().document : nullptr;
}

QString Session::whyNoDocument() const
{
    if (!isOpen()) return tr("Nothing is open.");
    if (m_futures.lead().document) return {};
    if (isReadOnly())
        return tr("An exported log holds what happened, not the scenario that it came from; there is nothing to save.");
    if (inputs().driver == core::Driver::ByHand)
        return tr("A vector (.ops) drives the clock by hand, which a scenario cannot say; what was done here lasts "
                  "until the window is closed.");
    return tr("A kernel trace stays in its own file; what was done here lasts until the window is closed.");
}

core::Result<void> Session::applyDocument(core::Scenario document, const QString& what)
{
    if (!isOpen() || isReadOnly()) return core::fail(core::Fault::Usage, whyNoIntervention().toStdString());
    if (m_futures.lead().document && *m_futures.lead().document == document) return {};
    auto compiled = core::compile(document, m_file.toStdString());
    if (!compiled) return tl::unexpected(std::move(compiled.error()));

    runAnew(std::make_shared<const core::Inputs>(std::move(*compiled)), std::make_shared<const core::Scenario>(std::move(document)), false, what, {});
    return {};
}

void Session::runAnew(core::InputsPtr inputs, core::DocumentPtr document, bool tied, const QString& what, const QString& saying)
{
    auto state = m_futures.state();
    auto& branch = *state.branches.find(state.leading);
    core::Run run(std::move(inputs));
    const auto tick = ticks();
    bool more = true;
    for (std::uint64_t events = 0; more && events < mostEventsInPlace; events += eventsInPlace) {
        more = run.advance(eventsInPlace);
        if (run.world().clock().ticks > tick) break;
    }
    std::optional<Position> at;
    if (tied && (!more || run.world().clock().ticks > tick)) {
        core::InstantIndex here(history().inputsPtr()), there(run.inputs());
        here.extend(history().log());
        core::History anew(run.inputs(), run.snapshot());
        there.extend(anew.log());
        at = there.positionOf(anew, here.instantAt(history(), m_position));
    }
    branch.inputs = run.inputs();
    branch.document = std::move(document);
    branch.snapshot = run.snapshot();
    Futures::Runs runs;
    runs.emplace(state.leading, std::move(run));
    commit(std::move(state), std::move(runs), at, std::nullopt, what, saying);
}

core::Result<void> Session::useTimers(const core::TimersInfo& timers)
{
    if (!isOpen() || isReadOnly()) return core::fail(core::Fault::Usage, whyNoIntervention().toStdString());
    if (inputs().driver == core::Driver::Daemon)
        return core::fail(core::Fault::Usage, tr("tgtd's work scheduler is no timer algorithm.").toStdString());
    const auto& machine = inputs().machine;
    if (timers.algorithm == machine.timers && (timers.algorithm != core::TimerAlgorithm::Wheel39 || timers.isSmall == machine.small)) return {};
    const auto name = QString::fromUtf8(timers.name.data(), static_cast<qsizetype>(timers.name.size()));
    const auto what = tr("the change to %1").arg(name);
    const auto saying = tr("The leading run is on %1 now.").arg(name);
    if (const auto& document = m_futures.lead().document) {
        auto changed = *document;
        changed.machine.timers = timers.algorithm;
        changed.machine.small = timers.isSmall;
        // What it expects without saying of which algorithm was said of the one that it had.
        const std::string was(core::timersOf(machine).name);
        for (auto& expected : changed.expect)
            if (expected.algorithm.text.empty()) expected.algorithm.text = was;
        auto compiled = core::compile(changed, m_file.toStdString());
        if (!compiled) return tl::unexpected(std::move(compiled.error()));
        runAnew(std::make_shared<const core::Inputs>(std::move(*compiled)), std::make_shared<const core::Scenario>(std::move(changed)), true, what, saying);
        return {};
    }
    runAnew(core::inputsOn(inputs(), timers), nullptr, true, what, saying);
    return {};
}

void Session::setSaved(const QString& path)
{
    if (!isOpen()) return;
    m_file = path;
    m_savedDocument = m_futures.lead().document;
    m_savedInputs = m_futures.lead().inputs;
    updateModified();
}

void Session::setUnsaved()
{
    m_savedDocument.reset();
    m_savedInputs.reset();
    updateModified();
}

void Session::updateModified()
{
    const auto& branch = m_futures.lead();
    const bool isSaved = branch.inputs == m_savedInputs ||
                         (branch.document && m_savedDocument && *branch.document == *m_savedDocument);
    if (isSaved != m_isModified) return;
    m_isModified = !isSaved;
    Q_EMIT modifiedChanged(m_isModified);
}

} // namespace jiffy::ui
