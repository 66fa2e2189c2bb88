// SPDX-License-Identifier: GPL-3.0-or-later
// Cells of the scenario's tables: a list to choose from, a number, or a line; a fault is marked under the cell and
// by a sign at its corner.
#pragma once

#include "ui/theme/theme_provider.h"

#include <QStyledItemDelegate>

namespace jiffy::ui
{

class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT

  public:
    CellDelegate(const ThemeProvider& theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme) {}

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& i) const override;
    void setEditorData(QWidget* editor, const QModelIndex& i) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& i) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& i) const override;

  private:
    void paintCheck(QPainter& p, const QStyleOptionViewItem& option, const QModelIndex& i, bool isOn) const;

    const ThemeProvider& m_theme;
};

} // namespace jiffy::ui
