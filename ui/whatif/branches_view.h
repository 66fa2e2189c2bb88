// SPDX-License-Identifier: GPL-3.0-or-later
// The branches: which futures there are, what was done in each, and how one differs from the leading one. Return
// switches, F2 renames, Del drops; beside the list stands the comparison of the chosen branch. GUI thread.
#pragma once

#include "ui/view/view.h"

class QHBoxLayout;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QSplitter;
class QTableView;

namespace jiffy::ui
{

class BranchModel;

class BranchesView : public View
{
    Q_OBJECT

  public:
    BranchesView(const Desk& desk, QWidget* parent);

    void reset(const core::InputsPtr& inputs, const core::Snapshot& run) override;

    void paintView(QPainter& painter, const QRectF& box, bool isVector) override;

    QTableView& list() { return *m_list; }
    BranchModel& model() { return *m_model; }
    /// The comparison in sight, as text.
    QString comparison() const;

  public Q_SLOTS:
    void switchToChosen();
    void renameChosen();
    void dropChosen();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    int chosen() const; ///< branch; 0: none
    void onBranchesChanged();
    void showComparison();
    void applyTheme();
    void fitColumns();

    Session& m_session;
    const ThemeProvider& m_theme;
    BranchModel* m_model;
    QLabel* m_title;
    QTableView* m_list;
    QPushButton *m_switch, *m_rename, *m_drop;
    QPlainTextEdit* m_comparison;
    QSplitter* m_splitter;
    QHBoxLayout* m_bar = nullptr;
    int m_wanted = 0; ///< branch whose row is to stay chosen
};

} // namespace jiffy::ui
