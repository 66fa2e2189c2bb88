// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/this_machine.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <memory>
#include <sstream>
#include <sys/utsname.h>
#include <zlib.h>

namespace jiffy::core
{

namespace
{

std::optional<std::uint64_t> wholeNumber(std::string_view text)
{
    std::uint64_t n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return {};
    return n;
}

std::string_view trimmed(std::string_view text)
{
    const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back())) text.remove_suffix(1);
    return text;
}

constexpr std::size_t most = 4 << 20;

std::optional<std::string> contentOf(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in) return {};
    std::string text(most, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.empty()) return {};
    return text;
}

/// Of a file that gzip has compressed. None: it is damaged.
std::optional<std::string> unpackedContentOf(const std::string& path)
{
    const auto close = [](gzFile_s* file) { gzclose(file); };
    const std::unique_ptr<gzFile_s, decltype(close)> in(gzopen(path.c_str(), "rb"), close);
    if (!in) return {};
    std::string text(most, '\0');
    const int size = gzread(in.get(), text.data(), static_cast<unsigned>(text.size()));
    int error = Z_OK;
    gzerror(in.get(), &error);
    if (size <= 0 || (error != Z_OK && error != Z_STREAM_END)) return {};
    text.resize(static_cast<std::size_t>(size));
    return text;
}

/// 4.8 or later: its wheel has no cascade.
std::optional<bool> isModern(std::string_view release)
{
    const auto point = release.find('.');
    if (point == std::string_view::npos) return {};
    const auto major = wholeNumber(release.substr(0, point));
    auto rest = release.substr(point + 1);
    const auto end = rest.find_first_not_of("0123456789");
    const auto minor = wholeNumber(rest.substr(0, end));
    if (!major || !minor) return {};
    return *major > 4 || (*major == 4 && *minor >= 8);
}

bool isSet(std::string_view config, std::string_view option)
{
    const auto value = configValue(config, option);
    return value && *value != "0" && *value != "n";
}

class Learner
{
  public:
    explicit Learner(const MachineFacts& facts) : m_facts(facts), m_config(facts.config.value_or("")) {}

    ThisMachine learn()
    {
        m_out.machine.interrupts = true;
        if (m_facts.config) note("The kernel's configuration was read from " + m_facts.configName + ".");
        else note("The kernel's configuration could not be read: " + m_facts.configName + ".");
        hz();
        cpus();
        word();
        wheel();
        noHz();
        return std::move(m_out);
    }

  private:
    void note(std::string sentence) { m_out.notes.push_back(std::move(sentence)); }

    void hz()
    {
        constexpr std::array<std::uint32_t, 4> known = {100, 250, 300, 1000};
        const auto said = m_facts.config ? wholeNumber(configValue(m_config, "CONFIG_HZ").value_or("")) : std::nullopt;
        if (!said) {
            m_out.machine.hz = 250;
            return note("HZ could not be learnt; 250 was taken, which most distributions use.");
        }
        const auto distance = [&](std::uint32_t hz) { return hz > *said ? hz - *said : *said - hz; };
        const auto nearest = *std::min_element(known.begin(), known.end(), [&](auto a, auto b) { return distance(a) < distance(b); });
        m_out.machine.hz = nearest;
        if (nearest != *said) note("HZ is " + std::to_string(*said) + ", which no machine here can have; " + std::to_string(nearest) + " was taken, the nearest.");
    }
    void cpus()
    {
        const auto online = cpusIn(m_facts.onlineCpus);
        if (!online) return note("The number of CPUs could not be learnt; one was taken.");
        m_out.machine.cpus = std::min(*online, 64);
        if (*online > 64) note(std::to_string(*online) + " CPUs are online; 64 were taken, the most that a machine here can have.");
        if (m_facts.config && !isSet(m_config, "CONFIG_SMP") && *online == 1) m_out.machine.smp = false;
    }
    void word()
    {
        if (m_facts.config && isSet(m_config, "CONFIG_64BIT")) {
            m_out.machine.bits = 64;
            return;
        }
        const auto bits = wordBitsOf(m_facts.architecture);
        m_out.machine.bits = bits.value_or(64);
        if (!bits) note("The size of an unsigned long could not be learnt; 64 bits were taken.");
    }
    void wheel()
    {
        const auto modern = isModern(m_facts.release);
        if (!modern) {
            note("The kernel's version could not be learnt; the wheel of 6.1 was taken.");
        } else if (*modern) {
            note("Linux " + m_facts.release + " has the wheel that came with 4.8: it is the one of 6.1 here.");
        }
        m_out.machine.timers = modern.value_or(true) ? TimerAlgorithm::Wheel61 : TimerAlgorithm::Wheel39;
        if (!m_facts.config || !isSet(m_config, "CONFIG_BASE_SMALL")) return;
        m_out.machine.small = m_out.machine.timers == TimerAlgorithm::Wheel39;
        if (!m_out.machine.small) note("BASE_SMALL is set; since 4.8 it makes no wheel smaller.");
    }
    void noHz()
    {
        if (!m_facts.config) {
            m_out.machine.nohz = true;
            note("Whether idle CPUs stop their ticks could not be learnt; that they do was taken, as with most distributions.");
        } else {
            const bool isFull = isSet(m_config, "CONFIG_NO_HZ_FULL");
            m_out.machine.nohz = isFull || isSet(m_config, "CONFIG_NO_HZ_IDLE") || isSet(m_config, "CONFIG_NO_HZ_COMMON") || isSet(m_config, "CONFIG_NO_HZ");
            if (isFull) note("NO_HZ_FULL is set, with which a busy CPU can stop its tick, too; here only an idle one does.");
        }
        if (!*m_out.machine.nohz) return;
        auto& idle = m_out.machine.idle.emplace();
        for (int c = m_out.machine.cpus == 1 ? 0 : 1; c < m_out.machine.cpus; ++c) idle.push_back(c);
        note(m_out.machine.cpus == 1 ? "No configuration says what the CPU does; that it is idle was taken."
                                     : "No configuration says what the CPUs do; that CPU 0 is busy and the others are idle was taken.");
    }

    const MachineFacts& m_facts;
    const std::string m_config;
    ThisMachine m_out;
};

} // namespace

std::optional<std::string> configValue(std::string_view config, std::string_view option)
{
    for (std::size_t at = 0; at < config.size();) {
        const auto end = std::min(config.find('\n', at), config.size());
        const auto line = trimmed(config.substr(at, end - at));
        at = end + 1;
        if (!line.starts_with(option) || line.size() <= option.size() || line[option.size()] != '=') continue;
        auto value = line.substr(option.size() + 1);
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
        return std::string(value);
    }
    return {};
}

std::optional<int> cpusIn(std::string_view list)
{
    constexpr std::uint64_t most = 1'000'000;
    list = trimmed(list);
    std::uint64_t count = 0;
    while (!list.empty()) {
        const auto comma = std::min(list.find(','), list.size());
        const auto part = list.substr(0, comma);
        list.remove_prefix(std::min(comma + 1, list.size()));
        const auto dash = part.find('-');
        const auto from = wholeNumber(part.substr(0, dash));
        const auto to = dash == std::string_view::npos ? from : wholeNumber(part.substr(dash + 1));
        if (!from || !to || *to < *from || *to > most) return {};
        count += *to - *from + 1;
    }
    if (count == 0 || count > most) return {};
    return static_cast<int>(count);
}

std::optional<int> wordBitsOf(std::string_view architecture)
{
    constexpr std::array<std::string_view, 9> wide = {"x86_64", "aarch64", "ppc64", "ppc64le", "s390x", "riscv64", "mips64", "sparc64", "loongarch64"};
    if (std::find(wide.begin(), wide.end(), architecture) != wide.end()) return 64;
    const bool isX86 = architecture.size() == 4 && architecture[0] == 'i' && architecture.ends_with("86");
    if (isX86 || architecture.starts_with("armv") || architecture == "ppc" || architecture == "mips" || architecture == "riscv32") return 32;
    return {};
}

ThisMachine machineLike(const MachineFacts& facts)
{
    return Learner(facts).learn();
}

Scenario scenarioLike(const MachineFacts& facts)
{
    auto like = machineLike(facts);
    Scenario s;
    s.title = facts.release.empty() ? "A machine like this one" : "A machine like this one, Linux " + facts.release;
    s.machine = std::move(like.machine);
    s.notes = std::move(like.notes);
    return s;
}

MachineFacts readMachineFacts(const std::string& root)
{
    MachineFacts facts;
    utsname name{};
    if (uname(&name) == 0) {
        facts.release = name.release;
        facts.architecture = name.machine;
    }
    facts.onlineCpus = contentOf(root + "/sys/devices/system/cpu/online").value_or("");
    const std::string plain = "/boot/config-" + facts.release;
    facts.config = contentOf(root + plain);
    facts.configName = plain;
    if (facts.config) return facts;
    const std::string packed = "/proc/config.gz";
    facts.config = unpackedContentOf(root + packed);
    if (facts.config) facts.configName = packed;
    else if (contentOf(root + packed)) facts.configName = "there is no " + plain + ", and " + packed + " is damaged";
    else facts.configName = "there is neither " + plain + " nor " + packed;
    return facts;
}

} // namespace jiffy::core
