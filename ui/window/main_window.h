// SPDX-License-Identifier: GPL-3.0-or-later
// The window: puts the parts together and connects them to the session. Decides nothing itself.
#pragma once

#include "core/insight/slept_through.h"
#include "ui/application.h"
#include "ui/narration/narration.h"
#include "ui/session/play.h"
#include "ui/session/selection.h"
#include "ui/session/session.h"
#include "ui/theme/theme_provider.h"
#include "ui/window/actions.h"
#include "ui/window/menus.h"

#include <QMainWindow>

#include <memory>
#include <optional>

namespace jiffy::ui
{

class CompareView;
class EmptyNote;
class EventsView;
class ExportJob;
class HeaderBar;
class Interventions;
class RunUntil;
class KeysOverlay;
class InspectorView;
class LensWidget;
class LiveControl;
class Manual;
class MessageBar;
class ScenarioFiles;
class Palette;
class StatusLine;
class TimelineView;
class TransportBar;
class TurnBar;
class ViewHost;
class FlowView;
class WheelView;
class Workspace;

/// Settings is Off for pictures and tests: nothing is read from or written to the user's settings.
enum class Settings
{
    On,
    Off
};

class MainWindow : public QMainWindow
{
    Q_OBJECT

  public:
    MainWindow(const Library& library, ThemeProvider& theme, Settings settings);
    ~MainWindow() override;

    Session& session() { return m_session; }
    Play& play() { return m_play; }
    Selection& selection() { return m_selection; }
    Workspace& workspace() { return *m_workspace; }
    Interventions& interventions() { return *m_interventions; }
    TurnBar& turns() { return *m_turns; }
    RunUntil& runUntil() { return *m_runUntil; }
    QAction* action(Act act) const { return m_actions[act]; }
    EventsView& events() { return *m_events; }
    TimelineView& timeline() { return *m_timeline; }
    WheelView& wheel() { return *m_wheel; }
    FlowView& flow() { return *m_flow; }
    CompareView& comparison() { return *m_compare; }
    /// tgtd's event loop is open, and no wheel.
    bool isDaemon() const { return m_session.isOpen() && m_session.inputs().driver == core::Driver::Daemon; }
    const ThemeProvider& theme() const { return m_theme; }
    ScenarioFiles& files() { return *m_files; }
    LiveControl& live() { return *m_live; }
    /// Asks for unsaved work first.
    void openFile(const QString& file, const core::TraceOptions& trace = {});
    /// Brings the compare view where the document names algorithms that it is meant to be seen on, the view of ticks
    /// and sleeps where it opens on a machine whose CPUs sleep; takes away the one that an earlier document brought.
    /// Files opened above are shown so unless an algorithm was asked for.
    void showAsMeant();

    /// The panels' widths and heights for the window's size, as at the first start.
    void resetLayout();
    /// Checks the rules on the state in sight and says so.
    void selfCheck();
    /// Paints the window as it stands. isVector: views paint themselves anew instead of their cached pixmaps.
    void paintOn(QPainter& painter, bool isVector);
    /// Writes one kind of export (an index of exportKinds()) under a name; text in the background.
    void exportTo(const QString& path, int kind);
    /// The same in a theme of its own.
    void exportTo(const QString& path, int kind, ThemeName theme);
    /// The comparison as a table (.csv) or as a picture, as the name says.
    void exportComparison(const QString& path, ThemeName theme);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

  private:
    void build();
    void connectActions();
    void connectSession();
    void askForExport(int kind);
    void askForComparison();
    void chooseTheme(ThemeChoice choice);
    void chooseScale(double scale);
    void chooseMotion(bool isReduced);
    void chooseCpu(int cpu);
    void step(core::Rung rung, int direction);
    void changeSpeed(double factor);
    void offerViews();
    void showViews();
    void toggleTable();
    void showManual();
    void copyPicture();
    void restoreSettings();
    void applyTheme();

    void onOpened();
    void greet();
    void onRunReset();
    void showRemarks();
    void showDifferences();
    void followCpu(core::Position to);
    QWidget* centre() const;
    ViewHost* firstOfCentre() const;
    void onFailed(const QString& text);
    void onOpeningChanged();
    void onSnapshot(const core::Snapshot& snapshot);
    void onPosition(core::Position from, core::Position to, Motion motion);
    void onExported();
    void showWhere();
    void showLens();
    void updateActions();
    void toBrokenRule();
    bool showComparison();
    void showWaiting();

    ThemeProvider& m_theme;
    Settings m_settings;
    Session m_session;
    Selection m_selection;
    Play m_play;
    Actions m_actions;
    HeaderBar* m_header;
    Menus* m_menus;
    TransportBar* m_transport;
    MessageBar* m_messages;
    LensWidget* m_lens;
    Workspace* m_workspace;
    WheelView* m_wheel;
    FlowView* m_flow;
    CompareView* m_compare;
    EventsView* m_events;
    TimelineView* m_timeline;
    InspectorView* m_inspector;
    StatusLine* m_status;
    Interventions* m_interventions;
    TurnBar* m_turns;
    RunUntil* m_runUntil;
    KeysOverlay* m_keys;
    Palette* m_palette;
    EmptyNote* m_empty;
    Manual* m_manual = nullptr; ///< made when it is first asked for
    ScenarioFiles* m_files;
    LiveControl* m_live;
    QTimer m_restTimer; ///< after a step back, until its flight has ended
    int m_animationMs = 0;
    /// Of the file being opened: nobody asked for an algorithm, so it may bring the compare view.
    enum class Meant { No, WhenOpened, WhenReset } m_meant = Meant::No;
    bool m_isStageMeant = false; ///< a document brought the compare view, not the user
    std::optional<core::SleptThrough> m_slept; ///< at the playhead
    QString m_meantView; ///< ... another view than the first, because of what the run is about; empty: none
    std::optional<int> m_chosenCpu; ///< by the user, on a machine of CPUs
    QTimer m_checkTimer;
    QTimer m_progressTimer;
    std::unique_ptr<ExportJob> m_export;
};

} // namespace jiffy::ui
