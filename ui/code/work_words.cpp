// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/code/work_words.h"

#include "ui/code/words.h"
#include "ui/tgtd/words.h"
#include "ui/theme/look.h"

#include <QCoreApplication>

namespace jiffy::ui
{

namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("Code", text);
}

QString nameOf(const core::Inputs& inputs, core::TimerId item)
{
    return QString::fromStdString(inputs.timerName(item));
}

/// "+3600 s", "−0.5 s": a step of the wall clock.
QString stepText(std::uint64_t twosComplement)
{
    const bool isBack = static_cast<std::int64_t>(twosComplement) < 0;
    return (isBack ? QString(QChar(0x2212)) : QStringLiteral("+")) +
           spanText(isBack ? 0 - twosComplement : twosComplement);
}

} // namespace

QString sourceText(const core::Inputs& inputs, core::TimerId source)
{
    const auto& daemon = inputs.daemon;
    const auto fd = [](std::uint32_t number) { return QStringLiteral("fd %1").arg(number); };
    if (source == daemon.pipe) return fd(core::DaemonConfig::firstPipeFd);
    if (daemon.isSource(source)) {
        const std::uint32_t action = daemon.sources[source.value - daemon.firstSource];
        const std::uint32_t file = action < inputs.actions.size() ? inputs.actions[action].target : 0;
        if (file != 0 && file <= daemon.files.size()) return fd(daemon.files[file - 1].fd);
    }
    return nameOf(inputs, source);
}

QString errorText(std::uint64_t number)
{
    switch (number) {
    case 4:
        return QStringLiteral("EINTR");
    case 5:
        return QStringLiteral("EIO");
    case 9:
        return QStringLiteral("EBADF");
    case 24:
        return QStringLiteral("EMFILE");
    case 32:
        return QStringLiteral("EPIPE");
    default:
        return tr("error %1").arg(number);
    }
}

QString workValueText(const core::LineValue& value, const core::Inputs& inputs)
{
    using Is = core::LineValue::Is;
    switch (value.is) {
    case Is::Duration:
        return value.a == ~0ull ? tr("for ever") : spanText(value.a);
    case Is::Step:
        return stepText(value.a);
    case Is::Wall:
        return wallClockText(value.a);
    case Is::Seconds:
        return tr("%1 s").arg(grouped(value.a));
    case Is::Bytes:
        return tr("%1 bytes").arg(grouped(value.a));
    case Is::Errno:
        return errorText(value.a);
    case Is::Source:
        return sourceText(inputs, core::TimerId(static_cast<std::uint32_t>(value.a)));
    default:
        return {};
    }
}

QString workArgumentText(const core::FrameArgument& argument, const core::Inputs& inputs)
{
    using Is = core::FrameArgument::Is;
    switch (argument.is) {
    case Is::Thread:
        return tr("the only thread");
    case Is::Source:
        return tr("busy since %1").arg(secondsText(argument.number));
    case Is::Signal:
        return QStringLiteral("SIGALRM");
    case Is::Work:
        return tr("%1, %2 s").arg(nameOf(inputs, argument.timer), grouped(argument.number));
    case Is::Running:
        return tr("%1, since %2").arg(nameOf(inputs, argument.timer), secondsText(argument.number));
    default:
        return {};
    }
}

QString frameText(const core::CodeFrame& frame, const core::Inputs& inputs)
{
    if (frame.frame.function == core::Function::Surroundings && inputs.driver == core::Driver::Daemon)
        return tr("meanwhile");
    if (frame.frame.function == core::Function::IoHandler && frame.argument.timer.isValid())
        return tr("%1 handler").arg(sourceText(inputs, frame.argument.timer));
    return functionText(frame.frame.function);
}

} // namespace jiffy::ui
