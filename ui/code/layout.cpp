// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/code/layout.h"

#include "ui/code/words.h"
#include "ui/code/work_words.h"
#include "ui/theme/number_text.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>

namespace jiffy::ui
{

namespace
{

constexpr double side = 20, captionBase = 27, stackTop = 38, textLeft = 24, frameLeft = 38, indentWidth = 14;
constexpr double tickWidth = 14, columnGap = 7, valueGap = 8;

struct Word
{
    QString text;
    int level = -1;
    bool followsSpace = false;
};

/// Cut at spaces; a word may consist of several pieces ("tv1" and "[index],").
std::vector<std::vector<Word>> wordsOf(const core::CodeTokens& tokens)
{
    std::vector<std::vector<Word>> words;
    bool space = true;
    for (const auto& token : tokens) {
        const QString text = QString::fromStdString(token.text);
        for (qsizetype at = 0; at < text.size();) {
            if (text[at] == u' ') {
                space = true;
                ++at;
                continue;
            }
            qsizetype end = text.indexOf(u' ', at);
            if (end < 0) end = text.size();
            if (space) words.emplace_back();
            words.back().push_back({text.mid(at, end - at), token.level, space});
            space = false;
            at = end;
        }
    }
    return words;
}

/// Between text and the right border; less in a narrow dock.
double sideFor(const Look& look, double width) { return width < look.px(320) ? 12 : side; }

class Setter
{
  public:
    Setter(CodeLayout& out, const Look& look) : m_out(out), m_look(look) {}

    double widthOf(const QString& text, CodeInk ink, double pixels) const
    {
        return numberWidth(codeFont({{}, text, ink, -1, pixels, 0}, m_look), text);
    }
    double widthOf(const core::CodeTokens& tokens, CodeInk ink, double pixels) const
    {
        double sum = 0;
        for (const auto& t : tokens) sum += widthOf(QString::fromStdString(t.text), ink, pixels);
        return sum;
    }
    double put(double x, double base, const QString& text, CodeInk ink, double pixels, int level = -1)
    {
        const double width = widthOf(text, ink, pixels);
        m_out.pieces.push_back({{x, base}, text, ink, level, pixels, width});
        return x + width;
    }
    double put(double x, double base, const core::CodeTokens& tokens, CodeInk ink, double pixels)
    {
        for (const auto& t : tokens) x = put(x, base, QString::fromStdString(t.text), ink, pixels, t.level);
        return x;
    }
    void putRight(double right, double base, const QString& text, CodeInk ink, double pixels, int level = -1)
    {
        put(right - widthOf(text, ink, pixels), base, text, ink, pixels, level);
    }
    /// Breaks a text into rows of at most `width`; rows behind the first begin `hang` further right. Returns where the
    /// last one ends; base is moved to the last row.
    double wrap(double left, double width, double hang, double& base, double step, const core::CodeTokens& tokens,
                CodeInk ink, double pixels)
    {
        const double space = widthOf(QStringLiteral(" "), ink, pixels);
        double x = left, begin = left;
        const auto newRow = [&] {
            base += step;
            begin = left + hang;
            x = begin;
        };
        for (const auto& word : wordsOf(tokens)) {
            double unit = 0;
            for (const auto& w : word) unit += widthOf(w.text, ink, pixels);
            const double gap = x > begin ? space : 0;
            if (x > begin && x + gap + unit > left + width) newRow();
            else x += gap;
            for (const auto& w : word) {
                QString rest = w.text;
                while (x + widthOf(rest, ink, pixels) > left + width && rest.size() > 1) {
                    qsizetype fits = 1;
                    while (fits < rest.size() && x + widthOf(rest.left(fits + 1), ink, pixels) <= left + width) ++fits;
                    put(x, base, rest.left(fits), ink, pixels, w.level);
                    rest.remove(0, fits);
                    newRow();
                }
                x = put(x, base, rest, ink, pixels, w.level);
            }
        }
        return x;
    }

  private:
    CodeLayout& m_out;
    const Look& m_look;
};

CodeInk inkOf(const CodePicture::Row& row)
{
    return row.isCurrent ? CodeInk::Current : row.isDone ? CodeInk::Done : CodeInk::Open;
}

/// The two columns of a function's branches: where the second begins, and in which size both fit; 0: they do not.
struct Columns
{
    double pixels = 0;
    double second = 0;
    double gap = 0; ///< between them
};

Columns columnsOf(const CodePicture& picture, const Setter& set, const Look& look, double width)
{
    for (const double pixels : {12.5, 12.0, 11.5}) {
        double first = 0, second = 0;
        for (const auto& row : picture.rows) {
            if (row.column.empty()) continue;
            // Room for the bold face, so that nothing moves when a line becomes the current one.
            first = std::max(first, set.widthOf(row.text, CodeInk::Current, pixels));
            second = std::max(second, set.widthOf(row.column, CodeInk::Current, pixels));
        }
        // In a narrow dock both columns move closer to the border and to each other.
        for (const auto& [left, gap] : {std::pair{textLeft, columnGap}, std::pair{side, columnGap - 1}}) {
            if (look.px(left) + first + look.px(gap) + second + look.px(tickWidth - 1) <= width - look.px(9))
                return {pixels, look.px(left) + first + look.px(gap), look.px(gap)};
        }
    }
    return {};
}

/// Characters of the value that a line usually has: room for it, so that sizes do not change from step to step.
int usualValue(core::Line line)
{
    switch (line) {
    case core::Line::RunWhile:
    case core::Line::RunEach:
    case core::Line::CascadeEach:
    case core::Line::RunWhile61:
    case core::Line::ExpireEach61: return 6;
    case core::Line::RunCascade: return 7;
    case core::Line::RunAdvance: return 5;
    default: return 0;
    }
}

/// The largest size in which each line without columns stands in one row; if there is none, they are broken at 13.
double pixelsOf(const CodePicture& picture, const Setter& set, const Look& look, double width)
{
    for (const double pixels : {13.0, 12.5, 12.0, 11.5}) {
        const bool fits = std::all_of(picture.rows.begin(), picture.rows.end(), [&](const CodePicture::Row& row) {
            if (!row.column.empty()) return true;
            const QString usual(usualValue(row.line), u'0');
            double value = std::max(set.widthOf(row.value, CodeInk::Value, std::min(pixels, 12.5)), set.widthOf(usual, CodeInk::Value, std::min(pixels, 12.5)));
            if (value > 0) value += look.px(valueGap);
            else if (row.isTaken) value = look.px(tickWidth);
            return look.px(textLeft + indentWidth * row.indent) + set.widthOf(row.text, CodeInk::Current, pixels) + value <= width - look.px(sideFor(look, width)) + .5;
        });
        if (fits) return pixels;
    }
    return 13;
}

} // namespace

namespace
{

/// What the signal's handler leaves to the loop.
void addAhead(CodePicture& picture, const core::CodeThere* code, core::Function shown, const core::Geometry& geometry)
{
    const bool isInSignal = std::any_of(picture.stack.begin(), picture.stack.end(), [](const auto& f) { return f.isSignal; });
    if (code == nullptr || !isInSignal) return;
    if (shown != core::Function::WorkTimerSigHandler && shown != core::Function::WorkTimerScheduleEvt) return;
    QString caption = QCoreApplication::translate("Code", "Waiting for the loop to come back");
    for (const auto line : {core::Line::EvtRead, core::Line::EvtClear, core::Line::ExecClock, core::Line::ExecExpired, core::Line::ExecEach}) {
        CodePicture::Row row;
        row.line = line;
        row.text = core::tokensOf(core::filled(listing().of(line).text, geometry));
        row.isAhead = true;
        std::swap(row.caption, caption);
        picture.rows.push_back(std::move(row));
    }
}

} // namespace

CodePicture pictureOf(const core::CodeThere* code, std::size_t frame, const core::Geometry& geometry,
                      const core::Inputs& inputs)
{
    CodePicture picture;
    picture.isTgtd = inputs.driver == core::Driver::Daemon;
    core::Function shown = picture.isTgtd                    ? core::Function::EventLoop
                           : inputs.machine.kernel.isThere ? core::Function::SchedTimer
                                                           : core::Function::Tick;
    core::Line current = core::Line::Note;
    if (code != nullptr) {
        frame = std::min(frame, code->stack.size() - 1);
        // The timer's own function has no lines here: the loop that called it is shown instead. Of what tgtd's world does
        // by itself there is but one line; where the thread stands meanwhile is shown.
        const auto isWithout = [&](core::Function f) { return f == core::Function::Callback || f == core::Function::Process || (picture.isTgtd && f == core::Function::Surroundings); };
        while (frame > 0 && isWithout(code->stack[frame].frame.function)) --frame;
        shown = code->stack[frame].frame.function;
        current = code->stack[frame].frame.line;
        picture.isInner = frame + 1 == code->stack.size();
        // What the world of a machine of CPUs does is a line of its own; the CPU's functions are the stack.
        const bool isAround = inputs.machine.kernel.isThere && code->stack.size() > 1 && code->stack.back().frame.function == core::Function::Surroundings;
        for (std::size_t i = 0; i + (isAround ? 1 : 0) < code->stack.size(); ++i) {
            const auto& f = code->stack[i];
            const bool isWorld = picture.isTgtd && f.frame.function == core::Function::Surroundings;
            picture.stack.push_back({f.frame.function, frameText(f, inputs),
                                     isWorld ? plainLine(f.frame.line, geometry) : argumentText(f.argument, geometry, inputs),
                                     i == frame, f.frame.function == core::Function::WorkTimerSigHandler, -1, false, {}});
        }
    }
    const auto span = core::linesOf(shown);
    for (int i = span.first; i < span.first + span.count; ++i) {
        const auto line = static_cast<core::Line>(i);
        if (!core::isListed(line, inputs)) continue;
        // Those of the surroundings are none of a function, and have nothing to do with each other.
        if (shown == core::Function::Surroundings && inputs.machine.kernel.isThere && line != current) continue;
        const auto& words = listing().of(line);
        CodePicture::Row row;
        row.line = line;
        row.indent = words.indent;
        row.text = core::tokensOf(core::filled(words.text, geometry));
        row.column = core::tokensOf(core::filled(words.column, geometry));
        if (code != nullptr) {
            const auto& mark = code->of(line);
            row.isDone = mark.isDone;
            row.isTaken = mark.isTaken;
            row.value = valueText(mark.value, geometry, inputs);
            row.valueLevel = valueLevel(mark.value, geometry);
            row.isCurrent = line == current;
        }
        picture.rows.push_back(std::move(row));
    }
    addAhead(picture, code, shown, geometry);
    return picture;
}

CodePicture pictureOf(const std::vector<core::CodeThere>& stuck, std::optional<std::size_t> chosen, const core::Geometry& geometry, const core::Inputs& inputs)
{
    CodePicture picture;
    constexpr std::size_t mostInner = 2;
    std::size_t first = 0; // frames of the CPUs before
    for (const auto& code : stuck) {
        const std::size_t size = code.stack.size();
        if (chosen && *chosen >= first && *chosen < first + size) {
            auto listing = pictureOf(&code, *chosen - first, geometry, inputs);
            picture.rows = std::move(listing.rows);
            picture.isInner = listing.isInner;
        }
        for (std::size_t i = 0; i < size; ++i) {
            const auto& f = code.stack[i];
            CodePicture::Frame frame{f.frame.function, frameText(f, inputs), argumentText(f.argument, geometry, inputs), chosen == first + i, false, code.cpu, i + mostInner < size, {}};
            if (i + 1 == size) frame.at = plainLine(code.line, geometry);
            picture.stack.push_back(std::move(frame));
        }
        first += size;
    }
    return picture;
}

QFont codeFont(const CodePiece& piece, const Look& look)
{
    switch (piece.ink) {
    case CodeInk::Caption: return look.words(piece.pixels, QFont::Medium);
    case CodeInk::Argument:
    case CodeInk::Signal: return look.words(piece.pixels);
    case CodeInk::FrameShown: return look.numbers(piece.pixels, QFont::Bold);
    case CodeInk::Current:
    case CodeInk::Decided: return look.numbers(piece.pixels, QFont::Bold);
    case CodeInk::Frame:
    case CodeInk::Done:
    case CodeInk::Open:
    case CodeInk::Value: break;
    }
    return look.numbers(piece.pixels, piece.level >= 0 ? QFont::Medium : QFont::Normal);
}

namespace
{

/// The other CPUs: as many lines as may stand beside a listing, the rest is a number.
void addFooter(CodeLayout& out, const CodePicture& picture, const Look& look, double width, double available)
{
    if (picture.others.empty()) return;
    const auto px = [&](double v) { return look.px(v); };
    const double right = width - px(sideFor(look, width)), step = px(18);
    CodeLayout lines;
    Setter set(lines, look);
    double base = px(7) + px(12);
    const double most = std::max(available * .4, 2 * step + px(14));
    for (std::size_t i = 0; i < picture.others.size(); ++i) {
        const std::size_t before = lines.pieces.size();
        const double top = base;
        const core::CodeTokens text{{picture.others[i].toStdString(), -1}};
        set.wrap(px(side), right - px(side), px(indentWidth), base, step, text, CodeInk::Argument, 12);
        // Of what does not fit the number is told, in the last line that does.
        const bool isLast = i + 1 == picture.others.size();
        if (base + (isLast ? 0 : step) + px(10) > most && i > 0) {
            lines.pieces.resize(before);
            base = top;
            set.put(px(side), base, QCoreApplication::translate("Code", "and %1 more").arg(picture.others.size() - i), CodeInk::Argument, 12);
            base += step;
            break;
        }
        base += step;
    }
    out.footer = std::move(lines.pieces);
    out.footerHeight = base - step + px(10);
}

CodeLayout layOut(const CodePicture& picture, const Look& look, double width, double available, bool withAhead, bool withOuter)
{
    CodeLayout out;
    addFooter(out, picture, look, width, available);
    available -= out.footerHeight;
    Setter set(out, look);
    const auto px = [&](double v) { return look.px(v); };
    const double right = width - px(sideFor(look, width)), left = px(textLeft);
    out.gutter = left;

    const QString title = QCoreApplication::translate("Code", "Code"),
                  words = picture.isTgtd ? QCoreApplication::translate("Code", "our words, tgt names")
                                         : QCoreApplication::translate("Code", "our words, kernel names");
    const double titleEnd = set.put(px(side), px(captionBase), title, CodeInk::Caption, 12);
    if (titleEnd + px(12) + set.widthOf(words, CodeInk::Argument, 12) <= right)
        set.putRight(right, px(captionBase), words, CodeInk::Argument, 12);

    // Rows stand 25 pixels apart, closer where that does not fit.
    const auto leftOut = std::count_if(picture.rows.begin(), picture.rows.end(), [&](const auto& row) { return row.isAhead && !withAhead; });
    const auto count = static_cast<double>(picture.stack.size() + picture.rows.size()) - static_cast<double>(leftOut);
    const double step = std::clamp((available - px(stackTop + 24)) / std::max(1.0, count), px(21), px(25));
    const double ascent = px(13) * .36; // from the middle of a row to its baseline

    double y = px(stackTop);
    int cpu = -1;
    for (std::size_t i = 0; i < picture.stack.size(); ++i) {
        const auto& frame = picture.stack[i];
        if (frame.isOuter && !withOuter) {
            out.frames.push_back({});
            continue;
        }
        const bool isFirst = frame.cpu >= 0 && frame.cpu != cpu;
        if (isFirst && cpu >= 0) y += px(8);
        const double top = y;
        double base = y + step / 2 + ascent;
        const auto ink = frame.isShown ? CodeInk::FrameShown : CodeInk::Frame;
        const auto argumentInk = frame.isSignal ? CodeInk::Signal : CodeInk::Argument;
        QString argument = frame.argument;
        if (isFirst) {
            cpu = frame.cpu;
            const QString name = QCoreApplication::translate("Code", "CPU %1").arg(cpu);
            if (argument.isEmpty()) argument = name;
            else if (argument != name) argument += QStringLiteral(" · ") + name;
        }
        if (frame.isSignal) out.tears.push_back(top);
        const bool isInner = i + 1 == picture.stack.size() || (frame.cpu >= 0 && picture.stack[i + 1].cpu != frame.cpu);
        out.dots.push_back({{px(side + 4), y + step / 2}, i > 0 && !frame.isSignal && !isFirst, isInner});
        const core::CodeTokens name{{frame.name.toStdString(), -1}};
        const double end = set.wrap(px(frameLeft), right - px(frameLeft), 0, base, px(18), name, ink, 12.5);
        if (!argument.isEmpty()) {
            const double need = set.widthOf(argument, argumentInk, 12);
            if (end + px(valueGap) + need <= right) {
                set.putRight(right, base, argument, argumentInk, 12);
            } else {
                base += px(18);
                if (need <= right - px(frameLeft)) {
                    set.putRight(right, base, argument, argumentInk, 12);
                } else {
                    const core::CodeTokens text{{argument.toStdString(), -1}};
                    set.wrap(px(frameLeft), right - px(frameLeft), 0, base, px(18), text, argumentInk, 12);
                }
            }
        }
        y = base - ascent + step / 2;
        if (!frame.at.isEmpty()) {
            const double spot = y;
            base = y + step / 2 + ascent;
            const core::CodeTokens text{{frame.at.toStdString(), -1}};
            set.wrap(px(frameLeft), right - px(frameLeft), px(indentWidth), base, px(18), text, CodeInk::Current, 12.5);
            y = base - ascent + step / 2;
            out.spots.push_back({px(8), spot, width - px(16), y - spot});
        }
        out.frames.push_back({0, top, width, y - top});
    }
    if (!picture.stack.empty()) y += px(8);

    const Columns columns = columnsOf(picture, set, look, width);
    const double pixels = pixelsOf(picture, set, look, width), valuePixels = std::min(pixels, 12.5);
    for (const auto& row : picture.rows) {
        if (row.isAhead && !withAhead) {
            out.rows.push_back({});
            continue;
        }
        if (!row.caption.isEmpty()) {
            set.put(px(side), y + px(18), row.caption, CodeInk::Caption, 12);
            y += px(26);
        }
        const double top = y;
        const auto ink = inkOf(row);
        double base = y + step / 2 + ascent;
        // A value says as much as a tick: both would be too much.
        const bool isTicked = row.isTaken && row.value.isEmpty();
        const double tick = isTicked ? px(tickWidth) : 0;
        const auto valueInk = (row.line == core::Line::AddDelta || row.line == core::Line::CalcDelta61 || row.line == core::Line::WalkWhileList || row.line == core::Line::NotifyPending) && row.isDone ? CodeInk::Decided : CodeInk::Value;
        const double value = row.value.isEmpty() ? 0 : set.widthOf(row.value, valueInk, valuePixels) + px(valueGap);
        double end = 0;
        if (!row.column.empty() && columns.pixels > 0) {
            const double first = set.widthOf(row.text, ink, columns.pixels);
            set.put(columns.second - columns.gap - first, base, row.text, ink, columns.pixels);
            end = set.put(columns.second, base, row.column, ink, columns.pixels);
        } else {
            const double begin = left + px(indentWidth) * row.indent;
            end = set.wrap(begin, right - begin, px(indentWidth), base, px(19), row.text, ink, pixels);
            if (!row.column.empty()) {
                base += px(19);
                end = set.wrap(begin + px(indentWidth), right - begin - px(indentWidth), px(indentWidth), base, px(19), row.column, ink, pixels);
            }
        }
        // A column's tick may stand a little further right than the text goes.
        const double edge = row.column.empty() ? right : width - px(9);
        if (end + value + tick > edge + .5) base += px(19);
        if (isTicked) out.ticks.push_back({edge - px(12), base - ascent});
        if (value > 0 && value - px(valueGap) <= edge - left) {
            set.putRight(edge, base, row.value, valueInk, valuePixels, row.valueLevel);
        } else if (value > 0) {
            const core::CodeTokens whole{{row.value.toStdString(), row.valueLevel}};
            set.wrap(left, right - left, 0, base, px(19), whole, valueInk, valuePixels);
        }
        y = base - ascent + step / 2;
        out.rows.push_back({px(8), top, width - px(16), y - top});
    }
    out.height = y + px(12);
    return out;
}

} // namespace

CodeLayout layoutCode(const CodePicture& picture, const Look& look, double width, double available)
{
    const bool hasAhead = std::any_of(picture.rows.begin(), picture.rows.end(), [](const auto& row) { return row.isAhead; });
    const bool hasOuter = std::any_of(picture.stack.begin(), picture.stack.end(), [](const auto& frame) { return frame.isOuter; });
    CodeLayout whole = layOut(picture, look, width, available, true, true);
    if ((!hasAhead && !hasOuter) || whole.height + whole.footerHeight <= available) return whole;
    return layOut(picture, look, width, available, false, false);
}

} // namespace jiffy::ui
