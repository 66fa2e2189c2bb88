// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run_until/visited.h"

namespace jiffy::ui
{

Visited::Visited(Session& session, QObject* parent) : QObject(parent), m_session(session)
{
    connect(&session, &Session::runReset, this, [this] {
        m_back.clear();
        m_forward.clear();
        m_isFresh = true;
        Q_EMIT changed();
    });
    connect(&session, &Session::positionChanged, this, &Visited::notice);
}

void Visited::notice(core::Position from, core::Position to, Motion motion)
{
    if (m_isFresh) {
        m_isFresh = false; // the opening of a run is nothing that one goes back from
        return;
    }
    if (m_isGoing || motion != Motion::Jump || from == to) return;
    const bool isDrag = m_sinceJump.isValid() && m_oneDragMs > 0 && m_sinceJump.elapsed() < m_oneDragMs;
    m_sinceJump.start();
    if (isDrag) return;
    if (m_back.empty() || m_back.back() != from) m_back.push_back(from);
    if (m_back.size() > most) m_back.erase(m_back.begin());
    m_forward.clear();
    Q_EMIT changed();
}

void Visited::go(std::vector<core::Position>& from, std::vector<core::Position>& to)
{
    if (from.empty() || !m_session.isOpen()) return;
    const auto place = from.back();
    from.pop_back();
    to.push_back(m_session.position());
    m_isGoing = true;
    m_session.seek(place);
    m_isGoing = false;
    m_sinceJump.invalidate();
    Q_EMIT changed();
}

void Visited::goBack() { go(m_back, m_forward); }

void Visited::goForward() { go(m_forward, m_back); }

} // namespace jiffy::ui

#include "moc_visited.cpp"
