// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/picture.h"

#include "ui/theme/look.h"

#include <QFileInfo>
#include <QImage>
#include <QPageSize>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

namespace jiffy::ui
{

namespace
{

core::Result<void> cannotWrite(const QSaveFile& file)
{
    return core::fail(core::Fault::System, "cannot write: " + file.errorString().toStdString(), file.fileName().toStdString());
}

bool writePng(QSaveFile& file, const PictureInfo& info, const PicturePainter& paint)
{
    QImage image(info.size, QImage::Format_ARGB32_Premultiplied);
    const int perMetre = qRound(fontResolution() / 0.0254);
    image.setDotsPerMeterX(perMetre);
    image.setDotsPerMeterY(perMetre);
    image.fill(Qt::transparent);
    paint(&image, false);
    return image.save(&file, "PNG");
}

void writeSvg(QSaveFile& file, const PictureInfo& info, const PicturePainter& paint)
{
    QSvgGenerator svg;
    svg.setOutputDevice(&file);
    svg.setResolution(fontResolution());
    svg.setSize(info.size);
    svg.setViewBox(QRect(QPoint(), info.size));
    svg.setTitle(info.title);
    svg.setDescription(info.description);
    paint(&svg, true);
}

void writePdf(QSaveFile& file, const PictureInfo& info, const PicturePainter& paint)
{
    QPdfWriter pdf(&file);
    pdf.setResolution(fontResolution());
    pdf.setTitle(info.title);
    pdf.setCreator(QStringLiteral("Jiffyscope"));
    const double pointsPerPixel = 72.0 / fontResolution();
    pdf.setPageSize(QPageSize(QSizeF(info.size) * pointsPerPixel, QPageSize::Point, QString(), QPageSize::ExactMatch));
    pdf.setPageMargins(QMarginsF(0, 0, 0, 0));
    paint(&pdf, true);
}

} // namespace

QStringList pictureSuffixes() { return {QStringLiteral("png"), QStringLiteral("svg"), QStringLiteral("pdf")}; }

bool isPicture(const QString& path) { return pictureSuffixes().contains(QFileInfo(path).suffix().toLower()); }

core::Result<void> writePicture(const QString& path, const PictureInfo& info, const PicturePainter& paint)
{
    const auto suffix = QFileInfo(path).suffix().toLower();
    if (!isPicture(path))
        return core::fail(core::Fault::Usage, "a picture's name must end in .png, .svg or .pdf", path.toStdString());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return cannotWrite(file);
    if (suffix == QLatin1String("png")) writePng(file, info, paint);
    else if (suffix == QLatin1String("svg")) writeSvg(file, info, paint);
    else writePdf(file, info, paint);
    if (file.error() != QFileDevice::NoError || !file.commit()) return cannotWrite(file);
    return {};
}

} // namespace jiffy::ui
