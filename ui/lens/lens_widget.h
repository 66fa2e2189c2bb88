// SPDX-License-Identifier: GPL-3.0-or-later
// The bit lens of the header: names above, bits, the index of each level's hand below. GUI thread.
#pragma once

#include "ui/lens/layout.h"
#include "ui/theme/theme_provider.h"

#include <QPainter>
#include <QWidget>

namespace jiffy::ui
{

/// Paints a lens whose first field begins at `origin`; names stand above it, indices below.
void paintLens(QPainter& p, const Look& look, const LensLayout& layout, double textPixels);

class LensWidget : public QWidget
{
    Q_OBJECT

  public:
    explicit LensWidget(const ThemeProvider& provider, QWidget* parent = nullptr);

    /// `value` is the position of the CPU shown.
    void setValue(const core::Geometry& geometry, core::Jiffies value);
    void clear();
    /// Narrower bits and no note on higher ones, for windows of little width.
    void setTight(bool tight);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    LensLayout layoutAt(QPointF origin) const;
    double chipWidth(const LensLayout& layout) const;
    LensMeasures measures() const;
    QString chipText(const LensLayout& layout) const;

    const ThemeProvider& m_provider;
    core::Geometry m_geometry;
    core::Jiffies m_value = 0;
    bool m_isTight = false;
};

} // namespace jiffy::ui
