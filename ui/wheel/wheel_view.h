// SPDX-License-Identifier: GPL-3.0-or-later
// The wheel: one CPU's large, as rings or as bands, the others small beside it. It is shown positions and keeps what it
// needs of them as a value (Scene); it never reads the world afterwards. Layers: floor and resting picture
// are cached as pixmaps, what moves is painted on top in each frame. GUI thread.
#pragma once

#include "ui/motion/motion.h"
#include "ui/theme/theme_provider.h"
#include "ui/view/view.h"
#include "ui/wheel/form_switch.h"
#include "ui/wheel/painter.h"
#include "ui/wheel/travel.h"

#include <QBasicTimer>
#include <QElapsedTimer>
#include <QPixmap>
#include <QWidget>

namespace jiffy::ui
{

class WheelView : public View
{
    Q_OBJECT

  public:
    explicit WheelView(const ThemeProvider& provider, QWidget* parent = nullptr);

    /// Shows a world; what `effects` says changed is animated as `style` asks (reduced motion always jumps).
    /// The first position of other inputs selects the CPU that is working there.
    void showPosition(const core::World& world, const core::InputsPtr& inputs, const StepEffects& effects,
                      MotionStyle style = MotionStyle::Full);
    void clear(); ///< nothing is open
    void reset(const core::InputsPtr& inputs, const core::Snapshot& run) override;
    void showMoment(const Moment& moment) override;
    void paintView(QPainter& painter, const QRectF& box, bool isVector) override;
    /// The same in a geometry of the caller's choice.
    void paintForm(QPainter& painter, const QRectF& box, WheelForm form, bool isVector) const;

    int cpu() const { return m_scene.cpu; }
    /// Shows another CPU of the same position. REQUIRES: world is the one of the last showPosition().
    void setCpu(int cpu, const core::World& world);
    core::TimerId selectedTimer() const { return m_selected; }
    void setSelectedTimer(core::TimerId timer);
    /// Rings or bands; dots travel from one to the other.
    WheelForm form() const { return m_form; }
    void setForm(WheelForm form, bool isAnimated = true);
    void toggleForm() { setForm(m_form == WheelForm::Rings ? WheelForm::Bands : WheelForm::Rings); }
    bool isTravelling() const { return m_travel.isRunning(); }
    const FormTravel& travel() const { return m_travel; }
    /// What just happened, for those who cannot see it.
    void setSentence(const QString& sentence);

    /// How long the animation of the last step takes in all, 0 if none.
    int animationMs() const { return static_cast<int>(m_motion.length()); }
    bool isAnimating() const { return m_motion.isRunning(); }
    /// Shows the animation at that many ms after its start; for tests and single frames. The widget's own
    /// clock stops.
    void showInstant(double ms);
    /// Where a moving timer is now, in the widget's pixels; none if it does not move.
    std::optional<QPointF> flightPosition(core::TimerId timer) const;

    const Scene& scene() const { return m_scene; }
    const WheelLayout& layoutOfWheel() const { return *m_layout; }
    /// The timer to be taken by a click there: the nearest dot within 12 pixels, else the first of the slot
    /// under it.
    core::TimerId timerAt(QPointF point) const;
    /// The slot meant there: the nearest occupied one within 12 pixels, else the one under it.
    std::optional<SlotPlace> slotNear(QPointF point) const;
    /// "tv2[5]: 38 timers" and the first names in list order.
    QString slotText(SlotPlace place) const;

    QSize minimumSizeHint() const override { return {320, 320}; }
    QSize sizeHint() const override { return {826, 580}; }

  Q_SIGNALS:
    void timerSelected(jiffy::core::TimerId timer);
    void slotHovered(jiffy::core::SlotId slot); ///< none: the pointer left the wheel
    void cpuPicked(int cpu);                    ///< the receiver answers with setCpu()
    void formChanged(jiffy::ui::WheelForm form);
    void animationStarted(int ms);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

  private:
    void relayout();
    void startMotion(MotionStyle style, core::Jiffies handFrom);
    void stopMotion();
    void renewFloor();
    void renewResting();
    bool isSameCones() const;
    WheelPicture picture() const;
    void moveFocus(int step);
    void moveFocusLevel(int step);
    QRectF canvas() const { return QRectF(rect()); }

    const ThemeProvider& m_provider;
    Scene m_scene;
    WheelForm m_form = WheelForm::Rings;
    WheelLayoutPtr m_layout; ///< never null
    FormTravel m_travel;
    QElapsedTimer m_travelClock;
    FormSwitch* m_switch;
    Flights m_flights;
    StepMotion m_motion;
    core::TimerId m_selected;
    core::Jiffies m_handFrom = 0;
    std::optional<SlotPlace> m_focus;
    core::SlotId m_hovered;
    QString m_sentence;
    QPixmap m_floor;
    QPixmap m_resting;
    core::Jiffies m_floorPosition = 0; ///< that its cones were painted for
    bool m_isFloorStale = true;
    bool m_isRestingStale = true;
    QElapsedTimer m_clock;
    QBasicTimer m_frames;
};

} // namespace jiffy::ui
