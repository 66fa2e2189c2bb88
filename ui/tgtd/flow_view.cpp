// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tgtd/flow_view.h"

#include "ui/tgtd/thread_words.h"

#include <QPainter>

namespace jiffy::ui
{

FlowView::FlowView(const Desk& desk, QWidget* parent) : View(parent), m_provider(desk.theme), m_session(desk.session), m_selection(desk.selection)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Work scheduler"));
    connect(&m_provider, &ThemeProvider::changed, this, qOverload<>(&QWidget::update));
    connect(&m_selection, &Selection::changed, this, qOverload<>(&QWidget::update));
}

void FlowView::reset(const core::InputsPtr&, const core::Snapshot& run)
{
    m_scene = {};
    m_adds.clear();
    extend(run);
    update();
}

void FlowView::extend(const core::Snapshot& run)
{
    m_adds.extend(run.log);
}

void FlowView::showMoment(const Moment& moment)
{
    m_scene = makeFlowScene(moment.world, moment.inputs, m_session.history().log(), moment.at, &m_adds);
    m_positionTime = m_scene.now;
    setAccessibleDescription(threadSentence(m_scene));
    update();
}

void FlowView::setVirtualTime(double us)
{
    if (m_scene.isEmpty()) return;
    const auto to = std::max(m_positionTime, static_cast<std::uint64_t>(us));
    if (to == m_scene.now) return;
    m_scene.moveTo(to);
    update();
}

void FlowView::paintView(QPainter& p, const QRectF& box, bool)
{
    const auto& look = m_provider.look();
    p.fillRect(box, look.t().canvas);
    if (m_scene.isEmpty()) return;
    p.setFont(look.words(13));
    p.setPen(look.t().ink);
    p.drawText(box.adjusted(look.px(32), look.px(24), -look.px(24), 0), Qt::AlignLeft | Qt::TextWordWrap, threadSentence(m_scene));
}

void FlowView::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    paintView(p, rect(), false);
}

} // namespace jiffy::ui

#include "moc_flow_view.cpp"
