// SPDX-License-Identifier: GPL-3.0-or-later
// One table of everything that can be done by menu or key. Menus, tool tips and the list of keys are made from it.
#pragma once

#include "core/scenario/inputs.h"

#include <QAction>
#include <QKeySequence>
#include <QObject>

#include <array>
#include <span>

class QMenu;

namespace jiffy::ui
{

enum class Act {
    New,
    NewLikeThis,
    Open,
    Save,
    SaveAs,
    RunScenario,
    Export,
    ExportComparison,
    Quit,
    Undo,
    Redo,
    AddTimer,
    MoveTimer,
    DeleteTimer,
    BurnTime,
    StepClock,
    GoFirst,
    IdleCpu,
    Interrupt,
    SignalProcess,
    WakeProcess,
    DeleteSync,
    FreeTimer,
    Fork,
    Find,
    FindNext,
    FindPrevious,
    CopyPicture,
    CopyTable,
    Palette,
    Play,
    StepForward,
    StepBack,
    CoarserForward,
    CoarserBack,
    NextOfInterest,
    PreviousOfInterest,
    ToStart,
    ToEnd,
    StepInto,
    StepOver,
    StepOut,
    StepIntoBack,
    RunUntil,
    RunBackUntil,
    RunToCursor,
    Breakpoint,
    VisitedBack,
    VisitedForward,
    Slower,
    Faster,
    HalfSpeed,
    DoubleSpeed,
    RealTime,
    Live,
    Geometry,
    Table,
    PinTimer,
    ZoomIn,
    ZoomOut,
    Fit,
    FitSelection,
    MarkerA,
    MarkerB,
    ClearMarkers,
    LargerText,
    SmallerText,
    ReducedMotion,
    ResetLayout,
    Manual,
    Keys,
    About,
};
constexpr int actCount = 72;

enum class Menu { File, Edit, View, Run, Help };

struct ActionSpec
{
    Act id;
    Menu menu;
    const char* text; ///< for tr(), context "Actions"
    const char* keys; ///< QKeySequence portable texts with "  " between them; the first one is shown
    const char* tip;  ///< for tr(); what it does, one sentence
};

/// In the order of Act.
std::span<const ActionSpec> actionTable();

/// The table as QActions. Give each widget that must hear the keys its actions (QWidget::addActions).
class Actions : public QObject
{
    Q_OBJECT

  public:
    explicit Actions(QObject* parent);

    QAction* operator[](Act id) const { return m_actions[static_cast<std::size_t>(id)]; }
    QList<QAction*> all() const { return QList<QAction*>(m_actions.begin(), m_actions.end()); }

    /// The words of a timer structure or those of tgtd; what has no meaning there is hidden. Texts that change for other
    /// reasons (Undo) are left alone.
    /// isOfCpus: a machine of CPUs.
    void setDriver(core::Driver driver, core::TimerAlgorithm timers = core::TimerAlgorithm::Wheel39, bool isOfCpus = false) const;

    /// Whether it means anything for such a run.
    static bool suits(Act act, core::Driver driver, bool isOfCpus = false);
    static QString text(const ActionSpec& spec, core::Driver driver = core::Driver::Kernel,
                        core::TimerAlgorithm timers = core::TimerAlgorithm::Wheel39);
    static QString tip(const ActionSpec& spec, core::Driver driver = core::Driver::Kernel,
                       core::TimerAlgorithm timers = core::TimerAlgorithm::Wheel39);
    /// "One step of the chosen rung (Right)"
    static QString tipWithKey(const ActionSpec& spec, core::Driver driver = core::Driver::Kernel,
                              core::TimerAlgorithm timers = core::TimerAlgorithm::Wheel39);
    static QList<QKeySequence> keys(const ActionSpec& spec);

  private:
    std::array<QAction*, actCount> m_actions{};
};

} // namespace jiffy::ui
