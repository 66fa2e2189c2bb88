// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/line.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace jiffy::core
{

namespace
{

constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
constexpr bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

std::string_view skipBlanks(std::string_view s)
{
    std::size_t i = 0;
    while (i < s.size() && isBlank(s[i]))
        ++i;
    return s.substr(i);
}

/// The text up to the next blank; s goes on behind it.
std::string_view takeWord(std::string_view& s)
{
    s = skipBlanks(s);
    std::size_t i = 0;
    while (i < s.size() && !isBlank(s[i]))
        ++i;
    const auto word = s.substr(0, i);
    s.remove_prefix(i);
    return word;
}

template <class T> bool readNumber(std::string_view text, T& out, int base = 10)
{
    const auto end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, out, base);
    return error == std::errc() && rest == end;
}

/// Decimal, or hexadecimal after 0x as raw reports print some fields.
bool readEitherBase(std::string_view text, std::uint64_t& out)
{
    if (text.starts_with("0x")) return readNumber(text.substr(2), out, 16);
    return readNumber(text, out);
}

/// `12.345678:` to ns, or `123:` to a count. More than nine digits behind the point are cut.
bool readTime(std::string_view word, TraceEvent& event)
{
    if (word.size() < 2 || word.back() != ':' || !isDigit(word.front())) return false;
    word.remove_suffix(1);
    const auto point = word.find('.');
    if (point == std::string_view::npos) {
        event.isCounter = true;
        return readNumber(word, event.time);
    }
    std::uint64_t seconds = 0;
    if (!readNumber(word.substr(0, point), seconds) || seconds > 9'000'000'000u) return false;
    const auto digits = word.substr(point + 1);
    if (digits.empty()) return false;
    std::uint64_t fraction = 0;
    for (std::size_t i = 0; i < std::max<std::size_t>(digits.size(), 9); ++i) {
        if (i < digits.size() && !isDigit(digits[i])) return false;
        if (i < 9)
            fraction = fraction * 10 + (i < digits.size() ? static_cast<unsigned>(digits[i] - '0') : 0);
    }
    event.isCounter = false;
    event.time = seconds * 1'000'000'000u + fraction;
    return true;
}

/// Finds CPU and time; body is then what follows the time. False: no event of any layout.
bool readHead(std::string_view line, TraceEvent& event, std::string_view& body)
{
    for (std::size_t from = 0;;) {
        const auto open = line.find('[', from);
        if (open == std::string_view::npos) return false;
        from = open + 1;
        std::size_t close = from;
        while (close < line.size() && isDigit(line[close]))
            ++close;
        if (close == from || close >= line.size() || line[close] != ']') continue;
        if (!readNumber(line.substr(from, close - from), event.cpu)) continue;
        auto rest = line.substr(close + 1);
        for (int words = 0; words < 3; ++words) {
            const auto word = takeWord(rest);
            if (word.empty()) break;
            if (!readTime(word, event)) {
                event.layout = TraceLayout::Tracefs; // an irq column stands between
                continue;
            }
            event.layout = words == 0 ? TraceLayout::Report : TraceLayout::Tracefs;
            body = rest;
            return true;
        }
    }
}

using What = TraceEvent::What;

What whatOf(std::string_view name)
{
    if (!name.starts_with("timer_")) return What::Other;
    name.remove_prefix(6);
    if (name == "start") return What::Start;
    if (name == "cancel") return What::Cancel;
    if (name == "expire_entry") return What::ExpireEntry;
    if (name == "expire_exit") return What::ExpireExit;
    if (name == "init") return What::Init;
    return What::Other;
}

using Machine = TraceEvent::Machine;

Machine machineOf(std::string_view name)
{
    struct Named
    {
        std::string_view name;
        Machine machine;
    };
    // Most events are none of these.
    const char first = name.empty() ? 'a' : name.front();
    if (first != 's' && first != 'h' && first != 'l' && first != 't') return Machine::None;
    static constexpr Named all[] = {
        {"softirq_entry", Machine::SoftirqEntry},   {"softirq_exit", Machine::SoftirqExit},
        {"hrtimer_start", Machine::HrtimerStart},   {"hrtimer_cancel", Machine::HrtimerCancel},
        {"hrtimer_expire_entry", Machine::HrtimerEntry}, {"hrtimer_expire_exit", Machine::HrtimerExit},
        {"local_timer_entry", Machine::TimerInterruptEntry}, {"local_timer_exit", Machine::TimerInterruptExit},
        {"tick_stop", Machine::TickStopped},        {"timer_base_idle", Machine::WheelBusy},
        {"sched_switch", Machine::Switch},
    };
    for (const auto& n : all)
        if (n.name == name) return n.machine;
    return Machine::None;
}

/// `<idle>-0` of the kernel and of trace-cmd, `swapper  0` of perf.
bool isIdleTask(std::string_view text)
{
    if (text.starts_with("<idle>-0")) return true;
    if (!text.starts_with("swapper")) return false;
    const auto task = takeWord(text);
    if (task.ends_with("-0")) return true;
    return takeWord(text) == "0" && (task.size() == 7 || task[7] == '/');
}

/// Pointers have six looks; see TraceEvent::isNameless for the one that says nothing.
bool readPointer(std::string_view text, TraceEvent& event)
{
    if (text.starts_with('(')) {
        event.isNameless = text.find("ptrval") != std::string_view::npos;
        return event.isNameless;
    }
    if (text.starts_with("0x")) text.remove_prefix(2);
    event.pointerDigits = static_cast<std::uint8_t>(std::min<std::size_t>(text.size(), 255));
    return readNumber(text, event.timer, 16);
}

/// Letters joined by '|', or a number.
bool readFlags(std::string_view text, TraceEvent& event)
{
    if (!text.empty() && isDigit(text.front())) {
        std::uint64_t word = 0;
        if (!readEitherBase(text, word) || word > 0xFFFFFFFFu) return false;
        event.flags = static_cast<std::uint32_t>(word);
        event.hasTrueFlags = true;
        if (event.targetCpu < 0)
            event.targetCpu = static_cast<std::int16_t>(std::min<std::uint64_t>(word & 0x3FFFF, 9999));
        // Kernels before 4.8 have nothing there, and bucket 0 of the others looks the same: the rest of the trace tells.
        event.bucket = static_cast<std::int16_t>(word >> 22);
        if (event.bucket != 0) event.isModern = true;
        return true;
    }
    for (const char c : text) {
        if (c == 'D')
            event.flags |= TraceDeferrable;
        else if (c == 'P')
            event.flags |= TracePinned;
        else if (c == 'I')
            event.flags |= TraceIrqSafe;
        else if (c != 'M' && c != '|')
            return false;
    }
    // Only the kernel's own text is right: libtraceevent and perf print all three letters for every timer.
    if (event.layout == TraceLayout::Tracefs)
        event.hasTrueFlags = true;
    else {
        event.flags = 0;
        event.hasUntrueFlags = true;
    }
    return true;
}

/// `name`, of `name/0x0` and `name+0x0`.
std::string_view functionName(std::string_view text)
{
    if (text.starts_with("0x")) return text;
    const auto end = std::min(text.find("/0x"), text.find("+0x"));
    return text.substr(0, end);
}

struct Seen
{
    bool timer = false, function = false, expires = false, now = false, timeout = false;
};

/// Reads one `key=value`; false if the value is not what the key needs.
bool readField(std::string_view word, TraceEvent& event, Seen& seen, std::int64_t& timeout)
{
    const auto equals = word.find('=');
    if (equals == std::string_view::npos) return true;
    const auto key = word.substr(0, equals);
    const auto value = word.substr(equals + 1);
    if (key == "timer") {
        seen.timer = readPointer(value, event);
        return seen.timer;
    }
    if (key == "function") {
        event.function = functionName(value);
        seen.function = !event.function.empty();
        return seen.function;
    }
    if (key == "expires") return seen.expires = readEitherBase(value, event.expires);
    if (key == "now") return seen.now = readEitherBase(value, event.now);
    if (key == "[timeout") {
        // Without its bracket the number may have been cut.
        return seen.timeout = value.ends_with(']') && readNumber(value.substr(0, value.size() - 1), timeout);
    }
    if (key == "cpu") {
        std::uint64_t cpu = 0;
        if (!readNumber(value, cpu)) return false;
        event.targetCpu = static_cast<std::int16_t>(std::min<std::uint64_t>(cpu, 9999));
        event.isModern = true;
        return true;
    }
    if (key == "idx") {
        std::uint64_t bucket = 0;
        if (!readNumber(value, bucket)) return false;
        if (bucket < 1024) event.bucket = static_cast<std::int16_t>(bucket);
        event.isModern = true;
        return true;
    }
    if (key == "bucket_expiry") {
        event.isModern = true;
        return event.hasBucketExpiry = readEitherBase(value, event.bucketExpiry);
    }
    if (key == "baseclk") {
        event.isModern = true;
        return true;
    }
    if (key == "flags") return readFlags(value, event);
    return true;
}

TraceLine unreadable(std::size_t column, const char* problem)
{
    TraceLine out;
    out.kind = TraceLine::Kind::Unreadable;
    out.column = static_cast<std::uint32_t>(std::min<std::size_t>(column, 0xFFFFFFFFu));
    out.problem = problem;
    return out;
}

TraceLine readTimerEvent(std::string_view line, std::string_view body, TraceEvent& event)
{
    Seen seen;
    std::int64_t timeout = 0;
    // A raw report has no brackets about the timeout: it prints the jiffies themselves.
    for (auto rest = body;;) {
        const auto word = takeWord(rest);
        if (word.empty()) break;
        if (!readField(word, event, seen, timeout))
            return unreadable(static_cast<std::size_t>(word.data() - line.data()),
                              "this field of a timer event cannot be read");
    }
    if (!seen.timer) return unreadable(line.size(), "a timer event without timer=");
    if (event.what == What::Start) {
        if (!seen.function || !seen.expires)
            return unreadable(line.size(), "timer_start without function= or expires=");
        if (!seen.timeout && !seen.now)
            return unreadable(line.size(), "timer_start without [timeout=...] or now=");
        if (seen.now) {
            if (event.layout == TraceLayout::Report) event.layout = TraceLayout::RawReport;
        } else {
            event.now = event.expires - static_cast<std::uint64_t>(timeout);
            event.isWrapped = timeout > 0 && event.expires < static_cast<std::uint64_t>(timeout);
        }
    }
    if (event.what == What::ExpireEntry && (!seen.function || !seen.now))
        return unreadable(line.size(), "timer_expire_entry without function= or now=");
    TraceLine out;
    out.kind = TraceLine::Kind::Event;
    return out;
}

/// Fields of events that are no timer's. What cannot be read, or is another softirq's, is no such event.
Machine readMachineEvent(std::string_view body, TraceEvent& event)
{
    const Machine what = event.machine;
    if (what == Machine::TimerInterruptEntry || what == Machine::TimerInterruptExit || what == Machine::Switch) return what;
    const bool isOfHrtimer = what >= Machine::HrtimerStart && what <= Machine::HrtimerExit;
    const bool needsFunction = what == Machine::HrtimerStart || what == Machine::HrtimerEntry;
    bool hasTimer = false;
    for (auto word = takeWord(body); !word.empty(); word = takeWord(body)) {
        const auto equals = word.find('=');
        if (equals == std::string_view::npos) continue;
        const auto key = word.substr(0, equals), value = word.substr(equals + 1);
        if (isOfHrtimer) {
            if (key == "hrtimer" && !(hasTimer = readPointer(value, event))) return Machine::None;
            if (key == "function") event.function = functionName(value);
            if (hasTimer && (!needsFunction || !event.function.empty())) return what;
        } else if (key == "vec") {
            return value == "1" ? what : Machine::None; // TIMER_SOFTIRQ; its name may be missing
        } else if (key == "success") {
            if (value == "1" || value == "yes") return Machine::TickStopped;
            return value == "0" || value == "no" ? Machine::TickKept : Machine::None;
        } else if (key == "is_idle") {
            return value == "0" ? Machine::WheelBusy : Machine::None;
        }
    }
    return Machine::None;
}

std::uint64_t firstNumber(std::string_view text)
{
    const auto at = std::find_if(text.begin(), text.end(), isDigit);
    std::uint64_t out = 0;
    const auto offset = static_cast<std::size_t>(at - text.begin());
    std::from_chars(text.data() + offset, text.data() + text.size(), out);
    return out;
}

/// `CPU:1 [LOST 12 EVENTS]`, `CPU:1 [EVENTS DROPPED]`, `... PERF_RECORD_LOST lost 12`.
bool readLoss(std::string_view line, TraceLine& out)
{
    auto mark = line.find("[LOST");
    if (mark == std::string_view::npos) mark = line.find("PERF_RECORD_LOST");
    if (mark == std::string_view::npos) mark = line.find("EVENTS DROPPED]");
    if (mark == std::string_view::npos) return false;
    out.kind = TraceLine::Kind::Lost;
    out.lost = firstNumber(line.substr(mark));
    const auto head = line.substr(0, mark);
    auto cpu = head.find("CPU:");
    if (cpu != std::string_view::npos)
        cpu += 4;
    else if (head.find('[') != std::string_view::npos)
        cpu = head.find('[') + 1;
    if (cpu < head.size() && isDigit(head[cpu]))
        out.lostCpu = static_cast<int>(std::min<std::uint64_t>(firstNumber(head.substr(cpu)), 9999));
    return true;
}

bool isHeading(std::string_view line)
{
    return line.front() == '#' || line.front() == '\t' || line.starts_with("cpus=") ||
           line.starts_with("version =") || line.starts_with(" =>") ||
           (line.starts_with("CPU ") && line.ends_with("is empty"));
}

} // namespace

TraceLine parseTraceLine(std::string_view line, TraceEvent& event)
{
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    const auto text = skipBlanks(line);
    if (text.empty() || isHeading(line)) return {};
    TraceEvent read;
    std::string_view body;
    TraceLine out;
    if (!readHead(line, read, body)) {
        if (readLoss(line, out)) return out;
        return unreadable(static_cast<std::size_t>(text.data() - line.data()),
                          "not a line of a kernel trace: expected task, [cpu], time and event");
    }
    auto name = takeWord(body);
    if (!name.empty() && isDigit(name.front()) && readNumber(name, read.expires))
        name = takeWord(body); // perf's period
    read.expires = 0;
    if (name.starts_with("PERF_RECORD_LOST") && readLoss(line, out)) return out;
    out.kind = TraceLine::Kind::Event;
    read.isIdleTask = isIdleTask(text);
    if (name.ends_with(':')) {
        name.remove_suffix(1);
        if (const auto group = name.rfind(':'); group != std::string_view::npos) {
            name.remove_prefix(group + 1);
            if (read.layout == TraceLayout::Report) read.layout = TraceLayout::Perf;
        }
        read.what = whatOf(name);
        read.lacksSymbols = name.starts_with("softirq_") && body.ends_with("[action=]");
        if (read.what == What::Other) read.machine = machineOf(name);
        if (read.machine != Machine::None) read.machine = readMachineEvent(body, read);
    }
    if (read.what != What::Other) {
        // With the irq column switched off the kernel's text looks like a report, but for the pointers' 0x.
        if (read.layout == TraceLayout::Report && body.find("timer=0x") == std::string_view::npos)
            read.layout = TraceLayout::Tracefs;
        out = readTimerEvent(line, body, read);
    }
    if (out.kind == TraceLine::Kind::Event) event = read;
    return out;
}

std::uint64_t overwrittenEntries(std::string_view comment)
{
    constexpr std::string_view key = "entries-in-buffer/entries-written:";
    const auto at = comment.find(key);
    if (at == std::string_view::npos) return 0;
    auto rest = comment.substr(at + key.size());
    const auto pair = takeWord(rest);
    const auto slash = pair.find('/');
    std::uint64_t held = 0, written = 0;
    if (slash == std::string_view::npos || !readNumber(pair.substr(0, slash), held) ||
        !readNumber(pair.substr(slash + 1), written))
        return 0;
    return written > held ? written - held : 0;
}

} // namespace jiffy::core
