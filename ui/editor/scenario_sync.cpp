// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/scenario_sync.h"

#include "core/scenario/edit_text.h"
#include "core/scenario/merge.h"
#include "core/scenario/reader.h"
#include "core/scenario/writer.h"

#include <QFile>
#include <QFileInfo>
#include <QSignalBlocker>

namespace jiffy::ui
{

ScenarioSync::ScenarioSync(Session& session, ScenarioView& view, core::BuiltinLookup builtin, QObject* parent)
    : QObject(parent), m_session(session), m_view(view), m_text(view.text()), m_builtin(std::move(builtin))
{
    connect(&session, &Session::opened, this, &ScenarioSync::onOpened);
    for (const auto signal : {&Session::runReset, &Session::branchesChanged, &Session::branchSwitched})
        connect(&session, signal, this, &ScenarioSync::follow);
    connect(&session, &Session::said, this, &ScenarioSync::follow);
    connect(&session, &Session::modifiedChanged, this, &ScenarioSync::follow);
    connect(&session, &Session::snapshotReady, this, &ScenarioSync::seekWhenThere);
    connect(&m_text, &ScenarioText::drafted, this, &ScenarioSync::onDrafted);
    connect(&m_text, &ScenarioText::changed, this, &ScenarioSync::setState);
    connect(&view, &ScenarioView::runWanted, this, &ScenarioSync::run);
}

// ---- from the session to the text

void ScenarioSync::onOpened()
{
    m_foreignFile.reset();
    m_document = m_session.document();
    const auto coming = std::exchange(m_coming, std::nullopt);
    const auto name = QFileInfo(m_session.file()).fileName();
    m_view.setName(name.isEmpty() ? tr("Untitled") : name);
    if (coming) {
        if (m_text.bytes() != *coming || !m_text.isEditable())
            m_text.open(*coming, m_session.file());
        else
            onDrafted();
        return;
    }
    m_tick.reset();
    if (!m_document) {
        m_text.close(m_session.whyNoDocument());
        return;
    }
    // As it stands in its file, with its comments, if that is still what was opened.
    auto bytes = textOf(m_session.file());
    const auto draft = core::readDraft({bytes.constData(), static_cast<std::size_t>(bytes.size())}, {},
                                       core::DraftReading::ShapeOnly);
    if (!draft.isShapely || draft.scenario != *m_document)
        bytes = QByteArray::fromStdString(core::writeScenario(*m_document));
    m_text.open(bytes, m_session.file());
}

QByteArray ScenarioSync::textOf(const QString& name) const
{
    constexpr qint64 largest = 64 << 20;
    if (name.startsWith(u':')) {
        const auto text = m_builtin ? m_builtin(name.mid(1).toStdString()) : std::nullopt;
        return text ? QByteArray::fromStdString(*text) : QByteArray();
    }
    QFile file(name);
    if (name.isEmpty() || !QFileInfo(name).isFile() || !file.open(QIODevice::ReadOnly)) return {};
    return file.read(largest);
}

/// The session's document may be another one now: by an intervention, undo, a branch.
void ScenarioSync::follow()
{
    if (m_coming || !m_session.isOpen()) return; // opened() comes
    const auto now = m_session.document();
    if (now == m_document) return;
    const auto before = std::exchange(m_document, now);
    if (m_foreignFile) return;
    if (!now) {
        m_text.close(m_session.whyNoDocument());
        return;
    }
    if (!m_text.isEditable()) {
        m_text.open(QByteArray::fromStdString(core::writeScenario(*now)), m_session.file());
        return;
    }
    if (m_text.isUpToDate() && m_text.isFormable() && m_text.scenario() == *now) return setState();
    // What was saved, taken back to: an edit would say the same, but lay parts out anew that the way there
    // had removed.
    constexpr int quicklyRead = 200'000; // characters
    if (!m_session.isModified() && !m_text.isUpToDate() && m_text.document().characterCount() < quicklyRead) {
        const QSignalBlocker quiet(m_text); // the old text is read for a look only, not to be run
        m_text.readNow();
    }
    const bool isTyped =
        !before || !m_text.isUpToDate() || !m_text.isFormable() || m_text.scenario() != *before;
    if (!isTyped && !m_session.isModified() && m_text.returnToSaved()) return setState();
    // What is typed but not run yet stays: both changes go together.
    const auto refused =
        m_text.edit([&](core::Scenario& s) { s = before ? mergeDocuments(*before, s, *now) : *now; });
    if (!refused.isEmpty()) {
        m_text.replaceWith(QByteArray::fromStdString(
            core::editText({m_good.constData(), static_cast<std::size_t>(m_good.size())}, *now).text));
        m_view.tell(tr("The text had faults; it is the scenario in the picture again. Ctrl+Z brings back "
                       "what was typed."));
    }
    setState();
}

// ---- from the text to the session

bool ScenarioSync::canRun() const
{
    return m_text.isEditable() && !m_text.hasFaults();
}

bool ScenarioSync::isSmall() const
{
    const auto& inputs = m_text.draft().inputs;
    return m_session.isOpen() && m_session.snapshot().log.size() <= smallRun && inputs &&
           inputs->timers.size() <= smallPopulation && inputs->actions.size() <= smallPopulation;
}

void ScenarioSync::onDrafted()
{
    if (!m_text.isEditable()) return;
    if (m_text.isFormable()) m_good = m_text.bytes();
    if (!m_text.hasFaults()) {
        if (m_foreignFile) {
            begin(*m_foreignFile);
            return;
        }
        if (m_document && m_text.scenario() != *m_document && isSmall()) apply();
    }
    setState();
}

void ScenarioSync::setState()
{
    using State = ScenarioView::State;
    const bool isSame = m_document && m_text.isUpToDate() && m_text.scenario() == *m_document;
    m_view.setState(m_text.hasFaults() || m_foreignFile ? State::Faulty
                    : isSame                            ? State::Same
                                                        : State::Changed);
}

bool ScenarioSync::run()
{
    if (!m_text.isEditable()) return false;
    if (!m_text.isUpToDate()) m_text.readNow();
    if (m_text.hasFaults()) {
        m_view.jumpToFault();
        return false;
    }
    if (m_document && m_text.scenario() != *m_document) apply();
    setState();
    return true;
}

void ScenarioSync::apply()
{
    // A daemon instead of a machine, or the other way round, is another thing to look at, in other views.
    if (m_text.scenario().daemon.has_value() != m_document->daemon.has_value()) {
        m_tick.reset();
        return begin(m_session.file());
    }
    const auto done = m_session.applyDocument(m_text.scenario(), tr("a change of the scenario"));
    m_document = m_session.document();
    if (!done) m_view.tell(QString::fromStdString(done.error().front().message));
}

void ScenarioSync::openNew(const core::Scenario& scenario)
{
    core::Opened opened;
    auto document = std::make_shared<const core::Scenario>(scenario);
    opened.inputs = std::make_shared<const core::Inputs>(*core::compile(*document));
    opened.document = document;
    m_tick.reset();
    m_coming = QByteArray::fromStdString(core::writeScenario(*document));
    m_session.start(std::move(opened), {});
}

void ScenarioSync::openText(const QByteArray& bytes, const QString& file, std::optional<std::uint64_t> tick)
{
    m_tick = tick;
    m_foreignFile = file;
    const auto name = QFileInfo(file).fileName();
    m_view.setName(name.isEmpty() ? tr("Untitled") : name);
    m_text.open(bytes, file); // and on to begin(), if it is right
    if (m_text.isUpToDate()) setState();
}

/// The text has come to be right: it becomes what the session shows.
void ScenarioSync::begin(QString file)
{
    core::Opened opened;
    auto inputs = *m_text.draft().inputs;
    inputs.file = file.toStdString();
    opened.inputs = std::make_shared<const core::Inputs>(std::move(inputs));
    opened.document = std::make_shared<const core::Scenario>(m_text.scenario());
    m_coming = m_text.bytes();
    m_session.start(std::move(opened), file);
    if (m_text.isModified()) m_session.setUnsaved();
}

void ScenarioSync::setSaved(const QString& path)
{
    if (m_foreignFile)
        m_foreignFile = path;
    else
        m_session.setSaved(path);
    m_view.setName(QFileInfo(path).fileName());
    m_text.setSaved();
}

void ScenarioSync::setUnsaved()
{
    m_text.setUnsaved();
    if (!m_foreignFile && m_session.isOpen()) m_session.setUnsaved();
}

void ScenarioSync::seekWhenThere()
{
    if (!m_tick || !m_session.isOpen() || m_foreignFile) return;
    if (m_session.isRunning() && m_session.snapshot().endTicks < *m_tick) return;
    // Behind the scenario's own opening.
    QTimer::singleShot(0, this,
                       [this, tick = *std::exchange(m_tick, std::nullopt)] { m_session.seekTick(tick); });
}

} // namespace jiffy::ui

#include "moc_scenario_sync.cpp"
