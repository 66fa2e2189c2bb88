// SPDX-License-Identifier: GPL-3.0-or-later
// New, Open, Save, Save As, and not losing anything: asks before unsaved work goes, writes files whole or not at all,
// notices when a file was changed by somebody else, keeps unsaved work safe (autosave.h) and offers what a process
// that was killed has left.
#pragma once

#include "core/scenario/this_machine.h"
#include "core/trace/import.h"
#include "ui/editor/autosave.h"
#include "ui/editor/scenario_sync.h"

#include <functional>
#include <memory>

namespace jiffy::ui
{

class Actions;
class MessageBar;

/// What the user is asked, as dialogs; tests answer by themselves.
struct FileQuestions
{
    enum class Leave
    {
        Save,
        Discard,
        Cancel
    };
    enum class Overwrite
    {
        Overwrite,
        SaveAs,
        Cancel
    };
    std::function<Leave(const QString& name)> unsaved;
    std::function<Overwrite(const QString& name)> changedOnDisk;
    /// A path to write to; empty: never mind.
    std::function<QString(const QString& suggestion)> whereTo;
    std::function<QString()> whichFile;

    static FileQuestions asDialogs(QWidget* window);
};

class ScenarioFiles : public QObject
{
    Q_OBJECT

  public:
    /// No change is older than this when it goes to the disk; the writing itself comes on top.
    static constexpr int keepMs = 500;

    /// showEditor brings the editor to the front. folder: for unsaved work; empty: it is not kept.
    ScenarioFiles(Session& session, ScenarioView& view, core::BuiltinLookup builtin, const Actions& actions,
                  MessageBar& messages, std::function<void()> showEditor, const QString& folder, QWidget* window);
    ~ScenarioFiles() override;

    FileQuestions& questions() { return m_questions; }
    ScenarioSync& sync() { return m_sync; }
    bool isModified() const { return m_text.isModified(); }
    /// What the scenario is called in questions and titles.
    QString name() const;

    void newScenario();
    /// One whose machine is like that one; what could not be learnt of it is told.
    void newLikeThis(const core::MachineFacts& facts);
    /// Asks for unsaved work first, then begins to read.
    void open(const QString& file, const core::TraceOptions& trace = {});
    void askForFile();
    bool save();
    bool saveAs();
    /// The user wants to leave what is open: asks to save it. False: stay.
    bool mayLeave();
    /// Leaves for good: nothing is left for the next start.
    void leave();

    /// A file could not be opened. True if the editor shows it, with its faults.
    bool takeFailure();
    /// Looks for work that was not saved when a process ended, and offers it.
    void offerRecovery();

  Q_SIGNALS:
    void modifiedChanged(bool isModified);
    void savedTo(const QString& path);

  private:
    struct Stamp
    {
        qint64 size = -1;
        QDateTime when;
        bool operator==(const Stamp&) const = default;
    };
    static Stamp stampOf(const QString& path);
    bool isChangedOnDisk(const QString& path) const;
    bool writeTo(const QString& path);
    QString suggestion() const;
    void keep();
    void offerNext();
    void enableSaving();
    void restore();
    void onOpened();

    Session& m_session;
    ScenarioView& m_view;
    ScenarioText& m_text;
    ScenarioSync m_sync;
    const Actions& m_actions;
    MessageBar& m_messages;
    std::function<void()> m_showEditor;
    QWidget* m_window;
    FileQuestions m_questions;
    QString m_wanted; ///< that open() was last called with
    Stamp m_stamp;    ///< of the file as it was read or written
    QByteArray m_onDisk; ///< what it held then
    const QString m_folder;
    std::unique_ptr<Autosave> m_autosave; ///< null: nothing is kept
    QTimer m_keepTimer;
    std::vector<Leftover> m_leftovers;
};

} // namespace jiffy::ui
