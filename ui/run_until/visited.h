// SPDX-License-Identifier: GPL-3.0-or-later
// Back and forward through the moments that were looked at, as in a browser: places one jumped from, not single steps.
// Moments belong to a run; another run begins anew. GUI thread.
#pragma once

#include "ui/session/session.h"

#include <QElapsedTimer>
#include <QObject>

#include <vector>

namespace jiffy::ui
{

class Visited : public QObject
{
    Q_OBJECT

  public:
    explicit Visited(Session& session, QObject* parent = nullptr);

    bool canGoBack() const { return !m_back.empty(); }
    bool canGoForward() const { return !m_forward.empty(); }
    /// Jumps that follow each other more quickly than that are one: a drag of the playhead. 0: never.
    void setOneDragMs(int milliseconds) { m_oneDragMs = milliseconds; }

  public Q_SLOTS:
    void goBack();
    void goForward();

  Q_SIGNALS:
    void changed();

  private:
    void go(std::vector<core::Position>& from, std::vector<core::Position>& to);
    void notice(core::Position from, core::Position to, Motion motion);

    static constexpr std::size_t most = 200;

    Session& m_session;
    std::vector<core::Position> m_back, m_forward;
    QElapsedTimer m_sinceJump;
    int m_oneDragMs = 250;
    bool m_isGoing = false;
    bool m_isFresh = true; ///< the playhead has not been set yet
};

} // namespace jiffy::ui
