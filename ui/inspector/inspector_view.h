// SPDX-License-Identifier: GPL-3.0-or-later
// The inspector: all about the timer, slot or CPU that is selected, at the playhead; with nothing selected,
// about the timer of the last event. A thing that is gone stays on the page as fired or deleted. GUI thread.
#pragma once

#include "core/insight/cpu_accounts.h"
#include "core/insight/item_index.h"
#include "core/trace/differences.h"
#include "ui/inspector/body.h"
#include "ui/inspector/timer_list.h"
#include "ui/view/view.h"

#include <optional>

namespace jiffy::ui
{

class ActionButton;
class Actions;
class InspectorFooter;
class PageTable;

class InspectorView : public View
{
    Q_OBJECT

  public:
    InspectorView(const Desk& desk, QWidget* parent);

    /// Buttons for what can be done with what is shown, and the action that pins a lifeline.
    void useActions(const Actions& actions);

    void reset(const core::InputsPtr& inputs, const core::Snapshot& run) override;
    void extend(const core::Snapshot& run) override;
    void showMoment(const Moment& moment) override;
    void setCpu(int cpu) override;
    void paintView(QPainter& painter, const QRectF& box, bool isVector) override;
    QAbstractItemModel* table() override;

    const Page& page() const { return m_body->page(); }
    InspectorBody& body() { return *m_body; }
    /// How the replay differed from the recorded machine so far; null without a recording.
    const core::Differences* differences() const { return m_differences ? &*m_differences : nullptr; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, 120}; }

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void renew();
    void showPage(const Page& page);
    void showButtons();
    void placePin();
    void follow(const Link& link);
    void togglePin();
    core::TimerId shownTimer() const { return m_body->page().timer; }
    std::uint64_t eventsApplied(const core::World& world) const;
    std::vector<ListRow> rows(std::uint64_t first, std::size_t count);

    Desk m_desk;
    core::InputsPtr m_inputs;
    core::ItemIndex m_index;
    core::CpuAccounts m_accounts;
    std::optional<core::Differences> m_differences;
    std::uint64_t m_compared = 0; ///< records that m_differences has seen
    core::TimerId m_last;         ///< that the last event with a timer was about
    int m_cpu = 0;
    TimerList m_list;
    InspectorBody* m_body;
    InspectorFooter* m_footer;
    ActionButton* m_delete;
    ActionButton* m_move;
    ActionButton* m_add;
    ActionButton* m_fork;
    ActionButton* m_pin;
    PageTable* m_table = nullptr; ///< made when it is first asked for
    QAction* m_pinAction = nullptr;
    Selection::What m_what = Selection::What::Nothing; ///< shown
    std::uint64_t m_which = 0;
};

} // namespace jiffy::ui
