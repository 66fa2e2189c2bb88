// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/query.h"

#include "core/event/text.h"

#include <algorithm>
#include <charconv>

namespace jiffy::core
{

namespace
{

constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }

std::string lower(std::string_view text)
{
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

bool number(std::string_view text, std::uint64_t& out)
{
    const bool isHex = text.starts_with("0x");
    if (isHex) text.remove_prefix(2);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out, isHex ? 16 : 10);
    return !text.empty() && error == std::errc() && end == text.data() + text.size();
}

/// "tv2", "tv2[5]", of 6.1 "lvl1[5]"; index -1: the whole level.
bool slotNamed(std::string_view text, const Geometry& g, int& level, int& index)
{
    index = -1;
    for (level = 0; level < g.levels; ++level) {
        if (text.starts_with(g.levelName(level))) break;
    }
    if (level == g.levels) return false;
    text.remove_prefix(g.levelName(level).size());
    if (text.empty()) return true;
    std::uint64_t i = 0;
    if (!text.starts_with('[') || !text.ends_with(']') || !number(text.substr(1, text.size() - 2), i)) return false;
    if (i >= static_cast<std::uint64_t>(g.level[static_cast<std::size_t>(level)].slots)) return false;
    index = static_cast<int>(i);
    return true;
}

/// "cpu1", "cpu=1".
bool cpuNamed(std::string_view text, int cpus, int& cpu)
{
    if (!text.starts_with("cpu")) return false;
    text.remove_prefix(text.size() > 3 && (text[3] == '=' || text[3] == ':') ? 4 : 3);
    std::uint64_t n = 0;
    if (text.empty() || !isDigit(text[0]) || !number(text, n) || n >= static_cast<std::uint64_t>(cpus)) return false;
    cpu = static_cast<int>(n);
    return true;
}

/// One of tgtd's lists: "active", "inactive", "ready", "returned".
SlotId listNamed(std::string_view text, const Geometry& g)
{
    if (!g.isDaemon) return SlotId::none();
    if (text == "active") return g.activeList();
    if (text == "inactive") return g.inactiveList();
    if (text == "ready") return g.readyList();
    return text == "returned" ? g.returnedList() : SlotId::none();
}

bool hasSlot(const Record& r)
{
    return r.kind == Kind::Queued || r.kind == Kind::Unqueued || r.kind == Kind::Moved || r.kind == Kind::Spliced || r.kind == Kind::Fired ||
           r.kind == Kind::ItemSet;
}

/// Whether a record sets or carries these jiffies.
bool carries(const Record& r, std::uint64_t jiffies)
{
    switch (r.kind) {
    case Kind::Queued:
    case Kind::ItemSet:
    case Kind::Refused: return r.value == jiffies;
    case Kind::Unqueued:
    case Kind::Moved:
    case Kind::Fired: return r.before == jiffies;
    case Kind::RegisterSet: {
        const auto reg = static_cast<Register>(r.slot);
        return reg != Register::Idle && (!isOfKernel(reg) || reg == Register::SleepUntil) && r.value == jiffies;
    }
    case Kind::Entered: return r.site != Site::RunTimerSoftirq && !isOfKernel(r.site) && r.value == jiffies;
    case Kind::Noted: return (r.site == Site::NextInterrupt || r.site == Site::MachineFired || r.site == Site::SlackAsked) && r.value == jiffies;
    default: return false;
    }
}

} // namespace

std::vector<std::string> Query::wordsOf(std::string_view text, std::vector<bool>& isQuoted)
{
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == ' ' || text[at] == '\t') {
            ++at;
            continue;
        }
        const bool quoted = text[at] == '"';
        if (quoted) ++at;
        const std::size_t end = std::min(quoted ? text.find('"', at) : text.find_first_of(" \t", at), text.size());
        if (end > at) {
            words.emplace_back(text.substr(at, end - at));
            isQuoted.push_back(quoted);
        }
        at = end + (quoted ? 1 : 0);
    }
    return words;
}

Query::Query(std::string_view text, InputsPtr inputs) : m_inputs(std::move(inputs))
{
    const auto& machine = m_inputs->machine;
    m_geometry = geometryOf(machine);
    std::vector<bool> isQuoted;
    const auto words = wordsOf(text, isQuoted);
    for (std::size_t i = 0; i < words.size(); ++i) {
        m_words.push_back(wordOf(words[i], isQuoted[i]));
        m_needsTicks = m_needsTicks || m_words.back().hasNumber;
    }
    if (words.size() > 1 && std::none_of(isQuoted.begin(), isQuoted.end(), [](bool quoted) { return quoted; })) nameAll(words);
}

/// Words of a name need not be exact, nor in its order.
void Query::nameAll(const std::vector<std::string>& words)
{
    const auto has = [&](std::string_view name) {
        const std::string text = lower(name);
        return std::all_of(words.begin(), words.end(), [&](const std::string& word) { return text.find(lower(word)) != std::string::npos; });
    };
    for (int k = 0; k < kindCount; ++k)
        if (has(name(static_cast<Kind>(k)))) m_kinds |= 1u << k;
    for (int s = 1; s < siteCount; ++s)
        if (has(name(static_cast<Site>(s)))) m_sites.set(static_cast<std::size_t>(s));
    for (int r = 0; r < registerCount; ++r)
        if (has(name(static_cast<Register>(r)))) m_registers |= 1ull << r;
}

Query::Word Query::wordOf(const std::string& said, bool isQuoted) const
{
    Word w;
    w.text = lower(said);
    if (isQuoted) {
        w.isText = true;
        return w;
    }
    w.hasSlot = slotNamed(w.text, m_geometry, w.level, w.index);
    if (cpuNamed(w.text, m_inputs->machine.cpus, w.cpu)) return w;
    w.hasNumber = number(w.text, w.number);
    w.list = listNamed(w.text, m_geometry);
    // Names that are exactly so; where there are none, names that contain it.
    for (const bool exact : {true, false}) {
        bool found = w.hasSlot || w.hasNumber || w.list.isValid();
        const auto is = [&](std::string_view name) {
            const bool yes = exact ? lower(name) == w.text : lower(name).find(w.text) != std::string::npos;
            found = found || yes;
            return yes;
        };
        for (int k = 0; k < kindCount; ++k)
            if (is(name(static_cast<Kind>(k)))) w.kinds |= 1u << k;
        for (int s = 1; s < siteCount; ++s)
            if (is(name(static_cast<Site>(s)))) w.sites.set(static_cast<std::size_t>(s));
        for (int r = 0; r < registerCount; ++r)
            if (is(name(static_cast<Register>(r)))) w.registers |= 1ull << r;
        // A population has one name and many numbers.
        std::vector<char> named(m_inputs->names.size());
        for (std::size_t n = 0; n < m_inputs->names.size(); ++n) named[n] = !m_inputs->names[n].empty() && is(m_inputs->names[n]) ? 1 : 0;
        for (std::size_t p = 0; p < m_inputs->programs.size(); ++p) {
            const auto program = m_inputs->programs[p].name;
            if (program >= named.size() || named[program] == 0) continue;
            w.programs.resize(m_inputs->programs.size());
            w.programs[p] = true;
        }
        for (std::size_t l = 0; l < m_inputs->locks.size(); ++l) {
            if (!is(m_inputs->locks[l])) continue;
            w.locks.resize(m_inputs->locks.size());
            w.locks[l] = true;
        }
        // The file that a source of tgtd's belongs to.
        const auto& daemon = m_inputs->daemon;
        for (std::uint32_t i = 0; i < daemon.sources.size(); ++i) {
            const std::uint32_t file = m_inputs->actions[daemon.sources[i]].target;
            if (file == 0 || file > daemon.files.size() || !is(daemon.files[file - 1].name)) continue;
            w.timers.resize(m_inputs->timers.size());
            w.timers[daemon.firstSource + i] = true;
        }
        const bool mayBeNumbered = std::any_of(w.text.begin(), w.text.end(), isDigit);
        const auto& timers = m_inputs->timers;
        for (std::uint32_t t = 0; t < timers.size(); ++t) {
            const bool yes = (timers[t].name < named.size() && named[timers[t].name] != 0) ||
                             (mayBeNumbered && timers[t].number != 0 && is(m_inputs->timerName(TimerId(t))));
            if (!yes) continue;
            w.timers.resize(timers.size());
            w.timers[t] = true;
        }
        if (found) return w;
    }
    w.isText = true;
    return w;
}

bool Query::isAboutProgram(const Word& w, const Record& r)
{
    const auto has = [](const std::vector<bool>& named, std::uint64_t which) { return which < named.size() && named[which]; };
    const auto is = [&](std::uint64_t onePlus) { return onePlus != 0 && has(w.programs, onePlus - 1); };
    if (w.programs.empty() && w.locks.empty()) return false;
    if (r.kind == Kind::Entered || r.kind == Kind::Left) {
        if (r.site == Site::DeviceInterrupt) return has(w.programs, r.value);
        return isOfKernel(r.site) && is(r.link);
    }
    if (r.kind != Kind::RegisterSet) return false;
    switch (static_cast<Register>(r.slot)) {
    case Register::TaskState:
    case Register::RunQueuePlace:
    case Register::SignalPending: return has(w.programs, r.link);
    case Register::CurrentTask: return is(r.value) || is(r.before);
    case Register::LockOwner: return has(w.locks, r.link);
    case Register::Spinning: {
        const std::uint64_t word = r.value != 0 ? r.value : r.before;
        return spinsFor(word) == SpinFor::Lock && has(w.locks, spinId(word));
    }
    default: return false;
    }
}

bool Query::readsText() const
{
    return std::any_of(m_words.begin(), m_words.end(), [](const Word& w) { return w.isText; });
}

bool Query::matches(const Word& w, const Record& r, std::uint64_t event, std::uint64_t ticks) const
{
    if (w.isText) return lower(toText(r, m_geometry, *m_inputs)).find(w.text) != std::string::npos;
    if ((w.kinds >> static_cast<unsigned>(r.kind) & 1) != 0 || w.sites.test(static_cast<std::size_t>(r.site))) return true;
    if (isAboutProgram(w, r)) return true;
    if (!w.timers.empty() && r.item.isValid() && r.item.value < w.timers.size() && w.timers[r.item.value]) return true;
    if (w.registers != 0 && r.kind == Kind::RegisterSet && r.slot < registerCount && (w.registers >> r.slot & 1) != 0) return true;
    if (w.hasSlot && hasSlot(r)) {
        const auto is = [&](std::uint32_t slot) {
            const Place p = m_geometry.place(SlotId(slot));
            return p.level == w.level && (w.index < 0 || p.index == static_cast<std::uint32_t>(w.index));
        };
        if (is(r.slot) || (r.kind == Kind::Moved && is(r.link))) return true;
    }
    if (w.list.isValid() && hasSlot(r) && (r.slotId() == w.list || (r.kind == Kind::Moved && r.link == w.list.value))) return true;
    if (w.cpu >= 0) {
        if (r.kind == Kind::Passed) return (r.before >> w.cpu & 1) != 0;
        if (r.kind != Kind::ClockSet && r.kind != Kind::Noted && r.cpu == w.cpu) return true;
        if (r.kind == Kind::Noted && r.site != Site::Limit && r.site != Site::Dump && r.cpu == w.cpu) return true;
        if (hasSlot(r) && m_geometry.cpuOf(r.slot) == w.cpu) return true;
    }
    if (w.hasNumber) {
        if (event + 1 == w.number) return true;
        const auto& machine = m_inputs->machine;
        if (machine.word.add(machine.jiffies, ticks) == w.number || carries(r, w.number)) return true;
    }
    return false;
}

bool Query::matches(const Record& r, std::uint64_t event, std::uint64_t ticks) const
{
    if ((m_kinds >> static_cast<unsigned>(r.kind) & 1) != 0 || m_sites.test(static_cast<std::size_t>(r.site))) return true;
    if (m_registers != 0 && r.kind == Kind::RegisterSet && r.slot < registerCount && (m_registers >> r.slot & 1) != 0) return true;
    for (const Word& w : m_words)
        if (!matches(w, r, event, ticks)) return false;
    return true;
}

/// each(event) for every match in order; false ends it.
template <class Each> void Query::scan(const LogView& log, std::uint64_t begin, std::uint64_t end, Each each) const
{
    std::uint64_t e = begin;
    while (e < end) {
        const std::uint64_t chunk = e >> Chunk::bits;
        const Record* records = log.chunk(static_cast<std::size_t>(chunk))->records;
        const std::uint64_t base = chunk << Chunk::bits, stop = std::min(end, base + Chunk::capacity);
        std::uint64_t ticks = log.chunkStartTicks(static_cast<std::size_t>(chunk));
        if (m_needsTicks)
            for (std::uint64_t i = base; i < e; ++i) ticks += ticksOf(records[i - base]);
        for (; e < stop; ++e) {
            const Record& r = records[e - base];
            if (m_needsTicks) ticks += ticksOf(r);
            if (matches(r, e, ticks) && !each(e)) return;
        }
    }
}

std::uint64_t Query::next(const LogView& log, std::uint64_t from, std::uint64_t end) const
{
    std::uint64_t found = end;
    scan(log, from, end, [&](std::uint64_t e) {
        found = e;
        return false;
    });
    return found;
}

std::uint64_t Query::previous(const LogView& log, std::uint64_t begin, std::uint64_t end) const
{
    std::uint64_t found = end;
    scan(log, begin, end, [&](std::uint64_t e) {
        found = e;
        return true;
    });
    return found;
}

std::uint64_t Query::count(const LogView& log, std::uint64_t begin, std::uint64_t end) const
{
    std::uint64_t n = 0;
    scan(log, begin, end, [&](std::uint64_t) {
        ++n;
        return true;
    });
    return n;
}

bool QueryCount::advance(std::uint64_t records)
{
    const std::uint64_t end = std::min(m_log.size(), m_done + records);
    while (m_done < end) {
        if ((m_done & (Chunk::capacity - 1)) == 0) m_chunks.push_back(m_total);
        const std::uint64_t stop = std::min(end, (m_done | (Chunk::capacity - 1)) + 1);
        m_total += m_query.count(m_log, m_done, stop);
        m_done = stop;
    }
    return !isComplete();
}

std::uint64_t QueryCount::before(std::uint64_t event) const
{
    if (event == m_done) return m_total;
    const std::uint64_t chunk = event >> Chunk::bits;
    return m_chunks[static_cast<std::size_t>(chunk)] + m_query.count(m_log, chunk << Chunk::bits, event);
}

QueryCount::Found QueryCount::next(std::uint64_t from, std::uint64_t records) const
{
    std::uint64_t looked = 0;
    while (from < m_log.size() && looked < records) {
        const std::uint64_t chunk = from >> Chunk::bits, stop = std::min(m_log.size(), (chunk + 1) << Chunk::bits);
        const auto c = static_cast<std::size_t>(chunk);
        const bool isEmpty = c + 1 < m_chunks.size() && m_chunks[c] == m_chunks[c + 1];
        if (!isEmpty) {
            const std::uint64_t at = m_query.next(m_log, from, stop);
            if (at != stop) return {true, false, at};
            looked += stop - from;
        }
        from = stop;
    }
    return {false, from >= m_log.size(), from};
}

QueryCount::Found QueryCount::previous(std::uint64_t end, std::uint64_t records) const
{
    end = std::min(end, m_log.size());
    std::uint64_t looked = 0;
    while (end > 0 && looked < records) {
        const std::uint64_t chunk = (end - 1) >> Chunk::bits, begin = chunk << Chunk::bits;
        const auto c = static_cast<std::size_t>(chunk);
        const bool isEmpty = c + 1 < m_chunks.size() && m_chunks[c] == m_chunks[c + 1];
        if (!isEmpty) {
            const std::uint64_t at = m_query.previous(m_log, begin, end);
            if (at != end) return {true, false, at};
            looked += end - begin;
        }
        end = begin;
    }
    return {false, end == 0, end};
}

} // namespace jiffy::core
