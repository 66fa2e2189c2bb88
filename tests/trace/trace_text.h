// SPDX-License-Identifier: GPL-3.0-or-later
// What the trace tests share: recordings by name, imports of text, traces made line by line.
#pragma once

#include "core/trace/import.h"
#include "tests/support/source_dir.h"

#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>

namespace jiffy::core::test
{

/// k6.1.txt is the built-in :real-machine, the others stand in tests/trace/data.
inline std::string recording(const std::string& name)
{
    const std::string source = jiffy::test::sourceDir();
    const auto file = name == "k6.1.txt" ? source + "/resources/scenarios/real-machine.txt"
                                         : source + "/tests/trace/data/" + name;
    std::ifstream in(file, std::ios::binary);
    EXPECT_TRUE(in) << name;
    return {std::istreambuf_iterator<char>(in), {}};
}

inline Result<Inputs> tryImport(const std::string& text, const TraceOptions& options = {})
{
    std::istringstream in(text);
    return importTrace(in, "trace.txt", options);
}

inline Inputs import(const std::string& text, const TraceOptions& options = {})
{
    auto result = tryImport(text, options);
    if (!result) {
        ADD_FAILURE() << toText(result.error());
        return {};
    }
    return *std::move(result);
}

/// The error of an import that must fail.
inline std::string importError(const std::string& text, const TraceOptions& options = {})
{
    const auto result = tryImport(text, options);
    if (result) return "(no error)";
    return toText(result.error());
}

inline bool hasRemark(const Inputs& inputs, const std::string& part)
{
    for (const auto& r : inputs.remarks)
        if (r.find(part) != std::string::npos) return true;
    return false;
}

/// Lines of kernel text, a 64-bit machine with HZ 250; jiffies 4294900000 is at 100 s.
class TraceText
{
  public:
    TraceText& at(int cpu, double ms)
    {
        m_cpu = cpu;
        m_ms = ms;
        return *this;
    }
    TraceText& start(const std::string& timer, int timeout, const std::string& function = "fn",
                     const std::string& flags = "")
    {
        const auto now = jiffies();
        return line("timer_start: timer=" + pointer(timer) + " function=" + function +
                    " expires=" + std::to_string(now + static_cast<std::uint64_t>(timeout)) + " [timeout=" +
                    std::to_string(timeout) + "] " + m_filed + "cpu=" + std::to_string(m_cpu) + " flags=" + flags);
    }
    /// Of the next starts: fields like "idx=18 " between the timeout and the CPU.
    TraceText& filed(const std::string& fields)
    {
        m_filed = fields;
        return *this;
    }
    TraceText& init(const std::string& timer) { return line("timer_init: timer=" + pointer(timer)); }
    TraceText& cancel(const std::string& timer) { return line("timer_cancel: timer=" + pointer(timer)); }
    TraceText& enter(const std::string& timer, const std::string& function = "fn")
    {
        return line("timer_expire_entry: timer=" + pointer(timer) + " function=" + function +
                    " now=" + std::to_string(jiffies()) + " baseclk=" + std::to_string(jiffies()));
    }
    TraceText& leave(const std::string& timer) { return line("timer_expire_exit: timer=" + pointer(timer)); }
    TraceText& line(const std::string& event)
    {
        char head[80];
        std::snprintf(head, sizeof head, "          <idle>-0       [%03d] d.s2.   %.6f: ", m_cpu,
                      100 + m_ms / 1000);
        return raw(head + event);
    }
    TraceText& raw(const std::string& text)
    {
        m_text += text + "\n";
        return *this;
    }
    const std::string& text() const { return m_text; }

    static constexpr Jiffies epoch = 4294900000;

  private:
    Jiffies jiffies() const { return epoch + static_cast<Jiffies>(m_ms / 4); }
    static std::string pointer(const std::string& timer)
    {
        return timer.front() == '(' ? timer : std::string(16 - timer.size(), '0') + timer;
    }
    std::string m_text, m_filed;
    int m_cpu = 0;
    double m_ms = 0;
};

/// "mod_timer fn.1 @5 -> +7" for each action but MachineFiled, to compare whole streams at once.
inline std::string toText(const Inputs& inputs)
{
    std::string out;
    for (const auto& a : inputs.actions) {
        if (a.call == Call::MachineFiled) continue;
        const auto word = inputs.machine.word;
        const auto after = [&](Jiffies j) {
            return std::to_string(word.signedDistance(j, inputs.machine.jiffies));
        };
        out += "@" + std::to_string(a.tick) + " cpu" + std::to_string(a.cpu) + " ";
        switch (a.call) {
        case Call::ModTimer:
            out += "mod " + inputs.timerName(a.timer) + " " + after(a.expires);
            break;
        case Call::DelTimer:
            out += "del " + inputs.timerName(a.timer);
            break;
        case Call::MachineFired:
            out += "ran " + inputs.timerName(a.timer) + " " + after(a.expires) + " " +
                   std::to_string(a.nanoseconds) + "ns";
            break;
        case Call::MachineLost:
            out += "lost " + std::to_string(a.expires);
            break;
        default:
            out += "?";
            break;
        }
        out += "\n";
    }
    return out;
}

} // namespace jiffy::core::test
