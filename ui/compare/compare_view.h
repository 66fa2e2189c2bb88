// SPDX-License-Identifier: GPL-3.0-or-later
// The leading run's inputs on two to four algorithms at the same instant: the structures, what they do and
// cost, and the plots of the whole runs; or the board that sets their properties side by side. While nobody
// looks nothing is run and nothing is computed; a picture of a hidden view is computed for that picture. GUI
// thread.
#pragma once

#include "ui/compare/compare_canvas.h"
#include "ui/compare/compare_table.h"
#include "ui/session/companions.h"
#include "ui/view/view.h"

class QStackedWidget;
class QTableView;

namespace jiffy::ui
{

class CompareBar;

class CompareView : public View
{
    Q_OBJECT

  public:
    CompareView(const Desk& desk, QWidget* parent);
    ~CompareView() override;

    void reset(const core::InputsPtr& inputs, const core::Snapshot& snapshot) override;
    void extend(const core::Snapshot& snapshot) override;
    void showMoment(const Moment& moment) override;
    void setCpu(int cpu) override;
    void paintView(QPainter& painter, const QRectF& box, bool isVector) override;
    QAbstractItemModel* table() override { return m_table; }

    Companions& companions() { return m_companions; }
    CompareCanvas& canvas() { return *m_canvas; }
    const CompareScene& scene() const { return m_canvas->scene(); }
    CompareTable& board() { return *m_boardTable; }
    bool isBoard() const;
    void showBoard(bool isBoard);
    /// None: a round value ahead of now, wherever that is.
    void setExpires(std::optional<core::Jiffies> expires);
    /// "Same input, same clock: 105 timers each", and whether it holds; empty while nobody looks.
    QString note() const { return scene().note; }
    bool isSame() const { return scene().isSame; }
    /// What the colours mean: "amber = most of the three".
    QString legend() const;
    /// The comparison of the whole runs as a table; by its suffix that of ticks (.csv) or of accounts
    /// (.accounts.csv).
    core::Result<void> writeTable(const QString& path);
    /// Computes the other columns to their ends in place: for pictures and tables.
    void complete();
    /// The actions of the context menu.
    void setTimerActions(const QList<QAction*>& actions) { m_timerActions = actions; }

  Q_SIGNALS:
    void noteChanged();
    void scrubStarted();
    /// Why another algorithm cannot lead.
    void refused(const QString& why);

  protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

  private:
    void takeRuns();
    void extendAccounts();
    void refresh();
    void refreshTables();
    PlotsInput plotsInput() const;
    std::vector<ColumnScene> structures(int cpu) const;
    core::Jiffies expires() const;
    void typeExpiry(const QString& text);
    void lead(std::size_t column);
    void toEvent(std::size_t column, std::uint64_t event);
    void setRange(TickRange range);
    void fitTable();
    void applyTheme();
    std::uint64_t endTicks() const;

    Desk m_desk;
    Companions m_companions;
    Accounts m_accounts;
    CompareBar* m_bar;
    QStackedWidget* m_pages;
    CompareCanvas* m_canvas;
    QTableView* m_board;
    CompareTable *m_table, *m_boardTable;
    QList<QAction*> m_timerActions;
    std::optional<core::Jiffies> m_expires;
    PlotKind m_kind = PlotKind::Work;
    std::optional<TickRange> m_range; ///< none: chosen when the runs are known
    bool m_isRangeOwn = false;        ///< the user has set it
    int m_cpu = 0;
    bool m_isStale = true;
};

} // namespace jiffy::ui
