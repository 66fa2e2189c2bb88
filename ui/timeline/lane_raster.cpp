// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/lane_raster.h"

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

LaneRaster::LaneRaster(QImage& image, const QRectF& clip)
    : m_pixels(reinterpret_cast<QRgb*>(image.bits())), m_stride(image.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb))),
      m_ratio(image.devicePixelRatio()), m_left(std::max(0, static_cast<int>(std::lround(clip.left() * m_ratio)))),
      m_top(std::max(0, static_cast<int>(std::lround(clip.top() * m_ratio)))),
      m_right(std::min(image.width(), static_cast<int>(std::lround(clip.right() * m_ratio)))),
      m_bottom(std::min(image.height(), static_cast<int>(std::lround(clip.bottom() * m_ratio))))
{
}

void LaneRaster::fill(double left, double top, double width, double height, QRgb colour)
{
    // Rounds; what is left of or above the image is cut off anyway, so that towards zero is as good as down.
    const auto device = [&](double v) { return static_cast<int>(v * m_ratio + .5); };
    const int x = device(left), y = device(top);
    const int from = std::max(m_left, x), to = std::min(m_right, std::max(x + 1, device(left + width)));
    const int above = std::max(m_top, y), below = std::min(m_bottom, std::max(y + 1, device(top + height)));
    if (from >= to) return;
    for (int row = above; row < below; ++row) {
        QRgb* line = m_pixels + row * m_stride;
        for (int column = from; column < to; ++column) line[column] = colour;
    }
}

} // namespace jiffy::ui
