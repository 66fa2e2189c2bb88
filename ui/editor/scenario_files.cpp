// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/scenario_files.h"

#include "core/export/sink.h"
#include "ui/window/actions.h"
#include "ui/window/message_bar.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>

namespace jiffy::ui
{

namespace
{

const QString suffix = QStringLiteral(".jiffy.json");
constexpr qint64 largestText = 64 << 20;

QByteArray contents(const QString& path)
{
    QFile file(path);
    return QFileInfo(path).isFile() && file.open(QIODevice::ReadOnly) ? file.read(largestText) : QByteArray();
}

bool isPath(const QString& file) { return !file.isEmpty() && !file.startsWith(u':'); }

/// A scenario with faults is one that a human wrote: an object, perhaps behind comments.
bool looksLikeScenario(const QByteArray& bytes, const QString& file)
{
    if (file.endsWith(QLatin1String(".jsonl")) || bytes.isEmpty() || bytes.left(4096).contains('\0')) return false;
    const auto text = bytes.left(4096).trimmed();
    return file.endsWith(QLatin1String(".json")) || text.startsWith('{') || text.startsWith("//") ||
           text.startsWith("/*");
}

} // namespace

FileQuestions FileQuestions::asDialogs(QWidget* window)
{
    FileQuestions q;
    q.unsaved = [window](const QString& name) {
        QMessageBox box(QMessageBox::Warning, ScenarioFiles::tr("Unsaved changes"),
                        ScenarioFiles::tr("Save the changes of “%1”?").arg(name),
                        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, window);
        box.setInformativeText(ScenarioFiles::tr("What is not saved is lost."));
        box.setDefaultButton(QMessageBox::Save);
        box.setEscapeButton(QMessageBox::Cancel);
        const auto answer = box.exec();
        return answer == QMessageBox::Save      ? Leave::Save
               : answer == QMessageBox::Discard ? Leave::Discard
                                                : Leave::Cancel;
    };
    q.changedOnDisk = [window](const QString& name) {
        QMessageBox box(QMessageBox::Warning, ScenarioFiles::tr("Changed meanwhile"),
                        ScenarioFiles::tr("“%1” was changed by another program since it was read.").arg(name),
                        QMessageBox::Cancel, window);
        box.setInformativeText(ScenarioFiles::tr("To overwrite it loses that change."));
        const auto* overwrite = box.addButton(ScenarioFiles::tr("Overwrite"), QMessageBox::DestructiveRole);
        auto* other = box.addButton(ScenarioFiles::tr("Save As…"), QMessageBox::AcceptRole);
        box.setDefaultButton(other);
        box.setEscapeButton(QMessageBox::Cancel);
        box.exec();
        return box.clickedButton() == overwrite ? Overwrite::Overwrite
               : box.clickedButton() == other   ? Overwrite::SaveAs
                                                : Overwrite::Cancel;
    };
    q.whereTo = [window](const QString& suggestion) {
        QFileDialog dialog(window, ScenarioFiles::tr("Save As"));
        dialog.setOption(QFileDialog::DontUseNativeDialog);
        dialog.setAcceptMode(QFileDialog::AcceptSave);
        dialog.setNameFilters({ScenarioFiles::tr("Scenarios (*.jiffy.json)"), ScenarioFiles::tr("All files (*)")});
        dialog.setDefaultSuffix(QStringLiteral("jiffy.json")); // before it asks whether to overwrite
        dialog.setDirectory(QFileInfo(suggestion).absolutePath());
        dialog.selectFile(QFileInfo(suggestion).fileName());
        return dialog.exec() == QDialog::Accepted ? dialog.selectedFiles().value(0) : QString();
    };
    q.whichFile = [window] {
        return QFileDialog::getOpenFileName(
            window, ScenarioFiles::tr("Open"), QSettings().value(QStringLiteral("folder")).toString(),
            ScenarioFiles::tr("All files (*);;Scenarios (*.jiffy.json);;Vectors (*.ops);;Kernel traces (*.txt *.trace "
                              "*.dat);;Exported logs (*.jsonl)"),
            nullptr, QFileDialog::DontUseNativeDialog);
    };
    return q;
}

ScenarioFiles::ScenarioFiles(Session& session, ScenarioView& view, core::BuiltinLookup builtin, const Actions& actions,
                             MessageBar& messages, std::function<void()> showEditor, const QString& folder,
                             QWidget* window)
    : QObject(window), m_session(session), m_view(view), m_text(view.text()),
      m_sync(session, view, std::move(builtin), this), m_actions(actions), m_messages(messages),
      m_showEditor(std::move(showEditor)), m_window(window), m_questions(FileQuestions::asDialogs(window)),
      m_folder(folder)
{
    const auto on = [&](Act act, auto what) {
        connect(actions[act], &QAction::triggered, this, what);
        actions[act]->setEnabled(true);
    };
    on(Act::New, [this] { newScenario(); });
    on(Act::NewLikeThis, [this] { newLikeThis(core::readMachineFacts()); });
    on(Act::Open, [this] { askForFile(); });
    on(Act::Save, [this] { save(); });
    on(Act::SaveAs, [this] { saveAs(); });
    on(Act::RunScenario, [this] {
        if (!m_sync.run()) m_showEditor();
    });
    connect(&view, &ScenarioView::saveAsWanted, this, [this] { saveAs(); });
    connect(&session, &Session::opened, this, &ScenarioFiles::onOpened);
    connect(&m_text, &ScenarioText::modifiedChanged, this, &ScenarioFiles::modifiedChanged);

    m_keepTimer.setSingleShot(true);
    m_keepTimer.setInterval(keepMs);
    connect(&m_keepTimer, &QTimer::timeout, this, &ScenarioFiles::keep);
    if (!m_folder.isEmpty()) {
        m_autosave = std::make_unique<Autosave>(m_folder);
        connect(m_autosave.get(), &Autosave::failed, this, [this](const QString& why) {
            m_messages.showError(tr("Unsaved changes cannot be kept safe; save them yourself."), why);
        });
        // Not restarted by the next change: none is older than that when it is written.
        connect(&m_text, &ScenarioText::changed, this, [this] { if (!m_keepTimer.isActive()) m_keepTimer.start(); });
        connect(&m_text, &ScenarioText::modifiedChanged, this, [this](bool isModified) {
            if (!isModified) m_autosave->clear();
            else if (!m_keepTimer.isActive()) m_keepTimer.start();
        });
        connect(&messages, &MessageBar::answered, this, [this](int answer) {
            if (m_leftovers.empty()) return;
            if (answer == 0) {
                restore();
                return;
            }
            if (answer == 1) m_leftovers.front().discard();
            m_leftovers.erase(m_leftovers.begin()); // of those that were only put off the next start hears again
            offerNext();
        });
    }
}

ScenarioFiles::~ScenarioFiles() = default;

QString ScenarioFiles::name() const
{
    const auto file = QFileInfo(m_sync.file()).fileName();
    if (!file.isEmpty()) return file;
    return m_text.scenario().title.empty() ? tr("Untitled") : QString::fromStdString(m_text.scenario().title);
}

// ---- coming and going

bool ScenarioFiles::mayLeave()
{
    if (!m_text.isModified()) return true;
    switch (m_questions.unsaved(name())) {
    case FileQuestions::Leave::Save: return save();
    case FileQuestions::Leave::Discard: return true;
    case FileQuestions::Leave::Cancel: return false;
    }
    return false;
}

void ScenarioFiles::leave()
{
    m_keepTimer.stop();
    if (m_autosave) {
        m_autosave->clear();
        m_autosave->wait();
    }
}

void ScenarioFiles::newScenario()
{
    if (!mayLeave()) return;
    m_session.cancelOpening();
    m_sync.openNew();
}

void ScenarioFiles::newLikeThis(const core::MachineFacts& facts)
{
    if (!mayLeave()) return;
    m_session.cancelOpening();
    const auto scenario = core::scenarioLike(facts);
    QStringList words;
    for (const auto& note : scenario.notes) words.append(QString::fromStdString(note));
    m_sync.openNew(scenario);
    m_showEditor();
    m_messages.showNote(tr("A machine like this one: what was read and what was taken stands in the scenario's notes."), words.join(u'\n'));
}

void ScenarioFiles::askForFile()
{
    const auto file = m_questions.whichFile();
    if (!file.isEmpty()) open(file);
}

void ScenarioFiles::open(const QString& file, const core::TraceOptions& trace)
{
    if (!mayLeave()) return;
    m_wanted = file;
    m_session.open(file, trace);
}

void ScenarioFiles::onOpened()
{
    m_wanted.clear();
    const auto file = m_sync.file();
    m_onDisk = isPath(file) && m_text.isEditable() ? contents(file) : QByteArray();
    m_stamp = stampOf(file);
    enableSaving();
}

void ScenarioFiles::enableSaving()
{
    for (const auto act : {Act::Save, Act::SaveAs, Act::RunScenario}) m_actions[act]->setEnabled(m_text.isEditable());
}

bool ScenarioFiles::takeFailure()
{
    const auto file = std::exchange(m_wanted, {});
    if (!isPath(file)) return false;
    const auto bytes = contents(file);
    if (!looksLikeScenario(bytes, file)) return false;
    m_sync.openText(bytes, file);
    m_onDisk = bytes;
    m_stamp = stampOf(file);
    enableSaving();
    m_showEditor();
    if (m_text.isUpToDate()) m_view.jumpToFault();
    return true;
}

// ---- saving

ScenarioFiles::Stamp ScenarioFiles::stampOf(const QString& path)
{
    const QFileInfo info(path);
    return isPath(path) && info.exists() ? Stamp{info.size(), info.lastModified()} : Stamp{};
}

bool ScenarioFiles::isChangedOnDisk(const QString& path) const
{
    const auto now = stampOf(path);
    return now != m_stamp && now.size >= 0 && contents(path) != m_onDisk;
}

bool ScenarioFiles::save()
{
    if (!m_text.isEditable()) {
        m_messages.showNote(tr("There is nothing to save."), m_text.whyNot());
        return false;
    }
    const auto path = m_sync.file();
    if (!isPath(path)) return saveAs();
    if (isChangedOnDisk(path)) {
        switch (m_questions.changedOnDisk(QFileInfo(path).fileName())) {
        case FileQuestions::Overwrite::Overwrite: break;
        case FileQuestions::Overwrite::SaveAs: return saveAs();
        case FileQuestions::Overwrite::Cancel: return false;
        }
    }
    return writeTo(path);
}

QString ScenarioFiles::suggestion() const
{
    const auto file = m_sync.file();
    if (isPath(file)) return QFileInfo(file).absoluteFilePath();
    auto base = file.mid(1);
    if (base.isEmpty()) {
        for (const auto c : QString::fromStdString(m_text.scenario().title).toLower())
            if (c.isLetterOrNumber()) base += c;
            else if (!base.isEmpty() && !base.endsWith(u'-')) base += u'-';
        while (base.endsWith(u'-')) base.chop(1);
    }
    if (base.isEmpty()) base = QStringLiteral("scenario");
    const auto folder = QSettings().value(QStringLiteral("folder"), QDir::homePath()).toString();
    return QDir(folder).filePath(base + suffix);
}

bool ScenarioFiles::saveAs()
{
    if (!m_text.isEditable()) {
        m_messages.showNote(tr("There is nothing to save."), m_text.whyNot());
        return false;
    }
    auto path = m_questions.whereTo(suggestion());
    if (path.isEmpty()) return false;
    if (QFileInfo(path).suffix().isEmpty()) path += suffix;
    return writeTo(QFileInfo(path).absoluteFilePath());
}

bool ScenarioFiles::writeTo(const QString& path)
{
    // What was typed in the last moment belongs to it.
    if (!m_text.isUpToDate()) m_text.readNow();
    const auto bytes = m_text.bytes();
    auto sink = core::FileSink::create(QFile::encodeName(path).toStdString());
    if (sink) sink->write({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    const auto done = sink ? sink->commit() : core::Result<void>(tl::unexpected(sink.error()));
    if (!done) {
        m_messages.showError(tr("“%1” was not saved. Nothing is lost: it is still here, and a file of that name is as it was.")
                                 .arg(QFileInfo(path).fileName()),
                             QString::fromStdString(done.error().front().message));
        return false;
    }
    m_onDisk = bytes;
    m_stamp = stampOf(path);
    m_sync.setSaved(path);
    if (m_autosave) m_autosave->clear();
    m_messages.showNote(m_text.hasFaults() ? tr("Saved: %1, with the faults that are listed").arg(path)
                                           : tr("Saved: %1").arg(path));
    Q_EMIT savedTo(path);
    return true;
}

// ---- kept safe

void ScenarioFiles::keep()
{
    if (!m_autosave) return;
    if (!m_text.isModified()) {
        m_autosave->clear();
        return;
    }
    Work work;
    work.text = m_text.bytes();
    work.file = m_sync.file();
    work.tick = m_session.isOpen() ? m_session.ticks() : 0;
    work.when = QDateTime::currentDateTimeUtc();
    m_autosave->keep(std::move(work));
}

void ScenarioFiles::offerRecovery()
{
    if (m_folder.isEmpty()) return;
    m_leftovers = leftovers(m_folder);
    if (!m_session.isOpening()) return offerNext();
    // What is being opened says its own words first.
    connect(
        &m_session, &Session::openingChanged, this,
        [this] { QTimer::singleShot(0, this, &ScenarioFiles::offerNext); }, Qt::SingleShotConnection);
}

void ScenarioFiles::offerNext()
{
    if (m_leftovers.empty()) return;
    const auto& work = m_leftovers.front().work();
    auto name = QFileInfo(work.file).fileName();
    if (name.isEmpty()) name = tr("Untitled");
    const auto when = work.when.toLocalTime();
    const auto clock = when.time().toString(QStringLiteral("HH:mm"));
    const auto day = when.date() == QDate::currentDate() ? clock
                                                         : QLocale().toString(when.date(), QLocale::ShortFormat) +
                                                               u' ' + clock;
    m_messages.ask(tr("Jiffyscope ended without saving “%1” at %2.").arg(name, day), {tr("&Restore"), tr("&Discard")});
}

void ScenarioFiles::restore()
{
    if (!mayLeave()) {
        offerNext();
        return;
    }
    auto leftover = std::move(m_leftovers.front());
    m_leftovers.erase(m_leftovers.begin());
    const auto& work = leftover.work();
    m_session.cancelOpening();
    m_sync.openText(work.text, work.file, work.tick);
    m_sync.setUnsaved();
    m_onDisk = isPath(work.file) ? contents(work.file) : QByteArray();
    m_stamp = stampOf(work.file);
    enableSaving();
    m_showEditor();
    // Ours before theirs goes: a kill in between loses nothing.
    keep();
    m_autosave->wait();
    leftover.discard();
    offerNext();
}

} // namespace jiffy::ui

#include "moc_scenario_files.cpp"
