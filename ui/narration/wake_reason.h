// SPDX-License-Identifier: GPL-3.0-or-later
// "Why nobody woke it at 1 100": below the code, while a deferrable timer runs that its CPU slept through: what
// get_next_timer_interrupt() counted before the tick was stopped, and what it did not. GUI thread.
#pragma once

#include "core/insight/slept_through.h"
#include "ui/theme/theme_provider.h"

#include <QAbstractButton>

#include <optional>
#include <vector>

namespace jiffy::ui
{

/// In words.
struct WakeReason
{
    struct Row
    {
        QString name, text, number;
        bool isCounted = false; ///< strong; else pale, and the number struck out
        bool operator==(const Row&) const = default;
    };
    QString title, when;
    std::vector<Row> rows;
    QString plain() const; ///< in one line
    bool operator==(const WakeReason&) const = default;
};
WakeReason wakeReasonOf(const core::SleptThrough& slept, const core::Inputs& inputs);

/// A click leads to the look-up.
class WakeReasonPanel : public QAbstractButton
{
    Q_OBJECT

  public:
    explicit WakeReasonPanel(const ThemeProvider& provider, QWidget* parent = nullptr);

    /// None: there is nothing to be said, and the panel has no height.
    void setReason(const std::optional<WakeReason>& reason);
    const std::optional<WakeReason>& reason() const { return m_reason; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    int heightNeeded() const;

    const ThemeProvider& m_provider;
    std::optional<WakeReason> m_reason;
};

} // namespace jiffy::ui
