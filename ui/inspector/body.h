// SPDX-License-Identifier: GPL-3.0-or-later
// The page itself: paints it, scrolls it, and says what was clicked. The list below a page is virtual: only
// its rows in sight are asked for. Up and Down go through what can be clicked, Return follows it. GUI thread.
#pragma once

#include "ui/inspector/layout.h"
#include "ui/theme/theme_provider.h"

#include <QAbstractScrollArea>

#include <functional>

namespace jiffy::ui
{

class InspectorBody : public QAbstractScrollArea
{
    Q_OBJECT

  public:
    /// Answers with the rows [first, first + count) of the present page's list.
    using RowSource = std::function<std::vector<ListRow>(std::uint64_t first, std::size_t count)>;

    InspectorBody(const ThemeProvider& theme, RowSource rows, QWidget* parent);

    /// isOther: about something else than the page before; it is shown from the top.
    void setPage(const Page& page, bool isOther);
    const Page& page() const { return m_page; }
    const InspectorLayout& layoutOfPage() const { return m_layout; }
    /// Rows of the list in sight, the first of them, for tests.
    const std::vector<ListRow>& rowsInSight() const { return m_rows; }
    std::uint64_t firstRow() const { return m_firstRow; }
    /// Paints the page from its top into a box: for exports.
    void paintInto(QPainter& painter, const QRectF& box);

    QSize minimumSizeHint() const override { return {120, 80}; }

  Q_SIGNALS:
    void followed(jiffy::ui::Link link);
    void scrolled(int y);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool viewportEvent(QEvent* event) override;

  private:
    /// Links and rows are numbered together: the links, then the rows of the list.
    static constexpr std::int64_t nothing = -1;
    std::int64_t targetAt(QPointF inViewport) const;
    std::int64_t targetCount() const;
    QRectF boxOf(std::int64_t target) const;
    Link linkOf(std::int64_t target);
    void applyTheme();
    void relayout();
    void fetchRows();
    void moveFocus(std::int64_t by);

    const ThemeProvider& m_theme;
    RowSource m_source;
    Page m_page;
    InspectorLayout m_layout;
    std::vector<ListRow> m_rows;
    std::uint64_t m_firstRow = 0;
    std::int64_t m_hovered = nothing;
    std::int64_t m_focused = nothing;
    bool m_showsFocus = false; ///< the keyboard is being used
};

} // namespace jiffy::ui
