// SPDX-License-Identifier: GPL-3.0-or-later
// A view in its place, or its table instead of it: Ctrl+T.
#pragma once

#include "ui/window/views.h"

#include <QStackedWidget>

class QTableView;

namespace jiffy::ui
{

class ViewHost : public QStackedWidget
{
    Q_OBJECT

  public:
    ViewHost(const ViewSpec& spec, const Desk& desk, QWidget* parent);

    const ViewSpec& spec() const { return m_spec; }
    View& view() const { return *m_view; }
    /// Whether it can show what is open: the window offers it then.
    bool isOffered() const { return m_isOffered; }
    void setOffered(bool isOffered) { m_isOffered = isOffered; }
    bool hasTable() const { return m_view->table() != nullptr; }
    bool isTable() const;
    /// REQUIRES: hasTable(), to show one.
    void showTable(bool isTable);
    /// Small: a view that has too little room says less, but never makes the window larger.
    QSize minimumSizeHint() const override { return {120, 60}; }

  private:
    void applyTheme();
    void fitColumns();

    const ViewSpec& m_spec;
    const ThemeProvider& m_theme;
    View* m_view;
    bool m_isOffered;
    QWidget* m_page = nullptr;     ///< the table's; both are made when it is first asked for
    QTableView* m_table = nullptr;
};

} // namespace jiffy::ui
