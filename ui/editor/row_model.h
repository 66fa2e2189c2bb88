// SPDX-License-Identifier: GPL-3.0-or-later
// A list of the document as a table: the common part of the tables of actions and timers. Rows that stay keep
// their place when the document changes, so that a selection survives an edit in the text. GUI thread.
#pragma once

#include "ui/editor/scenario_text.h"

#include <QAbstractTableModel>
#include <QCoreApplication>

#include <algorithm>
#include <vector>

namespace jiffy::ui
{

/// Roles beside Qt's own.
enum RowRole
{
    FaultRole = Qt::UserRole, ///< the reader's message about this cell, or nothing
    ChoicesRole,              ///< a string list to choose from
    NumberRangeRole,          ///< QPoint{least, most}: a whole number
};

/// A fault in a list; key: the cell, empty: the row.
struct RowFault
{
    int row = 0;
    std::string key;
    QString message;
    bool operator==(const RowFault&) const = default;
};

/// The faults of one list of a draft.
std::vector<RowFault> rowFaults(const core::Draft& draft, std::string_view part);

class RowModelBase : public QAbstractTableModel
{
  public:
    using QAbstractTableModel::QAbstractTableModel;

    void setFaults(std::vector<RowFault> faults);
    bool hasFaults() const { return !m_faults.empty(); }
    /// Change the document; the rows follow.
    virtual void add(int behind) = 0; ///< -1: at the front
    virtual void duplicate(int row) = 0;
    virtual void remove(const std::vector<int>& rows) = 0;

    std::function<void(const QString&)> m_refuse = [](const QString&) {};

  protected:
    QString faultOf(int row, std::string_view key) const;

  private:
    std::vector<RowFault> m_faults;
};

template <class T> class RowModel : public RowModelBase
{
  public:
    /// Where the rows stand in a document; none if it has no such list.
    using List = std::vector<T>* (*)(core::Scenario&);

    RowModel(ScenarioText& text, List list, QObject* parent) : RowModelBase(parent), m_text(text), m_list(list) {}

    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }

    void setRows(const std::vector<T>& rows)
    {
        const auto same = [](const T& a, const T& b) { return a == b; };
        const auto shorter = std::min(rows.size(), m_rows.size());
        std::size_t head = 0, tail = 0;
        while (head < shorter && same(rows[head], m_rows[head])) ++head;
        while (tail < shorter - head && same(rows[rows.size() - 1 - tail], m_rows[m_rows.size() - 1 - tail])) ++tail;
        const auto old = m_rows.size() - head - tail, now = rows.size() - head - tail;
        const auto first = static_cast<int>(head), kept = static_cast<int>(std::min(old, now));
        const auto difference = static_cast<int>(now) - static_cast<int>(old);
        if (difference < 0) {
            beginRemoveRows({}, first + kept, first + kept - difference - 1);
            m_rows.erase(m_rows.begin() + first + kept, m_rows.begin() + first + kept - difference);
            endRemoveRows();
        } else if (difference > 0) {
            beginInsertRows({}, first + kept, first + kept + difference - 1);
            const auto from = rows.begin() + first + kept;
            m_rows.insert(m_rows.begin() + first + kept, from, from + difference);
            endInsertRows();
        }
        m_rows = rows; // also for the spots, which are no part of equality
        if (kept > 0) Q_EMIT dataChanged(index(first, 0), index(first + kept - 1, columnCount() - 1));
    }
    const std::vector<T>& rows() const { return m_rows; }

    void add(int behind) override
    {
        const auto at = static_cast<std::size_t>(std::clamp(behind + 1, 0, rowCount()));
        change([&](std::vector<T>& list, core::Scenario& s) {
            list.insert(list.begin() + static_cast<std::ptrdiff_t>(std::min(at, list.size())), fresh(s, behind));
        });
    }
    void duplicate(int row) override
    {
        change([&](std::vector<T>& list, core::Scenario& s) {
            if (row >= static_cast<int>(list.size())) return;
            list.insert(list.begin() + row + 1, copyOf(s, list[static_cast<std::size_t>(row)]));
        });
    }
    void remove(const std::vector<int>& rows) override
    {
        auto sorted = rows;
        std::sort(sorted.rbegin(), sorted.rend());
        change([&](std::vector<T>& list, core::Scenario&) {
            for (const int row : sorted)
                if (row < static_cast<int>(list.size())) list.erase(list.begin() + row);
        });
    }

  protected:
    virtual T fresh(core::Scenario& s, int behind) const = 0; ///< may add what the row needs
    virtual T copyOf(const core::Scenario&, const T& row) const { return row; }

    const T& row(const QModelIndex& i) const { return m_rows[static_cast<std::size_t>(i.row())]; }
    /// True if the document took it. A refusal is told by refuse().
    template <class Change> bool change(const Change& what)
    {
        const auto why = m_text.edit([&](core::Scenario& s) {
            if (auto* list = m_list(s)) what(*list, s);
        });
        if (!why.isEmpty()) m_refuse(why);
        return why.isEmpty();
    }
    bool put(const QModelIndex& i, const T& now)
    {
        const auto at = static_cast<std::size_t>(i.row());
        return change([&](std::vector<T>& list, core::Scenario&) {
            if (at < list.size()) list[at] = now;
        });
    }

    ScenarioText& m_text;

  private:
    List m_list;
    std::vector<T> m_rows;
};

} // namespace jiffy::ui
