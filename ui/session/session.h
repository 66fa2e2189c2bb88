// SPDX-License-Identifier: GPL-3.0-or-later
// The only object of the user interface that changes anything: it opens files, owns the runs and their history, moves
// the playhead, and changes the inputs. Views listen to its signals and read the world; they never talk to each other.
//
// Lives on the GUI thread. A run computes ahead on a worker; its snapshots arrive at most once a frame. A file is read
// on a worker, too, and replaces the present work only when it turned out to be good.
//
// Two axes. Moving the playhead changes nothing. An edit changes inputs: an intervention at the playhead, a fork, a
// rename, a drop, another document. Edits are what undo() takes back. Where an intervention would overwrite a future
// that has been computed, that future is kept as a branch and a new branch becomes the leading one.
#pragma once

#include "core/scenario/open.h"
#include "core/timers/registry.h"
#include "ui/session/futures.h"
#include "ui/session/twin.h"

#include <QObject>
#include <QString>
#include <QTimer>
#include <QUndoStack>

#include <memory>
#include <optional>
#include <vector>

namespace jiffy::ui
{

/// How the playhead came to move; views animate steps and jump otherwise.
enum class Motion {
    Jump,     ///< anywhere: a seek, a new file
    Forward,  ///< one step of the rung
    Back,     ///< one step back
    Playing,  ///< one or more steps while playing too fast to show each
};

class OpenJob;

/// Another future than the leading one, for the views that show it behind it.
struct Ghost
{
    int id = 0;                 ///< of its branch
    QString name;
    std::uint64_t forkTick = 0; ///< up to there, ticks since the start, both are one
    core::InputsPtr inputs;
    core::Snapshot snapshot;
};

class Session : public QObject
{
    Q_OBJECT

  public:
    explicit Session(core::BuiltinLookup builtin, QObject* parent = nullptr);
    ~Session() override;

    bool isOpen() const { return m_futures.isOpen(); }
    /// The file as the user named it, and its title. Empty when nothing is open.
    QString file() const { return m_file; }
    QString title() const;
    /// REQUIRES for all below: isOpen().
    const core::Inputs& inputs() const { return m_futures.history().inputs(); }
    const core::Snapshot& snapshot() const { return m_futures.history().snapshot(); }
    bool isRunning() const { return snapshot().status == core::RunStatus::Running; }
    core::History& history() { return m_futures.history(); }
    core::Position position() const { return m_position; }
    /// The world at the playhead; valid until control returns to the event loop or the playhead moves.
    const core::World& world() { return history().at(m_position); }
    /// The record that produced the present state; null at the start and inside a run of empty ticks.
    const core::Record* record() const { return m_futures.history().recordBefore(m_position); }
    std::uint64_t ticks() const { return m_futures.history().ticksAt(m_position); }
    bool atStart() const;
    /// True at the end of a run that has ended, not at the end of what is computed so far.
    bool atEnd() const;

    /// The same inputs on the other of tgtd's schedulers; nothing is there for a wheel.
    Twin& twin() { return m_twin; }

    core::Rung rung() const { return m_rung; }
    bool isWaiting() const { return m_awaited != Awaited::Nothing; } ///< for the run to get far enough
    bool isOpening() const { return m_job != nullptr; }
    /// Bytes read of the file that is being opened.
    std::uint64_t openingProgress() const;

    // ---- what if (session_edits.cpp)

    /// A recorded log has no inputs that could be changed.
    bool isReadOnly() const;
    /// A recording of a process that still runs: it grows by itself. The playhead follows its end while it stands there.
    bool isLive() const { return m_isLive; }
    /// Why nothing can be done at the playhead, as a sentence; empty if something can.
    QString whyNoIntervention() const;
    /// For previews: tries calls on the state in which they would take effect. Good until the playhead moves or the
    /// run is reset; made at the first call, which costs a walk from the checkpoint before. Null if nothing can be
    /// done here.
    core::Trial* trial();
    /// Carries out a call at the playhead, which then stands right behind it. Forks if a future has been computed
    /// behind the playhead; that one is kept. No fork at the end of a run that has ended, nor while the playhead still
    /// stands where the last intervention (or fork()) of the leading branch left it: what is done there one after the
    /// other is one branch. False: nothing was done, refused() says why.
    bool intervene(const core::Intervention& what);
    /// Makes a branch with that name (empty: one is found) at the playhead and lets it lead; its inputs are the same
    /// until something is done.
    bool fork(const QString& name = {});

    /// Name of the future that an intervention here would keep aside; empty: none would be.
    QString keptBy() const;
    QString suggestedForkName() const;

    const core::Branches& branches() const { return m_futures.branches(); }
    int leading() const { return m_futures.state().leading; } ///< id
    /// All branches but the leading one.
    std::vector<Ghost> ghosts() const;
    /// Another branch leads from now on; the playhead stays at its instant. No edit: nothing to undo.
    void switchTo(int branch);
    void renameBranch(int branch, const QString& name);
    /// Can be undone. The last one cannot be dropped; if it is the leading one, its parent (or the first) leads.
    void dropBranch(int branch);
    core::Comparison compare(int a, int b) const;

    /// What was done last, in words, while the playhead stands where it was done; else empty. For the sentence of the
    /// position.
    QString saidHere() const { return m_position == m_saidAt ? m_said : QString(); }

    /// "dns_ttl to +200 at 4294919580".
    QString describe(const core::Done& done) const;

    /// Its commands are edits; push none of your own. Undoing works on inputs; the playhead stays at its instant.
    QUndoStack& undoStack() { return m_undo; }

    // ---- documents (session_edits.cpp)

    /// What would be saved: the scenario of the leading branch with all that was done by hand, each with its instant.
    /// Writing, reading and running it gives the log in sight. Null: whyNoDocument() says why as a sentence.
    core::DocumentPtr document() const;
    QString whyNoDocument() const;
    /// Replaces the leading branch's document, as one edit named `what` ("a change of the machine"). It runs anew; the
    /// playhead stays at its tick as soon as the run gets there. Other branches stay as they are. If the document does
    /// not compile, nothing changes and its faults are returned (without places: check texts with readDocument()).
    core::Result<void> applyDocument(core::Scenario document, const QString& what);
    /// The leading branch runs on another timer algorithm from now on, as one edit; the playhead stays at its instant.
    /// Nothing where that is not possible: tgtd, or an exported log. A document says so from then on.
    core::Result<void> useTimers(const core::TimersInfo& timers);
    /// The leading branch's inputs are not those of the file: as it was opened, or as setSaved() was last called.
    bool isModified() const { return m_isModified; }
    /// The document has been written there: that is the session's file from now on, and what isModified() compares
    /// with.
    void setSaved(const QString& path);
    /// As if it had never been written: a scenario that was recovered, or made without a file.
    void setUnsaved();

  public Q_SLOTS:
    /// Begins to read; opened() or failed() follows. A newer call replaces one still under way.
    void open(const QString& file, const jiffy::core::TraceOptions& trace = {});
    void cancelOpening();
    /// Takes inputs made elsewhere, as if a file had held them.
    void start(jiffy::core::Opened opened, const QString& file);
    /// Shows a recording that has just begun, from its end.
    void startLive(const jiffy::core::InputsPtr& inputs, const jiffy::core::Snapshot& snapshot);
    /// A longer snapshot of it; one that has ended makes it an ordinary recording. REQUIRES: isLive().
    void growLive(const jiffy::core::Snapshot& snapshot);

    void setRung(jiffy::core::Rung rung);
    /// One step of a rung; waits for the run if it has not been computed so far yet.
    void stepForward(jiffy::core::Rung rung);
    void stepBack(jiffy::core::Rung rung);
    /// To the next, or the previous, timer that fires or slot that is cascaded.
    void toNextOfInterest();
    void toPreviousOfInterest();
    void toStart();
    void toEnd(); ///< waits for the run
    void seek(jiffy::core::Position position, jiffy::ui::Motion motion = Motion::Jump);
    /// The last position of that tick.
    void seekTick(std::uint64_t ticks, jiffy::ui::Motion motion = Motion::Jump);
    void stopWaiting();

  Q_SIGNALS:
    /// Another file: title, selection and all else that belongs to a file. runReset() follows.
    void opened();
    /// Another run leads, of another file, branch or document: views forget everything. snapshotReady() and
    /// positionChanged() follow.
    void runReset();
    /// The list, a name, or what is computed of a branch; at most once a frame for the latter.
    void branchesChanged();
    /// Another branch leads. runReset() comes before it if its run is another.
    void branchSwitched();
    /// What was just done, in words: "tcp_rto to +200 at 4294919580. The old future is kept as “original”."
    void said(const QString& text);
    /// Why what was asked for was not done.
    void refused(const QString& why);
    void modifiedChanged(bool modified);
    /// A live recording has begun or ended.
    void liveChanged();
    /// The present work stays as it is. text: what the command line would print.
    void failed(const QString& text);
    void openingChanged();
    void snapshotReady(const jiffy::core::Snapshot& snapshot);
    void positionChanged(jiffy::core::Position from, jiffy::core::Position to, jiffy::ui::Motion motion);
    void rungChanged(jiffy::core::Rung rung);
    void waitingChanged(bool waiting);

  private:
    enum class Awaited { Nothing, Step, Interest, End, Opening, Tick };

    /// A log holds what its machine did; of tgtd it holds the workload as well.
    bool hasTwin() const { return !m_isRecorded || m_futures.lead().inputs->driver == core::Driver::Daemon; }
    void finishOpening(const QString& file);
    void takeSnapshot();
    void wait(Awaited what);
    void goOn();
    bool isReached(const core::PositionSpec& spec) const;

    /// Where the last intervention of a branch left the playhead.
    struct Fresh
    {
        int branch = 0;
        core::Position at;
    };
    /// What a command goes back to.
    struct Edited
    {
        Futures::State state;
        core::Position at;
        std::optional<Fresh> fresh;
    };
    class EditCommand;

    bool isFresh() const { return m_fresh && m_fresh->branch == leading() && m_fresh->at == m_position; }
    Edited edited() const { return {m_futures.state(), m_position, m_fresh}; }
    /// Changes to a state, tells everybody, and remembers how to go back. at: where the playhead goes; none: it stays
    /// at its instant.
    void commit(Futures::State state, Futures::Runs runs, std::optional<core::Position> at, std::optional<Fresh> fresh,
                const QString& text, const QString& saying);
    void change(Futures::State state, Futures::Runs runs, std::optional<core::Position> at, const QString& saying);
    /// The leading branch runs anew with these inputs; `tied`: the playhead stays at its call, not only at its tick.
    void runAnew(core::InputsPtr inputs, core::DocumentPtr document, bool tied, const QString& what, const QString& saying);
    void restore(const Edited& to, const Edited& from, const QString& saying);
    bool leadsElsewhere(const core::Inputs& wanted, core::Position at);
    void updateModified();
    QString nameFor(const core::Branch& branch) const;
    QString freeBranchName(const QString& wanted, int except = 0) const;

    core::BuiltinLookup m_builtin;
    QString m_file;
    bool m_isRecorded = false;
    bool m_isLive = false;
    Futures m_futures;
    Twin m_twin;
    std::unique_ptr<core::Trial> m_trial;
    std::unique_ptr<OpenJob> m_job;
    int m_jobTag = 0;
    QTimer m_frame;
    core::Position m_position;
    core::Rung m_rung = core::Rung::Operation;
    Awaited m_awaited = Awaited::Nothing;
    core::Rung m_awaitedRung = core::Rung::Operation;
    std::uint64_t m_awaitedFrom = 0; ///< Interest: the first event not looked at yet
    std::uint64_t m_awaitedTick = 0; ///< Tick

    QUndoStack m_undo;
    QString m_said;
    core::Position m_saidAt;
    std::optional<Fresh> m_fresh;
    core::DocumentPtr m_savedDocument; ///< null: none, or never saved
    core::InputsPtr m_savedInputs;
    bool m_isModified = false;
};

} // namespace jiffy::ui
