// SPDX-License-Identifier: GPL-3.0-or-later
// The loupe: 16 slots round the one under the pointer, four times as large, with the names of its timers in list order
// below. Beside the pointer, never under it. GUI thread.
#pragma once

#include "ui/theme/theme_provider.h"
#include "ui/wheel/scene.h"
#include "ui/wheel/layout.h"

#include <QStringList>
#include <QWidget>

#include <vector>

namespace jiffy::ui
{

constexpr std::uint32_t loupeSlots = 16;

struct LoupeCell
{
    SlotPlace place;
    SceneSlot slot;
    bool isMeant = false; ///< the slot under the pointer
    bool isHand = false;
};

/// What the loupe says, apart from where.
struct LoupeContent
{
    std::uint64_t fullest = 0;
    std::vector<LoupeCell> cells; ///< loupeSlots of them, or the whole level if it has fewer
    QString title;                ///< "tv2[5]"
    QString detail;               ///< "38 timers, next served at 4 294 919 424"
    QStringList names;            ///< in list order
    std::uint64_t more = 0;       ///< not among the names
};

LoupeContent loupeContent(const Scene& scene, SlotPlace place);

/// Upper left corner of a box of that size beside `pointer` and within `room`: at the right and below, else at the
/// other side.
QPointF loupeCorner(QPointF pointer, QSizeF size, const QRectF& room);

class Loupe : public QWidget
{
    Q_OBJECT

  public:
    explicit Loupe(const ThemeProvider& provider, QWidget* parent);

    void showFor(const LoupeContent& content, QPointF pointer);
    const LoupeContent& content() const { return m_content; }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    QSizeF wantedSize() const;

    const ThemeProvider& m_provider;
    LoupeContent m_content;
};

} // namespace jiffy::ui
