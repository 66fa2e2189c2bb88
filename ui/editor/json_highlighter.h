// SPDX-License-Identifier: GPL-3.0-or-later
// Colours of JSON with comments. Modest: hues mean levels of the wheel everywhere in this program, so a text is set
// in shades of ink only; keys are heavier, comments slanted.
#pragma once

#include "ui/theme/look.h"

#include <QSyntaxHighlighter>

#include <vector>

namespace jiffy::ui
{

struct JsonSpan
{
    enum class Kind { Key, String, Number, Word, Sign, Comment };
    Kind kind = Kind::Sign;
    int from = 0, length = 0;
    bool operator==(const JsonSpan&) const = default;
};

/// The spans of a line. inComment: a block comment is open at its start, and, on return, at its end.
std::vector<JsonSpan> jsonSpans(const QString& line, bool& inComment);

class JsonHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT

  public:
    explicit JsonHighlighter(QTextDocument* document) : QSyntaxHighlighter(document) {}

    void setLook(const Look& look);

  protected:
    void highlightBlock(const QString& text) override;

  private:
    QTextCharFormat m_formats[6];
};

} // namespace jiffy::ui
