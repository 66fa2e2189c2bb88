// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tgtd/tokens.h"

#include "ui/motion/motion.h"

#include <algorithm>

namespace jiffy::ui
{

namespace
{

using core::Kind;
using core::Record;
using core::Register;
using core::Site;
using List = FlowCard::List;
using What = FlowToken::What;

class Collector
{
  public:
    Collector(const core::Inputs& inputs, const FlowLayout& before, const FlowLayout& after) : m_inputs(inputs), m_before(before), m_after(after) {}

    void see(const Record& r)
    {
        if (m_tokens.size() >= mostTokens) return;
        switch (r.kind) {
        case Kind::Raised:
            if (r.site == Site::Alarm) add(What::Alarm, dialEdge(), gateFront());
            return;
        case Kind::Noted:
            if (r.site == Site::WorkTimerScheduleEvt && !m_tokens.empty() && m_tokens.back().what == What::Alarm) m_tokens.back().what = What::Swallowed;
            return;
        case Kind::RegisterSet:
            if (static_cast<Register>(r.slot) == Register::PipeBytes && r.value > r.before) {
                const bool isFromAlarm = !m_tokens.empty() && m_tokens.back().what == What::Alarm;
                add(What::Word, isFromAlarm ? m_after.gate : threadPlace(), m_after.pipe.center());
            }
            return;
        case Kind::Queued: return queued(r);
        case Kind::Moved:
            if (r.link == lists().inactiveList().value) addItem(r.item, m_before.placeOf(r.item, List::Inactive), m_after.placeOf(r.item, List::Active), false);
            return;
        case Kind::Fired: addItem(r.item, m_before.cardOf(r.item) ? m_before.cardOf(r.item)->box.center() : m_after.activeBox.center(), m_after.runningBox.center(), true); return;
        default: return;
        }
    }
    std::vector<FlowToken> take() { return std::move(m_tokens); }

  private:
    static const core::Geometry& lists()
    {
        static const core::Geometry g = core::daemonGeometry();
        return g;
    }
    void queued(const Record& r)
    {
        if (r.slot == lists().readyList().value && r.item == m_inputs.daemon.pipe) {
            const auto row = std::find_if(m_after.rows.begin(), m_after.rows.end(), [](const FlowRow& x) { return !x.isWait; });
            if (row != m_after.rows.end()) add(What::Readable, m_after.pipe.center(), QPointF(row->box.left(), row->box.center().y()));
        } else if (r.slot == lists().inactiveList().value) {
            addItem(r.item, threadPlace(), m_after.placeOf(r.item, List::Inactive), true);
        } else if (r.slot == lists().activeList().value) {
            addItem(r.item, threadPlace(), m_after.placeOf(r.item, List::Active), true);
        }
    }
    void add(What what, QPointF from, QPointF to)
    {
        FlowToken t;
        t.what = what;
        t.from = from;
        t.to = to;
        t.stage = m_stage++;
        m_tokens.push_back(t);
    }
    /// Items that become active one after the other fly together.
    void addItem(core::TimerId item, QPointF from, QPointF to, bool isStage)
    {
        FlowToken t;
        t.what = What::Item;
        t.item = item;
        t.name = QString::fromStdString(m_inputs.timerName(item));
        t.from = from;
        t.to = to;
        const bool joins = !isStage && !m_tokens.empty() && m_tokens.back().what == What::Item && m_isJoined;
        t.stage = joins ? m_tokens.back().stage : m_stage++;
        m_isJoined = !isStage;
        // Where it goes on from is where it came to.
        if (isStage)
            for (auto i = m_tokens.rbegin(); i != m_tokens.rend(); ++i)
                if (i->what == What::Item && i->item == item) {
                    t.from = i->to;
                    break;
                }
        m_tokens.push_back(t);
    }
    QPointF dialEdge() const { return m_after.dial + QPointF(m_after.dialRadius + 6 * m_after.scale, 0); }
    QPointF gateFront() const { return m_after.gate - QPointF(14 * m_after.scale, 0); }
    QPointF threadPlace() const
    {
        if (const auto* row = m_before.threadRow()) return row->box.center();
        if (const auto* row = m_after.threadRow()) return row->box.center();
        return m_after.runningBox.center();
    }

    const core::Inputs& m_inputs;
    const FlowLayout& m_before;
    const FlowLayout& m_after;
    std::vector<FlowToken> m_tokens;
    int m_stage = 0;
    bool m_isJoined = false;
};

} // namespace

std::vector<FlowToken> flowTokens(const core::Inputs& inputs, const core::LogView& log, std::uint64_t from, std::uint64_t to, const FlowLayout& before,
                                  const FlowLayout& after)
{
    to = std::min(to, log.size());
    if (after.form != FlowForm::Full || before.form != FlowForm::Full || from >= to || to - from > mostTokenRecords) return {};
    Collector collector(inputs, before, after);
    for (std::uint64_t i = from; i < to; ++i) collector.see(log[i]);
    return collector.take();
}

void TokenFlight::begin(std::vector<FlowToken> tokens, bool isBackwards)
{
    m_tokens = std::move(tokens);
    m_elapsed = 0;
    m_isBackwards = isBackwards;
    m_stages = 0;
    for (const auto& t : m_tokens) m_stages = std::max(m_stages, t.stage + 1);
    m_stage = m_stages == 0 ? stageMs : std::min(stageMs, longestMs / m_stages);
}

std::optional<double> TokenFlight::along(std::size_t i) const
{
    if (!isRunning()) return std::nullopt;
    const int stage = m_isBackwards ? m_stages - 1 - m_tokens[i].stage : m_tokens[i].stage;
    const double share = (m_elapsed - stage * m_stage) / m_stage;
    if (share < 0 || share >= 1) return std::nullopt;
    const double u = smoothstep(share);
    return m_isBackwards ? 1 - u : u;
}

QPointF TokenFlight::place(std::size_t i) const
{
    const double u = along(i).value_or(m_isBackwards ? 0 : 1);
    return m_tokens[i].from + (m_tokens[i].to - m_tokens[i].from) * u;
}

bool TokenFlight::isComing(core::TimerId item) const
{
    if (!isRunning() || m_isBackwards) return false;
    for (std::size_t i = 0; i < m_tokens.size(); ++i)
        if (m_tokens[i].what == What::Item && m_tokens[i].item == item && m_elapsed < (m_tokens[i].stage + 1) * m_stage) return true;
    return false;
}

} // namespace jiffy::ui
