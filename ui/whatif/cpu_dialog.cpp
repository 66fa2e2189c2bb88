// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/whatif/cpu_dialog.h"

#include "core/scenario/position_spec.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>

#include <algorithm>

namespace jiffy::ui
{

using core::Intervention;
using What = core::Intervention::What;

namespace
{

constexpr std::uint32_t mostChoices = 2000; ///< nobody scrolls through a longer list
constexpr std::uint64_t longest = 1'000'000'000'000; ///< ns
constexpr std::uint32_t farthest = 1'000'000'000;    ///< jiffies

} // namespace

CpuDialog::CpuDialog(Session& session, const ThemeProvider& theme, What what, int cpu, core::TimerId timer, QWidget* parent)
    : WhatIfDialog(session, theme, parent), m_what(what), m_timer(timer), m_givenCpu(cpu)
{
    const auto name = timer.isValid() ? QString::fromStdString(session.inputs().timerName(timer)) : QString();
    QString verb = tr("Do It");
    switch (what) {
    case What::GoIdle:
    case What::GoBusy:
        setWindowTitle(tr("What if a CPU had nothing to do, or more?"));
        addCpus(cpu);
        break;
    case What::Interrupt:
        setWindowTitle(tr("What if there were an interrupt?"));
        m_name = addLine(tr("Of"), QStringLiteral("nic"), tr("a name for the device"));
        addCpus(cpu);
        m_duration = addLine(tr("Handler takes"), QStringLiteral("0s"), tr("0s, 250us, 3ms"));
        addTimers();
        verb = tr("Raise");
        break;
    case What::Wake:
    case What::Signal:
        setWindowTitle(what == What::Wake ? tr("What if a process were woken?") : tr("What if a process got a signal?"));
        addProcesses();
        addCpus(cpu);
        verb = what == What::Wake ? tr("Wake") : tr("Send");
        break;
    case What::Delay:
        setWindowTitle(tr("What if a CPU were kept busy?"));
        m_duration = addLine(tr("For"), QStringLiteral("3ms"), tr("250us, 3ms, 1.5s"));
        addCpus(cpu);
        break;
    default:
        setWindowTitle(what == What::Free ? tr("What if %1 were freed?").arg(name) : tr("What if %1 were deleted and waited for?").arg(name));
        addCpus(cpu);
        verb = what == What::Free ? tr("Free") : tr("Delete");
        break;
    }
    finish(verb);
    if (m_name != nullptr) m_name->selectAll();
}

QComboBox* CpuDialog::addBox(const QString& label)
{
    auto* box = new QComboBox(this);
    box->setAccessibleName(label);
    m_form->addRow(label, box);
    return box;
}

void CpuDialog::addCpus(int chosen)
{
    const int cpus = m_session.inputs().machine.cpus;
    if (cpus == 1) return;
    m_cpu = addBox(m_what == What::Wake || m_what == What::Signal ? tr("From CPU") : tr("CPU"));
    for (int c = 0; c < cpus; ++c) m_cpu->addItem(QString::number(c), c);
    m_cpu->setCurrentIndex(chosen);
    connect(m_cpu, &QComboBox::currentIndexChanged, this, [this] { update(); });
}

void CpuDialog::addProcesses()
{
    m_process = addBox(tr("Process"));
    const auto& inputs = m_session.inputs();
    for (std::uint32_t p = 0; p < std::min(inputs.machine.kernel.processes, mostChoices); ++p)
        m_process->addItem(QString::fromStdString(inputs.names[inputs.programs[p].name]), p);
    connect(m_process, &QComboBox::currentIndexChanged, this, [this] { update(); });
}

void CpuDialog::addTimers()
{
    const auto& inputs = m_session.inputs();
    m_armed = addBox(tr("Then arms"));
    m_armed->addItem(tr("no timer"), core::TimerId().value);
    const auto count = std::min(static_cast<std::uint32_t>(inputs.timers.size()), mostChoices);
    for (std::uint32_t i = 0; i < count; ++i) m_armed->addItem(QString::fromStdString(inputs.timerName(core::TimerId(i))), i);
    if (m_timer.isValid() && m_timer.value < count) m_armed->setCurrentIndex(m_armed->findData(m_timer.value));
    m_by = addLine(tr("In jiffies"), QStringLiteral("10"), tr("so many jiffies from then on"));
    const auto follow = [this] {
        m_by->setEnabled(m_armed->currentIndex() > 0);
        update();
    };
    m_by->setEnabled(m_armed->currentIndex() > 0);
    connect(m_armed, &QComboBox::currentIndexChanged, this, follow);
}

QLineEdit* CpuDialog::addLine(const QString& label, const QString& text, const QString& hint)
{
    auto* edit = new QLineEdit(text, this);
    edit->setAccessibleName(label);
    edit->setAccessibleDescription(hint);
    edit->setPlaceholderText(hint);
    edit->setToolTip(hint);
    edit->setFont(m_theme.look().numbers(14));
    edit->selectAll();
    connect(edit, &QLineEdit::textChanged, this, [this] { update(); });
    m_form->addRow(label, edit);
    return edit;
}

Intervention CpuDialog::typed(QString& error) const
{
    Intervention what;
    what.what = m_what;
    what.cpu = m_cpu != nullptr ? m_cpu->currentData().toInt() : m_givenCpu;
    if (m_what == What::DeleteSync || m_what == What::Free) what.timer = m_timer;
    if (m_what == What::GoIdle || m_what == What::GoBusy)
        what.what = m_session.world().kernel().cpu(what.cpu).hasLoad ? What::GoIdle : What::GoBusy;
    if (m_process != nullptr) {
        if (m_process->currentIndex() < 0) error = tr("There is no process.");
        what.process = m_process->currentData().toUInt();
    }
    if (m_duration != nullptr) {
        const auto time = core::parseTime(m_duration->text().trimmed().toStdString());
        if (!time || static_cast<std::uint64_t>(*time) > longest) error = tr("How long is asked for, such as 250us, 3ms or 1.5s.");
        else what.nanoseconds = static_cast<std::uint64_t>(*time);
        if (error.isEmpty() && m_what == What::Delay && what.nanoseconds == 0) error = tr("In no time nothing is kept busy.");
    }
    if (m_name != nullptr) {
        what.name = m_name->text().trimmed().toStdString();
        const bool hasBlank = std::any_of(what.name.begin(), what.name.end(), [](char c) { return c >= 0 && c <= ' '; });
        if (what.name.empty() || hasBlank || what.name.size() > 64) error = tr("A name has 1 to 64 characters and no white space.");
    }
    if (m_armed != nullptr && m_armed->currentIndex() > 0) {
        bool isNumber = false;
        const auto by = m_by->text().trimmed().toUInt(&isNumber);
        if (!isNumber || by > farthest) error = tr("How many jiffies from now is asked for, such as 10.");
        what.timer = core::TimerId(m_armed->currentData().toUInt());
        what.expires = by;
        what.isRelative = true;
    }
    return what;
}

} // namespace jiffy::ui

#include "moc_cpu_dialog.cpp"
