// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/code/words.h"

#include "core/event/text.h"
#include "core/event/text_kernel.h"
#include "ui/code/kernel_words.h"
#include "ui/code/work_words.h"
#include "ui/inspector/step_text.h"
#include "ui/theme/look.h"

#include <QCoreApplication>
#include <QFile>
#include <QLocale>

#include <algorithm>
#include <bit>

/// The macro wants to stand outside of namespaces.
static void initCodeResources() { Q_INIT_RESOURCE(window); }

namespace jiffy::ui
{

namespace
{

QString tr(const char* text, int n = -1) { return QCoreApplication::translate("Code", text, nullptr, n); }

core::Result<core::Listing> read(const QString& language)
{
    QFile file(QStringLiteral(":/pseudocode/%1.txt").arg(language));
    if (!file.open(QIODevice::ReadOnly)) return core::fail(core::Fault::System, "no such language");
    const QByteArray text = file.readAll();
    return core::readListing({text.constData(), static_cast<std::size_t>(text.size())}, file.fileName().toStdString());
}

QString tail(core::Jiffies j)
{
    return QChar(0x2026) + QString::number(j & 0xFFFF, 16).toUpper().rightJustified(4, u'0');
}

QString ahead(std::int64_t n)
{
    const auto amount = static_cast<std::uint64_t>(n < 0 ? -n : n);
    return (n < 0 ? QString(QChar(0x2212)) : QStringLiteral("+")) + grouped(amount);
}

} // namespace

const core::Listing& listing()
{
    static const core::Listing words = [] {
        initCodeResources();
        auto own = read(QLocale().name().section(u'_', 0, 0));
        if (!own) own = read(QStringLiteral("en"));
        if (!own) qFatal("%s", core::toText(own.error()).c_str());
        return *own;
    }();
    return words;
}

QString functionText(core::Function function)
{
    switch (function) {
    case core::Function::Surroundings: return tr("around the timer code");
    case core::Function::Tick: return tr("timer interrupt");
    case core::Function::Callback: return QStringLiteral("timer→function");
    case core::Function::Process: return tr("process");
    case core::Function::IoHandler: return tr("its handler");
    case core::Function::WorkFunc: return QStringLiteral("work→func");
    default: break;
    }
    const auto name = core::name(function);
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

QString valueText(const core::LineValue& value, const core::Geometry& geometry, const core::Inputs& inputs)
{
    using Is = core::LineValue::Is;
    switch (value.is) {
    case Is::Nothing: return {};
    case Is::Number: return grouped(value.a);
    case Is::Signed: return QChar(0x2212) + grouped(0 - value.a);
    case Is::Instant: return inputs.machine.kernel.isThere ? grouped(value.a) : tail(value.a); // as all around it
    case Is::Slot: return QString::fromStdString(geometry.slotName(core::SlotId(static_cast<std::uint32_t>(value.a))));
    case Is::Timer: return QString::fromStdString(inputs.timerName(core::TimerId(static_cast<std::uint32_t>(value.a))));
    case Is::Cpu: return tr("CPU %1").arg(value.a);
    case Is::Turn: return tr("turn %1").arg(grouped(value.a));
    case Is::Moved: return tr("%1 moved").arg(grouped(value.a));
    case Is::Of: return tr("%1 of %2").arg(grouped(value.a), grouped(value.b));
    case Is::Slack: return value.a == 0 ? tr("exact") : QStringLiteral("+") + grouped(value.a);
    case Is::Ahead: return QStringLiteral("+") + grouped(value.a);
    case Is::Wheel: return value.a == 0 ? QStringLiteral("std") : QStringLiteral("def");
    case Is::Level: return QString::fromStdString(geometry.levelName(static_cast<int>(value.a)));
    case Is::Compared: return tr("%1 compared").arg(grouped(value.a));
    case Is::None: return tr("none");
    case Is::State: {
        const auto name = core::name(static_cast<core::TaskState>(std::min<std::uint64_t>(value.a, 4)));
        return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    }
    default: return workValueText(value, inputs);
    }
    return {};
}

int valueLevel(const core::LineValue& value, const core::Geometry& geometry)
{
    if (value.is == core::LineValue::Is::Level) return static_cast<int>(value.a);
    if (value.is != core::LineValue::Is::Slot) return -1;
    return geometry.place(core::SlotId(static_cast<std::uint32_t>(value.a))).level;
}

QString argumentText(const core::FrameArgument& argument, const core::Geometry& geometry,
                     const core::Inputs& inputs)
{
    using Is = core::FrameArgument::Is;
    const auto timer = [&] { return QString::fromStdString(inputs.timerName(argument.timer)); };
    switch (argument.is) {
    case Is::Nothing: return {};
    case Is::Softirq: return QStringLiteral("TIMER_SOFTIRQ");
    case Is::Cpus: {
        if (std::has_single_bit(argument.number)) return tr("CPU %1").arg(std::countr_zero(argument.number));
        const auto mask = core::cpuMaskText(argument.number);
        return tr("CPUs %1").arg(QString::fromStdString(mask.substr(mask.find(' ') + 1)));
    }
    case Is::Index: return tr("CPU %1, index %2").arg(argument.cpu).arg(argument.number);
    case Is::Slot: {
        const auto place = geometry.place(core::SlotId(static_cast<std::uint32_t>(argument.number)));
        return tr("%1, slot %2").arg(QString::fromStdString(geometry.levelName(place.level))).arg(place.index);
    }
    case Is::Timer: return timer();
    case Is::CpuWheel: return tr("CPU %1, %2").arg(argument.cpu).arg(argument.number == 0 ? QStringLiteral("std") : QStringLiteral("def"));
    case Is::Expiry: return tr("%1, %2").arg(timer(), ahead(argument.ahead));
    case Is::Program: return programText(inputs, argument.number);
    case Is::Lock: return lockName(inputs, argument.number);
    case Is::Time: return nanosecondsText(argument.number);
    case Is::Milliseconds: return tr("%1 ms").arg(grouped(argument.number));
    case Is::Timeout: return QStringLiteral("+") + grouped(argument.number);
    case Is::ExpiryOn: return tr("%1, CPU %2, %3").arg(timer()).arg(argument.cpu).arg(ahead(argument.ahead));
    default: return workArgumentText(argument, inputs);
    }
    return {};
}

QString plainLine(core::Line line, const core::Geometry& geometry)
{
    const auto& l = listing().of(line);
    auto text = QString::fromStdString(core::filled(l.text, geometry));
    if (!l.column.empty()) text += QStringLiteral(": ") + QString::fromStdString(core::filled(l.column, geometry));
    return text;
}

} // namespace jiffy::ui
