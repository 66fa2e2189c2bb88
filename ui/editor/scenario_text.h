// SPDX-License-Identifier: GPL-3.0-or-later
// The scenario that is being edited, as text: what the text pane shows, what the form changes, what is saved and
// kept safe. The text is the truth; the document is what can be read of it.
//
// A change is read after a short pause, on a thread of its own, so a text of a megabyte (or one that draws a million
// timers) does not hold up typing. Faults are the reader's own. GUI thread.
#pragma once

#include "core/scenario/draft.h"
#include "ui/editor/fault_marks.h"

#include <QByteArray>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <thread>

class QTextDocument;

namespace jiffy::ui
{

class ScenarioText : public QObject
{
    Q_OBJECT

  public:
    /// After the last key.
    static constexpr int pauseMs = 300;

    explicit ScenarioText(QObject* parent = nullptr);
    ~ScenarioText() override;

    QTextDocument& document() { return *m_document; }
    /// False when what is open has no text of its own (a trace, a vector, an exported log); whyNot() is a sentence.
    bool isEditable() const { return m_isEditable; }
    QString whyNot() const { return m_whyNot; }

    /// Another text, unmodified, with nothing to undo. A small one is read at once, in place; of a large one the shape
    /// is, and the rest aside. file: for diagnostics only.
    void open(const QByteArray& bytes, const QString& file);
    void close(const QString& why);
    /// As a file holds it: UTF-8, with the line ends and the byte order mark that it came with.
    QByteArray bytes() const;

    bool isModified() const;
    void setSaved();
    /// The text as it was saved last, as one step to undo: not modified then. False if it never was saved.
    bool returnToSaved();
    /// As if it had never been saved.
    void setUnsaved();

    /// Changes the document inside the text, as one step to undo; comments and layout stay. Returns why it was
    /// refused (the reader's words), or nothing. What does not make sense yet (an instant, a name that nobody has)
    /// is accepted and marked, as if it had been typed.
    QString edit(const std::function<void(core::Scenario&)>& change);
    /// Another text as one step to undo.
    void replaceWith(const QByteArray& bytes);
    /// True if edit() can be asked: the text is JSON of the right shape.
    bool isFormable() const { return m_isEditable && m_draft.isShapely; }

    /// What could be read of the text when it was read last.
    const core::Draft& draft() const { return m_draft; }
    bool isUpToDate() const { return !m_pause.isActive() && !m_isReading; }
    bool hasFaults() const { return !m_draft.faults.empty(); }
    const std::vector<FaultMark>& marks() const { return m_marks; }
    /// The newest document whose shape was right; of a text that was opened with faults as much as could be read.
    const core::Scenario& scenario() const { return m_scenario; }
    /// Reads the present text at once, in place.
    void readNow();

  Q_SIGNALS:
    /// Another text took the place of the old one, or there is none any more.
    void opened();
    /// The text changed, by whatever means.
    void changed();
    /// draft(), marks() and scenario() are of the present text.
    void drafted();
    void faultsChanged(bool hasFaults);
    void modifiedChanged(bool isModified);
    /// The text had to be written anew; its comments are gone until undo.
    void rewritten();

  private:
    QString plain() const;
    void replace(const QString& text);
    void onChange();
    void readAside();
    void take(core::Draft draft);

    QTextDocument* m_document;
    QTimer m_pause;
    QString m_file;
    QString m_whyNot;
    QString m_saved; ///< the text as it was saved last; meaningless while m_isNeverSaved
    bool m_isNeverSaved = false;
    bool m_isEditable = false;
    bool m_hasByteOrderMark = false, m_hasCarriageReturns = false;
    bool m_isQuiet = false;   ///< while open() fills the document
    bool m_isReading = false; ///< aside
    bool m_wasModified = false;
    int m_tag = 0;            ///< of the text that is being read aside
    core::Draft m_draft;
    core::Scenario m_scenario;
    std::vector<FaultMark> m_marks;
    std::jthread m_reader;
};

} // namespace jiffy::ui
