// SPDX-License-Identifier: GPL-3.0-or-later
// Looks for events in a log of any length without holding up the window: counts the matches in slices, and goes to the
// next or previous one, waiting for a run that is not finished. GUI thread.
#pragma once

#include "core/insight/query.h"
#include "core/run/snapshot.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <optional>

namespace jiffy::ui
{

class Finder : public QObject
{
    Q_OBJECT

  public:
    explicit Finder(QObject* parent = nullptr);

    void reset(const core::InputsPtr& inputs, const core::Snapshot& run);
    void extend(const core::Snapshot& run);
    /// Empty: nothing is looked for.
    void setText(const QString& text);
    const QString& text() const { return m_text; }
    bool isEmpty() const { return m_count.query().isEmpty(); }

    /// The next match at or behind an event, or the last one in front of it; found() or notFound() follows, at once if
    /// it is near.
    void next(std::uint64_t from);
    void previous(std::uint64_t end);
    bool isLooking() const { return m_wanted.has_value(); }

    std::uint64_t total() const { return m_count.total(); } ///< matches counted so far
    bool isComplete() const { return m_count.isComplete(); }
    double progress() const; ///< 0..1 of the events counted
    bool matches(std::uint64_t event, std::uint64_t ticks) const;
    /// From 1: the how-manieth match the event is; 0: not known yet, or none.
    std::uint64_t rank(std::uint64_t event) const;

  Q_SIGNALS:
    void changed();
    void found(std::uint64_t event);
    void notFound(bool forward);

  private:
    struct Wanted
    {
        bool isForward = true;
        std::uint64_t from = 0;
    };
    void slice(int milliseconds);
    bool look(std::uint64_t records); ///< true: answered

    core::InputsPtr m_inputs;
    core::LogView m_log;
    bool m_isRunning = false;
    QString m_text;
    core::QueryCount m_count;
    std::optional<Wanted> m_wanted;
    QTimer m_timer;
};

} // namespace jiffy::ui
