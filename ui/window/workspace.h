// SPDX-License-Identifier: GPL-3.0-or-later
// The window between transport and status line: the views in their places, the borders between them, and what
// is in front, closed or a table. Widths follow the window's size by steps (design: 1024, 1280, 1440, 1920
// pixels) until the user moves a border; all of it can be kept and restored. GUI thread.
#pragma once

#include "ui/narration/wake_reason.h"
#include "ui/window/pane.h"

#include <QByteArray>
#include <QWidget>

#include <vector>

class QSplitter;
class QStackedWidget;

namespace jiffy::ui
{

class CaptionBar;
class NarrationPanel;

/// What the design says for a width: docks in pixels at text size 100 %, and which sides are rails.
struct WorkspacePlan
{
    int left = 324, right = 290, bottom = 194;
    bool isLeftRail = false, isRightRail = false;
    bool isBottomOpen = true;
    bool operator==(const WorkspacePlan&) const = default;
};
/// `scale` is that of the text: larger text leaves less room, as a smaller window would.
/// tgtd's flow is wider than a wheel, and its lanes are more: isDaemon. strips: lanes of a machine of CPUs, of which four
/// are to be in sight; 0: another machine.
WorkspacePlan workspacePlan(QSize window, double scale, bool isDaemon = false, int strips = 0);

class Workspace : public QWidget
{
    Q_OBJECT

  public:
    Workspace(const Desk& desk, QWidget* parent);

    const std::vector<ViewHost*>& hosts() const { return m_hosts; } ///< in the order of viewTable()
    ViewHost* host(const QString& id) const;                        ///< null: there is none
    /// REQUIRES: there is such a view.
    template <class T> T& get() const
    {
        for (auto* h : m_hosts)
            if (auto* view = qobject_cast<T*>(&h->view())) return *view;
        Q_UNREACHABLE();
    }
    NarrationPanel& narration() const { return *m_narration; }
    void setSentence(const Sentence& sentence);
    /// What stands below the code where a timer runs late that its CPU slept through; none elsewhere.
    void setWakeReason(const std::optional<WakeReason>& reason);
    /// Offers the views that can show these inputs, and no others.
    void offerFor(const core::Inputs& inputs);

    /// Brings a view to the front, opens its side, gives it the keyboard.
    void bring(ViewHost* host);
    bool isInSight(const ViewHost* host) const;
    /// A view of Place::Stage has the whole workspace.
    bool isStage() const;
    /// The sides and the centre again, as they were.
    void leaveStage();
    /// The view that has, or had last, the keyboard.
    ViewHost* inUse() const { return m_inUse; }
    bool isOpen(Place place) const;
    void setOpen(Place place, bool isOpen);

    /// As at the first start, for the present size.
    void resetLayout();
    QByteArray saveState() const;
    void restoreState(const QByteArray& state);

  Q_SIGNALS:
    /// What is in front or open changed, or which view is in use.
    void arrangementChanged();
    void wakeReasonClicked();

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    Pane& pane(Place place) const;
    Pane& paneOf(const ViewHost* host) const { return pane(host->spec().place); }
    void applyTheme();
    WorkspacePlan planFor(QSize window) const { return workspacePlan(window, m_theme.scale(), m_isDaemon, m_strips); }
    void applyPlan(const WorkspacePlan& plan);
    void applySizes();
    void noticeFocus(QWidget* now);
    void showCaption();
    void showReason();

    const ThemeProvider& m_theme;
    std::vector<Pane*> m_panes; ///< in the order of Place
    std::vector<ViewHost*> m_hosts;
    QSplitter* m_columns;
    QSplitter* m_rows;
    QStackedWidget* m_stack; ///< all but the stage, or the stage
    NarrationPanel* m_narration;
    WakeReasonPanel* m_reason;
    CaptionBar* m_caption; ///< the sentence above the wheel while the left side is a rail
    ViewHost* m_inUse = nullptr;
    WorkspacePlan m_plan;
    bool m_isDaemon = false;
    int m_strips = 0; ///< CPUs of a machine of CPUs
    bool m_isMoved = false; ///< the user has set widths; they stay
};

} // namespace jiffy::ui
