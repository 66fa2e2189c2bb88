// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/jsonl_reader.h"

#include "core/base/line_reader.h"
#include "core/export/json_scanner.h"
#include "core/insight/clock_fold.h"
#include "core/scenario/position_spec.h"
#include "core/world/admit.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

namespace jiffy::core
{

namespace
{

/// The values of one line whose keys are a fixed set, each at most once.
template <std::size_t N> struct Columns
{
    const std::array<std::string_view, N>& names;
    std::array<std::size_t, N> offsets{};
    std::uint32_t seen = 0;
    std::size_t expected = 0; ///< index of the key that comes next in the order of the table

    explicit Columns(const std::array<std::string_view, N>& n) : names(n) {}
    bool has(std::size_t i) const { return (seen >> i & 1) != 0; }

    /// Index of a key, or none with the error set: unknown keys and repeated ones are faults.
    std::optional<std::size_t> find(std::string_view key, JsonScanner& in)
    {
        const std::size_t keyOffset = in.keyOffset();
        for (std::size_t k = 0; k < N; ++k) {
            const std::size_t i = (expected + k) % N;
            if (names[i] != key) continue;
            if (has(i)) {
                in.fail(keyOffset, "the key \"" + std::string(key) + "\" stands twice");
                return {};
            }
            seen |= 1u << i;
            expected = i + 1;
            return i;
        }
        in.fail(keyOffset, "unknown key \"" + std::string(key.substr(0, 40)) + "\"");
        return {};
    }
};

constexpr const char* tooLong = "the line is longer than 1 MiB";
constexpr std::uint64_t largestTimerCount = 1u << 30;

class LogReader
{
  public:
    LogReader(std::istream& in, const std::string& file, const std::function<bool(std::uint64_t)>& progress)
        : m_lines(in), m_file(file), m_progress(progress)
    {
    }

    Result<RecordedRun> read()
    {
        m_inputs->file = m_file;
        if (!nextLine()) return m_lines.tooLong() ? fault(0, tooLong) : fault(0, "the file is empty");
        if (!header()) return failure();
        m_world.emplace(m_inputs->machine);
        m_clock.emplace(m_inputs->machine);
        m_checkpoints->push_back(checkpoint());
        while (!m_ended && nextLine()) {
            if (!line()) return failure();
        }
        if (m_cancelled) return fail(Fault::Input, "the reading was cancelled", m_file);
        if (m_lines.tooLong()) return fault(0, tooLong);
        if (!m_ended) return fault(m_text.size(), "the closing line is missing: the log was cut short");
        if (nextLine()) return fault(0, "nothing may follow the closing line");
        return finished();
    }

  private:
    bool nextLine()
    {
        if (m_progress && (m_lines.number() & 0xFFF) == 0 && !m_progress(m_lines.bytes())) {
            m_cancelled = true;
            return false;
        }
        if (!m_lines.next(m_text)) return false;
        return true;
    }

    bool line()
    {
        JsonScanner in(m_text);
        std::string_view key;
        if (!in.nextKey(key)) {
            in.fail(0, "the object is empty");
            return remember(in);
        }
        if (key == "event") return event(in);
        if (key == "timer") return timer(in);
        if (key == "remark") return remark(in);
        if (key == "end") return end(in);
        in.fail(0, "a line begins with \"event\", \"timer\", \"remark\" or \"end\"");
        return remember(in);
    }

    bool remember(const JsonScanner& in)
    {
        m_errorOffset = in.errorOffset();
        m_error = in.error();
        return false;
    }

    // --- the first line ---

    bool header()
    {
        static constexpr std::array<std::string_view, 14> names = {
            "format", "version", "title", "watch", "opening", "driver", "cpus", "bits", "small", "hz", "jiffies", "settled",
            "timers", "events"};
        JsonScanner in(m_text);
        Columns columns(names);
        std::array<std::uint64_t, names.size()> v{};
        std::string format, opening, driver;
        std::array<std::string*, names.size()> texts{};
        texts[0] = &format;
        texts[2] = &m_inputs->title;
        texts[3] = &m_inputs->watch;
        texts[4] = &opening;
        texts[5] = &driver;
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
        if (!in.failed()) {
            for (std::size_t i = 0; i < names.size(); ++i) {
                if (!columns.has(i)) in.fail(m_text.size(), "\"" + std::string(names[i]) + "\" is missing");
            }
            demand(format == "jiffyscope-log", 0, "expected \"jiffyscope-log\"");
            demand(v[1] == 1, 1, "this program reads version 1");
            demand(driver == "kernel" || driver == "by-hand", 5, "expected \"kernel\" or \"by-hand\"");
            demand(v[6] >= 1 && v[6] <= 64, 6, "expected 1 to 64 CPUs");
            demand(v[7] == 32 || v[7] == 64, 7, "expected 32 or 64");
            demand(v[8] <= 1, 8, "expected 0 or 1");
            demand(v[9] >= 1 && v[9] <= 1'000'000, 9, "expected 1 to 1000000 ticks a second");
            demand(v[7] == 64 || v[10] <= 0xFFFF'FFFFu, 10, "the value does not fit into the word");
            demand(v[11] <= 1, 11, "expected 0 or 1");
            demand(v[12] <= largestTimerCount, 12, "too many timers");
            const auto position = parsePosition(opening);
            if (!position) in.fail(columns.offsets[4], position.error());
            else m_inputs->opening = *position;
        }
        if (in.failed()) return remember(in);
        m_inputs->driver = driver == "kernel" ? Driver::Kernel : Driver::ByHand;
        m_inputs->machine = {static_cast<int>(v[6]), Word(static_cast<int>(v[7])), v[8] == 1,
                             Hz{static_cast<std::uint32_t>(v[9])}, v[10], v[11] == 1};
        m_timerCount = v[12];
        m_eventCount = v[13];
        return true;
    }

    bool remark(JsonScanner& in)
    {
        std::string_view text, key;
        if (in.text(text)) m_inputs->remarks.emplace_back(text);
        if (in.nextKey(key)) in.fail(0, "a remark stands alone");
        return in.failed() ? remember(in) : true;
    }

    // --- timers ---

    bool timer(JsonScanner& in)
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
            if (columns.seen != (1u << names.size()) - 1) in.fail(m_text.size(), "a timer needs name, number, slack and flags");
            else if (index != m_inputs->timers.size()) in.fail(columns.offsets[0], outOfOrder("timer", m_inputs->timers.size()));
            else if (index >= m_timerCount) in.fail(columns.offsets[0], "more timers than the first line says");
            else if (m_log.size() != 0) in.fail(0, "timers stand before the events");
            else if (number > 0xFFFF'FFFFu) in.fail(columns.offsets[2], "the number does not fit into 32 bits");
            else if (slack < INT32_MIN || slack > INT32_MAX) in.fail(columns.offsets[3], "the slack does not fit into 32 bits");
            else if (flags > (Deferrable | IrqSafe)) in.fail(columns.offsets[4], "unknown flags");
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

    std::uint32_t nameIndex()
    {
        const auto [it, isNew] = m_nameIndex.try_emplace(m_name, static_cast<std::uint32_t>(m_inputs->names.size()));
        if (isNew) m_inputs->names.push_back(m_name);
        return it->second;
    }

    static std::string outOfOrder(const char* what, std::uint64_t n)
    {
        return std::string("expected ") + what + ' ' + std::to_string(n);
    }

    // --- events ---

    bool event(JsonScanner& in)
    {
        static constexpr std::array<std::string_view, 11> names = {"event", "jiffies", "kind",  "site",   "cpu",  "timer",
                                                                   "slot",  "link",    "value", "before", "flags"};
        enum Column : std::size_t { Event, JiffiesAfter, KindName, SiteName, Cpu, Timer, Slot, Link, Value, Before, Flags };
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
            in.fail(m_text.size(), "an event needs event, jiffies, kind, site and cpu");
        }
        demand(v[Event] == m_log.size(), Event, [&] { return outOfOrder("event", m_log.size()); });
        demand(v[Cpu] < 64, Cpu, too);
        demand(v[Timer] <= 0xFFFF'FFFFu, Timer, too);
        demand(v[Slot] <= 0xFFFF'FFFFu, Slot, too);
        demand(v[Link] <= 0xFFFF'FFFFu, Link, too);
        demand(v[Flags] <= 0xFF, Flags, too);
        if (in.failed()) return remember(in);

        r.cpu = static_cast<std::uint8_t>(v[Cpu]);
        r.item = TimerId(static_cast<std::uint32_t>(v[Timer]));
        r.slot = static_cast<std::uint32_t>(v[Slot]);
        r.link = static_cast<std::uint32_t>(v[Link]);
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

    void append(const Record& r)
    {
        m_log.append(r);
        m_world->apply(r);
        const std::uint64_t interval = std::max<std::uint64_t>(Chunk::capacity, 4 * m_world->itemCount());
        if (m_log.size() - m_checkpoints->back()->event >= interval) m_checkpoints->push_back(checkpoint());
    }

    std::shared_ptr<const Checkpoint> checkpoint() const
    {
        return std::make_shared<const Checkpoint>(Checkpoint{m_log.size(), {}, *m_world, {}});
    }

    // --- the last line ---

    bool end(JsonScanner& in)
    {
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
        if (!in.failed()) finishEnd(in, v, columns.offsets, status, knownSite);
        if (in.failed()) return remember(in);
        m_ended = true;
        return true;
    }

    void finishEnd(JsonScanner& in, const std::array<std::uint64_t, 6>& v, const std::array<std::size_t, 6>& offsets,
                   const std::string& status, bool knownSite)
    {
        if (v[0] != m_log.size() || v[0] != m_eventCount) {
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

    Result<RecordedRun> finished()
    {
        Snapshot s;
        s.log = m_log.view();
        s.open = m_open;
        s.endTicks = m_clock->ticks;
        s.status = m_status;
        s.checkpoints = m_checkpoints;
        return RecordedRun{m_inputs, std::move(s)};
    }

    // --- errors ---

    tl::unexpected<Diagnostics> fault(std::size_t offset, std::string message)
    {
        Diagnostic d;
        d.file = m_file;
        d.message = std::move(message);
        d = locate(std::move(d), m_text, offset);
        d.line = std::max(1, static_cast<int>(m_lines.number()));
        return fail(std::move(d));
    }
    tl::unexpected<Diagnostics> failure() { return fault(m_errorOffset, m_error); }

    LineReader m_lines;
    const std::string& m_file;
    const std::function<bool(std::uint64_t)>& m_progress;
    std::shared_ptr<Inputs> m_inputs = std::make_shared<Inputs>();
    std::shared_ptr<CheckpointTable> m_checkpoints = std::make_shared<CheckpointTable>();
    std::unordered_map<std::string, std::uint32_t> m_nameIndex; ///< looked up only, never walked
    std::string m_name;
    std::optional<World> m_world;
    std::optional<ClockFold> m_clock;
    Log m_log;
    OpenRun m_open;
    RunStatus m_status = RunStatus::Ended;
    std::uint64_t m_timerCount = 0, m_eventCount = 0;
    std::string_view m_text; ///< the present line
    std::string m_error;
    std::size_t m_errorOffset = 0;
    bool m_ended = false, m_cancelled = false;
};

} // namespace

bool looksLikeJsonLines(std::string_view head)
{
    const auto start = head.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos || head[start] != '{') return false;
    const auto line = head.substr(start, head.find('\n', start) - start);
    return line.find("\"jiffyscope-log\"") != std::string_view::npos;
}

Result<RecordedRun> readJsonLines(std::istream& in, const std::string& file,
                                  const std::function<bool(std::uint64_t bytes)>& progress)
{
    return LogReader(in, file, progress).read();
}

} // namespace jiffy::core
