// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/open.h"

#include "core/base/file_buffer.h"
#include "core/export/jsonl_reader.h"
#include "core/scenario/ops_reader.h"
#include "core/scenario/reader.h"
#include "core/timers/registry.h"

#include <istream>
#include <iterator>
#include <sstream>

namespace jiffy::core
{

namespace
{

enum class FileKind { Scenario, Vector, Trace, Log, Unknown };

// Larger files of these kinds are mistakes: both are read whole. Traces and logs stream and may be of any size.
constexpr std::size_t largestScenario = 64u << 20;
constexpr std::size_t largestVector = 512u << 20;

std::string_view firstWordsOfVector(std::string_view head)
{
    while (!head.empty()) {
        const auto line = head.substr(0, head.find('\n'));
        head.remove_prefix(std::min(line.size() + 1, head.size()));
        const auto begin = line.find_first_not_of(" \t\r");
        if (begin != std::string_view::npos && line[begin] != '#') return line.substr(begin);
    }
    return {};
}

bool looksLikeVector(std::string_view head)
{
    const auto words = firstWordsOfVector(head);
    const auto blank = words.find_first_of(" \t");
    const auto first = words.substr(0, blank);
    if (first == "scheduler") return true;
    return first == "machine" && words.find('=') != std::string_view::npos;
}

bool looksLikeJson(std::string_view head)
{
    const auto begin = head.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return false;
    if (head[begin] == '{') return true;
    return head.substr(begin, 2) == "//" || head.substr(begin, 2) == "/*";
}

FileKind kindOf(std::string_view head, const std::string& file)
{
    if (looksLikeJsonLines(head)) return FileKind::Log;
    if (looksLikeJson(head)) return file.ends_with(".jsonl") ? FileKind::Log : FileKind::Scenario;
    if (looksLikeVector(head)) return FileKind::Vector;
    if (looksLikeTrace(head)) return FileKind::Trace;
    if (file.ends_with(".jsonl")) return FileKind::Log;
    if (file.ends_with(".json")) return FileKind::Scenario;
    if (file.ends_with(".ops")) return FileKind::Vector;
    return FileKind::Unknown;
}

/// Why text cannot be expected behind these first bytes; empty if it can. Recordings and packed traces are importTrace()'s.
std::string_view whyNotText(std::string_view head)
{
    using namespace std::string_view_literals;
    if (head.starts_with("\xff\xfe"sv) || head.starts_with("\xfe\xff"sv)) return "it is UTF-16 text; save it as UTF-8";
    if (head.starts_with("BZh"sv) || head.starts_with("PK\x03\x04"sv)) return "it is packed; unpack it first";
    if (head.find('\0') != std::string_view::npos) return "it is binary data";
    return {};
}

class Opener
{
  public:
    Opener(std::istream& in, const std::string& file, const TraceOptions& options,
           const std::function<bool(std::uint64_t)>& progress)
        : m_in(in), m_file(file), m_options(options), m_progress(progress)
    {
    }

    Result<Opened> open(std::string_view head)
    {
        if (head.empty()) return fail(Fault::Input, "the file is empty", m_file);
        const FileKind kind = kindOf(head, m_file);
        if (const auto why = whyNotText(head); !why.empty() && kind != FileKind::Trace)
            return fail(Fault::Input, std::string(why), m_file);
        if (kind != FileKind::Trace && (m_options.hz || m_options.bits))
            return fail(Fault::Usage, "only a kernel trace takes another HZ or word size (--hz, --bits)", m_file);
        if (kind == FileKind::Log && m_options.timers != nullptr)
            return fail(Fault::Usage, "a log is what one algorithm did; it cannot be run on another (--timers)", m_file);
        switch (kind) {
        case FileKind::Log: return log();
        case FileKind::Trace: return wrap(importTrace(m_in, m_file, m_options, m_progress));
        case FileKind::Scenario: return scenario();
        case FileKind::Vector: {
            auto text = whole(largestVector, "vector");
            if (!text) return tl::unexpected(std::move(text.error()));
            return wrap(readOps(*text, m_file));
        }
        case FileKind::Unknown: break;
        }
        return fail(Fault::Input,
                    head.find_first_not_of(" \t\r\n") == std::string_view::npos
                        ? "there is nothing but blanks in it"
                        : "this is no scenario (.jiffy.json), vector (.ops), kernel trace with timer events or "
                          "exported log (.jsonl)",
                    m_file);
    }

  private:
    Result<Opened> wrap(Result<Inputs> inputs)
    {
        if (!inputs) return tl::unexpected(std::move(inputs.error()));
        inputs->file = m_file;
        if (m_options.timers != nullptr) {
            if (inputs->driver == Driver::Daemon) return fail(Fault::Usage, "tgtd's scheduler has no timer wheel (--timers)", m_file);
            return Opened{inputsOn(*inputs, *m_options.timers), std::nullopt, nullptr};
        }
        return Opened{std::make_shared<const Inputs>(std::move(*inputs)), std::nullopt, nullptr};
    }
    Result<Opened> log()
    {
        auto run = readJsonLines(m_in, m_file, m_progress);
        if (!run) return tl::unexpected(std::move(run.error()));
        return Opened{std::move(run->inputs), std::move(run->snapshot), nullptr};
    }
    Result<Opened> scenario()
    {
        auto text = whole(largestScenario, "scenario");
        if (!text) return tl::unexpected(std::move(text.error()));
        auto both = readBoth(*text, m_file);
        if (!both) return tl::unexpected(std::move(both.error()));
        auto opened = wrap(std::move(both->inputs));
        if (!opened) return opened;
        if (m_options.timers != nullptr) {
            // Both say the same, so that an edit begins with what is in sight.
            both->scenario.machine.timers = m_options.timers->algorithm;
            both->scenario.machine.small = m_options.timers->isSmall;
            both->scenario.expect.clear();
        }
        opened->document = std::make_shared<const Scenario>(std::move(both->scenario));
        return opened;
    }
    /// The rest of the stream, all of it.
    Result<std::string> whole(std::size_t largest, const char* what)
    {
        std::string text(1 << 16, '\0');
        std::size_t size = 0;
        while (m_in.read(text.data() + size, static_cast<std::streamsize>(text.size() - size)) || m_in.gcount() > 0) {
            size += static_cast<std::size_t>(m_in.gcount());
            if (size > largest) {
                return fail(Fault::Input,
                            std::string("no ") + what + " is larger than " + std::to_string(largest >> 20) + " MiB",
                            m_file);
            }
            if (m_progress && !m_progress(size)) return fail(Fault::Input, "the reading was cancelled", m_file);
            if (size == text.size()) text.resize(2 * size);
        }
        text.resize(size);
        return text;
    }

    std::istream& m_in;
    const std::string& m_file;
    const TraceOptions& m_options;
    const std::function<bool(std::uint64_t)>& m_progress;
};

} // namespace

Result<Opened> openFile(const std::string& file, const BuiltinLookup& builtin, const TraceOptions& options,
                        const std::function<bool(std::uint64_t bytes)>& progress)
{
    if (file.starts_with(':')) {
        const auto text = builtin ? builtin(std::string_view(file).substr(1)) : std::nullopt;
        if (!text) return fail(Fault::Input, "there is no built-in scenario of this name; `jiffyscope list scenarios` names them", file);
        std::istringstream in(*text);
        return Opener(in, file, options, progress).open(std::string_view(*text).substr(0, 1 << 16));
    }
    auto buffer = FileBuffer::open(file);
    if (!buffer) return tl::unexpected(std::move(buffer.error()));
    const auto head = (*buffer)->head();
    std::istream in(buffer->get());
    auto opened = (*buffer)->error() != 0 ? Result<Opened>(fail(Diagnostic())) : Opener(in, file, options, progress).open(head);
    // A disk that fails in the middle looks like a short file: say what it was.
    if ((*buffer)->error() != 0) return fail(cannotRead(file, (*buffer)->error()));
    return opened;
}

} // namespace jiffy::core
