// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps the scenario's text and the session in step, both ways: what is typed and right is run; what is done in the
// picture (an intervention, undo, another branch) is written into the text, beside the comments that are there.
//
// Small runs follow by themselves as soon as the text is right; of large ones the user says when (run()).
#pragma once

#include "core/scenario/open.h"
#include "ui/editor/scenario_view.h"
#include "ui/session/session.h"

#include <optional>

namespace jiffy::ui
{

class ScenarioSync : public QObject
{
    Q_OBJECT

  public:
    /// Runs of more events are not repeated at every pause in typing.
    static constexpr std::uint64_t smallRun = 300'000;
    static constexpr std::size_t smallPopulation = 50'000;

    ScenarioSync(Session& session, ScenarioView& view, core::BuiltinLookup builtin, QObject* parent);

    /// Runs the text as it is written. False if it has faults.
    bool run();
    bool canRun() const;

    /// A scenario of one's own, not saved yet.
    void openNew(const core::Scenario& scenario = {});
    /// A text that may have faults: the session stays with what it shows until the text is right. tick: where the
    /// playhead stood, for a text that is.
    void openText(const QByteArray& bytes, const QString& file, std::optional<std::uint64_t> tick = {});

    /// The file that the text belongs to; empty: none yet.
    QString file() const { return m_foreignFile ? *m_foreignFile : m_session.file(); }
    void setSaved(const QString& path);
    /// As if it had never been saved.
    void setUnsaved();

  private:
    void onOpened();
    void follow();
    void onDrafted();
    void apply();
    void begin(QString file);
    void setState();
    bool isSmall() const;
    void seekWhenThere();
    QByteArray textOf(const QString& file) const;

    Session& m_session;
    ScenarioView& m_view;
    ScenarioText& m_text;
    core::BuiltinLookup m_builtin;
    std::shared_ptr<const core::Scenario> m_document; ///< of the session, as the text knows it
    QByteArray m_good;                                ///< the newest text without faults of shape
    std::optional<QByteArray> m_coming;               ///< the text of what the session is about to open
    std::optional<QString> m_foreignFile;             ///< the text is not of what the session shows: its own file
    std::optional<std::uint64_t> m_tick;              ///< wanted, as soon as the run gets there
};

} // namespace jiffy::ui
