// SPDX-License-Identifier: GPL-3.0-or-later
// Upright bars into an image, without a painter: a screen of 64 lanes can be a hundred thousand of them, each a few pixels,
// and a painter takes longer to begin one than to fill it. Edges lie on device pixels.
#pragma once

#include <QColor>
#include <QImage>
#include <QRectF>

#include <algorithm>

namespace jiffy::ui
{

class LaneRaster
{
  public:
    /// Draws into the image from now on, within a rectangle in its logical pixels. REQUIRES: a 32-bit format without
    /// translucency, and nobody else shares the image.
    LaneRaster(QImage& image, const QRectF& clip);

    /// Covers at least one pixel. An opaque colour.
    void fill(double left, double top, double width, double height, QRgb colour);

    /// The row of device pixels at a height, within the clip.
    int rowOf(double y) const { return std::clamp(static_cast<int>(y * m_ratio + .5), m_top, std::max(m_top, m_bottom)); }
    /// One logical pixel wide, from a row down to another (rowOf()): what there are most of.
    void column(int left, int above, int below, QRgb colour)
    {
        int x = left, width = 1;
        if (m_ratio != 1) {
            x = static_cast<int>(left * m_ratio + .5);
            width = static_cast<int>((left + 1) * m_ratio + .5) - x;
        }
        if (x < m_left || x + width > m_right) return;
        QRgb* pixel = m_pixels + above * m_stride + x;
        for (int row = above; row < below; ++row, pixel += m_stride) {
            pixel[0] = colour;
            for (int k = 1; k < width; ++k) pixel[k] = colour;
        }
    }

  private:
    QRgb* m_pixels;
    qsizetype m_stride; ///< in pixels
    double m_ratio;
    int m_left, m_top, m_right, m_bottom; ///< of the clip, in device pixels
};

} // namespace jiffy::ui
