// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/view_host.h"

#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

namespace jiffy::ui
{

ViewHost::ViewHost(const ViewSpec& spec, const Desk& desk, QWidget* parent)
    : QStackedWidget(parent), m_spec(spec), m_theme(desk.theme), m_view(spec.make(desk, this)),
      m_isOffered(spec.suits != Suits::Daemon && spec.suits != Suits::List && spec.suits != Suits::Cpus &&
                  spec.suits != Suits::Processes) // until something is open
{
    addWidget(m_view);
    setFocusProxy(m_view);
    connect(&m_theme, &ThemeProvider::changed, this, &ViewHost::applyTheme);
}

bool ViewHost::isTable() const
{
    return m_table != nullptr && currentWidget() == m_page;
}

void ViewHost::showTable(bool isTable)
{
    if (isTable && !m_table) {
        m_page = new QWidget(this);
        m_table = new QTableView(m_page);
        auto* layout = new QVBoxLayout(m_page);
        layout->setSpacing(0);
        layout->addWidget(m_table);
        m_table->setModel(m_view->table());
        m_table->setFrameShape(QFrame::NoFrame);
        m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
        m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
        m_table->setTabKeyNavigation(false);
        m_table->setWordWrap(false);
        m_table->setAccessibleName(tr("%1, as a table").arg(m_spec.titleText()));
        m_table->horizontalHeader()->setStretchLastSection(true);
        m_table->horizontalHeader()->setHighlightSections(false);
        m_table->verticalHeader()->hide();
        addWidget(m_page);
        applyTheme();
        connect(m_table->model(), &QAbstractItemModel::modelReset, this, &ViewHost::fitColumns, Qt::QueuedConnection);
    }
    if (isTable) fitColumns();
    QWidget* shown = isTable ? static_cast<QWidget*>(m_table) : m_view;
    setFocusProxy(shown);
    setCurrentWidget(isTable ? m_page : m_view);
    shown->setFocus();
}

void ViewHost::fitColumns()
{
    if (!m_table) return;
    m_table->resizeColumnsToContents();
    // A text must not touch that of the next column.
    const int gap = static_cast<int>(m_theme.look().px(18));
    for (int c = 0; c + 1 < m_table->model()->columnCount(); ++c) m_table->setColumnWidth(c, m_table->columnWidth(c) + gap);
}

void ViewHost::applyTheme()
{
    if (!m_table) return;
    const auto& look = m_theme.look();
    // At the bottom the button that chooses the view stands in the corner: the header begins below it.
    m_page->layout()->setContentsMargins(0, m_spec.place == Place::Bottom ? static_cast<int>(look.px(28)) : 0, 0, 0);
    auto colours = m_page->palette();
    colours.setColor(QPalette::Window, look.t().canvas);
    m_page->setPalette(colours);
    m_page->setAutoFillBackground(true);
    m_table->setFont(look.numbers(12.5));
    m_table->horizontalHeader()->setFont(look.words(12));
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(static_cast<int>(look.px(24)));
    m_table->setShowGrid(false);
}

} // namespace jiffy::ui

#include "moc_view_host.cpp"
