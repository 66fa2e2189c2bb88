// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/tgtd/reference_daemon.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <map>
#include <sstream>
#include <vector>

namespace jiffy::test
{

namespace
{

using Words = std::vector<std::string>;
using Time = std::int64_t;

constexpr Time wallAtStart = 1'294'588'940'000'000;
constexpr Time never = INT64_MAX;

struct TheEnd
{
};
struct OutOfFormat
{
};

Time microseconds(std::string text)
{
    const bool isBack = text[0] == '-';
    if (isBack || text[0] == '+') text.erase(0, 1);
    const auto point = text.find('.');
    std::string digits = text.substr(0, point) +
                         ((point == std::string::npos ? "" : text.substr(point + 1)) + "000").substr(0, 3);
    const Time t = std::stoll(digits);
    return isBack ? -t : t;
}

std::string milliseconds(Time t)
{
    char text[40];
    std::snprintf(text, sizeof text, "%s%lld.%03lld", t < 0 ? "-" : "",
                  static_cast<long long>(std::abs(t) / 1000), static_cast<long long>(std::abs(t) % 1000));
    return text;
}

class ReferenceDaemon
{
  public:
    explicit ReferenceDaemon(const std::string& ops) { read(ops); }

    std::string run()
    {
        try {
            boot();
            while (true)
                pass();
        } catch (TheEnd) {
        }
        return m_out;
    }

  private:
    struct Io
    {
        Time at;
        int number;
        Words what;
    };

    void read(const std::string& ops)
    {
        std::istringstream lines(ops);
        int number = 0;
        for (std::string line; std::getline(lines, line);) {
            std::istringstream in(line.substr(0, line.find('#')));
            Words w;
            for (std::string word; in >> word;)
                w.push_back(word);
            if (w.empty()) continue;
            if (w[0] == "scheduler") m_isNew = w[1] == "new";
            if (w[0] == "on") m_funcs[w[1]].push_back(Words(w.begin() + 2, w.end()));
            if (w[0] == "start") m_start = microseconds(w[1]);
            if (w[0] == "until") m_until = microseconds(w[1]);
            if (w[0] != "at") continue;
            const Words what(w.begin() + 2, w.end());
            if (what[0] == "settime")
                m_steps.push_back({microseconds(w[1]), 0, what});
            else
                m_ios.push_back({microseconds(w[1]), ++number, what});
        }
        const auto earlier = [](const Io& a, const Io& b) { return a.at < b.at; };
        std::stable_sort(m_steps.begin(), m_steps.end(), earlier);
        std::stable_sort(m_ios.begin(), m_ios.end(), earlier);
    }

    void say(const std::string& text) { m_out += milliseconds(m_now) + " " + text + "\n"; }
    Time wall() const { return wallAtStart + m_now + m_offset; }
    Time next() const
    {
        return std::min({m_steps.empty() ? never : m_steps.front().at,
                         m_ios.empty() ? never : m_ios.front().at, m_alarm});
    }
    /// Everything that happens by itself at that instant; whether the alarm did.
    bool happen(Time at)
    {
        if (at > m_until) throw TheEnd();
        m_now = std::max(m_now, at);
        for (; !m_steps.empty() && m_steps.front().at <= at; m_steps.erase(m_steps.begin()))
            m_offset += microseconds(m_steps.front().what[1]);
        const bool rings = m_alarm <= at;
        if (rings) {
            m_alarm += 250'000;
            say("alarm");
            notify();
        }
        for (; !m_ios.empty() && m_ios.front().at <= at; m_ios.erase(m_ios.begin()))
            m_ready.push_back(m_ios.front());
        return rings;
    }
    void boot()
    {
        while (next() <= std::min(m_start, m_until))
            happen(next());
        if (m_start > m_until) throw TheEnd();
        m_now = m_start;
        if (m_isNew) m_alarm = m_start + 250'000;
    }
    void pass()
    {
        say("epoll_wait timeout=2000");
        const Time timeout = m_now + 2'000'000;
        while (m_ready.empty()) {
            if (next() <= timeout) {
                if (happen(next())) return say("epoll_ret -1 EINTR");
                continue;
            }
            if (timeout > m_until) throw TheEnd();
            m_now = timeout;
            say("epoll_ret 0");
            if (!m_isNew) schedule();
            return;
        }
        const std::vector<Io> batch = std::exchange(m_ready, {});
        std::string names;
        for (const Io& io : batch)
            names +=
                (names.empty() ? "" : " ") + (io.number == 0 ? "pipe" : "io#" + std::to_string(io.number));
        say("epoll_ret " + std::to_string(batch.size()) + " [" + names + "]");
        for (const Io& io : batch)
            handle(io);
    }
    void handle(const Io& io)
    {
        if (io.number == 0) return readPipe();
        if (io.what[0] == "add") add(io.what[1], std::stoll(io.what[2]));
        if (io.what[0] == "del") del(io.what[1]);
        if (io.what[0] == "burn") burn(microseconds(io.what[1]));
    }
    void burn(Time duration)
    {
        if (duration == 0) return;
        const Time end = m_now + duration;
        while (next() <= end)
            happen(next());
        if (end > m_until) throw TheEnd();
        m_now = end;
    }
    void notify()
    {
        if (m_isPending) return say("pending_skip");
        m_isPending = true;
        say("write fd=W bytes=4");
        m_ready.push_back({m_now, 0, {}});
    }
    void add(const std::string& item, Time seconds)
    {
        const auto stands = [&](const Words& list) {
            return std::find(list.begin(), list.end(), item) != list.end();
        };
        if (stands(m_inactive) || stands(m_active)) throw OutOfFormat();
        m_isImmediate[item] = seconds == 0;
        const Time when = m_isNew ? wall() + seconds * 1'000'000 : m_jiffies + std::max<Time>(1, seconds / 2);
        char text[40];
        std::snprintf(text, sizeof text, "%lld.%06lld", static_cast<long long>(when / 1'000'000),
                      static_cast<long long>(when % 1'000'000));
        const std::string told = seconds == 0 ? "immediate" : m_isNew ? text : std::to_string(when);
        if (seconds == 0) {
            m_active.push_back(item);
        } else {
            m_when[item] = when;
            const auto later = std::find_if(m_inactive.begin(), m_inactive.end(),
                                            [&](const auto& other) { return m_when[other] > when; });
            m_inactive.insert(later, item);
        }
        say("add " + item + " sec=" + std::to_string(seconds) + " when=" + told +
            (m_isNew ? "" : " jiffies=" + std::to_string(m_jiffies)));
        if (seconds == 0 && m_isNew) notify();
    }
    void del(const std::string& item)
    {
        m_inactive.erase(std::remove(m_inactive.begin(), m_inactive.end(), item), m_inactive.end());
        m_active.erase(std::remove(m_active.begin(), m_active.end(), item), m_active.end());
        say("del " + item);
    }
    void readPipe()
    {
        say("read bytes=4");
        m_isPending = false;
        const Time now = wall();
        while (!m_inactive.empty() && m_when[m_inactive.front()] <= now)
            expireFirst();
        drain();
        state();
    }
    void schedule()
    {
        say("schedule jiffies=" + std::to_string(m_jiffies));
        while (!m_inactive.empty() && m_jiffies > m_when[m_inactive.front()])
            expireFirst();
        drain();
        ++m_jiffies;
        state();
    }
    void expireFirst()
    {
        m_active.push_back(m_inactive.front());
        m_inactive.erase(m_inactive.begin());
        say("expire " + m_active.back());
    }
    void drain()
    {
        for (int calls = 0; !m_active.empty(); ++calls) {
            if (calls == 500) throw OutOfFormat();
            const std::string item = m_active.front();
            m_active.erase(m_active.begin());
            const std::string late =
                m_isNew ? milliseconds(wall() - m_when[item]) : std::to_string(m_jiffies - m_when[item]);
            say("exec " + item + " late=" + (m_isImmediate[item] ? "immediate" : late));
            for (const Words& w : m_funcs[item]) {
                if (w[0] == "burn") burn(microseconds(w[1]));
                if (w[0] == "add") add(w[1], std::stoll(w[2]));
                if (w[0] == "del") del(w[1]);
                if (w[0] == "rearm") add(item, std::stoll(w[1]));
            }
        }
    }
    void state()
    {
        std::string text = "state inactive:";
        for (const auto& item : m_inactive)
            text += " " + item;
        text += " | active:";
        for (const auto& item : m_active)
            text += " " + item;
        say(text + " | pending=" + (m_isPending ? "1" : "0"));
    }

    std::string m_out;
    bool m_isNew = false, m_isPending = false;
    Time m_now = 0, m_offset = 0, m_start = 0, m_until = 0, m_alarm = never, m_jiffies = 0;
    std::vector<Io> m_steps, m_ios, m_ready;
    Words m_inactive, m_active;
    std::map<std::string, std::vector<Words>> m_funcs;
    std::map<std::string, Time> m_when;
    std::map<std::string, bool> m_isImmediate;
};

} // namespace

std::optional<std::string> referenceLog(const std::string& ops)
{
    try {
        return ReferenceDaemon(ops).run();
    } catch (OutOfFormat) {
        return std::nullopt;
    }
}

} // namespace jiffy::test
