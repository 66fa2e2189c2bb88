// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/code/code_view.h"

#include "core/history/kernel_code.h"
#include "ui/code/code_model.h"
#include "ui/code/code_panel.h"
#include "ui/code/kernel_words.h"

#include <QVBoxLayout>

#include <algorithm>

namespace jiffy::ui
{

CodeView::CodeView(const Desk& desk, QWidget* parent)
    : View(parent), m_desk(desk), m_panel(new CodePanel(desk.theme, this)), m_model(new CodeModel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_panel, 1);
    setFocusProxy(m_panel);
    connect(m_panel, &CodePanel::lineChosen, this, &CodeView::lineChosen);
    connect(m_panel, &CodePanel::breakToggled, this, &CodeView::breakToggled);
    connect(m_panel, &CodePanel::frameChosen, this, [this](int frame) {
        m_frame = static_cast<std::size_t>(frame);
        m_isFrameChosen = true;
        repaintPicture();
    });
    connect(&desk.session, &Session::rungChanged, this, [this](core::Rung rung) {
        m_grain = rung == core::Rung::Line ? core::Grain::Line : core::Grain::Record;
        refresh();
    });
}

CodeView::~CodeView() = default;

void CodeView::setFooter(QWidget* footer) { layout()->addWidget(footer); }

void CodeView::reset(const core::InputsPtr&, const core::Snapshot&)
{
    m_code.reset();
    m_stuck.clear();
    m_frame = 0;
    repaintPicture();
}

void CodeView::showMoment(const Moment& moment)
{
    // Within a record, and where a step of lines ends exactly behind one, the line itself is what was done.
    const bool byLine = m_desk.session.rung() == core::Rung::Line || m_tellsLine || moment.from.line != 0;
    m_grain = byLine ? core::Grain::Line : core::Grain::Record;
    m_tellsLine = false;
    // Covered by another view, it waits until somebody looks; its table may be what is looked at.
    const bool isCovered = window()->isVisible() && !isVisible() && !(parentWidget() && parentWidget()->isVisible());
    m_isStale = isCovered;
    if (!m_isStale) refresh();
}

void CodeView::showEvent(QShowEvent* event)
{
    View::showEvent(event);
    if (m_isStale) refresh();
}

void CodeView::refresh()
{
    if (!m_desk.session.isOpen()) return;
    m_isStale = false;
    m_code = core::codeAt(m_desk.session.history(), m_desk.session.position(), m_grain);
    m_frame = m_code ? m_code->stack.size() - 1 : 0;
    m_isFrameChosen = false;
    m_stuck.clear();
    if (m_code && m_code->line == core::Line::DeadlockEver) m_stuck = core::deadlockedCodeOf(m_desk.session.history(), m_code->event);
    std::vector<const core::CodeThere*> all;
    for (const auto& code : m_stuck) all.push_back(&code);
    if (all.empty() && m_code) all.push_back(&*m_code);
    m_model->show(all, m_desk.session.world().geometry(), m_desk.session.inputs());
    repaintPicture();
}

void CodeView::repaintPicture()
{
    if (!m_desk.session.isOpen()) return;
    const auto& inputs = m_desk.session.inputs();
    const auto& world = m_desk.session.world();
    auto picture = m_stuck.empty() ? pictureOf(m_code ? &*m_code : nullptr, m_frame, world.geometry(), inputs)
                                   : pictureOf(m_stuck, m_isFrameChosen ? std::optional(m_frame) : std::nullopt, world.geometry(), inputs);
    std::uint64_t told = 0; // by the stack; what happens without a CPU is told by none
    for (const auto& code : m_stuck) told |= 1ull << code.cpu;
    const bool isOfNobody = m_code && (m_code->line == core::Line::TimeGoes || m_code->line == core::Line::AllAsleep);
    if (m_stuck.empty() && m_code && !isOfNobody) told = 1ull << m_code->cpu;
    picture.others = otherCpusText(world, inputs, told);
    for (auto& row : picture.rows) {
        const auto found = std::find_if(m_breaks.begin(), m_breaks.end(), [&](const LineBreak& b) { return b.line == row.line; });
        row.hasBreak = found != m_breaks.end();
        row.isBreakOn = row.hasBreak && found->isOn;
    }
    m_panel->setPicture(std::move(picture));
}

void CodeView::setBreaks(std::vector<LineBreak> breaks)
{
    m_breaks = std::move(breaks);
    repaintPicture();
}

void CodeView::paintView(QPainter& painter, const QRectF& box, bool)
{
    if (m_isStale) refresh();
    m_panel->paintContent(painter, box);
}

QAbstractItemModel* CodeView::table()
{
    if (m_isStale) refresh();
    return m_model;
}

} // namespace jiffy::ui

#include "moc_code_view.cpp"
