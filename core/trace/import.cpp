// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/import.h"

#include "core/trace/fit.h"
#include "core/trace/lifetimes.h"
#include "core/trace/machine_recorder.h"
#include "core/trace/remarks.h"
#include "core/trace/words.h"

#include <algorithm>
#include <climits>
#include <cstring>
#include <fmt/format.h>
#include <memory>

namespace jiffy::core
{

namespace
{

constexpr std::size_t blockSize = 256 * 1024;  ///< read at once; progress and cancel between blocks
constexpr std::size_t longestLine = 64 * 1024; ///< longer ones are unreadable
constexpr std::uint64_t trialLines = 1000; ///< a file most of whose first lines are unreadable is no trace
constexpr int mostCpus = 64;

/// Files that are no text, with what to do about it. Null: none of them.
const char* adviceFor(std::string_view head)
{
    struct Magic
    {
        std::string_view bytes;
        const char* advice;
    };
    static constexpr Magic magics[] = {
        {std::string_view("\x17\x08\x44tracing", 10),
         "a binary trace.dat: print it with `trace-cmd report FILE > FILE.txt` and open that"},
        {"PERFILE2", "a binary perf.data: print it with `perf script -i FILE > FILE.txt` and open that"},
        {std::string_view("\x28\xB5\x2F\xFD", 4), "compressed; unpack it with `zstd -d`"},
        {std::string_view("\x1F\x8B", 2), "compressed; unpack it with `gunzip`"},
        {std::string_view("\xFD"
                          "7zXZ",
                          5),
         "compressed; unpack it with `unxz`"},
    };
    for (const auto& m : magics)
        if (head.starts_with(m.bytes)) return m.advice;
    return nullptr;
}

class Importer
{
  public:
    Importer(const std::string& file, const TraceOptions& options) : m_file(file), m_options(options) {}

    Result<Inputs> run(std::istream& in, const std::function<bool(std::uint64_t)>& progress);

  private:
    bool takeBlock(std::string_view text); ///< whole lines; false: stop, m_failure says why
    bool takeLine(std::string_view line);
    void takeComment(std::string_view line);
    bool takeUnreadable(std::string_view line, const TraceLine& why);
    bool takeEvent(const TraceEvent& event, std::string_view line);
    bool judgeTrial();
    void fail(std::string message)
    {
        m_failure = Diagnostic{Fault::Input, m_file, 0, 0, std::move(message), {}};
    }
    void failAt(std::string_view line, std::size_t offset, std::string message);
    void checkSomethingFound();
    Inputs finish();

    const std::string& m_file;
    const TraceOptions& m_options;
    Lifetimes m_lifetimes;
    MachineRecorder m_recorder;
    ClockFit m_fit;
    TraceReading m_reading;
    std::optional<Diagnostic> m_failure;
    Diagnostic m_firstUnreadable;
    std::string m_title, m_watch;
};

void Importer::failAt(std::string_view line, std::size_t offset, std::string message)
{
    fail(std::move(message));
    m_failure = locate(*std::move(m_failure), line, offset);
    m_failure->line = static_cast<int>(std::min<std::uint64_t>(m_reading.lines, INT_MAX));
}

bool Importer::takeBlock(std::string_view text)
{
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        if (!takeLine(text.substr(0, end))) return false;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return true;
}

bool Importer::takeLine(std::string_view line)
{
    ++m_reading.lines;
    TraceEvent event;
    const auto read = parseTraceLine(line, event);
    using enum TraceLine::Kind;
    switch (read.kind) {
    case Event:
        return takeEvent(event, line);
    case Lost:
        m_lifetimes.lose(read.lost, read.lostCpu);
        m_recorder.lose(m_reading.lines, read.lostCpu);
        return true;
    case Unreadable:
        return takeUnreadable(line, read);
    case Nothing:
        break;
    }
    if (!line.empty() && line.front() == '#') {
        takeComment(line);
    }
    return true;
}

/// Besides what the kernel writes there, `# title: ` and `# watch: ` of a trace that was made ready for
/// others.
void Importer::takeComment(std::string_view line)
{
    m_reading.overwritten += overwrittenEntries(line);
    if (line.ends_with('\r')) line.remove_suffix(1);
    for (const auto& [key, text] :
         {std::pair(std::string_view("# title: "), &m_title), {"# watch: ", &m_watch}})
        if (text->empty() && line.starts_with(key)) *text = line.substr(key.size(), 200);
}

bool Importer::takeUnreadable(std::string_view line, const TraceLine& why)
{
    if (m_reading.unreadable++ == 0) {
        m_reading.firstUnreadable = m_reading.lines;
        failAt(line, why.column, why.problem);
        m_firstUnreadable = *std::exchange(m_failure, std::nullopt);
    }
    return judgeTrial();
}

bool Importer::judgeTrial()
{
    const auto seen = m_reading.events + m_reading.unreadable;
    if (seen != trialLines || m_reading.unreadable * 2 <= seen) return true;
    m_failure = m_firstUnreadable;
    return false;
}

bool Importer::takeEvent(const TraceEvent& event, std::string_view line)
{
    ++m_reading.events;
    if (event.lacksSymbols) m_reading.lacksSymbols = true;
    if (event.what != TraceEvent::What::Other) {
        ++m_reading.timerEvents;
        ++m_reading.byLayout[static_cast<std::size_t>(event.layout)];
        if (event.hasUntrueFlags) m_reading.hasUntrueFlags = true;
        if (event.cpu >= mostCpus) {
            failAt(line, std::min(line.find('['), line.size() - 1) + 1,
                   fmt::format("a timer event on CPU {}: at most {} CPUs can be shown; record fewer with "
                               "trace-cmd record -M",
                               event.cpu, mostCpus));
            return false;
        }
        m_fit.add(event);
    }
    if (event.cpu < mostCpus) {
        m_lifetimes.take(event);
        const bool isRun = event.what == TraceEvent::What::ExpireEntry && !event.isNameless;
        m_recorder.take(event, m_reading.lines, isRun ? m_lifetimes.runningOn(event.cpu) : ActivitySpan::none);
    }
    return judgeTrial();
}

void Importer::checkSomethingFound()
{
    const auto advice = "record with `trace-cmd record -e timer` and print with `trace-cmd report`";
    if (m_reading.lines == 0) return fail("the file is empty");
    if (m_reading.unreadable * 2 > m_reading.events + m_reading.unreadable && m_reading.events < trialLines) {
        m_failure = m_firstUnreadable;
        return;
    }
    if (m_reading.timerEvents == 0)
        return fail(fmt::format(
            "no timer events in {}: expected lines with timer_start, timer_cancel, timer_expire_entry; {}",
            counted(m_reading.lines, "line"), advice));
    if (m_lifetimes.counts().nameless == m_reading.timerEvents)
        return fail("all timers print as (____ptrval____) and cannot be told apart: the kernel had no random "
                    "numbers yet to hash "
                    "pointers with; record later after boot, or boot with no_hash_pointers");
    if (!m_lifetimes.hasJiffies())
        return fail(
            fmt::format("no timer_start or timer_expire_entry among {}, so nothing tells the jiffies; {}",
                        counted(m_reading.timerEvents, "timer event"), advice));
}

Inputs Importer::finish()
{
    Inputs out;
    const auto slash = m_file.rfind('/');
    out.title = !m_title.empty()
                    ? m_title
                    : "Kernel trace " + m_file.substr(slash == std::string::npos ? 0 : slash + 1);
    out.watch = !m_watch.empty()
                    ? m_watch
                    : "Where the model runs each timer, and where the recorded machine ran it.";
    out.file = m_file;
    auto hz = m_fit.hz();
    if (m_options.hz) hz = {Hz{*m_options.hz}, fmt::format("HZ is {}, as asked for.", *m_options.hz)};
    auto word = m_fit.word();
    if (m_options.bits)
        word = {Word{*m_options.bits},
                fmt::format("The machine has {}-bit words, as asked for.", *m_options.bits)};
    out.machine.hz = hz.hz;
    out.machine.word = word.word;
    out.machine.cpus = m_lifetimes.highestCpu() + 1;
    if (m_lifetimes.counts().modern != 0) out.machine.timers = TimerAlgorithm::Wheel61;
    m_lifetimes.finish(out);
    out.recorded = m_recorder.finish(out.machine.hz, out.machine.word, out.machine.jiffies, out.machine.cpus);
    if (m_reading.overwritten > 0) {
        Action lost;
        lost.call = Call::MachineLost;
        lost.expires = m_reading.overwritten;
        out.actions.insert(out.actions.begin(), lost);
    }
    m_reading.lacksTime = m_recorder.lacksTime();
    out.remarks = traceRemarks(m_reading, m_lifetimes.counts(), out, hz.why, word.why);
    if (m_fit.backwards() > 0)
        out.remarks.push_back(fmt::format("{} timer events are older than one before them: the file does not stand in the order of "
                                          "time, so what is told of callbacks and delays is not to be trusted.",
                                          m_fit.backwards()));
    if (m_options.hz && m_fit.hz().hz != Hz{*m_options.hz})
        out.remarks.push_back("Without --hz: " + m_fit.hz().why);
    if (m_options.bits && m_fit.word().word != Word{*m_options.bits})
        out.remarks.push_back("Without --bits: " + m_fit.word().why);
    return out;
}

Result<Inputs> Importer::run(std::istream& in, const std::function<bool(std::uint64_t)>& progress)
{
    // One buffer: the part of a line left over from the block before, then the next block.
    std::vector<char> buffer(longestLine + blockSize);
    std::size_t held = 0;
    std::uint64_t bytes = 0;
    bool isSkipping = false; // inside a line longer than any
    while (in) {
        in.read(buffer.data() + held, static_cast<std::streamsize>(blockSize));
        const auto got = static_cast<std::size_t>(in.gcount());
        if (in.bad()) return jiffy::core::fail(Fault::System, "cannot be read", m_file);
        std::string_view text(buffer.data(), held + got);
        if (bytes == 0) {
            if (const auto* advice = adviceFor(text))
                fail(advice);
            else if (std::memchr(text.data(), 0, text.size()) != nullptr)
                fail("binary data, not the text of a kernel trace");
            if (m_failure) return jiffy::core::fail(*std::move(m_failure));
        }
        bytes += got;
        if (isSkipping) {
            const auto end = text.find('\n');
            isSkipping = end == std::string_view::npos;
            text.remove_prefix(isSkipping ? text.size() : end + 1);
        }
        const auto whole = in ? text.rfind('\n') + 1 : text.size(); // npos + 1 == 0
        if (!takeBlock(text.substr(0, whole))) return jiffy::core::fail(*std::move(m_failure));
        text.remove_prefix(whole);
        if (text.size() > longestLine) {
            ++m_reading.lines;
            TraceLine why;
            why.problem = "a line of more than 64 kB";
            if (!takeUnreadable(text, why)) return jiffy::core::fail(*std::move(m_failure));
            isSkipping = true;
            text.remove_prefix(text.size()); // not {}: memmove takes no null
        }
        held = text.size();
        std::memmove(buffer.data(), text.data(), held);
        if (progress && !progress(bytes))
            return jiffy::core::fail(Fault::Input, "the import was cancelled", m_file);
    }
    checkSomethingFound();
    if (m_failure) return jiffy::core::fail(*std::move(m_failure));
    return finish();
}

} // namespace

bool looksLikeTrace(std::string_view head)
{
    if (adviceFor(head) != nullptr || head.starts_with("# tracer:")) return true;
    // Three events of any kind, or one of a timer: prose can hold something like one event by chance.
    int events = 0, others = 0;
    while (!head.empty() && others < 200) {
        const auto end = std::min(head.find('\n'), head.size());
        const auto line = head.substr(0, end);
        TraceEvent event;
        if (line.size() < longestLine && parseTraceLine(line, event).kind == TraceLine::Kind::Event) {
            if (++events >= 3 || event.what != TraceEvent::What::Other) return true;
        } else {
            ++others;
        }
        head.remove_prefix(std::min(end + 1, head.size()));
    }
    return false;
}

Result<Inputs> importTrace(std::istream& in, const std::string& file, const TraceOptions& options,
                           const std::function<bool(std::uint64_t bytes)>& progress)
{
    if (options.bits && *options.bits != 32 && *options.bits != 64)
        return fail(Fault::Usage, fmt::format("words have 32 or 64 bits, not {}", *options.bits));
    if (options.hz && (*options.hz < 1 || *options.hz > 100'000))
        return fail(Fault::Usage, fmt::format("HZ is 1 to 100000, not {}", *options.hz));
    return Importer(file, options).run(in, progress);
}

} // namespace jiffy::core
