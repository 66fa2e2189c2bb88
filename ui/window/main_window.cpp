// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window.h"

#include "core/history/code.h"
#include "core/world/rules.h"
#include "ui/code/line_sentence.h"
#include "ui/compare/compare_view.h"
#include "ui/editor/scenario_files.h"
#include "ui/editor/scenario_view.h"
#include "ui/events/events_view.h"
#include "ui/export/export_job.h"
#include "ui/export/export_kinds.h"
#include "ui/inspector/inspector_view.h"
#include "ui/lens/lens_widget.h"
#include "ui/list/list_view.h"
#include "ui/nohz/nohz_view.h"
#include "ui/processes/processes_view.h"
#include "ui/live/live_bar.h"
#include "ui/live/live_control.h"
#include "ui/narration/compose.h"
#include "ui/run_until/run_until.h"
#include "ui/timeline/timeline_actions.h"
#include "ui/tgtd/flow_view.h"
#include "ui/tgtd/words.h"
#include "ui/timeline/timeline_view.h"
#include "ui/whatif/interventions.h"
#include "ui/whatif/turn_bar.h"
#include "ui/wheel/wheel_view.h"
#include "ui/window/empty_note.h"
#include "ui/window/header_bar.h"
#include "ui/window/icon.h"
#include "ui/window/keys_overlay.h"
#include "ui/window/manual.h"
#include "ui/window/message_bar.h"
#include "ui/window/palette.h"
#include "ui/window/status_line.h"
#include "ui/window/recent_files.h"
#include "ui/window/shown_cpu.h"
#include "ui/window/transport_bar.h"
#include "ui/window/workspace.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCloseEvent>
#include <QDropEvent>
#include <QGraphicsOpacityEffect>
#include <QMessageBox>
#include <QMimeData>
#include <QScreen>
#include <QVBoxLayout>

namespace jiffy::ui
{

namespace
{

/// Progress of what is quicker than this is not worth a flicker.
constexpr int progressDelayMs = 200;
/// The state is checked when the playhead has rested that long.
constexpr int checkDelayMs = 250;

} // namespace

MainWindow::MainWindow(const Library& library, ThemeProvider& theme, Settings settings)
    : m_theme(theme), m_settings(settings), m_session(library.lookup), m_play(m_session), m_actions(this),
      m_header(new HeaderBar(theme, this)),
      m_menus(new Menus(m_header->menus(), m_actions, library.entries, exportDescriptions(), this)),
      m_transport(new TransportBar(m_session, m_play, m_actions, theme, this)),
      m_messages(new MessageBar(theme, this)), m_lens(new LensWidget(theme, this)),
      m_workspace(new Workspace(Desk{m_session, m_selection, theme}, this)),
      m_wheel(&m_workspace->get<WheelView>()), m_flow(&m_workspace->get<FlowView>()), m_compare(&m_workspace->get<CompareView>()), m_events(&m_workspace->get<EventsView>()),
      m_timeline(&m_workspace->get<TimelineView>()), m_inspector(&m_workspace->get<InspectorView>()), m_status(new StatusLine(theme, this)),
      m_interventions(new Interventions(Desk{m_session, m_selection, theme}, m_actions, this)),
      m_turns(new TurnBar(Desk{m_session, m_selection, theme}, m_actions, this)),
      m_runUntil(new RunUntil(Desk{m_session, m_selection, theme}, m_actions, m_play, *m_workspace, this)),
      m_keys(new KeysOverlay(theme, this)), m_palette(new Palette(m_header->menus(), theme, this)), m_empty(new EmptyNote(m_actions[Act::AddTimer], theme, m_wheel)),
      m_files(new ScenarioFiles(
          m_session, m_workspace->get<ScenarioView>(), library.lookup, m_actions, *m_messages,
          [this] { m_workspace->bring(m_workspace->host(QStringLiteral("scenario"))); },
          settings == Settings::On ? autosaveFolder() : QString(), this)),
      m_live(new LiveControl(m_session, theme, *m_messages, library, [this] { return m_files->mayLeave(); }, settings == Settings::On, this))
{
    setWindowTitle(QStringLiteral("Jiffyscope"));
    setWindowIcon(programIcon());
    setAcceptDrops(true);
    build();
    connectActions();
    connectSession();
    m_inspector->useActions(m_actions);
    connect(&theme, &ThemeProvider::changed, this, &MainWindow::applyTheme);
    applyTheme();
    offerViews();
    restoreSettings();
    showViews();
    qApp->installEventFilter(this);
}

MainWindow::~MainWindow()
{
    delete m_live; // it speaks to what goes before a child would
    m_export.reset();
    qApp->removeEventFilter(this);
}

void MainWindow::build()
{
    setMenuWidget(m_header);
    m_transport->setLens(m_lens);
    auto* centre = new QWidget;
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_transport);
    layout->addWidget(m_messages);
    layout->addWidget(m_live->bar());
    layout->addWidget(m_workspace, 1);
    layout->addWidget(m_status);
    m_status->setMiddle(m_turns);
    connect(m_turns, &TurnBar::roomChanged, m_status, &StatusLine::placeMiddle);
    setCentralWidget(centre);
    addActions(m_actions.all());
    // The design's size, or as much of it as the screen has; pictures are laid out by who asks for them.
    const QScreen* screen = m_settings == Settings::On ? QGuiApplication::primaryScreen() : nullptr;
    resize(screen != nullptr ? QSize(1440, 900).boundedTo(screen->availableSize()) : QSize(1440, 900));
    resetLayout();
}

void MainWindow::connectActions()
{
    const auto on = [this](Act act, auto what) { connect(m_actions[act], &QAction::triggered, this, what); };
    using core::Rung;
    on(Act::Export, [this] { askForExport(0); });
    on(Act::Quit, [this] { close(); });
    on(Act::Play, [this] { m_play.toggle(); });
    on(Act::StepForward, [this] { step(m_session.rung(), +1); });
    on(Act::StepBack, [this] { step(m_session.rung(), -1); });
    const auto coarser = [this] {
        return static_cast<Rung>(std::min(static_cast<int>(m_session.rung()) + 1, core::rungCount - 1));
    };
    on(Act::CoarserForward, [this, coarser] { step(coarser(), +1); });
    on(Act::CoarserBack, [this, coarser] { step(coarser(), -1); });
    const auto jump = [this](void (Session::*what)()) {
        m_play.stop();
        (m_session.*what)();
    };
    on(Act::NextOfInterest, [jump] { jump(&Session::toNextOfInterest); });
    on(Act::PreviousOfInterest, [jump] { jump(&Session::toPreviousOfInterest); });
    on(Act::ToStart, [jump] { jump(&Session::toStart); });
    on(Act::ToEnd, [jump] { jump(&Session::toEnd); });
    on(Act::Slower, [this] { changeSpeed(1 / 1.1); });
    on(Act::Faster, [this] { changeSpeed(1.1); });
    on(Act::HalfSpeed, [this] { changeSpeed(.5); });
    on(Act::DoubleSpeed, [this] { changeSpeed(2); });
    on(Act::Live, [this] { m_live->ask(); });
    on(Act::RealTime, [this] { m_play.setSpeed(m_play.realTime()); });
    new TimelineActions({m_session, m_selection, m_theme}, m_actions, *m_timeline);
    on(Act::LargerText, [this] { chooseScale(m_theme.scale() + .1); });
    on(Act::SmallerText, [this] { chooseScale(m_theme.scale() - .1); });
    on(Act::ResetLayout, [this] {
        chooseScale(1);
        resetLayout();
    });
    on(Act::Geometry, [this] { m_wheel->toggleForm(); });
    on(Act::Table, [this] { toggleTable(); });
    on(Act::CopyPicture, [this] { copyPicture(); });
    m_actions[Act::ReducedMotion]->setCheckable(true);
    on(Act::ReducedMotion, [this] { chooseMotion(m_actions[Act::ReducedMotion]->isChecked()); });
    on(Act::Keys, [this] { m_keys->open(); });
    on(Act::Palette, [this] { m_palette->ask(); });
    on(Act::Manual, [this] { showManual(); });
    on(Act::About, [this] {
        QMessageBox::about(
            this, tr("About Jiffyscope"),
            tr("Jiffyscope shows how Linux files and fires timers, one step at a time: the wheel of 3.9 with its "
               "cascades, that of 6.1 without them, the sorted list before both; and how tgtd keeps its work.\n\nFree software under the GNU General Public License, version 3 or later."));
    });
    connect(m_menus, &Menus::fileChosen, this, [this](const QString& file) { openFile(file); });
    connect(m_menus, &Menus::exportChosen, this, &MainWindow::askForExport);
    connect(m_menus, &Menus::themeChosen, this, &MainWindow::chooseTheme);
    connect(m_menus, &Menus::scaleChosen, this, &MainWindow::chooseScale);
    connect(m_menus, &Menus::rungChosen, this,
            [this](int rung) { m_session.setRung(static_cast<core::Rung>(rung)); });
    connect(m_menus, &Menus::cpuChosen, this, &MainWindow::chooseCpu);
    connect(m_menus, &Menus::viewChosen, this, [this](int view) {
        auto* host = m_workspace->hosts()[static_cast<std::size_t>(view)];
        // Chosen again, the side of a view closes; the centre stays.
        if (m_workspace->isInSight(host) && host->spec().place == Place::Stage) {
            m_workspace->leaveStage();
            centre()->setFocus();
        } else if (m_workspace->isInSight(host) && m_workspace->inUse() == host && host->spec().place != Place::Centre) {
            m_workspace->setOpen(host->spec().place, false);
            centre()->setFocus();
        }
        else
            m_workspace->bring(host);
    });
    on(Act::ExportComparison, [this] { askForComparison(); });
    connect(m_workspace, &Workspace::arrangementChanged, this, &MainWindow::showViews);
    connect(m_workspace, &Workspace::wakeReasonClicked, this, [this] {
        if (!m_slept) return;
        m_play.stop();
        m_session.seek({m_slept->event + 1, 0, 0});
    });
}

void MainWindow::connectSession()
{
    connect(&m_session, &Session::opened, this, &MainWindow::onOpened);
    connect(&m_session, &Session::runReset, this, &MainWindow::onRunReset);
    connect(&m_session, &Session::failed, this, &MainWindow::onFailed);
    connect(&m_session, &Session::openingChanged, this, &MainWindow::onOpeningChanged);
    connect(&m_session, &Session::snapshotReady, this, &MainWindow::onSnapshot);
    connect(&m_session, &Session::positionChanged, this, &MainWindow::onPosition);
    connect(&m_session, &Session::refused, this,
            [this](const QString& why) { m_messages->showError(tr("Nothing was changed."), why); });
    connect(&m_session, &Session::rungChanged, this,
            [this](core::Rung rung) { m_menus->setRung(static_cast<int>(rung)); });
    connect(&m_session, &Session::waitingChanged, this, [this] {
        showWhere();
        showWaiting();
    });
    connect(&m_play, &Play::playingChanged, this, &MainWindow::updateActions);
    connect(&m_play, &Play::playingChanged, m_turns, &TurnBar::setPlaying);
    connect(m_files, &ScenarioFiles::modifiedChanged, this, &MainWindow::showWhere);
    connect(m_files, &ScenarioFiles::savedTo, this, [this](const QString& path) {
        if (m_settings == Settings::On) RecentFiles::add(path);
        showWhere();
    });
    connect(m_messages, &MessageBar::cancelled, this, [this] {
        m_session.cancelOpening();
        m_export.reset();
    });

    // While the text is wrong the picture is the last good one, and says so by being pale.
    connect(&m_workspace->get<ScenarioView>(), &ScenarioView::faultsChanged, this, [this](bool hasFaults) {
        for (QWidget* picture : {static_cast<QWidget*>(m_wheel), static_cast<QWidget*>(&m_workspace->get<ListView>())}) {
            auto* pale = hasFaults ? new QGraphicsOpacityEffect(picture) : nullptr;
            if (pale) pale->setOpacity(.6);
            picture->setGraphicsEffect(pale);
        }
    });
    connect(m_empty, &EmptyNote::openAsked, this, [this] { m_palette->ask(tr("Built-in")); });
    connect(m_status, &StatusLine::checkClicked, this, &MainWindow::toBrokenRule);
    connect(&m_selection, &Selection::changed, this, [this] {
        updateActions();
    });
    connect(m_runUntil, &RunUntil::told, this, [this](const QString& text) { m_messages->showNote(text); });
    connect(m_runUntil, &RunUntil::changed, this, &MainWindow::showWhere);
    connect(m_runUntil, &RunUntil::changed, this, &MainWindow::showWaiting);
    connect(m_wheel, &WheelView::cpuPicked, this, &MainWindow::chooseCpu);
    connect(m_wheel, &WheelView::wheelChanged, this, &MainWindow::showLens);
    auto* list = &m_workspace->get<ListView>();
    connect(list, &ListView::cpuPicked, this, &MainWindow::chooseCpu);
    auto* nohz = &m_workspace->get<NohzView>();
    connect(nohz, &NohzView::cpuPicked, this, &MainWindow::chooseCpu);
    connect(nohz, &NohzView::scrubStarted, &m_play, &Play::stop);
    connect(&m_workspace->get<ProcessesView>(), &ProcessesView::scrubStarted, &m_play, &Play::stop);
    connect(list, &ListView::flightsStarted, &m_play, &Play::hold);
    connect(list, &ListView::centreRequested, this, [this] { m_actions[Act::FitSelection]->trigger(); });
    list->setTimerActions({m_actions[Act::MoveTimer], m_actions[Act::DeleteTimer], m_actions[Act::Fork],
                           m_actions[Act::PinTimer], m_actions[Act::Breakpoint]});
    m_interventions->serve(*m_wheel);
    m_wheel->setTimerActions({m_actions[Act::MoveTimer], m_actions[Act::DeleteTimer], m_actions[Act::Fork],
                              m_actions[Act::PinTimer], m_actions[Act::Breakpoint]});
    connect(m_wheel, &WheelView::centreRequested, this, [this] { m_actions[Act::FitSelection]->trigger(); });
    connect(m_wheel, &WheelView::flightsStarted, &m_play, &Play::hold);
    connect(m_events, &EventsView::eventChosen, this, [this](std::uint64_t event) {
        m_play.stop();
        m_session.seek({event + 1, 0, 0});
    });
    connect(m_timeline, &TimelineView::scrubStarted, &m_play, &Play::stop);
    connect(m_timeline, &TimelineView::noteChanged, this, &MainWindow::showWhere);

    connect(m_wheel, &WheelView::animationStarted, this, [this](int ms) { m_animationMs = ms; });
    connect(m_flow, &FlowView::flightsStarted, &m_play, &Play::hold);
    connect(m_flow, &FlowView::centreRequested, this, [this] { m_actions[Act::FitSelection]->trigger(); });
    m_flow->setItemActions({m_actions[Act::AddTimer], m_actions[Act::DeleteTimer], m_actions[Act::BurnTime], m_actions[Act::StepClock], m_actions[Act::Fork],
                            m_actions[Act::PinTimer], m_actions[Act::Breakpoint]});
    connect(m_compare, &CompareView::noteChanged, this, &MainWindow::showComparison);
    connect(m_compare, &CompareView::scrubStarted, &m_play, &Play::stop);
    connect(m_compare, &CompareView::refused, this, [this](const QString& why) { m_messages->showError(tr("Another algorithm cannot lead here."), why); });
    m_compare->setTimerActions({m_actions[Act::AddTimer], m_actions[Act::MoveTimer], m_actions[Act::DeleteTimer], m_actions[Act::Fork], m_actions[Act::Breakpoint]});
    connect(&m_play, &Play::timePassed, this, [this] { m_flow->setVirtualTime(m_play.virtualTicks()); });
    connect(&m_play, &Play::playingChanged, this, [this](bool playing) {
        if (!playing && isDaemon()) m_flow->setVirtualTime(static_cast<double>(m_session.ticks()));
    });
    m_restTimer.setSingleShot(true);
    connect(&m_restTimer, &QTimer::timeout, this, [this] {
        if (isDaemon()) return;
        const auto at = m_session.position();
        m_wheel->showPosition(m_session.world(), m_session.history().inputsPtr(),
                              effects(m_session.history().log(), at, at), MotionStyle::Jump);
    });
    m_checkTimer.setSingleShot(true);
    m_checkTimer.setInterval(checkDelayMs);
    connect(&m_checkTimer, &QTimer::timeout, this, &MainWindow::selfCheck);
    m_progressTimer.setInterval(progressDelayMs);
    connect(&m_progressTimer, &QTimer::timeout, this, [this] {
        if (m_export)
            m_messages->showProgress(tr("Writing %1: %2 %")
                                         .arg(QString::fromStdString(m_export->path()))
                                         .arg(m_export->percent()));
        else if (m_session.isOpening())
            m_messages->showProgress(
                tr("Reading: %1 MB")
                    .arg(QLocale().toString(static_cast<double>(m_session.openingProgress()) / 1e6, 'f', 1)));
    });
}

// ---- the run and the playhead

void MainWindow::onSnapshot(const core::Snapshot& snapshot)
{
    for (auto* host : m_workspace->hosts())
        if (host->isOffered()) host->view().extend(snapshot);
    if (snapshot.status != core::RunStatus::Running) showDifferences();
    m_empty->setVisible(m_session.inputs().actions.empty() && m_session.inputs().timers.empty());
    showWhere();
    showWaiting();
    updateActions();
}

void MainWindow::onPosition(core::Position from, core::Position to, Motion motion)
{
    const auto& log = m_session.history().log();
    const auto& world = m_session.world();
    const auto change = effects(log, motion == Motion::Jump ? to : from, to);
    const bool isSlow = !m_play.isPlaying() || m_play.isSlow();
    const bool isFast = motion == Motion::Playing || (m_play.isPlaying() && m_play.isFast());
    const auto style = motion == Motion::Jump ? MotionStyle::Jump
                       : isFast               ? MotionStyle::Outline
                       : isSlow               ? MotionStyle::Full
                                              : MotionStyle::Trails;
    followCpu(to);
    m_restTimer.stop();
    m_animationMs = 0;
    auto sentence = narrate(world, m_session.inputs(), m_session.snapshot(), to);
    if (to.line != 0) {
        // Within a record, what was done is a line.
        if (const auto code = core::codeAt(m_session.history(), to, core::Grain::Line))
            sentence = lineSentence(*code, world.geometry(), m_session.inputs());
    }
    if (const auto said = m_session.saidHere(); !said.isEmpty()) append(sentence.why, {Span{said}});
    const auto tell = [&](View& view) {
        view.showMoment({world, m_session.history().inputsPtr(), from, to, motion, style, change, sentence,
                         m_wheel->cpu()});
    };
    if (!isDaemon()) tell(*m_wheel); // it may choose the CPU that all of them show
    if (world.kernel().isThere()) followCpu(to); // ... but not of a machine of CPUs
    if (world.cpuCount() > 1 && !sentence.counter.isEmpty())
        sentence.counter = tr("CPU %1: %2").arg(m_wheel->cpu()).arg(sentence.counter);
    for (auto* host : m_workspace->hosts())
        if (host->isOffered() && &host->view() != m_wheel) tell(host->view());
    // Behind the reversed flight stands the picture of this position, as if one had come forward to it.
    if (motion != Motion::Jump && to < from) m_restTimer.start(m_animationMs);
    m_workspace->setSentence(sentence);
    m_slept = core::sleptThrough(world, m_session.inputs(), log, to);
    m_workspace->setWakeReason(m_slept ? std::optional(wakeReasonOf(*m_slept, m_session.inputs())) : std::nullopt);
    m_interventions->setCpu(m_wheel->cpu());
    showLens();
    m_menus->setCpus(world.cpuCount(), m_wheel->cpu());
    m_checkTimer.start();
    showWhere();
    updateActions();
}

/// Steps finer or coarser than a tick are about one CPU: the wheel shows that one. A tick is about all of
/// them. On a machine of CPUs a tick, too, shows who acted last, unless somebody has chosen: what is shown follows from
/// the position and from that choice alone.
void MainWindow::followCpu(core::Position to)
{
    if (isDaemon()) return;
    const auto& world = m_session.world();
    const bool isTick = m_session.rung() == core::Rung::Tick && to.line == 0;
    std::optional<int> cpu;
    if (world.kernel().isThere()) {
        if (!isTick) m_chosenCpu.reset();
        cpu = m_chosenCpu ? *m_chosenCpu : cpuShownAt(world, m_session.history().log(), to);
    } else if (const auto* record = isTick ? nullptr : m_session.history().recordBefore(to)) {
        cpu = cpuAbout(*record, world);
    }
    if (cpu && *cpu != m_wheel->cpu() && *cpu < m_session.inputs().machine.cpus) m_wheel->setCpu(*cpu, world);
}

/// The lens reads what the hands point at.
void MainWindow::showLens()
{
    if (isDaemon()) return;
    const auto before = m_lens->sizeHint();
    m_lens->setValue(m_wheel->scene().geometry, m_wheel->scene().position);
    if (m_lens->sizeHint() != before) m_transport->fit();
}

/// The view that the keyboard goes to when no other has it.
QWidget* MainWindow::centre() const
{
    if (isDaemon()) return m_flow;
    if (m_session.isOpen() && isFor(Suits::List, m_session.inputs())) return &m_workspace->get<ListView>();
    return m_wheel;
}

void MainWindow::chooseCpu(int cpu)
{
    if (!m_session.isOpen() || isDaemon() || cpu >= m_session.inputs().machine.cpus) return;
    m_chosenCpu = cpu;
    m_wheel->setCpu(cpu, m_session.world());
    m_interventions->setCpu(cpu);
    showLens();
    for (auto* host : m_workspace->hosts())
        if (&host->view() != m_wheel) host->view().setCpu(cpu);
    m_menus->setCpus(m_session.inputs().machine.cpus, cpu);
}

/// Where the playhead stands, in the status line and in the window's title, for screen readers and scripts.
void MainWindow::showWhere()
{
    if (!m_session.isOpen()) return;
    const auto p = m_session.position();
    const auto size = m_session.snapshot().log.size();
    auto text = tr("event %1 of %2").arg(grouped(p.event), grouped(size));
    if (m_session.isRunning())
        text += m_session.isLive() ? tr(", live") : m_session.isWaiting() ? tr(", waiting for the run") : tr(", computing");
    if (const auto note = m_timeline->note(); !note.isEmpty()) text = note;
    if (const auto said = m_runUntil->said(); !said.isEmpty()) text += QStringLiteral(" · ") + said;
    m_status->setText(text);
    setWindowModified(m_files->isModified());
    if (isDaemon())
        return setWindowTitle(tr("%1[*] — %2 s event %3 — Jiffyscope")
                                  .arg(m_session.title(), secondsText(m_session.world().clock().ticks))
                                  .arg(p.event));
    setWindowTitle(tr("%1[*] — jiffies %2 event %3 — Jiffyscope")
                       .arg(m_session.title())
                       .arg(m_session.world().clock().jiffies)
                       .arg(p.event));
}

void MainWindow::selfCheck()
{
    if (!m_session.isOpen()) return;
    if (showComparison()) return;
    if (m_play.isPlaying()) {
        m_checkTimer.start();
        return;
    }
    // The run checked itself at every event; the state here is checked whole where that costs no frame.
    constexpr std::size_t mostItems = 200'000;
    if (const auto& check = m_session.snapshot().check; check.broken != 0) {
        m_status->setCheck(
            tr("Self-check: rule %1 is broken at event %2").arg(check.broken).arg(check.event + 1), false);
        return;
    }
    // In the middle of an operation some rules wait for its other half.
    const core::Record* record = m_session.record();
    const bool isHalf = record != nullptr && record->hasMore();
    const auto broken =
        isHalf || m_session.world().itemCount() > mostItems ? std::nullopt : core::checkAll(m_session.world());
    if (broken)
        m_status->setCheck(tr("Self-check: rule %1 is broken: %2")
                               .arg(broken->rule)
                               .arg(QString::fromStdString(broken->text)),
                           false);
    else if (const int rules = core::rulesOf(m_session.world().geometry());
             isDaemon() && m_session.inputs().machine.mayFault)
        m_status->setCheck(tr("Self-check: %1 of %2 rules hold, one is not asked").arg(rules - 1).arg(rules), true);
    else
        m_status->setCheck(tr("Self-check: %1 of %1 rules hold").arg(rules), true);
}

/// While the compare view is in sight the status line says what its columns have in common, and what amber means.
bool MainWindow::showComparison()
{
    const bool isThere = m_workspace->isStage() && m_session.isOpen() && !m_compare->note().isEmpty();
    m_status->setLegend(isThere ? m_compare->legend() : QString());
    if (!isThere || m_session.snapshot().check.broken != 0) return false;
    m_status->setCheck(m_compare->note(), m_compare->isSame(), tr("All columns run the same inputs; the leading run’s playhead is tied to them by instant"));
    return true;
}

void MainWindow::toBrokenRule()
{
    if (!m_session.isOpen()) return;
    if (const auto& check = m_session.snapshot().check; check.broken != 0) m_session.seek({check.event + 1, 0, 0});
    selfCheck();
}

/// How far the run has come while something waits for it.
void MainWindow::showWaiting()
{
    if (m_runUntil->seeker().isSeeking()) return m_transport->setProgress(m_runUntil->seeker().progress());
    if (!m_session.isWaiting()) return m_transport->setProgress(-1);
    const auto& inputs = m_session.inputs();
    const auto last = inputs.untilTicks == ~0ull ? core::Inputs::defaultTicks : inputs.untilTicks;
    const auto ticks = static_cast<double>(m_session.snapshot().endTicks) / static_cast<double>(std::max<std::uint64_t>(1, last));
    const auto events = static_cast<double>(m_session.snapshot().log.size()) / static_cast<double>(std::max<std::uint64_t>(1, inputs.eventLimit));
    m_transport->setProgress(std::clamp(std::max(ticks, events), 0.0, 1.0));
}

void MainWindow::step(core::Rung rung, int direction)
{
    m_play.stop();
    if (direction > 0)
        m_session.stepForward(rung);
    else
        m_session.stepBack(rung);
}

void MainWindow::changeSpeed(double factor)
{
    m_play.setSpeed(m_play.speed() * factor);
}

void MainWindow::updateActions()
{
    const bool open = m_session.isOpen();
    const bool back = open && !m_session.atStart(), forward = open && !m_session.atEnd();
    for (const auto act : {Act::StepBack, Act::CoarserBack, Act::PreviousOfInterest, Act::ToStart})
        m_actions[act]->setEnabled(back);
    for (const auto act : {Act::StepForward, Act::CoarserForward, Act::NextOfInterest, Act::ToEnd,
                           Act::Play})
        m_actions[act]->setEnabled(forward);
    const auto& step = actionTable()[static_cast<std::size_t>(Act::StepForward)];
    m_actions[Act::StepForward]->setToolTip(open && !forward ? tr("The run ends here: there is no further step") : Actions::tipWithKey(step));
    m_actions[Act::Export]->setEnabled(open);
    m_actions[Act::ExportComparison]->setEnabled(open && !isDaemon() && !m_session.isReadOnly());
    m_actions[Act::Geometry]->setEnabled(!m_session.isOpen() || isFor(Suits::Wheel, m_session.inputs()));
}

// ---- keys and drops

bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    // Space presses a button that was reached by Tab; anywhere else it plays.
    if (event->type() == QEvent::ShortcutOverride && qobject_cast<QAbstractButton*>(watched)) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Space && key->modifiers() == Qt::NoModifier) {
            event->accept();
            return true;
        }
    }
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const auto urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.first().isLocalFile()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const auto urls = event->mimeData()->urls();
    if (urls.size() != 1 || !urls.first().isLocalFile()) return;
    event->acceptProposedAction();
    openFile(urls.first().toLocalFile());
}

} // namespace jiffy::ui

#include "moc_main_window.cpp"
