// SPDX-License-Identifier: GPL-3.0-or-later
// How a timer would be filed, in two rows of bits: the distance, whose first 1 tells the level; the expiry, whose
// field of that level tells the slot. Of the wheel of 6.1 the rows of bucket_rows.h. GUI thread.
#pragma once

#include "core/history/intervention.h"
#include "ui/theme/theme_provider.h"
#include "ui/whatif/bucket_rows.h"

#include <QWidget>

namespace jiffy::ui
{

/// What the two rows show.
struct FilingRows
{
    std::uint64_t distance = 0;
    int firstOne = -1;        ///< bit of the distance that picks the level; -1: an exception picks it
    core::Jiffies picking = 0; ///< the value whose bits are the slot: the expiry, or what stands for it
    enum class From
    {
        Expiry,
        Position, ///< of the past: timer_jiffies
        Farthest, ///< of what is out of reach: the farthest expiry that the wheel can hold
    } from = From::Expiry;
    int level = -1;
};
FilingRows filingRows(const core::Geometry& g, core::Jiffies expires, core::Jiffies position);

class FilingLens : public QWidget
{
    Q_OBJECT

  public:
    FilingLens(const ThemeProvider& theme, QWidget* parent = nullptr);

    /// position: timer_jiffies, or the clock, of the wheel. REQUIRES: a wheel.
    void setFiling(const core::Geometry& geometry, core::Jiffies expires, core::Jiffies position);
    void clear();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    const ThemeProvider& m_theme;
    core::Geometry m_geometry;
    FilingRows m_rows;
    BucketRows m_bucket; ///< 6.1
};

} // namespace jiffy::ui
