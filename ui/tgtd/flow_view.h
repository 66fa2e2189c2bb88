// SPDX-License-Identifier: GPL-3.0-or-later
// tgtd's event flow: from the interval timer over signal, handler and pipe to the loop, and from the list of what waits
// to the func that runs. It is shown positions and keeps what it needs of them as a value (FlowScene). GUI thread.
#pragma once

#include "ui/tgtd/add_times.h"
#include "ui/tgtd/scene.h"
#include "ui/view/view.h"

namespace jiffy::ui
{

class FlowView : public View
{
    Q_OBJECT

  public:
    explicit FlowView(const Desk& desk, QWidget* parent = nullptr);

    void reset(const core::InputsPtr& inputs, const core::Snapshot& run) override;
    void extend(const core::Snapshot& run) override;
    void showMoment(const Moment& moment) override;
    void paintView(QPainter& painter, const QRectF& box, bool isVector) override;

    /// Nothing happens between two records, but time goes by: shows the picture at that many us since the start, no
    /// earlier than the position's own time. Play calls it.
    void setVirtualTime(double us);
    const FlowScene& scene() const { return m_scene; }

    QSize sizeHint() const override { return {1072, 484}; }

  Q_SIGNALS:
    void flightsStarted(int ms); ///< tokens fly: play waits

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    const ThemeProvider& m_provider;
    Session& m_session;
    Selection& m_selection;
    FlowScene m_scene;
    std::uint64_t m_positionTime = 0; ///< us; m_scene may show a later instant
    AddTimes m_adds;
};

} // namespace jiffy::ui
