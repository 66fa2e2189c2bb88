// SPDX-License-Identifier: GPL-3.0-or-later
// The floor of the wheel with the heat of its slots, kept as pixels: each slot knows the pixels it covers and by how
// much, so that giving it another colour touches these and nothing else, costs microseconds, and leaves the same
// picture whatever colours it had before. A pixel on a border belongs to the slot that covers more of it. GUI thread.
#pragma once

#include "ui/wheel/layout.h"

#include <QImage>

#include <vector>

namespace jiffy::ui
{

class HeatImage
{
  public:
    /// Another floor, and the layout that it is of; slots keep their colours while that stays the same. `floor` is
    /// opaque and has its device pixel ratio.
    void setFloor(QImage floor, const WheelLayoutPtr& layout);
    /// Gives a slot a colour; an invalid one shows the floor again. Slots are numbered as the geometry does.
    void setColour(std::uint32_t slot, const QColor& colour);
    const QImage& image() const { return m_image; }

  private:
    struct Pixel
    {
        std::uint32_t at = 0; ///< index into the image
        std::uint8_t cover = 0;
    };
    /// A slot's pixels: m_pixels[first, first + count).
    struct Span
    {
        std::uint32_t first = 0, count = 0;
        QRgb colour = 0; ///< 0: the floor
    };

    void findPixels(const WheelLayout& layout);
    void paint(const Span& span);

    WheelLayoutPtr m_layout; ///< null: no floor yet
    QImage m_floor, m_image;
    std::vector<Pixel> m_pixels;
    std::vector<Span> m_slots;
};

} // namespace jiffy::ui
