// SPDX-License-Identifier: GPL-3.0-or-later
// The compare view as a table, a column for each algorithm. Two kinds: what stands on the canvas at this
// instant, for Ctrl+T and for those who cannot see it; and the board, which sets the properties of the
// algorithms side by side with what this run has measured of them so far.
#pragma once

#include "ui/compare/compare_scene.h"

#include <QAbstractTableModel>

namespace jiffy::ui
{

struct CompareRow
{
    QString label;
    std::vector<QString> cells;                       ///< one a column
    std::vector<std::optional<std::uint64_t>> events; ///< what caused them; may be shorter than cells
    bool operator==(const CompareRow&) const = default;
};

/// Sentence, insertion, counters.
std::vector<CompareRow> instantRows(const CompareScene& scene);
/// insert, delete, per tick, exactness, moves, next expiry, order, far future; each with its measured
/// numbers. geometries: of each column; start: jiffies at the start.
std::vector<CompareRow> boardRows(const CompareScene& scene,
                                  const std::vector<const core::Geometry*>& geometries, core::Jiffies start,
                                  core::Word word);

class CompareTable : public QAbstractTableModel
{
    Q_OBJECT

  public:
    using QAbstractTableModel::QAbstractTableModel;

    void show(const QStringList& titles, std::vector<CompareRow> rows);
    void clear() { show({}, {}); }
    std::optional<std::uint64_t> eventAt(const QModelIndex& index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    QStringList m_titles;
    std::vector<CompareRow> m_rows;
};

} // namespace jiffy::ui
