// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/scenario_form.h"

#include "core/scenario/step_words.h"
#include "core/timers/registry.h"
#include "ui/editor/action_model.h"
#include "ui/editor/timer_model.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSpinBox>
#include <QTableView>

namespace jiffy::ui
{

namespace
{

QString said(const core::Spelling& s)
{
    return QString::fromStdString(s.text);
}

QString shortName(const core::TimersInfo& timers)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("ScenarioForm", text); };
    switch (timers.algorithm) {
    case core::TimerAlgorithm::Wheel39:
        return timers.isSmall ? tr(QT_TRANSLATE_NOOP("ScenarioForm", "3.9, 64 + 4×16 (BASE_SMALL)"))
                              : tr(QT_TRANSLATE_NOOP("ScenarioForm", "3.9, 256 + 4×64"));
    case core::TimerAlgorithm::Wheel61: return tr(QT_TRANSLATE_NOOP("ScenarioForm", "6.1, no cascade"));
    case core::TimerAlgorithm::SortedList: return tr(QT_TRANSLATE_NOOP("ScenarioForm", "Sorted list"));
    }
    return {};
}

QString worded(std::string_view s) { return QString::fromUtf8(s.data(), static_cast<qsizetype>(s.size())); }

/// Where the name of the machine's algorithm stands in the registry.
int indexOf(const core::ScenarioMachine& machine)
{
    core::MachineConfig config;
    config.timers = machine.timers;
    config.small = machine.small;
    const auto& all = core::timerAlgorithms();
    return static_cast<int>(&core::timersOf(config) - all.data());
}

/// It is what the machine has, or one of those that it is compared on.
bool concerns(const core::Scenario& s, core::TimerAlgorithm algorithm)
{
    return s.machine.timers == algorithm || std::any_of(s.compare.begin(), s.compare.end(), [&](const std::string& name) {
               const auto* timers = core::timersNamed(name);
               return timers != nullptr && timers->algorithm == algorithm;
           });
}

bool hasKernelStep(const std::vector<core::ScenarioStep>& steps)
{
    return std::any_of(steps.begin(), steps.end(), [](const auto& s) { return core::stepWordOf(s.what).isOfKernel; });
}

/// It says something that makes the machine one of CPUs.
bool isOfKernel(const core::Scenario& s)
{
    const auto& m = s.machine;
    if (m.interrupts.value_or(false) || m.nohz.value_or(false) || m.skew.isSaid() || m.idle || m.slice || m.callbackTakes.isSaid() ||
        m.moveTakes.isSaid() || !s.processes.empty() || !s.choices.empty())
        return true;
    return std::any_of(s.items.begin(), s.items.end(), [](const auto& i) { return hasKernelStep(i.on); }) ||
           std::any_of(s.actions.begin(), s.actions.end(), [](const auto& a) { return a.call.call == core::Call::Interrupt || core::operationOf(a.call.call) != nullptr; });
}

} // namespace

ScenarioForm::ScenarioForm(ScenarioText& text, const ThemeProvider& theme, QWidget* parent)
    : FormPage(text, theme, QString(), parent), m_actionModel(new ActionModel(text, this)),
      m_timerModel(new TimerModel(text, this))
{
    auto* grid = new QGridLayout;
    m_title = line("title", "", tr("Shown in the header"), [](auto& s, const auto& t) { s.title = t; });
    m_watch =
        line("watch", "", tr("One sentence: what to look at"), [](auto& s, const auto& t) { s.watch = t; });
    m_jiffies =
        line("machine", "jiffies", tr("jiffies at the start: 1000, 0xFFFF4500, or -300*HZ as a kernel boots"),
             [](auto& s, const auto& t) { s.machine.jiffies.text = t; });
    m_until = line("until", "", tr("+30000 or 2.5s after the start; empty: until no timer is pending"),
                   [](auto& s, const auto& t) { s.until.text = t; });
    m_opening = line("opening", "",
                     tr("Where the playhead stands at first: start, end, event=N, jiffies=N, time=1.250s"),
                     [](auto& s, const auto& t) { s.opening.text = t; });
    m_jiffies->setPlaceholderText(QStringLiteral("-300*HZ"));
    m_until->setPlaceholderText(tr("auto"));
    m_opening->setPlaceholderText(tr("start"));

    m_cpus = new QSpinBox;
    m_cpus->setObjectName(QStringLiteral("machine.cpus"));
    m_cpus->setRange(1, 64);
    m_cpus->setKeyboardTracking(false);
    m_cpus->setButtonSymbols(QSpinBox::NoButtons); // Up and Down count
    m_cpus->setToolTip(tr("1 to 64; each has a wheel of its own"));
    connect(m_cpus, &QSpinBox::valueChanged, this,
            [this](int n) { put([n](auto& s) { s.machine.cpus = n; }); });
    m_bits = box("machine", "bits", {QStringLiteral("32"), QStringLiteral("64")},
                 tr("Bits of an unsigned long, which holds jiffies"));
    connect(m_bits, &QComboBox::currentTextChanged, this,
            [this](const QString& t) { put([n = t.toInt()](auto& s) { s.machine.bits = n; }); });
    m_hz = box("machine", "hz",
               {QStringLiteral("100"), QStringLiteral("250"), QStringLiteral("300"), QStringLiteral("1000")},
               tr("Ticks in a second"));
    connect(m_hz, &QComboBox::currentTextChanged, this,
            [this](const QString& t) { put([n = t.toUInt()](auto& s) { s.machine.hz = n; }); });
    QStringList algorithms;
    for (const auto& timers : core::timerAlgorithms()) algorithms.append(shortName(timers));
    m_algorithm = box("machine", "timers", algorithms, tr("How the machine keeps its timers"));
    m_algorithm->setMinimumContentsLength(10);
    m_algorithm->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    connect(m_algorithm, &QComboBox::currentIndexChanged, this, [this](int i) {
        if (i < 0) return;
        put([&timers = core::timerAlgorithms()[static_cast<std::size_t>(i)]](auto& s) {
            s.machine.timers = timers.algorithm;
            s.machine.small = timers.isSmall;
        });
    });
    m_compare = line("compare", "", tr("Two to four algorithms to see it on side by side: %1").arg(worded(core::timersNames())), [](auto& s, const auto& t) {
        s.compare.clear();
        const auto names = QString::fromStdString(t).split(QRegularExpression(QStringLiteral("[,\\s]+")), Qt::SkipEmptyParts);
        for (const auto& name : names) s.compare.push_back(name.toStdString());
    });

    grid->addWidget(labelled(tr("Title"), m_title, "", "title"), 0, 0, 1, 4);
    grid->addWidget(labelled(tr("What to watch"), m_watch, "", "watch"), 1, 0, 1, 4);
    grid->addWidget(labelled(tr("CPUs"), m_cpus, "cpus", "machine"), 2, 0);
    grid->addWidget(labelled(tr("Word, bits"), m_bits, "bits", "machine"), 2, 1);
    grid->addWidget(labelled(tr("HZ"), m_hz, "hz", "machine"), 2, 2);
    grid->addWidget(labelled(tr("Timers"), m_algorithm, "timers", "machine"), 2, 3);
    grid->addWidget(labelled(tr("Starts at"), m_jiffies, "jiffies", "machine"), 3, 0);
    grid->addWidget(labelled(tr("Runs until"), m_until, "", "until"), 3, 1);
    grid->addWidget(labelled(tr("Opens at"), m_opening, "", "opening"), 3, 2, 1, 2);
    grid->addWidget(labelled(tr("Compares"), m_compare, "", "compare"), 4, 0, 1, 4);
    addKernel(*grid, 5);
    for (int c = 0; c < 4; ++c)
        grid->setColumnStretch(c, 1);

    m_actions = addTable(m_actionModel, tr("Actions"), "actions");
    m_timers = addTable(m_timerModel, tr("Timers"), "items");
    begin(grid);
}

void ScenarioForm::addKernel(QGridLayout& grid, int row)
{
    const auto choice = [this](const char* key, const QStringList& choices, const QString& tip, void (*set)(core::ScenarioMachine&, bool)) {
        auto* b = box("machine", key, choices, tip);
        b->setMinimumContentsLength(6);
        b->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        connect(b, &QComboBox::currentIndexChanged, this, [this, set](int i) {
            if (i >= 0) put([set, i](auto& s) { set(s.machine, i == 1); });
        });
        return b;
    };
    m_interrupts = choice("interrupts", {tr("One step"), tr("Interrupts")},
                          tr("Interrupts: a tick's interrupt, softirq and handlers are steps of their own, and what takes time holds up its CPU only"),
                          [](core::ScenarioMachine& m, bool isOn) { m.interrupts = isOn ? std::optional(true) : std::nullopt; });
    m_interrupts->setMinimumContentsLength(10);
    m_nohz = choice("nohz", {tr("Off"), tr("On")}, tr("On: a CPU with nothing to do stops its tick"),
                    [](core::ScenarioMachine& m, bool isOn) { m.nohz = isOn ? std::optional(true) : std::nullopt; });
    m_smp = choice("smp", {tr("On"), tr("Off")}, tr("Off: one CPU, and del_timer_sync is del_timer"),
                   [](core::ScenarioMachine& m, bool isOff) { m.smp = isOff ? std::optional(false) : std::nullopt; });
    m_idle = line("machine", "idle", tr("CPUs that have nothing else to do: 1, 2"), [](auto& s, const auto& t) {
        s.machine.idle.reset();
        static const QRegularExpression between(QStringLiteral("[,\\s]+"));
        for (const auto& n : QString::fromStdString(t).split(between, Qt::SkipEmptyParts)) {
            bool isNumber = false;
            const int cpu = n.toInt(&isNumber);
            if (!s.machine.idle) s.machine.idle.emplace();
            s.machine.idle->push_back(isNumber ? cpu : -1);
        }
    });
    m_skew = line("machine", "skew", tr("The tick of each CPU comes so much after that of the one before: 250us"),
                  [](auto& s, const auto& t) { s.machine.skew.text = t; });
    m_slice = line("machine", "slice", tr("Ticks after which a process gives way to one that waits; empty: when it sleeps"), [](auto& s, const auto& t) {
        bool isNumber = false;
        const auto n = QString::fromStdString(t).toULongLong(&isNumber);
        s.machine.slice.reset();
        if (!t.empty()) s.machine.slice = isNumber ? n : ~0ull;
    });
    m_callbackTakes = line("machine", "takes.callback", tr("What each timer's function takes, besides what it does: 20us"),
                           [](auto& s, const auto& t) { s.machine.callbackTakes.text = t; });
    m_moveTakes = line("machine", "takes.move", tr("What each move by a cascade takes, with the lock of the wheel held: 2us"),
                       [](auto& s, const auto& t) { s.machine.moveTakes.text = t; });
    grid.addWidget(labelled(tr("Ticks are"), m_interrupts, "interrupts", "machine"), row, 0);
    grid.addWidget(labelled(tr("NO_HZ"), m_nohz, "nohz", "machine"), row, 1);
    const auto add = [&](QWidget* field, int down, int column) {
        grid.addWidget(field, row + down, column);
        m_ofKernel.push_back(field);
    };
    add(labelled(tr("Idle CPUs"), m_idle, "idle", "machine"), 0, 2);
    add(labelled(tr("Tick skew"), m_skew, "skew", "machine"), 0, 3);
    add(labelled(tr("SMP"), m_smp, "smp", "machine"), 1, 0);
    add(labelled(tr("Time slice"), m_slice, "slice", "machine"), 1, 1);
    add(labelled(tr("A handler takes"), m_callbackTakes, "takes", "machine"), 1, 2);
    add(labelled(tr("A move takes"), m_moveTakes, "takes", "machine"), 1, 3);
}

void ScenarioForm::fillKernel(const core::Scenario& s)
{
    const auto& m = s.machine;
    // Whatever else needs a machine of CPUs brings the interrupts with it.
    m_interrupts->setCurrentIndex(isOfKernel(s) ? 1 : 0);
    m_nohz->setCurrentIndex(m.nohz.value_or(false) ? 1 : 0);
    m_smp->setCurrentIndex(m.smp.value_or(true) ? 0 : 1);
    QStringList idle;
    for (const int c : m.idle.value_or(std::vector<int>())) idle.append(QString::number(c));
    showIn(m_idle, idle.join(QLatin1String(", ")));
    showIn(m_skew, said(m.skew));
    showIn(m_slice, m.slice ? QString::number(*m.slice) : QString());
    showIn(m_callbackTakes, said(m.callbackTakes));
    showIn(m_moveTakes, said(m.moveTakes));
    const bool isThere = isOfKernel(s);
    for (auto* field : m_ofKernel) field->setVisible(isThere);
}

bool ScenarioForm::suits(const core::Scenario& s) const
{
    return !s.daemon;
}

void ScenarioForm::fill(const core::Scenario& s)
{
    showIn(m_title, QString::fromStdString(s.title));
    showIn(m_watch, QString::fromStdString(s.watch));
    showIn(m_jiffies, said(s.machine.jiffies));
    showIn(m_until, said(s.until));
    showIn(m_opening, said(s.opening));
    for (auto* edit : {m_title, m_watch})
        if (!edit->hasFocus()) edit->setCursorPosition(0);
    m_cpus->setValue(s.machine.cpus);
    m_bits->setCurrentText(QString::number(s.machine.bits));
    m_hz->setCurrentText(QString::number(s.machine.hz));
    m_algorithm->setCurrentIndex(indexOf(s.machine));
    QStringList compared;
    for (const auto& name : s.compare) compared.append(worded(name));
    showIn(m_compare, compared.join(QLatin1String(", ")));
    fillKernel(s);
    m_actionModel->setRows(s.actions);
    m_timerModel->setRows(s.items);
    const bool hasTarget = std::any_of(s.actions.begin(), s.actions.end(), [](const core::ScenarioAction& a) {
        return a.call.call == core::Call::AddTimerOn;
    });
    m_actions->setColumnHidden(ActionModel::Target, !hasTarget);
    m_actions->setColumnHidden(ActionModel::With, std::none_of(s.actions.begin(), s.actions.end(), [](const auto& a) { return takesMore(a.call); }));
    // What no algorithm here looks at, and no timer says, takes no room.
    const auto any = [&s](auto says) { return std::any_of(s.items.begin(), s.items.end(), says); };
    using core::TimerAlgorithm;
    m_timers->setColumnHidden(TimerModel::Slack, !concerns(s, TimerAlgorithm::Wheel39) && !any([](const auto& i) { return i.slack != -1; }));
    m_timers->setColumnHidden(TimerModel::Deferrable, !concerns(s, TimerAlgorithm::Wheel39) && !concerns(s, TimerAlgorithm::Wheel61) &&
                                                          !any([](const auto& i) { return i.deferrable; }));
    m_timers->setColumnHidden(TimerModel::Pinned, !concerns(s, TimerAlgorithm::Wheel61) && !any([](const auto& i) { return i.pinned; }));
}

core::Spot ScenarioForm::spotOf(const core::Scenario& s, const QTableView* table, std::size_t row) const
{
    if (table == m_actions && row < s.actions.size()) return s.actions[row].spot;
    if (table == m_timers && row < s.items.size()) return s.items[row].name.spot;
    return {};
}

QStringList ScenarioForm::restOf(const core::Scenario& s) const
{
    auto rest = FormPage::restOf(s);
    if (const auto n = s.choices.size(); n > 0) rest.prepend(n == 1 ? tr("one choice of who goes first") : tr("%1 choices of who goes first").arg(n));
    if (const auto n = s.processes.size(); n > 0) rest.prepend(n == 1 ? tr("one process") : tr("%1 processes").arg(n));
    if (const auto n = s.populations.size(); n > 0)
        rest.prepend(n == 1 ? tr("one population of timers") : tr("%1 populations of timers").arg(n));
    return rest;
}

/// The numbers take what they need; the names of calls and callbacks take what is left.
void ScenarioForm::fitColumns()
{
    const auto set = [this](QTableView* view, std::initializer_list<int> widths) {
        int column = 0;
        for (const int n : widths)
            view->setColumnWidth(column++, letters(n));
    };
    set(m_timers, {11, 5, 9, 7, 6});
    set(m_actions, {7, 3, 11, 10, 10});
    int taken = letters(11); // the last column, which stretches
    for (const int column : {ActionModel::At, ActionModel::Cpu, ActionModel::Timer})
        taken += m_actions->columnWidth(column);
    if (!m_actions->isColumnHidden(ActionModel::Target)) taken += letters(6);
    if (!m_actions->isColumnHidden(ActionModel::With)) taken += letters(5);
    const int left = m_actions->viewport()->width() - taken;
    m_actions->setColumnWidth(ActionModel::Do, std::clamp(left, letters(11), letters(22)));
}

} // namespace jiffy::ui

#include "moc_scenario_form.cpp"
