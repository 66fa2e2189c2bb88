// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/writer.h"

#include "core/scenario/notation.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

std::string quoted(std::string_view text)
{
    constexpr std::string_view hex = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto u = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else if (u < 0x20 || u == 0x7F)
            ((out += "\\u00") += hex[u >> 4]) += hex[u & 15];
        else
            out += c;
    }
    return out + "\"";
}

/// Numbers as numbers where JSON can say them, all else as strings.
std::string spelt(const Spelling& s)
{
    const auto& t = s.text;
    const bool plain = !t.empty() && t.size() <= 20 &&
                       t.find_first_not_of("0123456789") == std::string::npos &&
                       (t.size() == 1 || t[0] != '0');
    return plain ? t : quoted(t);
}

/// An object on one line, its members in the order of the calls.
class Line
{
  public:
    Line& raw(std::string_view key, std::string_view json)
    {
        m_text += m_text.empty() ? "{" : ", ";
        m_text += quoted(key) + ": " + std::string(json);
        return *this;
    }
    Line& text(std::string_view key, const std::string& value) { return raw(key, quoted(value)); }
    Line& number(std::string_view key, std::uint64_t n) { return raw(key, std::to_string(n)); }
    Line& said(std::string_view key, const Spelling& s) { return s.isSaid() ? raw(key, spelt(s)) : *this; }
    Line& named(std::string_view key, const Spelling& s)
    {
        return s.isSaid() ? raw(key, quoted(s.text)) : *this;
    }
    Line& counted(std::string_view key, const std::optional<std::uint64_t>& n)
    {
        return n ? number(key, *n) : *this;
    }
    std::string end() const { return m_text.empty() ? "{}" : m_text + "}"; }

  private:
    std::string m_text;
};

template <class List, class Each> std::string inLine(const List& list, Each each)
{
    std::string out = "[";
    for (const auto& e : list)
        out += (out.size() == 1 ? "" : ", ") + each(e);
    return out + "]";
}

std::string oneOrList(const std::vector<Spelling>& list)
{
    return list.size() == 1 ? spelt(list[0]) : inLine(list, spelt);
}

std::string machine(const ScenarioMachine& m)
{
    Line l;
    l.number("cpus", static_cast<std::uint64_t>(m.cpus)).number("bits", static_cast<std::uint64_t>(m.bits));
    if (m.small) l.raw("small", "true");
    return l.number("hz", m.hz).said("jiffies", m.jiffies).end();
}

std::string step(const ScenarioStep& s)
{
    using What = CallbackStep::What;
    Line l;
    l.text("do", s.what == What::Rearm ? "rearm"
                 : s.what == What::Add ? "add"
                 : s.what == What::Del ? "del"
                                       : "try_del");
    return l.named("timer", s.timer).said("by", s.by).end();
}

std::string item(const ScenarioItem& i)
{
    Line l;
    l.named("name", i.name);
    if (i.slack != -1) l.raw("slack", std::to_string(i.slack));
    if (i.deferrable) l.raw("deferrable", "true");
    if (i.irqSafe) l.raw("irqsafe", "true");
    if (!i.on.empty()) l.raw("on", inLine(i.on, step));
    return l.end();
}

std::string spread(const Spread& s)
{
    using Shape = Spread::Shape;
    if (s.shape == Shape::Uniform && s.low == s.high) return std::to_string(s.low);
    const auto name = s.shape == Shape::Uniform ? "uniform"
                      : s.shape == Shape::Log2  ? "log2"
                      : s.shape == Shape::Bell  ? "bell"
                                                : "sequence";
    return Line().raw(name, "[" + std::to_string(s.low) + ", " + std::to_string(s.high) + "]").end();
}

std::string population(const Population& p)
{
    Line l;
    l.named("name", p.name);
    if (p.cpus.empty())
        l.text("cpu", "all");
    else if (p.cpus.size() == 1)
        l.raw("cpu", std::to_string(p.cpus[0]));
    else
        l.raw("cpu", inLine(p.cpus, [](int c) { return std::to_string(c); }));
    l.number("count", p.count);
    if (p.at.isSaid() || p.startSpread != Spread{}) {
        Line start;
        start.said("at", p.at);
        if (p.startSpread != Spread{}) start.raw("spread", spread(p.startSpread));
        l.raw("start", start.end());
    }
    if (p.call.call != Call::ModTimer) l.raw("do", quoted(name(p.call.call)));
    l.raw("delay", spread(p.delay));
    if (p.avoid) l.raw("avoid", inLine(*p.avoid, spelt));
    if (p.slack != -1) l.raw("slack", std::to_string(p.slack));
    if (p.deferrablePercent == 100)
        l.raw("deferrable", "true");
    else if (p.deferrablePercent != 0)
        l.raw("deferrable", Line().number("percent", static_cast<std::uint64_t>(p.deferrablePercent)).end());
    const auto share = [&l](std::string_view key, int percent, std::string_view how, const Spread& s) {
        if (percent == 0) return;
        l.raw(key, Line().number("percent", static_cast<std::uint64_t>(percent)).raw(how, spread(s)).end());
    };
    share("cancel", p.cancelPercent, "after", p.cancelAfter);
    share("rearm", p.rearmPercent, "by", p.rearmBy);
    return l.end();
}

std::string action(const ScenarioAction& a)
{
    Line l;
    l.raw("at", quoted(a.at.text))
        .number("cpu", static_cast<std::uint64_t>(a.cpu))
        .raw("do", quoted(name(a.call.call, a.call.idle)));
    l.named("timer", a.timer).said("expires", a.expires);
    if (a.call.call == Call::AddTimerOn) l.number("target", static_cast<std::uint64_t>(a.target));
    return l.end();
}

std::string expectation(const ScenarioExpectation& e)
{
    Line l;
    l.named("timer", e.timer).said("at", e.at);
    if (e.slot.isSaid()) l.text("slot", e.slot.text);
    l.said("expires", e.expires);
    if (e.fires) l.raw("fires", oneOrList(*e.fires));
    l.counted("fire_count", e.fireCount).counted("moves", e.moves);
    if (e.movedAt) l.raw("moved_at", oneOrList(*e.movedAt));
    if (e.returns) l.raw("returns", inLine(*e.returns, [](int r) { return std::to_string(r); }));
    if (e.position) l.raw("position", oneOrList(*e.position));
    if (!e.order.empty()) l.raw("order", inLine(e.order, [](const Spelling& s) { return quoted(s.text); }));
    l.named("total", e.total);
    if (e.total.isSaid()) l.raw("is", spelt(Spelling{e.is, {}}));
    return l.said("tick", e.tick).counted("moves", e.tickMoves).counted("fires", e.tickFires).end();
}

template <class List, class Each>
void lines(std::string& out, std::string_view indent, std::string_view key, const List& list, Each each)
{
    if (list.empty()) return;
    out += ",\n" + std::string(indent) + quoted(key) + ": [";
    bool first = true;
    for (const auto& e : list) {
        out += (first ? "\n  " : ",\n  ") + std::string(indent) + each(e);
        first = false;
    }
    out += "\n" + std::string(indent) + "]";
}

} // namespace

std::string writeScenario(const Scenario& s)
{
    std::string out = "{\n  \"format\": \"jiffyscope-scenario\",\n  \"version\": 1";
    const auto member = [&out](std::string_view key, const std::string& json) {
        out += ",\n  " + quoted(key) + ": " + json;
    };
    if (!s.title.empty()) member("title", quoted(s.title));
    if (!s.watch.empty()) member("watch", quoted(s.watch));
    if (s.opening.isSaid()) member("opening", quoted(s.opening.text));
    member("machine", machine(s.machine));
    lines(out, "  ", "items", s.items, item);
    if (s.seed != 0 || !s.populations.empty()) {
        out += ",\n  \"generate\": {\n    \"seed\": " + std::to_string(s.seed);
        if (s.populations.empty()) out += ",\n    \"populations\": []";
        lines(out, "    ", "populations", s.populations, population);
        out += "\n  }";
    }
    lines(out, "  ", "actions", s.actions, action);
    if (s.until.isSaid()) member("until", quoted(s.until.text));
    if (s.limit) member("limit", std::to_string(*s.limit));
    lines(out, "  ", "expect", s.expect, expectation);
    return out + "\n}\n";
}

} // namespace jiffy::core
