// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/scenario_text.h"

#include "core/scenario/edit_text.h"
#include "core/scenario/writer.h"

#include <QPlainTextDocumentLayout>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>

#include <algorithm>

namespace jiffy::ui
{

namespace
{

/// What is read in place when it is opened: some 10 ms.
constexpr qsizetype largeText = 200'000;
constexpr std::uint64_t largePopulation = 20'000;

const QByteArray byteOrderMark = QByteArrayLiteral("\xEF\xBB\xBF");

} // namespace

ScenarioText::ScenarioText(QObject* parent) : QObject(parent), m_document(new QTextDocument(this))
{
    m_document->setDocumentLayout(new QPlainTextDocumentLayout(m_document));
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMs);
    connect(&m_pause, &QTimer::timeout, this, &ScenarioText::readAside);
    connect(m_document, &QTextDocument::contentsChange, this, [this](int, int removed, int added) {
        // A change of colours comes as a change of nothing, too.
        if (!m_isQuiet && (removed != 0 || added != 0)) onChange();
    });
    connect(m_document, &QTextDocument::modificationChanged, this, [this] {
        if (m_isQuiet || m_wasModified == isModified()) return;
        m_wasModified = isModified();
        Q_EMIT modifiedChanged(m_wasModified);
    });
}

ScenarioText::~ScenarioText()
{
    ++m_tag;
    if (m_reader.joinable()) m_reader.join();
}

QString ScenarioText::plain() const
{
    // toPlainText() makes blanks of no-break spaces; a title may mean them.
    return m_document->toRawText().replace(QChar::ParagraphSeparator, u'\n');
}

void ScenarioText::open(const QByteArray& bytes, const QString& file)
{
    m_hasByteOrderMark = bytes.startsWith(byteOrderMark);
    auto text = QString::fromUtf8(m_hasByteOrderMark ? bytes.mid(byteOrderMark.size()) : bytes);
    m_hasCarriageReturns = text.contains(QLatin1String("\r\n"));
    if (m_hasCarriageReturns) text.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    m_isQuiet = true;
    m_document->setPlainText(text);
    m_document->setModified(false);
    m_isQuiet = false;
    m_file = file;
    m_saved = plain();
    m_isNeverSaved = false;
    m_isEditable = true;
    m_whyNot.clear();
    m_scenario = {};
    const bool was = std::exchange(m_wasModified, false);
    Q_EMIT opened();
    if (was) Q_EMIT modifiedChanged(false);
    ++m_tag;
    m_isReading = false;
    m_pause.stop();
    auto shape = core::readDraft(text.toStdString(), m_file.toStdString(), core::DraftReading::ShapeOnly);
    std::uint64_t timers = 0;
    for (const auto& p : shape.scenario.populations) timers += p.count;
    m_scenario = shape.scenario; // of a broken text as much as there is
    if (text.size() < largeText && timers < largePopulation) return readNow();
    m_draft = std::move(shape);
    readAside();
}

void ScenarioText::close(const QString& why)
{
    m_pause.stop();
    ++m_tag;
    m_isQuiet = true;
    m_document->setPlainText({});
    m_document->setModified(false);
    m_isQuiet = false;
    m_isNeverSaved = false;
    m_isEditable = false;
    m_whyNot = why;
    m_scenario = {};
    const bool was = std::exchange(m_wasModified, false);
    Q_EMIT opened();
    if (was) Q_EMIT modifiedChanged(false);
    take({});
}

QByteArray ScenarioText::bytes() const
{
    auto text = plain();
    if (m_hasCarriageReturns) text.replace(u'\n', QLatin1String("\r\n"));
    return m_hasByteOrderMark ? byteOrderMark + text.toUtf8() : text.toUtf8();
}

bool ScenarioText::isModified() const
{
    return m_isEditable && (m_isNeverSaved || m_document->isModified());
}

void ScenarioText::setSaved()
{
    m_isNeverSaved = false;
    m_saved = plain();
    m_document->setModified(false);
    if (std::exchange(m_wasModified, false)) Q_EMIT modifiedChanged(false);
}

void ScenarioText::setUnsaved()
{
    m_isNeverSaved = true;
    if (!std::exchange(m_wasModified, true)) Q_EMIT modifiedChanged(true);
}

void ScenarioText::onChange()
{
    m_pause.start();
    Q_EMIT changed();
}

QString ScenarioText::edit(const std::function<void(core::Scenario&)>& change)
{
    if (!m_isEditable) return m_whyNot;
    auto text = plain().toStdString();
    auto wanted = m_scenario;
    if (!isUpToDate()) {
        auto now = core::readDraft(text, {}, core::DraftReading::ShapeOnly);
        if (!now.isShapely) return tr("The text has a fault; mend it there first.");
        wanted = std::move(now.scenario);
    } else if (!m_draft.isShapely) {
        return tr("The text has a fault; mend it there first.");
    }
    const auto before = wanted;
    change(wanted);
    if (wanted == before) return {};
    const auto check = core::readDraft(core::writeScenario(wanted), {}, core::DraftReading::ShapeOnly);
    if (!check.isShapely) return QString::fromStdString(check.faults.front().message);
    const auto edited = core::editText(text, wanted);
    m_scenario = std::move(wanted);
    replace(QString::fromStdString(edited.text));
    if (!edited.isInPlace) Q_EMIT rewritten();
    return {};
}

bool ScenarioText::returnToSaved()
{
    if (m_isNeverSaved) return false;
    replace(m_saved);
    readNow();
    return true;
}

void ScenarioText::replaceWith(const QByteArray& bytes)
{
    auto text = QString::fromUtf8(bytes);
    replace(text.replace(QLatin1String("\r\n"), QLatin1String("\n")));
    readNow();
}

/// Touches only what differs, so that the cursor and the steps to undo stay true.
void ScenarioText::replace(const QString& text)
{
    const auto old = plain();
    const auto shorter = std::min(old.size(), text.size());
    qsizetype head = 0, tail = 0;
    while (head < shorter && old[head] == text[head]) ++head;
    if (head > 0 && old[head - 1].isHighSurrogate()) --head;
    while (tail < shorter - head && old[old.size() - 1 - tail] == text[text.size() - 1 - tail]) ++tail;
    if (tail > 0 && old[old.size() - tail].isLowSurrogate()) --tail;
    if (head == old.size() && head == text.size()) return;
    QTextCursor cursor(m_document);
    cursor.setPosition(static_cast<int>(head));
    cursor.setPosition(static_cast<int>(old.size() - tail), QTextCursor::KeepAnchor);
    cursor.insertText(text.mid(head, text.size() - head - tail));
}

void ScenarioText::readNow()
{
    if (!m_isEditable) return;
    ++m_tag; // what is being read aside is of no interest any more
    m_isReading = false;
    m_pause.stop();
    take(core::readDraft(plain().toStdString(), m_file.toStdString()));
}

void ScenarioText::readAside()
{
    if (!m_isEditable) return;
    if (m_isReading) { // one at a time; the newest text when that one is done
        m_pause.start();
        return;
    }
    if (m_reader.joinable()) m_reader.join();
    m_isReading = true;
    const int tag = ++m_tag;
    m_reader = std::jthread([this, tag, text = plain(), file = m_file.toStdString()] {
        auto draft = std::make_shared<core::Draft>(core::readDraft(text.toStdString(), file));
        QMetaObject::invokeMethod(
            this,
            [this, tag, draft] {
                if (tag != m_tag) return;
                m_isReading = false;
                if (!m_pause.isActive()) take(std::move(*draft)); // else: the text has changed meanwhile
            },
            Qt::QueuedConnection);
    });
}

void ScenarioText::take(core::Draft draft)
{
    const bool had = hasFaults();
    m_draft = std::move(draft);
    m_marks = faultMarks(m_draft.faults,
                         [this](int line) { return m_document->findBlockByNumber(line).text(); });
    if (m_draft.isShapely) m_scenario = m_draft.scenario;
    // Typed back to what was saved: nothing to save.
    if (m_document->isModified() && !m_isNeverSaved && plain() == m_saved) m_document->setModified(false);
    Q_EMIT drafted();
    if (had != hasFaults()) Q_EMIT faultsChanged(hasFaults());
}

} // namespace jiffy::ui

#include "moc_scenario_text.cpp"
