// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/workspace.h"

#include "ui/narration/panel.h"
#include "ui/tables/table_accessible.h"
#include "ui/window/caption_bar.h"

#include <QApplication>
#include <QDataStream>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace jiffy::ui
{

namespace
{

constexpr quint32 stateVersion = 1;

} // namespace

WorkspacePlan workspacePlan(QSize window, double scale, bool isDaemon, int strips)
{
    const double width = window.width() / scale, height = window.height() / scale;
    WorkspacePlan plan;
    plan.left = width >= 1800 ? 360 : width >= 1400 ? 324 : 300;
    plan.right = width >= 1800 ? 320 : 290;
    plan.isRightRail = width < 1400;
    plan.isLeftRail = width < 1150;
    plan.bottom = height < 790 || plan.isLeftRail ? 120 : 194;
    plan.isBottomOpen = height >= 560; // the wheel before all
    if (isDaemon) {
        plan.isRightRail = width < 1800;
        if (height >= 880) plan.bottom = 278;
    }
    // Ruler and lanes; the lines of timers below them have what is left.
    if (strips > 0) plan.bottom = std::max(plan.bottom, 66 + 24 * std::min(strips, 4) + 18);
    return plan;
}

Workspace::Workspace(const Desk& desk, QWidget* parent)
    : QWidget(parent), m_theme(desk.theme), m_columns(new QSplitter(Qt::Horizontal)),
      m_rows(new QSplitter(Qt::Vertical)), m_stack(new QStackedWidget(this)), m_narration(new NarrationPanel(desk.theme)), m_reason(new WakeReasonPanel(desk.theme, this)),
      m_caption(new CaptionBar(desk.theme))
{
    installTableAccessibility(); // before there is a view that could be asked
    for (const auto place : {Place::Centre, Place::Left, Place::Right, Place::Bottom, Place::Stage})
        m_panes.push_back(new Pane(place, desk.theme, this));
    for (const auto& spec : viewTable()) {
        auto* host = new ViewHost(spec, desk, this);
        m_hosts.push_back(host);
        pane(spec.place).add(host);
    }
    pane(Place::Left).setHead(m_narration);
    pane(Place::Left).setFoot(m_reason);
    m_reason->hide();
    connect(m_reason, &QAbstractButton::clicked, this, &Workspace::wakeReasonClicked);
    pane(Place::Centre).setHead(m_caption);
    m_caption->hide();
    pane(Place::Right).setVisible(!pane(Place::Right).isEmpty());

    m_columns->addWidget(&pane(Place::Left));
    m_columns->addWidget(&pane(Place::Centre));
    m_columns->addWidget(&pane(Place::Right));
    m_columns->setStretchFactor(1, 1);
    m_rows->addWidget(m_columns);
    m_rows->addWidget(&pane(Place::Bottom));
    m_rows->setStretchFactor(0, 1);
    for (auto* splitter : {m_columns, m_rows}) {
        splitter->setHandleWidth(1);
        splitter->setChildrenCollapsible(false);
        connect(splitter, &QSplitter::splitterMoved, this, [this] { m_isMoved = true; });
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    m_stack->addWidget(m_rows);
    m_stack->addWidget(&pane(Place::Stage));
    layout->addWidget(m_stack);
    for (auto* p : m_panes) {
        connect(p, &Pane::frontChanged, this, &Workspace::arrangementChanged);
        connect(p, &Pane::openChanged, this, [this] {
            applySizes();
            showCaption();
            Q_EMIT arrangementChanged();
        });
    }
    m_inUse = m_hosts.front();
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { noticeFocus(now); });
    connect(&m_theme, &ThemeProvider::changed, this, &Workspace::applyTheme);
    applyTheme();
}

Pane& Workspace::pane(Place place) const
{
    return *m_panes[static_cast<std::size_t>(place)];
}

ViewHost* Workspace::host(const QString& id) const
{
    for (auto* h : m_hosts)
        if (id == QLatin1String(h->spec().id)) return h;
    return nullptr;
}

void Workspace::setSentence(const Sentence& sentence)
{
    m_narration->setSentence(sentence);
    m_caption->setSentence(sentence);
}

void Workspace::setWakeReason(const std::optional<WakeReason>& reason)
{
    m_reason->setReason(reason);
    showReason();
}

/// The sentence and the code go before it.
void Workspace::showReason()
{
    const double least = m_theme.look().px(400);
    m_reason->setVisible(m_reason->reason().has_value() && pane(Place::Left).height() >= least);
}

void Workspace::offerFor(const core::Inputs& inputs)
{
    const int strips = inputs.driver != core::Driver::Daemon && inputs.machine.kernel.isThere ? inputs.machine.cpus : 0;
    const bool hasOtherLanes = strips != m_strips;
    m_strips = strips;
    bool isOther = false;
    for (auto* host : m_hosts) {
        const bool can = host->spec().canShow(inputs);
        isOther |= can != host->isOffered();
        host->setOffered(can);
    }
    if (!isOther && !hasOtherLanes) return;
    for (auto* p : m_panes)
        p->renewOffer();
    if (isStage() && !pane(Place::Stage).front()->isOffered()) leaveStage();
    if (!m_inUse->isOffered()) m_inUse = pane(Place::Centre).front();
    m_isDaemon = inputs.driver == core::Driver::Daemon;
    if (const auto plan = planFor(window()->size()); !m_isMoved && plan != m_plan) applyPlan(plan);
    Q_EMIT arrangementChanged();
}

void Workspace::bring(ViewHost* host)
{
    if (!host->isOffered()) return;
    const bool wasStage = isStage();
    m_stack->setCurrentWidget(host->spec().place == Place::Stage ? static_cast<QWidget*>(&pane(Place::Stage)) : m_rows);
    paneOf(host).bringToFront(host);
    if (wasStage != isStage()) Q_EMIT arrangementChanged();
    host->setFocus(Qt::ShortcutFocusReason);
    if (m_inUse != host) {
        m_inUse = host;
        Q_EMIT arrangementChanged();
    }
}

bool Workspace::isStage() const
{
    return m_stack->currentWidget() == &pane(Place::Stage);
}

void Workspace::leaveStage()
{
    if (!isStage()) return;
    m_stack->setCurrentWidget(m_rows);
    if (m_inUse->spec().place == Place::Stage) m_inUse = pane(Place::Centre).front();
    Q_EMIT arrangementChanged();
}

bool Workspace::isInSight(const ViewHost* host) const
{
    return (host->spec().place == Place::Stage) == isStage() && paneOf(host).isOpen() && paneOf(host).front() == host;
}

bool Workspace::isOpen(Place place) const
{
    return pane(place).isOpen();
}

void Workspace::setOpen(Place place, bool isOpen)
{
    pane(place).setOpen(isOpen);
}

void Workspace::noticeFocus(QWidget* now)
{
    for (auto* host : m_hosts) {
        if (now == nullptr || (now != host && !host->isAncestorOf(now))) continue;
        if (m_inUse == host) return;
        m_inUse = host;
        Q_EMIT arrangementChanged();
        return;
    }
}

// ---- sizes

void Workspace::applyPlan(const WorkspacePlan& plan)
{
    m_plan = plan;
    pane(Place::Left).setOpen(!plan.isLeftRail);
    pane(Place::Right).setOpen(!plan.isRightRail);
    pane(Place::Bottom).setOpen(plan.isBottomOpen);
    applySizes();
    showCaption();
}

/// Widths as planned; a closed side keeps its rail.
void Workspace::applySizes()
{
    if (m_isMoved) return;
    const auto px = [this](double v) { return static_cast<int>(m_theme.look().px(v)); };
    const int left = px(isOpen(Place::Left) ? m_plan.left : Pane::railWidth);
    const int right =
        pane(Place::Right).isEmpty() ? 0 : px(isOpen(Place::Right) ? m_plan.right : Pane::railWidth);
    m_columns->setSizes({left, std::max(320, width() - left - right), right});
    m_rows->setSizes({std::max(240, height() - px(m_plan.bottom)), px(m_plan.bottom)});
}

void Workspace::showCaption()
{
    m_caption->setVisible(!isOpen(Place::Left));
}

void Workspace::resizeEvent(QResizeEvent*)
{
    // The window around this is 126 pixels higher.
    const auto plan =
        planFor({width(), height() + static_cast<int>(m_theme.look().px(126))});
    if (plan != m_plan)
        applyPlan(plan);
    else
        applySizes();
    showReason();
}

void Workspace::resetLayout()
{
    m_isMoved = false;
    leaveStage();
    for (auto* host : m_hosts)
        if (host->isTable()) host->showTable(false);
    for (auto* p : m_panes)
        if (auto* first = p->firstOffered()) p->bringToFront(first);
    applyPlan(planFor(window()->size()));
}

QByteArray Workspace::saveState() const
{
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    out << stateVersion << m_isMoved << m_columns->saveState() << m_rows->saveState();
    for (const auto* p : m_panes)
        if (p->place() != Place::Stage) out << p->isOpen() << QByteArray(p->isEmpty() ? "" : p->front()->spec().id);
    return state;
}

void Workspace::restoreState(const QByteArray& state)
{
    QDataStream in(state);
    quint32 version = 0;
    QByteArray columns, rows;
    bool isMoved = false;
    in >> version >> isMoved >> columns >> rows;
    if (in.status() != QDataStream::Ok || version != stateVersion) return;
    for (auto* p : m_panes) {
        if (p->place() == Place::Stage) continue; // one begins with the wheel
        bool open = true;
        QByteArray id;
        in >> open >> id;
        if (in.status() != QDataStream::Ok) return;
        if (auto* h = host(QString::fromLatin1(id)); h && h->isOffered() && &paneOf(h) == p) p->bringToFront(h);
        if (p->place() != Place::Centre) p->setOpen(open);
    }
    m_isMoved = isMoved;
    if (isMoved) {
        m_columns->restoreState(columns);
        m_rows->restoreState(rows);
    }
}

void Workspace::applyTheme()
{
    const auto style =
        QStringLiteral("QSplitter::handle { background: %1; }").arg(m_theme.theme().line.name());
    m_columns->setStyleSheet(style);
    m_rows->setStyleSheet(style);
    applySizes();
}

} // namespace jiffy::ui

#include "moc_workspace.cpp"
