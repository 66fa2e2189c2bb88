// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/json_highlighter.h"

namespace jiffy::ui
{

std::vector<JsonSpan> jsonSpans(const QString& line, bool& inComment)
{
    using Kind = JsonSpan::Kind;
    std::vector<JsonSpan> spans;
    const auto size = static_cast<int>(line.size());
    const auto add = [&](Kind kind, int from, int to) { spans.push_back({kind, from, to - from}); };
    int i = 0;
    while (i < size) {
        const int from = i;
        const auto c = line[i];
        if (inComment || (c == u'/' && i + 1 < size && line[i + 1] == u'*')) {
            const auto end = line.indexOf(QLatin1String("*/"), inComment ? i : i + 2);
            inComment = end < 0;
            i = inComment ? size : static_cast<int>(end) + 2;
            add(Kind::Comment, from, i);
        } else if (c == u'/' && i + 1 < size && line[i + 1] == u'/') {
            i = size;
            add(Kind::Comment, from, i);
        } else if (c == u'"') {
            for (++i; i < size && line[i] != u'"'; ++i)
                if (line[i] == u'\\') ++i;
            i = std::min(i + 1, size);
            int next = i;
            while (next < size && line[next].isSpace()) ++next;
            add(next < size && line[next] == u':' ? Kind::Key : Kind::String, from, i);
        } else if (c.isDigit() || c == u'-' || c == u'+') {
            while (i < size && (line[i].isLetterOrNumber() || QStringLiteral("+-.").contains(line[i]))) ++i;
            add(Kind::Number, from, i);
        } else if (c.isLetter()) {
            while (i < size && line[i].isLetterOrNumber()) ++i;
            add(Kind::Word, from, i);
        } else {
            ++i;
            if (!c.isSpace()) add(Kind::Sign, from, i);
        }
    }
    return spans;
}

void JsonHighlighter::setLook(const Look& look)
{
    const auto& t = look.t();
    const QColor colours[] = {t.ink, t.ink2, t.ink, t.ink2, t.ink3, t.ink3};
    for (int i = 0; i < 6; ++i) {
        m_formats[i] = {};
        m_formats[i].setForeground(colours[i]);
    }
    m_formats[static_cast<int>(JsonSpan::Kind::Key)].setFontWeight(QFont::DemiBold);
    m_formats[static_cast<int>(JsonSpan::Kind::Comment)].setFontItalic(true);
    rehighlight();
}

void JsonHighlighter::highlightBlock(const QString& text)
{
    bool inComment = previousBlockState() == 1;
    for (const auto& s : jsonSpans(text, inComment)) setFormat(s.from, s.length, m_formats[static_cast<int>(s.kind)]);
    setCurrentBlockState(inComment ? 1 : 0);
}

} // namespace jiffy::ui

#include "moc_json_highlighter.cpp"
