// SPDX-License-Identifier: GPL-3.0-or-later
// How late tgtd's work ran, over the whole run: the distribution beside the other scheduler's, what each item
// came to, and in words what woke the loop for nothing. GUI thread.
#pragma once

#include "ui/lateness/picture.h"
#include "ui/timeline/daemon_run.h"
#include "ui/view/view.h"

#include <QTimer>

#include <array>
#include <memory>

class QLabel;
class QSplitter;
class QTableView;

namespace jiffy::ui
{

class FigureCell;
class Recorded;

class CostTable;
class LatenessPlot;

class LatenessView : public View
{
    Q_OBJECT

  public:
    LatenessView(const Desk& desk, QWidget* parent);
    ~LatenessView() override;

    void reset(const core::InputsPtr& inputs, const core::Snapshot& snapshot) override;
    void extend(const core::Snapshot& snapshot) override;
    void paintView(QPainter& painter, const QRectF& box, bool isVector) override;
    QAbstractItemModel* table() override;
    QSize sizeHint() const override;

    const LatenessPicture& picture() const { return m_picture; }
    /// A recording's distributions beside the model's; null: a model's run is shown.
    const Recorded* recorded() const { return m_recorded.get(); }
    /// All that is said in words.
    QString words() const;

  protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void applyTheme();
    void takeTwin();
    void changed();
    void refresh();
    void fitColumns();

    Desk m_desk;
    std::unique_ptr<DaemonRun> m_run; ///< null: nothing of tgtd is open
    core::InputsPtr m_inputs;
    LatenessPicture m_picture;
    bool m_isStale = false;
    QTimer m_soon; ///< a growing run is looked at a few times a second
    std::unique_ptr<Recorded> m_recorded; ///< a recording's parts; null: a model's run
    std::array<FigureCell*, 4> m_cells{}; ///< instead of the plot
    QWidget* m_figures;
    LatenessPlot* m_plot;
    CostTable* m_costs;
    QTableView* m_list;
    QLabel *m_title, *m_summary, *m_wakeUps, *m_empty;
    QSplitter* m_splitter;
    QWidget* m_side;
};

} // namespace jiffy::ui
