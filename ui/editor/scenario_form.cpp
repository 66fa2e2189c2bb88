// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/scenario_form.h"

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
    for (int c = 0; c < 4; ++c)
        grid->setColumnStretch(c, 1);

    m_actions = addTable(m_actionModel, tr("Actions"), "actions");
    m_timers = addTable(m_timerModel, tr("Timers"), "items");
    begin(grid);
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
    m_actionModel->setRows(s.actions);
    m_timerModel->setRows(s.items);
    const bool hasTarget = std::any_of(s.actions.begin(), s.actions.end(), [](const core::ScenarioAction& a) {
        return a.call.call == core::Call::AddTimerOn;
    });
    m_actions->setColumnHidden(ActionModel::Target, !hasTarget);
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
    const int left = m_actions->viewport()->width() - taken;
    m_actions->setColumnWidth(ActionModel::Do, std::clamp(left, letters(11), letters(22)));
}

} // namespace jiffy::ui

#include "moc_scenario_form.cpp"
