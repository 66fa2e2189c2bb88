// SPDX-License-Identifier: GPL-3.0-or-later
// The distribution of lateness as bars: the run's in the colour of lateness, the other scheduler's in grey
// beside it, with median, 95th of 100 and worst named. GUI thread.
#pragma once

#include "ui/lateness/picture.h"
#include "ui/theme/look.h"

#include <QWidget>

#include <memory>

namespace jiffy::ui
{

class LatenessPlot : public QWidget
{
    Q_OBJECT

  public:
    explicit LatenessPlot(QWidget* parent);
    ~LatenessPlot() override;

    void show(const LatenessPicture& picture, const Look& look);
    /// The same picture into a box of any size, in vectors.
    void paint(QPainter& painter, const QRectF& box);

  private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace jiffy::ui
