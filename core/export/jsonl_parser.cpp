// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/timers/registry.h"
#include "core/export/jsonl_parser.h"

#include "core/export/json_lines.h"
#include "core/export/jsonl_columns.h"
#include "core/scenario/position_spec.h"
#include "core/world/admit.h"
#include "core/world/rules.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace jiffy::core
{

namespace
{

constexpr std::uint64_t largestTimerCount = 1u << 30;
/// Instants and durations of tgtd, us: their sums fit into 64 bits.
constexpr std::uint64_t latest = 1ull << 60;

bool schedulerNamed(std::string_view word, WorkScheduler& to)
{
    for (const auto s : {WorkScheduler::Old, WorkScheduler::New, WorkScheduler::TimerFd}) {
        if (word != schedulerWord(s)) continue;
        to = s;
        return true;
    }
    return false;
}

bool callNamed(std::string_view word, Call& to)
{
    for (const auto c : {Call::AddWork, Call::DelWork, Call::BurnTime, Call::SlowCall, Call::EventSched, Call::Shutdown}) {
        if (word != callWord(c)) continue;
        to = c;
        return true;
    }
    return false;
}

bool stepNamed(std::string_view word, CallbackStep::What& to)
{
    using What = CallbackStep::What;
    for (const auto w : {What::Rearm, What::Add, What::Del, What::Burn}) {
        if (word != stepWord(w)) continue;
        to = w;
        return true;
    }
    return false;
}

} // namespace

JsonLogParser::JsonLogParser(std::string file) { m_inputs->file = std::move(file); }

bool JsonLogParser::take(std::string_view line)
{
    if (!hasHeader()) return header(line);
    JsonScanner in(line);
    std::string_view key;
    if (!in.nextKey(key)) {
        in.fail(0, "the object is empty");
        return remember(in);
    }
    if (key == "event") return event(in, line.size());
    if (key == "timer") return timer(in, line.size());
    if (key == "remark") return remark(in);
    if (key == "end") return end(in);
    if (isKernel()) {
        if (key == "lock") return lock(in, line.size());
        if (key == "program") return program(in, line.size());
        if (key == "step" || key == "code") return kernelStep(in, line.size(), key == "step");
    }
    if (isDaemon()) {
        if (key == "file") return daemonFile(in, line.size());
        if (key == "source") return source(in, line.size());
        if (key == "step") return step(in, line.size());
    }
    in.fail(0, isKernel() ? "a line begins with \"event\", \"timer\", \"lock\", \"program\", \"step\", \"code\", \"remark\" or \"end\""
               : isDaemon() ? "a line begins with \"event\", \"timer\", \"file\", \"source\", \"step\", \"remark\" or \"end\""
                          : "a line begins with \"event\", \"timer\", \"remark\" or \"end\"");
    return remember(in);
}

bool JsonLogParser::remember(const JsonScanner& in)
{
    m_errorOffset = in.errorOffset();
    m_error = in.error();
    return false;
}

// ---- the first line --------------------------------------------------------------------------------------------------

namespace
{

constexpr std::array<std::string_view, 38> headerNames = {
    "format", "version", "title", "watch", "opening", "driver", "cpus", "bits", "small", "hz", "jiffies", "settled", "timers", "events",
    "scheduler", "interval", "timeout", "tick", "start", "until", "batch", "faults", "pipe", "source", "sources", "files", "stream", "algorithm",
    "nohz", "smp", "load", "skew", "slice", "callback", "move", "processes", "programs", "locks"};
constexpr std::size_t plainKeys = 14; ///< the rest is tgtd's,
constexpr std::size_t allKeys = 27;   ///< but for the one that a log may have or not,
constexpr std::size_t kernelKeys = 28; ///< and those of a machine of CPUs, all or none

} // namespace

bool JsonLogParser::header(std::string_view line)
{
    JsonScanner in(line);
    Columns columns(headerNames);
    std::array<std::uint64_t, headerNames.size()> v{};
    std::string format, opening, driver, scheduler, algorithm;
    std::array<std::string*, headerNames.size()> texts{};
    texts[0] = &format;
    texts[2] = &m_inputs->title;
    texts[3] = &m_inputs->watch;
    texts[4] = &opening;
    texts[5] = &driver;
    texts[14] = &scheduler;
    texts[27] = &algorithm;
    std::string_view key, text;
    while (in.nextKey(key)) {
        const auto i = columns.find(key, in);
        if (!i || !(texts[*i] != nullptr ? in.text(text) : in.number(v[*i]))) break;
        if (texts[*i] != nullptr) *texts[*i] = text;
        columns.offsets[*i] = in.valueOffset();
    }
    const auto demand = [&](bool holds, std::size_t i, const char* message) {
        if (!holds) in.fail(columns.offsets[i], message);
    };
    const bool isOfDaemon = driver == "daemon";
    const TimersInfo* timers = nullptr;
    if (!in.failed()) {
        for (std::size_t i = 0; i < (isOfDaemon ? allKeys : plainKeys); ++i) {
            if (!columns.has(i)) in.fail(line.size(), "\"" + std::string(headerNames[i]) + "\" is missing");
        }
        for (std::size_t i = plainKeys; i < allKeys && !isOfDaemon; ++i)
            demand(!columns.has(i), i, "only a log of tgtd has this");
        for (std::size_t i = kernelKeys; i < headerNames.size() && columns.seen >> kernelKeys != 0; ++i) {
            if (!columns.has(i)) in.fail(line.size(), "\"" + std::string(headerNames[i]) + "\" is missing");
            demand(driver == "kernel", i, "only a log of a machine of CPUs has this");
        }
        demand(format == "jiffyscope-log", 0, "expected \"jiffyscope-log\"");
        demand(v[1] == 1, 1, "this program reads version 1");
        demand(driver == "kernel" || driver == "by-hand" || isOfDaemon, 5, "expected \"kernel\", \"by-hand\" or \"daemon\"");
        demand(v[6] >= 1 && v[6] <= 64, 6, "expected 1 to 64 CPUs");
        demand(v[7] == 32 || v[7] == 64, 7, "expected 32 or 64");
        demand(v[8] <= 1, 8, "expected 0 or 1");
        demand(v[9] >= 1 && v[9] <= 1'000'000, 9, "expected 1 to 1000000 ticks a second");
        demand(v[7] == 64 || v[10] <= 0xFFFF'FFFFu, 10, "the value does not fit into the word");
        demand(v[11] <= 1, 11, "expected 0 or 1");
        timers = columns.has(27) ? timersNamed(algorithm) : &timerAlgorithms().front();
        demand(timers != nullptr, 27, "there is no timer algorithm of this name");
        demand(timers == nullptr || !isOfDaemon || !columns.has(27), 27, "tgtd has none");
        demand(v[12] <= largestTimerCount, 12, "too many timers");
        const auto position = parsePosition(opening);
        if (!position) in.fail(columns.offsets[4], position.error());
        else m_inputs->opening = *position;
    }
    if (in.failed()) return remember(in);
    m_inputs->driver = isOfDaemon ? Driver::Daemon : driver == "kernel" ? Driver::Kernel : Driver::ByHand;
    auto& m = m_inputs->machine;
    m.cpus = static_cast<int>(v[6]);
    m.word = Word(static_cast<int>(v[7]));
    m.timers = timers->algorithm;
    m.small = v[8] == 1;
    m.hz = Hz{static_cast<std::uint32_t>(v[9])};
    m.jiffies = v[10];
    m.settled = v[11] == 1;
    m_timerCount = v[12];
    m_eventCount = v[13];
    if (columns.has(kernelKeys) && !kernelHeader(in, v.data() + kernelKeys, columns.offsets.data() + kernelKeys)) return remember(in);
    if (isOfDaemon && !daemonHeader(in, v.data(), columns.offsets.data(), scheduler)) return remember(in);
    m_world.emplace(m_inputs->machine);
    m_clock.emplace(m_inputs->machine);
    m_checkpoints->push_back(checkpoint());
    return true;
}

bool JsonLogParser::daemonHeader(JsonScanner& in, const std::uint64_t* v, const std::size_t* offsets, const std::string& scheduler)
{
    DaemonConfig& d = m_inputs->daemon;
    const auto demand = [&](bool holds, std::size_t i, const char* message) {
        if (!holds) in.fail(offsets[i], message);
    };
    demand(v[6] == 1, 6, "tgtd runs on one CPU");
    demand(v[7] == 64, 7, "tgtd's time has 64 bits");
    demand(v[8] == 0, 8, "expected 0");
    demand(v[9] == 1'000'000, 9, "a tick of tgtd is a microsecond");
    demand(v[10] == 0, 10, "tgtd's time begins at 0");
    demand(v[11] == 0, 11, "expected 0");
    demand(schedulerNamed(scheduler, d.scheduler), 14, "expected \"old\", \"new\" or \"timerfd\"");
    demand(v[15] >= 1 && v[15] <= latest, 15, "expected 1 us or more");
    demand(v[16] <= latest || v[16] == ~0ull, 16, "the timeout is too long");
    demand(v[17] >= 1 && v[17] <= latest, 17, "expected 1 s or more");
    demand(v[18] <= latest, 18, "the start is too late");
    demand(v[19] <= latest, 19, "the end is too late");
    demand(v[20] >= 1 && v[20] <= 0xFFFF'FFFFu, 20, "expected 1 event or more");
    demand(v[21] <= 1, 21, "expected 0 or 1");
    demand(v[22] < v[12], 22, "there is no such timer");
    demand(v[23] <= v[12], 23, "there is no such timer");
    demand(v[24] <= v[12] && v[23] + v[24] <= v[12], 24, "there are not so many timers");
    demand(v[25] <= 255, 25, "too many files");
    demand(v[26] <= 1, 26, "expected 0 or 1");
    d.interval = v[15];
    d.epollTimeout = v[16];
    d.tick = v[17];
    d.start = v[18];
    d.until = v[19];
    d.batch = static_cast<std::uint32_t>(v[20]);
    d.pipe = TimerId(static_cast<std::uint32_t>(v[22]));
    d.firstSource = static_cast<std::uint32_t>(v[23]);
    m_sourceCount = v[24];
    m_fileCount = v[25];
    m_isStream = v[26] == 1;
    m_inputs->machine.isDaemon = true;
    m_inputs->machine.mayFault = v[21] == 1;
    return !in.failed();
}

bool JsonLogParser::remark(JsonScanner& in)
{
    std::string_view text, key;
    // What is already shared between threads does not change.
    if (!stands(in, true)) return false;
    if (in.text(text)) m_inputs->remarks.emplace_back(text);
    if (in.nextKey(key)) in.fail(0, "a remark stands alone");
    return in.failed() ? remember(in) : true;
}

// ---- timers, and what belongs to tgtd --------------------------------------------------------------------------------

/// All but events stand before them.
bool JsonLogParser::stands(JsonScanner& in, bool isBeforeEvents)
{
    if (isBeforeEvents && m_isComplete) {
        in.fail(0, "this stands before the events");
        return remember(in);
    }
    return true;
}

bool JsonLogParser::timer(JsonScanner& in, std::size_t length)
{
    static constexpr std::array<std::string_view, 5> names = {"timer", "name", "number", "slack", "flags"};
    Columns columns(names);
    std::uint64_t index = 0, number = 0, flags = 0;
    std::int64_t slack = -1;
    std::string_view key = "timer", text;
    do {
        const auto i = columns.find(key, in);
        if (!i) break;
        const bool good = *i == 0   ? in.number(index)
                          : *i == 1 ? in.text(text)
                          : *i == 2 ? in.number(number)
                          : *i == 3 ? in.signedNumber(slack)
                                    : in.number(flags);
        if (!good) break;
        if (*i == 1) m_name = text;
        columns.offsets[*i] = in.valueOffset();
    } while (in.nextKey(key));
    if (!in.failed()) {
        if (columns.seen != (1ull << names.size()) - 1) in.fail(length, "a timer needs name, number, slack and flags");
        else if (index != m_inputs->timers.size()) in.fail(columns.offsets[0], outOfOrder("timer", m_inputs->timers.size()));
        else if (index >= m_timerCount) in.fail(columns.offsets[0], "more timers than the first line says");
        else if (m_log.size() != 0) in.fail(0, "timers stand before the events");
        else if (number > 0xFFFF'FFFFu) in.fail(columns.offsets[2], "the number does not fit into 32 bits");
        else if (slack < INT32_MIN || slack > INT32_MAX) in.fail(columns.offsets[3], "the slack does not fit into 32 bits");
        else if (flags > (Deferrable | IrqSafe | Pinned)) in.fail(columns.offsets[4], "unknown flags");
    }
    if (in.failed()) return remember(in);
    TimerSpec spec;
    spec.name = nameIndex();
    spec.number = static_cast<std::uint32_t>(number);
    spec.slack = static_cast<std::int32_t>(slack);
    spec.flags = static_cast<std::uint8_t>(flags);
    m_inputs->timers.push_back(spec);
    return true;
}

std::uint32_t JsonLogParser::nameIndex()
{
    const auto [it, isNew] = m_nameIndex.try_emplace(m_name, static_cast<std::uint32_t>(m_inputs->names.size()));
    if (isNew) m_inputs->names.push_back(m_name);
    return it->second;
}

bool JsonLogParser::daemonFile(JsonScanner& in, std::size_t length)
{
    static constexpr std::array<std::string_view, 3> names = {"file", "name", "fd"};
    if (!stands(in, true)) return false;
    Columns columns(names);
    std::array<std::uint64_t, names.size()> v{};
    std::string text;
    auto& files = m_inputs->daemon.files;
    if (readColumns(in, columns, v, "file", 1, text)) {
        if (columns.seen != (1ull << names.size()) - 1) in.fail(length, "a file needs name and fd");
        else if (v[0] != files.size()) in.fail(columns.offsets[0], outOfOrder("file", files.size()));
        else if (v[0] >= m_fileCount) in.fail(columns.offsets[0], "more files than the first line says");
        else if (v[2] > 0x7FFF'FFFFu) in.fail(columns.offsets[2], "the number is too large");
    }
    if (in.failed()) return remember(in);
    files.push_back({std::move(text), static_cast<std::uint32_t>(v[2])});
    return true;
}

bool JsonLogParser::source(JsonScanner& in, std::size_t length)
{
    static constexpr std::array<std::string_view, 6> names = {"source", "at", "do", "timer", "value", "file"};
    if (!stands(in, true)) return false;
    Columns columns(names);
    std::array<std::uint64_t, names.size()> v{};
    std::string text;
    Action a;
    if (readColumns(in, columns, v, "source", 2, text)) {
        const bool isOfWork = callNamed(text, a.call) && (a.call == Call::AddWork || a.call == Call::DelWork);
        if ((columns.seen & 0b10111u) != 0b10111u) in.fail(length, "a source needs at, do and value");
        else if (v[0] != m_inputs->actions.size()) in.fail(columns.offsets[0], outOfOrder("source", m_inputs->actions.size()));
        else if (v[0] >= m_sourceCount) in.fail(columns.offsets[0], "more sources than the first line says");
        else if (v[1] > latest) in.fail(columns.offsets[1], "the instant is too late");
        else if (!callNamed(text, a.call)) in.fail(columns.offsets[2], "no source does this");
        else if (isOfWork != columns.has(3)) in.fail(columns.offsets[2], "add_work and del_work need a timer, the others have none");
        else if (isOfWork && v[3] >= m_inputs->daemon.firstSource) in.fail(columns.offsets[3], "there is no such work");
        else if (v[4] > latest) in.fail(columns.offsets[4], "the number is too large");
        else if (columns.has(5) && v[5] >= m_inputs->daemon.files.size()) in.fail(columns.offsets[5], "there is no such file");
    }
    if (in.failed()) return remember(in);
    a.tick = v[1];
    if (columns.has(3)) a.timer = TimerId(static_cast<std::uint32_t>(v[3]));
    a.expires = v[4];
    a.target = columns.has(5) ? static_cast<std::uint8_t>(v[5] + 1) : std::uint8_t{0};
    a.nanoseconds = m_inputs->daemon.firstSource + static_cast<std::uint32_t>(v[0]);
    m_inputs->actions.push_back(a);
    return true;
}

bool JsonLogParser::step(JsonScanner& in, std::size_t length)
{
    static constexpr std::array<std::string_view, 4> names = {"step", "do", "timer", "value"};
    if (!stands(in, true)) return false;
    Columns columns(names);
    std::array<std::uint64_t, names.size()> v{};
    std::string text;
    CallbackStep s;
    auto& inputs = *m_inputs;
    if (readColumns(in, columns, v, "step", 1, text)) {
        const bool isKnown = stepNamed(text, s.what);
        const bool isOfOther = s.what == CallbackStep::What::Add || s.what == CallbackStep::What::Del;
        if ((columns.seen & 0b1011u) != 0b1011u) in.fail(length, "a step needs do and value");
        else if (v[0] < m_stepTimer) in.fail(columns.offsets[0], "steps stand in the order of their timers");
        else if (v[0] >= inputs.timers.size() || v[0] >= inputs.daemon.firstSource) in.fail(columns.offsets[0], "there is no such work");
        else if (!isKnown) in.fail(columns.offsets[1], "no func does this");
        else if ((isKnown && isOfOther) != columns.has(2)) in.fail(columns.offsets[1], "add and del need a timer, the others have none");
        else if (columns.has(2) && v[2] >= inputs.daemon.firstSource) in.fail(columns.offsets[2], "there is no such work");
        else if (v[3] > latest) in.fail(columns.offsets[3], "the number is too large");
    }
    if (in.failed()) return remember(in);
    m_stepTimer = static_cast<std::uint32_t>(v[0]);
    if (columns.has(2)) s.other = TimerId(static_cast<std::uint32_t>(v[2]));
    s.delta = static_cast<std::int64_t>(v[3]);
    TimerSpec& spec = inputs.timers[m_stepTimer];
    if (spec.stepCount == 0) spec.firstStep = static_cast<std::uint32_t>(inputs.steps.size());
    ++spec.stepCount;
    inputs.steps.push_back(s);
    return true;
}

/// The first event, or the end: all that stands before has been read.
bool JsonLogParser::complete(JsonScanner& in)
{
    if (m_isComplete) return true;
    m_isComplete = true;
    Inputs& inputs = *m_inputs;
    if (isKernel() && (inputs.timers.size() != m_timerCount || inputs.programs.size() != m_programCount || inputs.locks.size() != m_lockCount)) {
        in.fail(0, "before the events stand all timers, locks and programs that the first line announces");
        return remember(in);
    }
    if (!isDaemon()) return true;
    if (inputs.timers.size() != m_timerCount || inputs.actions.size() != m_sourceCount || inputs.daemon.files.size() != m_fileCount) {
        in.fail(0, "before the events stand all timers, files and sources that the first line announces");
        return remember(in);
    }
    // Actions go by time, at one instant in the order of their sources.
    std::vector<std::uint32_t> order(inputs.actions.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return inputs.actions[a].tick < inputs.actions[b].tick; });
    std::vector<Action> sorted;
    sorted.reserve(order.size());
    inputs.daemon.sources.resize(order.size());
    for (const auto source : order) {
        inputs.daemon.sources[source] = static_cast<std::uint32_t>(sorted.size());
        sorted.push_back(inputs.actions[source]);
    }
    inputs.actions = std::move(sorted);
    return true;
}

// ---- events ----------------------------------------------------------------------------------------------------------

bool JsonLogParser::event(JsonScanner& in, std::size_t length)
{
    if (!complete(in)) return false;
    static constexpr std::array<std::string_view, 11> names = {"event", "jiffies", "kind",  "site",   "cpu",  "timer",
                                                               "slot",  "link",    "value", "before", "flags"};
    enum Column : std::size_t { Event, JiffiesAfter, KindName, SiteName, Cpu, Timer, Slot, LinkTo, Value, Before, Flags };
    Columns columns(names);
    std::array<std::uint64_t, names.size()> v{};
    v[Timer] = v[Slot] = 0xFFFF'FFFFu;
    Record r;
    std::string_view key = "event", text;
    do {
        const auto i = columns.find(key, in);
        if (!i) break;
        if (*i == KindName || *i == SiteName) {
            if (!in.text(text)) break;
            if (*i == KindName ? !kindNamed(text, r.kind) : !siteNamed(text, r.site)) {
                in.fail(in.valueOffset(), std::string("unknown ") + (*i == KindName ? "kind" : "site"));
            }
        } else {
            in.number(v[*i]);
        }
        columns.offsets[*i] = in.valueOffset();
    } while (in.nextKey(key));

    const auto demand = [&](bool holds, Column i, const auto& message) {
        if (!holds) in.fail(columns.offsets[i], message());
    };
    constexpr std::uint32_t needed = 1u << Event | 1u << JiffiesAfter | 1u << KindName | 1u << SiteName | 1u << Cpu;
    const auto too = [] { return "the number is too large"; };
    if (!in.failed() && (columns.seen & needed) != needed) {
        in.fail(length, "an event needs event, jiffies, kind, site and cpu");
    }
    demand(v[Event] == m_log.size(), Event, [&] { return outOfOrder("event", m_log.size()); });
    demand(v[Cpu] < 64, Cpu, too);
    demand(v[Timer] <= 0xFFFF'FFFFu, Timer, too);
    demand(v[Slot] <= 0xFFFF'FFFFu, Slot, too);
    demand(v[LinkTo] <= 0xFFFF'FFFFu, LinkTo, too);
    demand(v[Flags] <= 0xFF, Flags, too);
    if (in.failed()) return remember(in);

    r.cpu = static_cast<std::uint8_t>(v[Cpu]);
    r.item = TimerId(static_cast<std::uint32_t>(v[Timer]));
    r.slot = static_cast<std::uint32_t>(v[Slot]);
    r.link = static_cast<std::uint32_t>(v[LinkTo]);
    r.value = v[Value];
    r.before = v[Before];
    r.flags = static_cast<std::uint8_t>(v[Flags]);
    if (const char* why = whyNotApplicable(r, *m_world, m_inputs->timers.size())) {
        in.fail(columns.offsets[KindName], "this cannot happen here: " + std::string(why));
        return remember(in);
    }
    m_clock->apply(r);
    demand(v[JiffiesAfter] == m_clock->jiffies, JiffiesAfter, [&] { return outOfOrder("jiffies", m_clock->jiffies); });
    if (in.failed()) return remember(in);
    append(r);
    return true;
}

void JsonLogParser::append(const Record& r)
{
    m_log.append(r);
    m_world->apply(r);
    if (isDaemon() && m_check.broken == 0) {
        if (const int broken = brokenByTouch(*m_world, r); broken != 0) m_check = {broken, m_log.size() - 1};
    }
    const std::uint64_t interval = std::max<std::uint64_t>(Chunk::capacity, 4 * m_world->itemCount());
    if (m_log.size() - m_checkpoints->back()->event < interval) return;
    // Whoever has a snapshot keeps the table that it came with.
    auto more = std::make_shared<CheckpointTable>(*m_checkpoints);
    more->push_back(checkpoint());
    m_checkpoints = std::move(more);
}

std::shared_ptr<const Checkpoint> JsonLogParser::checkpoint() const
{
    return std::make_shared<const Checkpoint>(Checkpoint{m_log.size(), {}, *m_world, {}});
}

Snapshot JsonLogParser::snapshot() const
{
    Snapshot s;
    s.log = m_log.view();
    s.open = m_open;
    s.endTicks = m_clock->ticks;
    s.status = m_status;
    s.check = m_check;
    s.checkpoints = m_checkpoints;
    return s;
}

// ---- the last line ---------------------------------------------------------------------------------------------------

bool JsonLogParser::end(JsonScanner& in)
{
    if (!complete(in)) return false;
    static constexpr std::array<std::string_view, 6> names = {"end", "ticks", "status", "open", "cpus", "site"};
    Columns columns(names);
    std::array<std::uint64_t, names.size()> v{};
    std::string status;
    std::string_view key = "end", text;
    bool knownSite = true;
    do {
        const auto i = columns.find(key, in);
        if (!i) break;
        if (*i == 2 || *i == 5 ? !in.text(text) : !in.number(v[*i])) break;
        if (*i == 2) status = text;
        if (*i == 5) knownSite = siteNamed(text, m_open.site);
        columns.offsets[*i] = in.valueOffset();
    } while (in.nextKey(key));
    if (!in.failed()) finishEnd(in, v.data(), columns.offsets.data(), status, knownSite);
    if (in.failed()) return remember(in);
    m_hasEnded = true;
    return true;
}

void JsonLogParser::finishEnd(JsonScanner& in, const std::uint64_t* v, const std::size_t* offsets, const std::string& status,
                              bool knownSite)
{
    if (v[0] != m_log.size() || (!m_isStream && v[0] != m_eventCount)) {
        in.fail(offsets[0], "the log holds " + std::to_string(m_log.size()) + " events, the first line says " +
                                std::to_string(m_eventCount));
        return;
    }
    if (m_inputs->timers.size() != m_timerCount) {
        in.fail(0, "there are " + std::to_string(m_inputs->timers.size()) + " timers, the first line says " +
                       std::to_string(m_timerCount));
        return;
    }
    if (status == "ended") m_status = RunStatus::Ended;
    else if (status == "limit") m_status = RunStatus::Limit;
    else if (status == "running") m_status = RunStatus::Running;
    else in.fail(offsets[2], "expected \"ended\", \"limit\" or \"running\"");
    m_open.count = v[3];
    m_open.cpus = v[4];
    if (m_open.count != 0) {
        const char* why = knownSite ? whyNotApplicable(m_open.asRecord(), *m_world, 0) : "unknown site";
        if (why != nullptr) in.fail(offsets[3], "this cannot happen here: " + std::string(why));
        m_clock->pass(m_open);
    }
    if (v[1] != m_clock->ticks) in.fail(offsets[1], outOfOrder("ticks", m_clock->ticks));
}

} // namespace jiffy::core
