// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/table_accessible.h"

#include "ui/view/view.h"

#include <QAbstractItemModel>
#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

namespace jiffy::ui
{

namespace
{

class TableAccessible;

/// A cell; it lives as long as the table's shape.
class CellAccessible : public QAccessibleInterface, public QAccessibleTableCellInterface
{
  public:
    CellAccessible(TableAccessible& table, QAbstractItemModel* model, int row, int column)
        : m_table(table), m_model(model), m_row(row), m_column(column)
    {
    }

    bool isValid() const override
    {
        return m_model && m_row < m_model->rowCount() && m_column < m_model->columnCount();
    }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessibleInterface* parent() const override;
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::Cell; }
    QRect rect() const override;
    void setText(QAccessible::Text, const QString&) override {}
    QString text(QAccessible::Text kind) const override
    {
        if (!isValid()) return {};
        if (kind == QAccessible::Name) return m_model->index(m_row, m_column).data().toString();
        if (kind == QAccessible::Description) return m_model->headerData(m_column, Qt::Horizontal).toString();
        return {};
    }
    QAccessible::State state() const override
    {
        QAccessible::State s;
        s.readOnly = true;
        s.invalid = !isValid();
        return s;
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::TableCellInterface ? static_cast<QAccessibleTableCellInterface*>(this)
                                                       : nullptr;
    }

    bool isSelected() const override { return false; }
    QList<QAccessibleInterface*> columnHeaderCells() const override { return {}; }
    QList<QAccessibleInterface*> rowHeaderCells() const override;
    int columnIndex() const override { return m_column; }
    int rowIndex() const override { return m_row; }
    int columnExtent() const override { return 1; }
    int rowExtent() const override { return 1; }
    QAccessibleInterface* table() const override { return parent(); }

  private:
    TableAccessible& m_table;
    QPointer<QAbstractItemModel> m_model;
    int m_row, m_column;
};

/// The children of the widget, then the cells of its table, row by row.
class TableAccessible : public QAccessibleWidget, public QAccessibleTableInterface
{
  public:
    explicit TableAccessible(QWidget* widget) : QAccessibleWidget(widget, QAccessible::Table) {}
    ~TableAccessible() override
    {
        for (const auto& connection : m_connections)
            QObject::disconnect(connection);
        forgetCells();
    }

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TableInterface) return static_cast<QAccessibleTableInterface*>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    int childCount() const override { return QAccessibleWidget::childCount() + rowCount() * columnCount(); }
    QAccessibleInterface* child(int index) const override
    {
        const int widgets = QAccessibleWidget::childCount();
        if (index < widgets) return QAccessibleWidget::child(index);
        const int columns = columnCount();
        return columns == 0 ? nullptr : cellAt((index - widgets) / columns, (index - widgets) % columns);
    }
    int indexOfChild(const QAccessibleInterface* child) const override
    {
        if (auto* cell = const_cast<QAccessibleInterface*>(child)->tableCellInterface())
            return QAccessibleWidget::childCount() + cell->rowIndex() * columnCount() + cell->columnIndex();
        return QAccessibleWidget::indexOfChild(child);
    }

    QAccessibleInterface* caption() const override { return nullptr; }
    QAccessibleInterface* summary() const override { return nullptr; }
    QAccessibleInterface* cellAt(int row, int column) const override
    {
        if (row < 0 || column < 0 || row >= rowCount() || column >= columnCount()) return nullptr;
        const auto key = static_cast<quint64>(row) << 8 | static_cast<quint64>(column);
        if (const auto it = m_cells.constFind(key); it != m_cells.cend())
            return QAccessible::accessibleInterface(*it);
        auto* cell = new CellAccessible(const_cast<TableAccessible&>(*this), m_model, row, column);
        m_cells.insert(key, QAccessible::registerAccessibleInterface(cell));
        return cell;
    }
    int rowCount() const override { return model() ? m_model->rowCount() : 0; }
    int columnCount() const override { return model() ? m_model->columnCount() : 0; }
    QString columnDescription(int column) const override
    {
        return model() ? m_model->headerData(column, Qt::Horizontal).toString() : QString();
    }
    QString rowDescription(int row) const override
    {
        return row >= 0 && row < rowCount() ? m_model->index(row, 0).data().toString() : QString();
    }
    // What is selected is the window's affair; the keyboard chooses (the arrows, Return).
    int selectedCellCount() const override { return 0; }
    QList<QAccessibleInterface*> selectedCells() const override { return {}; }
    int selectedColumnCount() const override { return 0; }
    int selectedRowCount() const override { return 0; }
    QList<int> selectedColumns() const override { return {}; }
    QList<int> selectedRows() const override { return {}; }
    bool isColumnSelected(int) const override { return false; }
    bool isRowSelected(int) const override { return false; }
    bool selectRow(int) override { return false; }
    bool selectColumn(int) override { return false; }
    bool unselectRow(int) override { return false; }
    bool unselectColumn(int) override { return false; }
    void modelChange(QAccessibleTableModelChangeEvent*) override { forgetCells(); }

  private:
    /// Asked for late: interfaces are made while their widgets still are.
    QAbstractItemModel* model() const
    {
        for (QWidget* w = widget(); w != nullptr && !m_model; w = w->parentWidget())
            if (auto* view = qobject_cast<View*>(w)) {
                m_model = view->table();
                if (!m_model) return nullptr;
                const auto forget = [this] { forgetCells(); };
                m_connections = {QObject::connect(m_model, &QAbstractItemModel::modelReset, forget),
                                 QObject::connect(m_model, &QAbstractItemModel::rowsRemoved, forget)};
            }
        return m_model;
    }
    void forgetCells() const
    {
        const auto cells = std::exchange(m_cells, {});
        for (const auto id : cells)
            QAccessible::deleteAccessibleInterface(id);
    }

    mutable QPointer<QAbstractItemModel> m_model;
    mutable QList<QMetaObject::Connection> m_connections;
    mutable QHash<quint64, QAccessible::Id> m_cells; ///< by row and column
};

QAccessibleInterface* CellAccessible::parent() const
{
    return &m_table;
}
QRect CellAccessible::rect() const
{
    return m_table.rect();
}

QList<QAccessibleInterface*> CellAccessible::rowHeaderCells() const
{
    if (m_column == 0) return {};
    if (auto* head = m_table.cellAt(m_row, 0)) return {head};
    return {};
}

/// The widget on which the canvas of a view is, and which has the keyboard.
QAccessibleInterface* make(const QString& key, QObject* object)
{
    if (key != QLatin1String("jiffy::ui::WheelView") && key != QLatin1String("jiffy::ui::TimelineView") &&
        key != QLatin1String("jiffy::ui::InspectorBody"))
        return nullptr;
    auto* widget = qobject_cast<QWidget*>(object);
    return widget ? new TableAccessible(widget) : nullptr;
}

} // namespace

void installTableAccessibility()
{
    static bool isInstalled = false;
    if (isInstalled) return;
    isInstalled = true;
    QAccessible::installFactory(make);
}

} // namespace jiffy::ui
