// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/work_notation.h"

#include "core/scenario/position_spec.h"

#include <array>
#include <utility>

namespace jiffy::core
{

namespace
{

std::string quoted(std::string_view text)
{
    return "\"" + std::string(text.substr(0, 60)) + "\"";
}

constexpr std::array schedulers = {
    std::pair<std::string_view, WorkScheduler>{"old", WorkScheduler::Old},
    std::pair<std::string_view, WorkScheduler>{"new", WorkScheduler::New},
    std::pair<std::string_view, WorkScheduler>{"timerfd", WorkScheduler::TimerFd},
};

constexpr std::array calls = {
    std::pair<std::string_view, Call>{"add_work", Call::AddWork},
    std::pair<std::string_view, Call>{"del_work", Call::DelWork},
    std::pair<std::string_view, Call>{"burn", Call::BurnTime},
    std::pair<std::string_view, Call>{"settime", Call::StepWall},
    std::pair<std::string_view, Call>{"slow_call", Call::SlowCall},
    std::pair<std::string_view, Call>{"event_sched", Call::EventSched},
    std::pair<std::string_view, Call>{"shutdown", Call::Shutdown},
};

} // namespace

Spelt<std::uint64_t> parseMicroseconds(std::string_view text)
{
    if (text.starts_with('-'))
        return tl::unexpected(quoted(text) + " is negative; a time counts from the start");
    const auto t = parseTime(text);
    const auto us = static_cast<std::uint64_t>(t.value_or(0)) / 1000;
    if (!t)
        return tl::unexpected(
            quoted(text) + " is not a time; expected one with a unit, like \"4.25s\", \"250ms\" or \"5us\"");
    if (*t % 1000 != 0)
        return tl::unexpected(quoted(text) + " is finer than a microsecond, the step of this clock");
    if (us > latestMicrosecond) return tl::unexpected(quoted(text) + " is more than 1000000000 s");
    return us;
}

Spelt<std::int64_t> parseClockStep(std::string_view text)
{
    const bool isBack = text.starts_with('-');
    const auto us = parseMicroseconds(isBack || text.starts_with('+') ? text.substr(1) : text);
    if (!us)
        return tl::unexpected(quoted(text) +
                              " is not a time, forward or back; expected one like \"+500ms\" or \"-3600s\", "
                              "in whole microseconds and of at most 1000000000 s");
    return isBack ? -static_cast<std::int64_t>(*us) : static_cast<std::int64_t>(*us);
}

std::string microsecondsText(std::uint64_t us)
{
    std::string out = std::to_string(us / 1'000'000);
    std::string decimals = std::to_string(us % 1'000'000);
    decimals.insert(0, 6 - decimals.size(), '0');
    decimals.resize(decimals.find_last_not_of('0') + 1);
    if (!decimals.empty()) out += '.' + decimals;
    return out + 's';
}

std::string clockStepText(std::int64_t us, bool isPlain)
{
    const auto size = us < 0 ? 0 - static_cast<std::uint64_t>(us) : static_cast<std::uint64_t>(us);
    return (us < 0 ? "-" : isPlain ? "" : "+") + microsecondsText(size);
}

std::string_view name(WorkScheduler scheduler)
{
    for (const auto& [text, value] : schedulers)
        if (value == scheduler) return text;
    return {};
}

bool schedulerNamed(std::string_view text, WorkScheduler& out)
{
    for (const auto& [known, value] : schedulers) {
        if (known != text) continue;
        out = value;
        return true;
    }
    return false;
}

std::string_view workCallName(Call call)
{
    for (const auto& [text, value] : calls)
        if (value == call) return text;
    return {};
}

bool workCallNamed(std::string_view text, Call& out)
{
    for (const auto& [known, value] : calls) {
        if (known != text) continue;
        out = value;
        return true;
    }
    return false;
}

std::string workCallNames()
{
    std::string names;
    for (const auto& [text, value] : calls)
        names += (names.empty() ? "" : ", ") + std::string(text);
    return names;
}

} // namespace jiffy::core
