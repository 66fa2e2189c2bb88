// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/fault_marks.h"

#include <algorithm>

namespace jiffy::ui
{

namespace
{

bool isWord(QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'+' || c == u'.'; }

int stringEnd(const QString& line, int from)
{
    for (int i = from + 1; i < line.size(); ++i) {
        if (line[i] == u'\\') ++i;
        else if (line[i] == u'"') return i + 1;
    }
    return static_cast<int>(line.size());
}

/// Characters are code points; the text on the screen counts UTF-16 units.
int unitsOf(const QString& line, int characters)
{
    int at = 0;
    for (int i = 0; i < characters && at < line.size(); ++i)
        at += line[at].isHighSurrogate() && at + 1 < line.size() ? 2 : 1;
    return at;
}

} // namespace

QString FaultMark::text() const
{
    return line < 0 ? message : QStringLiteral("%1:%2  %3").arg(line + 1).arg(from + 1).arg(message);
}

int tokenEnd(const QString& line, int from)
{
    const auto size = static_cast<int>(line.size());
    if (from >= size) return size;
    if (line[from] == u'"') return stringEnd(line, from);
    if (line[from] == u'{' || line[from] == u'[') {
        int depth = 0;
        for (int i = from; i < size; ++i) {
            if (line[i] == u'"') i = stringEnd(line, i) - 1;
            else if (line[i] == u'{' || line[i] == u'[') ++depth;
            else if ((line[i] == u'}' || line[i] == u']') && --depth == 0) return i + 1;
        }
        return size;
    }
    int end = from;
    while (end < size && isWord(line[end])) ++end;
    return std::max(end, from + 1);
}

std::vector<FaultMark> faultMarks(const core::Diagnostics& faults, const std::function<QString(int)>& lineText)
{
    std::vector<FaultMark> marks;
    marks.reserve(faults.size());
    for (const auto& f : faults) {
        FaultMark mark;
        mark.message = QString::fromStdString(f.message);
        if (f.line > 0) {
            const auto line = lineText(f.line - 1);
            mark.line = f.line - 1;
            mark.from = std::min(unitsOf(line, f.column - 1), std::max(0, static_cast<int>(line.size()) - 1));
            mark.to = std::max(tokenEnd(line, mark.from), mark.from + 1);
        }
        marks.push_back(std::move(mark));
    }
    return marks;
}

} // namespace jiffy::ui
