// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/jsonl_reader.h"

#include "core/base/line_reader.h"
#include "core/export/jsonl_parser.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

constexpr const char* tooLong = "the line is longer than 1 MiB";

class LogReader
{
  public:
    LogReader(std::istream& in, const std::string& file, const std::function<bool(std::uint64_t)>& progress)
        : m_lines(in), m_file(file), m_progress(progress), m_parser(file)
    {
    }

    Result<RecordedRun> read()
    {
        while (!m_parser.hasEnded() && nextLine()) {
            if (!m_parser.take(m_text)) return fault(m_parser.errorOffset(), m_parser.error());
        }
        if (m_cancelled) return fail(Fault::Input, "the reading was cancelled", m_file);
        if (m_lines.tooLong()) return fault(0, tooLong);
        if (m_lines.number() == 0) return fault(0, "the file is empty");
        if (!m_parser.hasEnded()) return fault(m_text.size(), "the closing line is missing: the log was cut short");
        if (nextLine()) return fault(0, "nothing may follow the closing line");
        return RecordedRun{m_parser.inputs(), m_parser.snapshot()};
    }

  private:
    bool nextLine()
    {
        if (m_progress && (m_lines.number() & 0xFFF) == 0 && !m_progress(m_lines.bytes())) {
            m_cancelled = true;
            return false;
        }
        return m_lines.next(m_text);
    }
    tl::unexpected<Diagnostics> fault(std::size_t offset, std::string message)
    {
        Diagnostic d;
        d.file = m_file;
        d.message = std::move(message);
        d = locate(std::move(d), m_text, offset);
        d.line = std::max(1, static_cast<int>(m_lines.number()));
        return fail(std::move(d));
    }

    LineReader m_lines;
    const std::string& m_file;
    const std::function<bool(std::uint64_t)>& m_progress;
    JsonLogParser m_parser;
    std::string_view m_text; ///< the present line
    bool m_cancelled = false;
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
