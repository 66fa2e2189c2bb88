// SPDX-License-Identifier: GPL-3.0-or-later
// The wheel: one CPU's large, as rings or as bands, the others small beside it. It is shown positions and keeps what it
// needs of them as a value (Scene); it never reads the world afterwards. Layers: floor and resting picture
// are cached as pixmaps, what moves is painted on top in each frame. Pointer and keys: wheel_input.h. GUI thread.
#pragma once

#include "ui/motion/motion.h"
#include "ui/view/view.h"
#include "ui/wheel/form_switch.h"
#include "ui/wheel/heat_image.h"
#include "ui/wheel/mini_cache.h"
#include "ui/wheel/painter.h"
#include "ui/wheel/sprites.h"
#include "ui/wheel/travel.h"

#include <QBasicTimer>
#include <QElapsedTimer>
#include <QPixmap>

#include <array>

namespace jiffy::ui
{

class AddHandle;
class BaseSwitch;
class WheelInput;

class Announcer;
class SlotTable;

class WheelView : public View
{
    Q_OBJECT

  public:
    explicit WheelView(const Desk& desk, QWidget* parent = nullptr);
    ~WheelView() override;

    /// Shows a world; what `effects` says changed is animated as `style` asks (reduced motion always jumps).
    /// The first position of other inputs selects the CPU that is working there.
    void showPosition(const core::World& world, const core::InputsPtr& inputs, const StepEffects& effects,
                      MotionStyle style = MotionStyle::Full);
    void clear(); ///< nothing is open
    void reset(const core::InputsPtr& inputs, const core::Snapshot& run) override;
    void showMoment(const Moment& moment) override;
    void paintView(QPainter& painter, const QRectF& box, bool isVector) override;
    /// The slots of the CPU in sight that hold timers.
    QAbstractItemModel* table() override;
    /// The same in a geometry of the caller's choice.
    void paintForm(QPainter& painter, const QRectF& box, WheelForm form, bool isVector) const;

    int cpu() const { return m_scene.cpu; }
    /// Shows another CPU of the same position. REQUIRES: world is the one of the last showPosition().
    void setCpu(int cpu, const core::World& world);
    core::TimerId selectedTimer() const { return m_selection.timer(); }
    /// 6.1: the wheel shown, 0 std, 1 def. A step that concerns one of them alone shows that one.
    int wheel() const { return m_scene.wheel; }
    void setWheel(int wheel);
    /// Rings or bands; dots travel from one to the other.
    WheelForm form() const { return m_form; }
    void setForm(WheelForm form, bool isAnimated = true);
    void toggleForm() { setForm(m_form == WheelForm::Rings ? WheelForm::Bands : WheelForm::Rings); }
    bool isTravelling() const { return m_travel.isRunning(); }
    const FormTravel& travel() const { return m_travel; }
    /// What just happened, for those who cannot see it.
    void setSentence(const QString& sentence);
    /// What the context menu of a timer offers beside what the wheel itself can do.
    void setTimerActions(const QList<QAction*>& actions);
    /// Whether a timer can be dragged to another slot, and a new one put into a slot: somebody answers timerDropped()
    /// and addRequested().
    void setEditable(bool isEditable);
    bool isEditable() const { return m_isEditable; }

    /// How long the animation of the last step takes in all, 0 if none.
    int animationMs() const { return static_cast<int>(m_motion.length()); }
    bool isAnimating() const { return m_motion.isRunning(); }
    /// Whether any clock of the view runs; at rest none does.
    bool isTicking() const;
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
    core::SlotId slotId(SlotPlace place) const;
    /// "tv2[5]: 38 timers" and the first names in list order.
    QString slotText(SlotPlace place) const;
    /// Slot that the keys walk over.
    std::optional<SlotPlace> focusPlace() const { return m_focus; }
    void setFocusPlace(std::optional<SlotPlace> place);
    /// What the pointer holds; none: nothing.
    void setDrag(const std::optional<DragPicture>& drag);
    const std::optional<DragPicture>& drag() const { return m_drag; }
    /// Room of the heat view's chip; empty while there is none.
    QRectF heatChip();

    QSize minimumSizeHint() const override { return {320, 320}; }
    QSize sizeHint() const override { return {826, 580}; }

  Q_SIGNALS:
    void timerSelected(jiffy::core::TimerId timer); ///< by the user, here; it is in the Selection already
    void slotHovered(jiffy::core::SlotId slot);     ///< none: the pointer left the wheel
    void cpuPicked(int cpu);                        ///< the receiver answers with setCpu()
    void formChanged(jiffy::ui::WheelForm form);
    void wheelChanged(int wheel); ///< by the user: 6.1's std or def
    void centreRequested(jiffy::core::TimerId timer); ///< a double click: show its life
    void animationStarted(int ms);
    void flightsStarted(int ms); ///< timers move: play waits
    /// A drag is under way: the timer (none: a new one) would get that expiry.
    void dragPreview(jiffy::core::TimerId timer, jiffy::core::Jiffies expires);
    void dragEnded(); ///< dropped or not
    void timerDropped(jiffy::core::TimerId timer, jiffy::core::Jiffies expires);
    void addRequested(jiffy::core::SlotId slot); ///< none: anywhere

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    bool event(QEvent* event) override;

  private:
    void relayout();
    void placeSwitches();
    void renewFlights();
    void startMotion(MotionStyle style, const HandIndices& handsBefore);
    void stopMotion();
    bool isSteady();
    void renewFloor();
    void renewResting();
    bool isSameCones() const;
    WheelPicture picture();
    QRectF canvas() const { return QRectF(rect()); }

    const ThemeProvider& m_provider;
    Session& m_session;
    Selection& m_selection;
    Announcer* m_announcer;
    SlotTable* m_table = nullptr; ///< made when it is first asked for
    Scene m_scene;
    WheelForm m_form = WheelForm::Rings;
    WheelLayoutPtr m_layout; ///< never null
    FormTravel m_travel;
    QElapsedTimer m_travelClock;
    FormSwitch* m_switch;
    BaseSwitch* m_bases;
    AddHandle* m_add;
    WheelInput* m_input;
    Flights m_flights;
    StepMotion m_motion;
    HandIndices m_handFrom{};
    std::array<qint64, 3> m_bursts{-10'000, -10'000, -10'000}; ///< when the last ones began, ms
    std::optional<SlotPlace> m_focus;
    std::optional<DragPicture> m_drag;
    core::InputsPtr m_before; ///< what was shown before the run was replaced
    int m_cpuBefore = 0;
    QString m_sentence;
    HeatImage m_heat; ///< floor and heat
    DotSprites m_sprites;
    MiniCache m_minis;
    QPixmap m_resting;
    core::Jiffies m_floorPosition = 0; ///< that its cones were painted for
    bool m_isFloorStale = true;
    bool m_isRestingStale = true;
    bool m_isOutlined = false;
    bool m_isEditable = false;
    QElapsedTimer m_clock;    ///< since the last step
    QElapsedTimer m_lifetime; ///< since the view was made
    qint64 m_painted = -1'000;
    QBasicTimer m_frames;
    QBasicTimer m_late;     ///< a picture that waits for its turn
    QBasicTimer m_outlines; ///< until the frames of changed slots go
};

} // namespace jiffy::ui
