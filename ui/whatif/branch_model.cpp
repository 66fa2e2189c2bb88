// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/whatif/branch_model.h"

#include "ui/timeline/daemon_time.h"

#include <algorithm>

namespace jiffy::ui
{

namespace
{

QString fromStd(const std::string& text)
{
    return QString::fromStdString(text);
}

bool isComparable(const core::Snapshot& s)
{
    return s.status != core::RunStatus::Running && s.log.size() <= BranchModel::mostCompared;
}

} // namespace

BranchModel::BranchModel(Session& session, const ThemeProvider& theme, QObject* parent)
    : QAbstractTableModel(parent), m_session(session), m_theme(theme)
{
    connect(&theme, &ThemeProvider::changed, this, [this] {
        if (!m_rows.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
}

void BranchModel::refresh()
{
    const auto& all = m_session.branches().all();
    std::vector<int> rows;
    std::vector<std::vector<QString>> texts;
    for (const auto& b : all) {
        rows.push_back(b.id);
        auto& line = texts.emplace_back();
        for (int c = 0; c < ColumnCount; ++c)
            line.push_back(text(b, static_cast<Column>(c)));
    }
    // What no branch knows any more is forgotten.
    const auto isGone = [&](const core::InputsPtr& inputs) {
        return std::none_of(all.begin(), all.end(), [&](const core::Branch& b) { return b.inputs == inputs; });
    };
    std::erase_if(m_comparisons, [&](const auto& c) { return isGone(c.first.first) || isGone(c.first.second); });
    std::erase_if(m_fired, [&](const auto& f) { return isGone(f.first); });

    m_leading = m_session.leading();
    const bool isDaemon = m_session.isOpen() && m_session.inputs().driver == core::Driver::Daemon;
    if (std::exchange(m_isDaemon, isDaemon) != isDaemon) Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (rows != m_rows) {
        beginResetModel();
        m_rows = std::move(rows);
        m_texts = std::move(texts);
        endResetModel();
        return;
    }
    m_texts = std::move(texts);
    if (!m_rows.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int BranchModel::branchAt(int row) const
{
    return row >= 0 && row < static_cast<int>(m_rows.size()) ? m_rows[static_cast<std::size_t>(row)] : 0;
}

int BranchModel::rowOf(int branch) const
{
    const auto found = std::find(m_rows.begin(), m_rows.end(), branch);
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int BranchModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int BranchModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString BranchModel::jiffiesText(const core::Branch& branch, std::uint64_t ticks) const
{
    if (branch.inputs->machine.isDaemon) return tr("%1 s").arg(instantText(ticks));
    const auto& machine = branch.inputs->machine;
    return QString::number(machine.word.add(machine.jiffies, ticks));
}

QString BranchModel::text(const core::Branch& branch, Column column) const
{
    switch (column) {
    case Name:
        return fromStd(branch.name);
    case ForkedFrom: {
        const auto* parent = m_session.branches().find(branch.parent);
        return parent == nullptr ? QString() : fromStd(parent->name);
    }
    case ForkedAt:
        return branch.parent == 0 ? tr("the start") : jiffiesText(branch, branch.forkTick);
    case Done: {
        QStringList done;
        for (const auto& d : branch.done)
            done.append(m_session.describe(d));
        return done.isEmpty() ? tr("nothing by hand") : done.join(QLatin1String(", "));
    }
    case EndsAt:
        return branch.snapshot.status == core::RunStatus::Running ? tr("computing…")
                                                                  : jiffiesText(branch, branch.snapshot.endTicks);
    case Fired: {
        if (branch.snapshot.status == core::RunStatus::Running) return tr("computing…");
        auto found = m_fired.find(branch.inputs);
        if (found == m_fired.end())
            found = m_fired.emplace(branch.inputs, core::firedIn(branch.snapshot.log)).first;
        return QString::number(found->second);
    }
    case Differs:
        return differs(branch);
    case ColumnCount:
        break;
    }
    return {};
}

QString BranchModel::differs(const core::Branch& branch) const
{
    if (branch.id == m_session.leading()) return tr("this one leads");
    const auto* lead = m_session.branches().find(m_session.leading());
    if (lead == nullptr) return {};
    if (branch.inputs == lead->inputs) return tr("not at all yet");
    if (branch.snapshot.status == core::RunStatus::Running || lead->snapshot.status == core::RunStatus::Running)
        return tr("computing…");
    if (!isComparable(branch.snapshot) || !isComparable(lead->snapshot)) return tr("choose it to compare");
    const auto& c = const_cast<BranchModel*>(this)->comparison(lead->id, branch.id);
    if (c.parting.isSame) return tr("not at all");
    const auto where = jiffiesText(branch, c.parting.ticks);
    if (c.timerCount == 0) return tr("from %1 on; all timers fire as there").arg(where);
    if (c.timerCount == 1) return tr("from %1 on; 1 timer fires otherwise").arg(where);
    return tr("from %1 on; %2 timers fire otherwise").arg(where, grouped(c.timerCount));
}

const core::Comparison& BranchModel::comparison(int a, int b)
{
    const auto key = std::pair(m_session.branches().find(a)->inputs, m_session.branches().find(b)->inputs);
    auto found = m_comparisons.find(key);
    if (found == m_comparisons.end()) found = m_comparisons.emplace(key, m_session.compare(a, b)).first;
    return found->second;
}

QVariant BranchModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const auto& texts = m_texts[static_cast<std::size_t>(index.row())];
    const auto& text = texts[static_cast<std::size_t>(index.column())];
    const bool leads = branchAt(index.row()) == m_leading;
    const bool isNumber = index.column() == ForkedAt || index.column() == EndsAt || index.column() == Fired;
    switch (role) {
    case Qt::DisplayRole:
        // A sign, not the weight alone, tells which one leads.
        return index.column() == Name && leads ? QVariant(QStringLiteral("▸ ") + text) : QVariant(text);
    case Qt::EditRole:
        return text;
    case Qt::ToolTipRole:
        return text;
    case Qt::AccessibleTextRole:
        return index.column() == Name && leads ? tr("%1, leading").arg(text) : text;
    case Qt::FontRole: {
        const auto weight = leads ? QFont::DemiBold : QFont::Normal;
        return isNumber ? m_theme.look().numbers(12.5, weight) : m_theme.look().words(13, weight);
    }
    case Qt::TextAlignmentRole:
        return static_cast<int>((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

bool BranchModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || index.column() != Name) return false;
    m_session.renameBranch(branchAt(index.row()), value.toString());
    return true;
}

QVariant BranchModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) {
        const bool isNumber = section == ForkedAt || section == EndsAt || section == Fired;
        return static_cast<int>((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) return {};
    switch (section) {
    case Name:
        return tr("Branch");
    case ForkedFrom:
        return tr("Forked from");
    case ForkedAt:
        return m_isDaemon ? tr("at") : tr("at jiffies");
    case Done:
        return tr("What was done");
    case EndsAt:
        return tr("Ends at");
    case Fired:
        return m_isDaemon ? tr("Runs") : tr("Fired");
    case Differs:
        return tr("Differs from the leading one");
    default:
        return {};
    }
}

Qt::ItemFlags BranchModel::flags(const QModelIndex& index) const
{
    auto flags = QAbstractTableModel::flags(index);
    if (index.column() == Name) flags |= Qt::ItemIsEditable;
    return flags;
}

namespace
{

QString calls(const std::vector<std::uint64_t>& fired, std::uint64_t count, const core::MachineConfig& machine)
{
    if (count == 0) return BranchModel::tr("never", "fires never");
    QStringList all;
    for (const auto tick : fired)
        all.append(machine.isDaemon ? BranchModel::tr("%1 s").arg(instantText(tick)) : QString::number(machine.word.add(machine.jiffies, tick)));
    if (count > fired.size())
        all.append(BranchModel::tr("and %1 more").arg(grouped(count - fired.size())));
    return BranchModel::tr("at %1", "fires at").arg(all.join(QLatin1String(", ")));
}

} // namespace

QStringList comparisonLines(const core::Comparison& c, const QString& nameA, const QString& nameB,
                            const core::MachineConfig& machine)
{
    if (c.parting.isSame) return {BranchModel::tr("“%1” and “%2” are the same.").arg(nameA, nameB)};
    QStringList lines;
    if (machine.isDaemon) {
        lines.append(BranchModel::tr("“%1” and “%2” part at %3 s, event %4.").arg(nameA, nameB, instantText(c.parting.ticks)).arg(c.parting.at.event));
        for (const auto& t : c.timers)
            lines.append(BranchModel::tr("%1 runs %2; in “%3” %4.")
                             .arg(fromStd(t.name), calls(t.firedA, t.countA, machine), nameB, calls(t.firedB, t.countB, machine)));
        if (c.timerCount > c.timers.size()) lines.append(BranchModel::tr("Of all work items, %1 run otherwise.").arg(grouped(c.timerCount)));
        if (c.timerCount == 0) lines.append(BranchModel::tr("All work runs at the same instants."));
        for (const auto& s : c.summary) lines.append(BranchModel::tr("%1: %2; in “%3” %4.").arg(fromStd(s.name), fromStd(s.a), nameB, fromStd(s.b)));
        return lines;
    }
    lines.append(BranchModel::tr("“%1” and “%2” part at jiffies %3, event %4.")
                     .arg(nameA, nameB)
                     .arg(machine.word.add(machine.jiffies, c.parting.ticks))
                     .arg(c.parting.at.event));
    for (const auto& t : c.timers)
        lines.append(BranchModel::tr("%1 fires %2; in “%3” %4.")
                         .arg(fromStd(t.name), calls(t.firedA, t.countA, machine), nameB,
                              calls(t.firedB, t.countB, machine)));
    if (c.timerCount > c.timers.size())
        lines.append(BranchModel::tr("Of all timers, %1 fire otherwise.").arg(grouped(c.timerCount)));
    if (c.timerCount == 0) lines.append(BranchModel::tr("All timers fire at the same jiffies."));
    for (const auto& s : c.summary)
        lines.append(BranchModel::tr("%1: %2; in “%3” %4.").arg(fromStd(s.name), fromStd(s.a), nameB, fromStd(s.b)));
    return lines;
}

} // namespace jiffy::ui

#include "moc_branch_model.cpp"
