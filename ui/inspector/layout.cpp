// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/layout.h"

#include "ui/theme/number_text.h"

#include <QFontMetricsF>

#include <algorithm>
#include <bit>
#include <cmath>

namespace jiffy::ui
{

namespace
{

constexpr double padding = 20, rowHeight = 22, lineHeight = 19, lifeHeight = 24, barHeight = 22;
constexpr double lensPitch = 6.9, lensGap = 6, lensHeight = 21, lensText = 10.5;

/// A line of text pieces, set from the left.
struct Line
{
    std::vector<PlacedText> pieces; ///< baseline.x from the line's start
    double width = 0;
};

struct Setting
{
    TypeRole words, mono, hue;
    Tone tone;
};
constexpr Setting valueSetting{TypeRole::Prose, TypeRole::Value, TypeRole::Hue, Tone::Ink};
constexpr Setting belowSetting{TypeRole::Label, TypeRole::Value, TypeRole::Hue, Tone::Ink};
constexpr Setting captionSetting{TypeRole::Caption, TypeRole::Caption, TypeRole::Caption, Tone::Ink3};
constexpr Setting noteSetting{TypeRole::Note, TypeRole::NoteValue, TypeRole::NoteValue, Tone::Ink2};

/// Breaks a text at its spaces, and a word that is wider than a line between its letters.
std::vector<Line> linesOf(const RichText& text, const Setting& set, const Look& look, double width)
{
    std::vector<Line> lines(1);
    bool hasSpace = false;
    const auto add = [&](const QString& word, TypeRole role, int level) {
        QString rest = word;
        // Between numbers stands a space of numbers.
        const bool isNumbers =
            role != set.words && !lines.back().pieces.empty() && lines.back().pieces.back().role != set.words;
        double gap = hasSpace && lines.back().width > 0
                         ? textWidth(look, isNumbers ? role : set.words, QStringLiteral(" "))
                         : 0;
        while (!rest.isEmpty()) {
            const double wide = textWidth(look, role, rest);
            if (lines.back().width + gap + wide > width && lines.back().width > 0 &&
                (gap > 0 || wide <= width)) {
                lines.emplace_back();
                gap = 0;
            }
            QString piece = rest;
            Line& line = lines.back();
            while (line.width + gap + textWidth(look, role, piece) > width && piece.size() > 1)
                piece.chop(1);
            if (piece.size() <
                rest.size()) { // rather behind a joint of the name than in the middle of a word
                const qsizetype joint = std::max(piece.lastIndexOf(u'_'), piece.lastIndexOf(u'.'));
                if (joint > piece.size() / 2) piece.truncate(joint + 1);
            }
            line.pieces.push_back({{line.width + gap, 0}, piece, role, set.tone, level});
            line.width += gap + textWidth(look, role, piece);
            rest.remove(0, piece.size());
            gap = 0;
            if (!rest.isEmpty()) lines.emplace_back();
        }
        hasSpace = false;
    };
    for (const Span& span : text) {
        const TypeRole role = !span.isMono ? set.words : span.level >= 0 ? set.hue : set.mono;
        qsizetype from = 0;
        while (from <= span.text.size()) {
            qsizetype space = span.text.indexOf(u' ', from);
            if (space < 0) space = span.text.size();
            if (space > from) add(span.text.mid(from, space - from), role, span.level);
            if (space < span.text.size()) hasSpace = true;
            from = space + 1;
        }
    }
    if (lines.size() == 1 && lines[0].pieces.empty()) lines.clear();
    return lines;
}

class Composer
{
  public:
    Composer(const Look& look, double width) : m_look(look), m_left(px(padding)), m_right(width - px(padding))
    {
        m_out.width = width;
        m_out.rowHeight = px(24);
    }

    void head(const Page& page, double pinRoom)
    {
        m_y = px(27);
        lines(linesOf({{page.caption, false, -1}},
                      {TypeRole::Caption, TypeRole::Caption, TypeRole::Caption, Tone::Ink3}, m_look,
                      inner() - pinRoom),
              px(16));
        m_y += px(13);
        // The chip stands beside the name where both fit, else below it.
        const double chipWidth =
            page.state.isEmpty() ? 0 : textWidth(m_look, TypeRole::Chip, page.state) + px(18);
        const Setting set{TypeRole::Name, TypeRole::Name, TypeRole::Name, Tone::Ink};
        auto name = linesOf({{page.name, true, page.nameLevel}}, set, m_look, inner());
        const bool isBeside = name.size() == 1 && name[0].width + px(8) + chipWidth <= inner();
        const double first = m_y;
        lines(name, px(27));
        if (chipWidth > 0) {
            const double top = isBeside ? first - px(17) : m_y - px(19);
            m_out.chips.push_back({QRectF(isBeside ? m_right - chipWidth : m_left, top, chipWidth, px(24)),
                                   page.state, page.stateTone});
            if (!isBeside) m_y += px(28);
        }
        m_y += px(3);
    }

    void section(const Section& s, bool isFirst)
    {
        if (!isFirst || !s.title.isEmpty()) {
            if (!isFirst) {
                m_out.rules.push_back(std::floor(m_y) + .5);
                m_y += px(26);
            }
            if (!s.title.isEmpty()) {
                lines(linesOf({{s.title, false, -1}}, captionSetting, m_look, inner()), px(16));
                m_y += px(rowHeight - 16);
            }
        }
        for (const Field& f : s.fields)
            field(f);
        if (s.lens) lens(*s.lens);
        life(s.life);
        bars(s.bars);
        if (s.lens && !s.note.empty()) m_y += px(7);
        note(s.note);
        m_y += px(4);
    }

    InspectorLayout finish(const Page& page)
    {
        if (!page.listTitle.isEmpty()) {
            m_out.rules.push_back(std::floor(m_y) + .5);
            m_y += px(26);
            lines(linesOf({{page.listTitle, false, -1}},
                          {TypeRole::Caption, TypeRole::Caption, TypeRole::Caption, Tone::Ink3}, m_look,
                          inner()),
                  px(rowHeight));
            m_out.listTop = m_y - px(15);
            m_out.height = m_out.listTop;
        } else {
            m_out.height = m_y;
        }
        return std::move(m_out);
    }

  private:
    double px(double v) const { return m_look.px(v); }
    double inner() const { return m_right - m_left; }

    void text(QPointF baseline, const QString& t, TypeRole role, Tone tone, int level = -1)
    {
        m_out.texts.push_back({baseline, t, role, tone, level});
    }
    void textRight(double right, double y, const QString& t, TypeRole role, Tone tone, int level = -1)
    {
        text({right - textWidth(m_look, role, t), y}, t, role, tone, level);
    }
    /// From the left edge, moving down.
    void lines(const std::vector<Line>& all, double step)
    {
        for (const Line& line : all) {
            put(line, m_left, m_y);
            m_y += step;
        }
    }
    void put(const Line& line, double x, double y)
    {
        for (PlacedText piece : line.pieces) {
            piece.baseline += QPointF(x, y);
            m_out.texts.push_back(piece);
        }
    }

    void field(const Field& f)
    {
        const auto name =
            linesOf({{f.name, false, -1}}, {TypeRole::Label, TypeRole::Label, TypeRole::Label, Tone::Ink2},
                    m_look, inner());
        const double nameWidth = name.empty() ? 0 : name.back().width;
        const double markWidth = f.mark.isEmpty() ? 0 : textWidth(m_look, TypeRole::Chip, f.mark) + px(22);
        Setting set = valueSetting;
        set.tone = f.tone;
        const double beside = inner() - nameWidth - px(14) - markWidth;
        auto value = linesOf(f.value, set, m_look, inner());
        const bool fits = value.size() == 1 && value[0].width <= beside;
        for (std::size_t i = 0; i < name.size(); ++i) {
            if (i != 0) m_y += px(lineHeight);
            put(name[i], m_left, m_y);
        }
        double markRight = m_right - (value.empty() ? 0 : value[0].width) - px(8), markY = m_y;
        if (!fits) {
            // Its own lines below the name; a few short ones beside it read better.
            auto narrow = linesOf(f.value, set, m_look, std::max(beside, px(40)));
            if (narrow.size() <= 3 && beside >= inner() * .5) {
                value = std::move(narrow);
                markRight = m_right - value[0].width - px(8);
            } else {
                markRight = m_right; // the word of warning stays with the name
                if (nameWidth + px(8) + markWidth > inner()) markY = m_y += px(lineHeight + 2);
                m_y += px(lineHeight);
            }
        }
        const double first = m_y;
        for (const Line& line : value) {
            put(line, m_right - line.width, m_y);
            m_y += px(lineHeight);
        }
        if (value.empty()) m_y += px(lineHeight);
        if (!f.mark.isEmpty()) {
            const double w = std::min(markWidth - px(8), inner());
            m_out.chips.push_back({QRectF(markRight - w, markY - px(14.5), w, px(20)), f.mark, Tone::Late});
        }
        m_y += px(rowHeight - lineHeight);
        if (f.link.isValid()) {
            double widest = 0;
            for (const Line& line : value)
                widest = std::max(widest, line.width);
            m_out.links.push_back({QRectF(m_right - widest, first - px(15), widest, m_y - first - px(1)),
                                   f.link, f.name + u' ' + plainText(f.value)});
        }
        for (const Line& line : linesOf(f.below, belowSetting, m_look, inner())) {
            put(line, m_right - line.width, m_y);
            m_y += px(rowHeight);
        }
        note(f.note);
    }

    void note(const RichText& n)
    {
        const auto all = linesOf(n, noteSetting, m_look, inner());
        if (all.empty()) return;
        lines(all, px(18));
        m_y += px(4);
    }

    /// Left and right in one line, or the right one below.
    void pair(const QString& left, TypeRole leftRole, Tone tone, const QString& right, TypeRole rightRole,
              Tone rightTone, int level)
    {
        text({m_left, m_y}, left, leftRole, tone);
        if (textWidth(m_look, leftRole, left) + px(8) + textWidth(m_look, rightRole, right) > inner())
            m_y += px(lineHeight);
        textRight(m_right, m_y, right, rightRole, rightTone, level);
    }

    void lens(const LensFigure& f)
    {
        pair(f.question, TypeRole::Question, Tone::Ink, f.amount, TypeRole::Answer, Tone::Now, -1);
        m_y += px(18);
        prose(f.formula, TypeRole::Note, Tone::Ink2);
        if (!f.higherBits.isEmpty()) {
            const double w = textWidth(m_look, TypeRole::Note, f.higherBits);
            const bool fits = textWidth(m_look, TypeRole::Note, f.formula) + w + px(22) <= inner();
            const double y = fits ? m_y - px(18) : m_y;
            m_out.chips.push_back(
                {QRectF(m_right - w - px(14), y - px(14), w + px(14), px(20)), f.higherBits, Tone::Ink3});
            if (!fits) m_y += px(20);
        }
        m_y += px(11 - 18);
        const PlacedLens upper = row(f, f.upper);
        m_out.lenses.push_back(upper);
        m_y += upper.frame.height();
        const double x = upper.frame.center().x();
        const double words = textWidth(m_look, TypeRole::Because, f.because);
        // The arrow leads from field to field; the reason stands where there is room beside it.
        if (x - px(12) - words >= m_left) {
            text({x - px(12) - words, m_y + px(20)}, f.because, TypeRole::Because, Tone::Ink, f.level);
        } else if (x + px(12) + words <= m_right) {
            text({x + px(12), m_y + px(20)}, f.because, TypeRole::Because, Tone::Ink, f.level);
        } else {
            const auto broken = linesOf({{f.because, false, f.level}},
                                        {TypeRole::Because, TypeRole::Because, TypeRole::Because, Tone::Ink},
                                        m_look, std::max(x - px(12) - m_left, m_right - x - px(12)));
            const bool isLeft = x - m_left > m_right - x;
            double y = m_y + px(16);
            for (const Line& line : broken) {
                put(line, isLeft ? x - px(12) - line.width : x + px(12), y);
                y += px(16);
            }
            m_y += px(16) * (static_cast<double>(broken.size()) - 1);
        }
        m_out.arrows.push_back({{x, upper.frame.bottom() + px(4)}, {x, m_y + px(28)}, f.level});
        m_y += px(34);
        const PlacedLens lower = row(f, f.lower);
        m_out.lenses.push_back(lower);
        m_y += px(39) - px(lensHeight) + lower.frame.height();
        pair(f.slotQuestion, TypeRole::Question, Tone::Ink, f.slot, TypeRole::Answer, Tone::Ink, f.level);
        m_y += px(18);
        prose(f.slotFormula, TypeRole::Note, Tone::Ink2);
        m_y -= px(5);
    }

    void prose(const QString& t, TypeRole role, Tone tone)
    {
        lines(linesOf({{t, false, -1}}, {role, role, role, tone}, m_look, inner()), px(18));
    }

    /// The 32 bits at m_y, in the middle, narrower where there is less room.
    PlacedLens row(const LensFigure& f, const LensRow& r) const
    {
        int bits = 0;
        for (int l = 0; l < f.geometry.levels; ++l)
            bits +=
                std::countr_zero(static_cast<unsigned>(f.geometry.level[static_cast<std::size_t>(l)].slots));
        const int gaps = f.geometry.levels - 1;
        const double ratio = lensGap / lensPitch;
        const double room =
            (inner() - px(3)) / (bits + gaps * ratio); // field boxes stand 1.5 out at either end
        const double pitch = std::min(px(lensPitch), room);
        const double shrink = pitch / px(lensPitch);
        const double width = pitch * (bits + gaps * ratio);
        PlacedLens lens;
        lens.pixels = lensText * shrink;
        lens.level = f.level;
        lens.bits = lensLayout(f.geometry, r.value, {m_left + (inner() - width) / 2, m_y},
                               {pitch, pitch * ratio, px(lensHeight) * std::max(shrink, .6)});
        for (const LensField& field : lens.bits.fields) {
            if (field.level != f.level) continue;
            lens.frame = field.box.adjusted(-px(1.5), 0, px(1.5), 0);
            const int low = f.geometry.level[static_cast<std::size_t>(field.level)].shift;
            const int within = r.firstOne - low;
            const auto count = static_cast<int>(field.bits.size());
            if (r.firstOne >= 0 && within >= 0 && within < count) {
                const QPointF centre = field.bits[static_cast<std::size_t>(count - 1 - within)].centre;
                lens.firstOne = QRectF(centre.x() - pitch / 2 - px(.8), field.box.top() - px(2),
                                       pitch + px(1.6), field.box.height() + px(4));
            }
        }
        return lens;
    }

    void life(const std::vector<LifeRow>& rows)
    {
        if (rows.empty()) return;
        double textWidest = px(62), whereWidest = 0, whenWidest = 0;
        for (const LifeRow& r : rows) {
            if (r.mark == LifeRow::Mark::Earlier) continue;
            textWidest = std::max(textWidest, textWidth(m_look, TypeRole::Label, r.text) + px(7));
            whereWidest = std::max(whereWidest, textWidth(m_look, whereRole(r), r.where));
            whenWidest = std::max(whenWidest, textWidth(m_look, TypeRole::When, r.when));
        }
        const double textX = m_left + px(22), whereX = textX + textWidest;
        // Time goes below where a line does not hold all three.
        const bool isDeep = whereX + whereWidest + px(8) + whenWidest > m_right;
        const bool isVeryDeep = whereX + whereWidest > m_right;
        const double step = px(lifeHeight) + (isDeep ? px(17) : 0) + (isVeryDeep ? px(17) : 0);
        m_y += px(1);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const LifeRow& r = rows[i];
            const double y = m_y;
            PlacedMark mark{{m_left + px(6), y - px(4.5)}, r.mark, r.level, {}, false};
            if (r.goesOn && i + 1 < rows.size()) {
                mark.next = mark.centre + QPointF(0, step);
                mark.isPlan = rows[i + 1].mark == LifeRow::Mark::Planned;
            }
            m_out.marks.push_back(mark);
            text({textX, y}, r.text, TypeRole::Label, Tone::Ink2);
            const double whereY = isVeryDeep ? y + px(17) : y;
            if (!r.where.isEmpty())
                text({isVeryDeep ? textX : whereX, whereY}, r.where, whereRole(r), r.whereTone, r.whereLevel);
            if (!r.when.isEmpty())
                textRight(m_right, isDeep ? whereY + px(17) : y, r.when, TypeRole::When, Tone::Ink3);
            if (r.link.isValid())
                m_out.links.push_back({QRectF(m_left - px(6), y - px(16.5), inner() + px(12), step), r.link,
                                       r.text + u' ' + r.where + u' ' + r.when});
            m_y += step;
        }
        m_y -= px(6);
    }
    static TypeRole whereRole(const LifeRow& r)
    {
        return r.mark == LifeRow::Mark::Planned ? TypeRole::Strong
               : r.mark == LifeRow::Mark::Call  ? TypeRole::Label
                                                : TypeRole::Hue;
    }

    void bars(const std::vector<LevelBar>& all)
    {
        std::uint64_t most = 1;
        double widest = px(20);
        for (const LevelBar& b : all) {
            most = std::max(most, b.count);
            widest = std::max(widest, textWidth(m_look, TypeRole::Value, grouped(b.count)));
        }
        for (const LevelBar& b : all) {
            const double nameWidth = px(40);
            text({m_left, m_y}, b.name, TypeRole::Hue, Tone::Ink, b.level);
            textRight(m_right, m_y, grouped(b.count), TypeRole::Value, b.count == 0 ? Tone::Ink3 : Tone::Ink);
            const QRectF track(m_left + nameWidth, m_y - px(8.5), inner() - nameWidth - widest - px(10),
                               px(8));
            m_out.bars.push_back({track, static_cast<double>(b.count) / static_cast<double>(most), b.level});
            m_y += px(barHeight);
        }
    }

    const Look& m_look;
    double m_left, m_right;
    double m_y = 0;
    InspectorLayout m_out;
};

} // namespace

QFont fontOf(const Look& look, TypeRole role)
{
    switch (role) {
    case TypeRole::Caption:
        return look.words(12, QFont::Medium);
    case TypeRole::Name:
        return look.numbers(21, QFont::Bold);
    case TypeRole::Chip:
        return look.words(12.5, QFont::DemiBold);
    case TypeRole::Label:
        return look.words(13);
    case TypeRole::Value:
        return look.numbers(13, QFont::DemiBold);
    case TypeRole::Hue:
        return look.numbers(13, QFont::Bold);
    case TypeRole::Prose:
        return look.words(13, QFont::Medium);
    case TypeRole::Strong:
        return look.words(13, QFont::DemiBold);
    case TypeRole::Note:
        return look.words(12.5);
    case TypeRole::NoteValue:
        return look.numbers(12, QFont::Medium);
    case TypeRole::When:
        return look.numbers(12);
    case TypeRole::Question:
        return look.words(14, QFont::DemiBold);
    case TypeRole::Answer:
        return look.numbers(14, QFont::Bold);
    case TypeRole::Because:
        return look.words(12.5, QFont::DemiBold);
    }
    return look.words(13);
}

double textWidth(const Look& look, TypeRole role, const QString& text)
{
    return numberWidth(fontOf(look, role), text);
}

QRectF boxOf(const PlacedText& text, const Look& look)
{
    const QFontMetricsF metrics(fontOf(look, text.role));
    return {text.baseline.x(), text.baseline.y() - metrics.capHeight(), textWidth(look, text.role, text.text),
            metrics.capHeight()};
}

InspectorLayout inspectorLayout(const Page& page, const Look& look, double width, double pinRoom)
{
    Composer composer(look, width);
    composer.head(page, pinRoom);
    bool isFirst = true;
    for (const Section& s : page.sections) {
        composer.section(s, isFirst);
        isFirst = false;
    }
    return composer.finish(page);
}

PlacedRow listRow(const ListRow& row, const Look& look, double width, double y)
{
    PlacedRow placed;
    const double left = look.px(padding), right = width - look.px(padding), base = y + look.px(16.5);
    placed.dot = {left + look.px(6), y + look.px(12)};
    double end = right;
    const auto atRight = [&](const QString& text, TypeRole role, Tone tone, int level) {
        if (text.isEmpty()) return;
        const double w = textWidth(look, role, text);
        placed.texts.push_back({{end - w, base}, text, role, tone, level});
        end -= w + look.px(10);
    };
    atRight(row.due, TypeRole::When, Tone::Ink3, -1);
    atRight(row.where, TypeRole::NoteValue, Tone::Ink, row.level);
    const double nameX = left + look.px(22);
    const QString name =
        QFontMetricsF(fontOf(look, TypeRole::Value)).elidedText(row.name, Qt::ElideMiddle, end - nameX);
    placed.texts.push_back({{nameX, base}, name, TypeRole::Value, Tone::Ink, -1});
    return placed;
}

} // namespace jiffy::ui
