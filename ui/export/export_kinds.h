// SPDX-License-Identifier: GPL-3.0-or-later
// What can leave the window: each text exporter of core, and each view as a picture.
#pragma once

#include "core/base/result.h"
#include "core/export/exporter.h"

#include <QSize>
#include <QString>
#include <QStringList>

#include <string_view>
#include <vector>

namespace jiffy::ui
{

class MainWindow;

/// A picture that can be made of what is open.
struct Picture
{
    std::string_view name; ///< for --view: "rings", "timeline", "window"
    QString description;
};
/// Of each view, the wheel in each of its forms, and the window last.
const std::vector<Picture>& pictures();

struct ExportKind
{
    QString description;
    QStringList suffixes;                         ///< ".csv"; the first is the usual one
    const core::ExporterInfo* exporter = nullptr; ///< text; null: a picture
    std::string_view view;                        ///< a picture: the view's name

    QString filter() const; ///< for a file dialog
};

/// Text first, then pictures; fixed for the life of the program.
const std::vector<ExportKind>& exportKinds();
QStringList exportDescriptions();

/// The kind that a file name asks for, if its suffix is known: `preferred` when that fits, too. -1: the suffix says
/// nothing.
int exportKindFor(const QString& path, int preferred);

/// Whether that view can show what is open: a wheel's cannot show tgtd. REQUIRES: something is open.
bool canWriteView(MainWindow& window, std::string_view view);
/// Why not, as a sentence; empty if it can.
QString whyNoView(MainWindow& window, std::string_view view);

/// One view of the window as a picture, at a size. REQUIRES: something is open; canWriteView().
core::Result<void> writeView(MainWindow& window, std::string_view view, const QString& path, QSize size);

} // namespace jiffy::ui
