// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/live_control.h"

#include "ui/live/live_bar.h"
#include "ui/live/recorded.h"
#include "ui/window/message_bar.h"

#include <QSettings>

#include <algorithm>
#include <cstring>

namespace jiffy::ui
{

namespace
{

constexpr int frameMs = 16, clockMs = 200;

QString fromStd(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }

QString seconds(double s) { return QLocale().toString(s, 'f', 1) + QChar(0x202F) + QLatin1Char('s'); }

/// What became of the process, as a sentence.
QString sentenceOf(const core::LiveEnd& end)
{
    if (!end.fault.empty()) return LiveControl::tr("What the live process wrote cannot be read, so it was ended.");
    if (end.isForced) return LiveControl::tr("The live process did not end when it was told to, and was killed.");
    if (end.status == -1)
        return LiveControl::tr("The live process was ended by signal %1 (%2).").arg(end.signal).arg(QString::fromLocal8Bit(strsignal(end.signal)));
    if (end.status != 0) return LiveControl::tr("The live process ended by itself with exit status %1.").arg(end.status);
    return LiveControl::tr("The live process ended before its recording was complete.");
}

QString detailsOf(const core::LiveEnd& end, bool isRecorded)
{
    QStringList lines;
    if (!end.complaint.empty()) lines.append(fromStd(end.complaint));
    if (!end.fault.empty()) lines.append(fromStd(end.fault));
    lines.append(isRecorded ? LiveControl::tr("What was recorded until then is kept: step through it, export it.")
                            : LiveControl::tr("Nothing had been recorded."));
    return lines.join(QLatin1Char('\n'));
}

core::LiveSettings remembered()
{
    const QSettings s;
    core::LiveSettings to;
    const auto number = [&](const char* key, std::uint64_t least, std::uint64_t most, std::uint64_t other) {
        bool isGood = false;
        const auto v = s.value(QLatin1String(key)).toULongLong(&isGood);
        return isGood && v >= least && v <= most ? std::uint64_t{v} : other;
    };
    to.scheme = core::liveSchemeNamed(s.value(QStringLiteral("live/scheme")).toString().toStdString()).value_or(to.scheme);
    to.interval = number("live/interval", core::LiveSettings::leastInterval, core::LiveSettings::mostInterval, to.interval);
    to.busy = number("live/busy", 0, core::LiveSettings::mostBusy, to.busy);
    return to;
}

/// The duration that the user chose; none: the workload's.
std::optional<std::uint64_t> rememberedDuration()
{
    bool isGood = false;
    const auto us = QSettings().value(QStringLiteral("live/ownDuration")).toULongLong(&isGood);
    if (!isGood || us < core::LiveSettings::leastDuration || us > core::LiveSettings::mostDuration) return {};
    return us;
}

void remember(const core::LiveSettings& settings, const QString& workload, bool isOwnDuration)
{
    QSettings s;
    s.setValue(QStringLiteral("live/workload"), workload);
    s.setValue(QStringLiteral("live/scheme"), fromStd(core::name(settings.scheme)));
    s.setValue(QStringLiteral("live/interval"), qulonglong{settings.interval});
    if (isOwnDuration) s.setValue(QStringLiteral("live/ownDuration"), qulonglong{settings.duration});
    s.setValue(QStringLiteral("live/busy"), qulonglong{settings.busy});
}

} // namespace

LiveControl::LiveControl(Session& session, const ThemeProvider& theme, MessageBar& messages, const Library& library,
                         std::function<bool()> mayLeave, bool isRemembering, QWidget* window)
    : QObject(window), m_session(session), m_theme(theme), m_messages(messages), m_library(library), m_mayLeave(std::move(mayLeave)),
      m_isRemembering(isRemembering), m_window(window), m_bar(new LiveBar(theme, window))
{
    m_frame.setSingleShot(true);
    m_frame.setInterval(frameMs);
    connect(&m_frame, &QTimer::timeout, this, &LiveControl::take);
    m_clock.setInterval(clockMs);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        showElapsed();
        // A twentieth of the time at most, however many values there are.
        if (m_figuresShown.isValid() && m_figuresShown.elapsed() < 20 * m_figuresTook) return;
        QElapsedTimer taken;
        taken.start();
        showFigures();
        m_figuresTook = taken.elapsed();
        m_figuresShown.start();
    });
    connect(m_bar, &LiveBar::stopAsked, this, &LiveControl::stop);
    connect(m_bar, &LiveBar::closed, this, &LiveControl::closeBar);
    // Another file is opened: what is performed for the one before has no audience any more.
    connect(&session, &Session::opened, this, [this] {
        if (!m_isShown) closeBar();
    });
}

LiveControl::~LiveControl() = default;

// ---- asking

QList<LiveWorkload> LiveControl::workloads() const
{
    QList<LiveWorkload> list;
    if (m_session.isOpen() && m_session.inputs().driver == core::Driver::Daemon)
        list.append({QString(), tr("What is open: %1").arg(m_session.title())});
    for (const auto& entry : m_library.entries) {
        const auto text = m_library.lookup ? m_library.lookup(entry.name) : std::nullopt;
        if (!text || text->find("\"daemon\"") == std::string::npos) continue;
        list.append({QLatin1Char(':') + QString::fromStdString(entry.name), QString::fromStdString(entry.title)});
    }
    return list;
}

void LiveControl::ask()
{
    const auto list = workloads();
    if (list.isEmpty()) {
        m_messages.showError(tr("There is nothing to perform."), tr("Open a scenario of tgtd first."));
        return;
    }
    LiveDialog dialog(m_theme, list, m_window);
    dialog.setLength([this](const QString& name) {
        QString why;
        const auto inputs = open(name, why);
        return inputs ? inputs->daemon.until : 0;
    });
    if (m_isRemembering) {
        if (const auto own = rememberedDuration()) dialog.setOwnDuration(*own);
        dialog.setSettings(remembered());
        // What is open is what is meant, if it can be performed.
        if (!list.first().name.isEmpty()) dialog.setWorkload(QSettings().value(QStringLiteral("live/workload")).toString());
    }
    if (dialog.exec() != QDialog::Accepted) return;
    if (m_isRemembering) remember(dialog.settings(), dialog.workload(), dialog.isOwnDuration());
    QString why;
    const auto inputs = open(dialog.workload(), why);
    if (!inputs) {
        m_messages.showError(tr("The workload cannot be read."), why);
        return;
    }
    if (m_mayLeave && !m_mayLeave()) return;
    start(*inputs, dialog.settings());
}

core::InputsPtr LiveControl::open(const QString& workload, QString& why) const
{
    if (workload.isEmpty()) return m_session.history().inputsPtr();
    auto opened = core::openFile(workload.toStdString(), m_library.lookup);
    if (opened) return opened->inputs;
    why = fromStd(core::toText(opened.error()));
    return nullptr;
}

// ---- running

bool LiveControl::start(const core::Inputs& workload, const core::LiveSettings& settings, const std::string& program)
{
    abandon();
    m_recorded = nullptr;
    m_isSilent = false;
    m_settings = settings;
    auto started = core::LiveProcess::start(program, workload, settings, [this] {
        // The reader's thread.
        QMetaObject::invokeMethod(
            this, [this] { if (!m_frame.isActive()) m_frame.start(); }, Qt::QueuedConnection);
    });
    if (!started) {
        m_bar->hide();
        m_messages.showError(tr("The live process could not be started."), fromStd(core::toText(started.error())));
        return false;
    }
    m_process = std::move(*started);
    m_since.start();
    m_messages.hide();
    m_parts = m_modelParts = {};
    m_work = m_modelWork = {};
    showFigures();
    m_bar->showRunning(tr("process %1, %2 every %3 ms").arg(m_process->pid()).arg(fromStd(core::name(settings.scheme))).arg(
        QLocale().toString(static_cast<double>(settings.interval) / 1e3)));
    showElapsed();
    m_clock.start();
    return true;
}

void LiveControl::stop()
{
    if (!m_process) return;
    m_bar->showStopping();
    m_process->stop();
}

void LiveControl::take()
{
    if (!m_process) return;
    const auto state = m_process->take();
    if (state) show(*state);
}

void LiveControl::show(const core::LiveState& state)
{
    if (state.inputs) {
        if (!m_recorded) {
            m_recorded = state.inputs;
            m_parts = core::AlarmLateness(*m_recorded);
            m_work = core::Lateness(*m_recorded);
            followModel(*m_recorded);
            m_isShown = true; // it is this one that opens now
            m_session.startLive(m_recorded, state.snapshot);
            m_isShown = false;
        } else {
            m_session.growLive(state.snapshot);
        }
        m_parts.extend(state.snapshot.log);
        m_work.extend(state.snapshot.log);
    }
    if (state.isSilent != m_isSilent) {
        m_isSilent = state.isSilent;
        if (m_isSilent)
            m_messages.showError(tr("Nothing has been heard of process %1 for a while: it seems to hang.").arg(m_process->pid()),
                                 tr("Stop ends it, by force if need be; what was recorded is kept."));
        else m_messages.hide();
    }
    if (state.end) end(*state.end);
}

void LiveControl::end(const core::LiveEnd& end)
{
    const int pid = m_process->pid();
    m_process.reset();
    m_clock.stop();
    showElapsed();
    showFigures();
    if (!m_recorded) m_bar->hide();
    else
        m_bar->showEnded(tr("process %1, %2 every %3 ms: a recording like any other now. Step through it, export it.")
                             .arg(pid)
                             .arg(fromStd(core::name(m_settings.scheme)))
                             .arg(QLocale().toString(static_cast<double>(m_settings.interval) / 1e3)));
    if (!end.isClean()) m_messages.showError(sentenceOf(end), detailsOf(end, m_recorded != nullptr));
    else if (m_isSilent) m_messages.hide();
}

/// The process ends, and what the session shows of it is all there will be.
void LiveControl::abandon()
{
    m_process.reset();
    m_runner.reset();
    m_clock.stop();
    if (!m_session.isLive()) return;
    auto last = m_session.snapshot();
    last.status = core::RunStatus::Ended;
    m_session.growLive(last);
}

void LiveControl::closeBar()
{
    abandon();
    m_bar->hide();
}

// ---- figures

/// The model's run of the same workload, on a worker.
void LiveControl::followModel(const core::Inputs& recorded)
{
    m_model = std::make_shared<const core::Inputs>(core::modelOfLive(recorded));
    m_modelParts = core::AlarmLateness(*m_model);
    m_modelWork = core::Lateness(*m_model);
    m_runner = std::make_unique<core::Runner>(core::Run(m_model), [] {}); // looked at with the clock
}

void LiveControl::showElapsed()
{
    const double total = static_cast<double>(m_settings.duration) / 1e6;
    const double now = m_process ? static_cast<double>(m_since.elapsed()) / 1e3
                       : m_recorded ? static_cast<double>(m_work.ticks()) / 1e6
                                    : 0;
    m_bar->setElapsed(m_process ? tr("%1 of %2").arg(seconds(std::min(now, total)), seconds(total)) : seconds(now));
}

void LiveControl::showFigures()
{
    if (m_runner) {
        if (const auto run = m_runner->take()) {
            m_modelParts.extend(run->log);
            m_modelWork.extend(run->log);
            if (run->status != core::RunStatus::Running) m_runner.reset();
        }
    }
    m_bar->setFigures(figuresOf(m_settings.scheme, {m_parts, m_work}, {m_modelParts, m_modelWork}));
}

} // namespace jiffy::ui

#include "moc_live_control.cpp"
