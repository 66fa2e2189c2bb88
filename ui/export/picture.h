// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures into files: .png, .svg, .pdf by suffix, text as text in the latter two. A file appears under its name only
// when it is complete. GUI thread.
#pragma once

#include "core/base/result.h"

#include <QSize>
#include <QString>
#include <QStringList>

#include <functional>

class QPaintDevice;

namespace jiffy::ui
{

struct PictureInfo
{
    QSize size;           ///< in pixels
    QString title;
    QString description;
};

/// Paints on a device of `size` whose resolution is the one that ui/theme makes fonts for. isVector: no glow, no
/// cached pixmaps.
using PicturePainter = std::function<void(QPaintDevice* device, bool isVector)>;

/// "png", "svg", "pdf".
QStringList pictureSuffixes();
bool isPicture(const QString& path);

core::Result<void> writePicture(const QString& path, const PictureInfo& info, const PicturePainter& paint);

} // namespace jiffy::ui
