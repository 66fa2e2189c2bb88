// SPDX-License-Identifier: GPL-3.0-or-later
// The scenario's text: line numbers, faults marked where they are (a wave under the words, a sign in the margin, the
// reader's message as a tool tip), brackets and indents as one expects them. All plain keys are text here.
#pragma once

#include "ui/editor/fault_marks.h"
#include "ui/theme/theme_provider.h"

#include <QPlainTextEdit>

namespace jiffy::ui
{

class JsonHighlighter;

class TextPane : public QPlainTextEdit
{
    Q_OBJECT

  public:
    TextPane(QTextDocument& document, const ThemeProvider& theme, QWidget* parent);

    void setMarks(const std::vector<FaultMark>& marks);
    /// Puts the cursor there and shows the line in the middle of the pane.
    void jumpTo(int line, int column);
    /// Shows a place without moving the cursor away from where the user types; marks its line for a while.
    void show(int position);

    int marginWidth() const;
    void paintMargin(QPaintEvent& event);
    /// The messages of the faults of that line, one a line; empty if it has none.
    QString messagesOf(int line) const;

  protected:
    bool viewportEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void applyTheme();
    void fit();
    void markAll();

    const ThemeProvider& m_theme;
    JsonHighlighter* m_highlighter;
    QWidget* m_margin;
    std::vector<FaultMark> m_marks;
};

} // namespace jiffy::ui
