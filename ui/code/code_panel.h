// SPDX-License-Identifier: GPL-3.0-or-later
// The code in step: stack, listing, current line. Scrolls so that the current line is in sight. GUI thread.
#pragma once

#include "ui/code/layout.h"
#include "ui/theme/theme_provider.h"

#include <QAbstractScrollArea>

#include <optional>

namespace jiffy::ui
{

class CodePanel : public QAbstractScrollArea
{
    Q_OBJECT

  public:
    CodePanel(const ThemeProvider& theme, QWidget* parent);

    void setPicture(CodePicture picture);
    const CodePicture& picture() const { return m_picture; }
    const CodeLayout& layoutNow() const { return m_layout; } ///< in content coordinates
    /// The line that keys act on: the one chosen by Up and Down, else the current one.
    std::optional<core::Line> focusLine() const;

    void paintContent(QPainter& painter, const QRectF& box) const;
    /// What hovering over a point says; empty: nothing. In viewport coordinates.
    QString hint(QPointF at) const;

    QSize minimumSizeHint() const override { return {120, 60}; }

  Q_SIGNALS:
    /// To the next execution of that line, or the previous one.
    void lineChosen(jiffy::core::Line line, bool forward);
    void breakToggled(jiffy::core::Line line);
    void frameChosen(int frame);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

  private:
    int currentRow() const;
    int focusRow() const;
    int rowAt(QPointF at) const;
    int frameAt(QPointF at) const;
    void relayout();
    void makeVisible(int row);
    void applyTheme();
    void describe();
    void paintTears(QPainter& p, const CodeLayout& layout) const;
    void paintPieces(QPainter& p, const std::vector<CodePiece>& pieces) const;
    void paintFooter(QPainter& p, const CodeLayout& layout, const QSizeF& size) const;
    double contentHeight() const;
    void paintInto(QPainter& painter, const CodePicture& picture, const CodeLayout& layout, int focus) const;

    const ThemeProvider& m_theme;
    CodePicture m_picture;
    CodeLayout m_layout;
    std::optional<core::Line> m_focus; ///< moved to by keys; none: the current line
};

} // namespace jiffy::ui
