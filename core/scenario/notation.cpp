// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/notation.h"

#include "core/scenario/position_spec.h"

#include <array>
#include <charconv>

namespace jiffy::core
{

namespace
{

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::string quoted(std::string_view text)
{
    return "\"" + std::string(text.substr(0, 60)) + "\"";
}

Spelt<std::uint64_t> digits(std::string_view text, int base)
{
    std::uint64_t v = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), v, base);
    if (text.empty() || end != text.data() + text.size())
        return tl::unexpected(quoted(text) + " is not a number");
    if (error == std::errc::result_out_of_range)
        return tl::unexpected(quoted(text) + " does not fit into 64 bits");
    if (error != std::errc()) return tl::unexpected(quoted(text) + " is not a number");
    return v;
}

Spelt<std::uint64_t> plainNumber(std::string_view text)
{
    if (text.starts_with("0x") || text.starts_with("0X")) return digits(text.substr(2), 16);
    return digits(text, 10);
}

std::string tooLate(std::string_view text)
{
    return quoted(text) + " is more than " + std::to_string(maxSeconds) + " s after the start";
}

std::string tooWide(std::string_view text, Word word)
{
    return quoted(text) + " does not fit into jiffies of " + std::to_string(word.bits()) + " bits";
}

struct CallName
{
    std::string_view name;
    NamedCall call;
};
constexpr std::array callTable = {
    CallName{"add_timer", {Call::AddTimer, false}},
    CallName{"add_timer_on", {Call::AddTimerOn, false}},
    CallName{"mod_timer", {Call::ModTimer, false}},
    CallName{"mod_timer_pending", {Call::ModTimerPending, false}},
    CallName{"mod_timer_pinned", {Call::ModTimerPinned, false}},
    CallName{"timer_reduce", {Call::TimerReduce, false}},
    CallName{"del_timer", {Call::DelTimer, false}},
    CallName{"try_to_del_timer_sync", {Call::TryToDelTimerSync, false}},
    CallName{"idle", {Call::SetIdle, true}},
    CallName{"busy", {Call::SetIdle, false}},
    CallName{"get_next_timer_interrupt", {Call::NextInterrupt, false}},
    CallName{"del_timer_sync", {Call::DelTimerSync, false}},
    CallName{"kfree", {Call::FreeTimer, false}},
    CallName{"spin_lock", {Call::SpinLock, false}},
    CallName{"spin_unlock", {Call::SpinUnlock, false}},
    CallName{"interrupt", {Call::Interrupt, false}},
    CallName{"burn", {Call::Burn, false}},
    CallName{"wake_up_process", {Call::WakeProcess, false}},
    CallName{"send_sig", {Call::SendSignal, false}},
};

} // namespace

Spelt<std::uint64_t> parseNumber(std::string_view text, Hz hz)
{
    if (text.starts_with('-') && text.ends_with("*HZ")) {
        const auto seconds = digits(text.substr(1, text.size() - 4), 10);
        if (!seconds || *seconds > 1'000'000)
            return tl::unexpected(quoted(text) +
                                  " is not a number of seconds before the wrap; an example is \"-300*HZ\"");
        return static_cast<std::uint32_t>(0u - static_cast<std::uint32_t>(*seconds * hz.value));
    }
    if (!text.empty() && (isDigit(text.front()))) return plainNumber(text);
    return tl::unexpected(quoted(text) +
                          " is not a number; expected one like \"1100\", \"0xFFFF4500\" or \"-300*HZ\"");
}

Spelt<Instant> parseInstant(std::string_view text, const MachineConfig& machine)
{
    std::uint64_t tick = 0;
    if (text.starts_with('+')) {
        const auto n = digits(text.substr(1), 10);
        if (!n)
            return tl::unexpected(quoted(text) +
                                  " is not a number of jiffies after the start; an example is \"+12\"");
        tick = *n;
    } else if (!text.empty() && isDigit(text.front()) && text.ends_with('s')) {
        const auto t = parseTime(text);
        if (!t)
            return tl::unexpected(
                quoted(text) +
                " is not a time down to the nanosecond; expected one like \"1.250s\", \"1.0ms\", "
                "\"30us\" or \"5ns\"");
        tick = machine.hz.ticksUntil(*t);
        return Instant{tick, static_cast<std::uint32_t>(*t - machine.hz.tickInstant(tick))};
    } else {
        const auto n = parseNumber(text, machine.hz);
        if (!n)
            return tl::unexpected(
                quoted(text) +
                " is not an instant; expected jiffies (\"1100\"), jiffies after the start (\"+12\") "
                "or a time after the start (\"1.0ms\")");
        if (machine.word.reduce(*n) != *n) return tl::unexpected(tooWide(text, machine.word));
        const auto distance = machine.word.signedDistance(*n, machine.jiffies);
        if (distance < 0)
            return tl::unexpected(quoted(text) + " is before the start, which is at jiffies " +
                                  std::to_string(machine.jiffies));
        tick = static_cast<std::uint64_t>(distance);
    }
    if (tick / machine.hz.value >= maxSeconds) return tl::unexpected(tooLate(text));
    return Instant{tick, 0};
}

Spelt<Jiffies> parseExpiry(std::string_view text, const MachineConfig& machine, std::uint64_t tick)
{
    const auto now = machine.word.add(machine.jiffies, tick);
    const bool minus = text.starts_with('-') && !text.ends_with("*HZ");
    if (text.starts_with('+') || minus) {
        const auto n = digits(text.substr(1), 10);
        if (!n)
            return tl::unexpected(quoted(text) +
                                  " is not a number of jiffies from now; an example is \"+200\"");
        if (machine.word.reduce(*n) != *n) return tl::unexpected(tooWide(text, machine.word));
        return machine.word.reduce(minus ? now - *n : now + *n);
    }
    const auto n = parseNumber(text, machine.hz);
    if (!n)
        return tl::unexpected(quoted(text) +
                              " is not an expiry; expected jiffies (1300) or jiffies from now (\"+200\")");
    if (machine.word.reduce(*n) != *n) return tl::unexpected(tooWide(text, machine.word));
    return *n;
}

Spelt<std::int64_t> parseDelta(std::string_view text)
{
    const bool minus = text.starts_with('-');
    const auto n = digits(text.substr(minus || text.starts_with('+') ? 1 : 0), 10);
    if (!n || *n > 1ull << 62)
        return tl::unexpected(quoted(text) + " is not a number of jiffies; an example is \"+10\"");
    return minus ? -static_cast<std::int64_t>(*n) : static_cast<std::int64_t>(*n);
}

std::string_view name(Call call, bool idle)
{
    for (const auto& c : callTable) {
        if (c.call.call == call && (call != Call::SetIdle || c.call.idle == idle)) return c.name;
    }
    return {};
}

bool callNamed(std::string_view text, NamedCall& out)
{
    for (const auto& c : callTable) {
        if (c.name != text) continue;
        out = c.call;
        return true;
    }
    return false;
}

std::string callNames()
{
    std::string names;
    for (const auto& c : callTable)
        names += (names.empty() ? "" : ", ") + std::string(c.name);
    return names;
}

} // namespace jiffy::core
