// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/recent_files.h"

#include <QFileInfo>
#include <QSettings>

namespace jiffy::ui
{

namespace
{

QString key() { return QStringLiteral("recentFiles"); }

} // namespace

QStringList RecentFiles::list() { return QSettings().value(key()).toStringList(); }

void RecentFiles::add(const QString& file)
{
    if (file.isEmpty() || file.startsWith(QLatin1Char(':'))) return;
    const auto path = QFileInfo(file).absoluteFilePath();
    auto files = list();
    files.removeAll(path);
    files.prepend(path);
    QSettings().setValue(key(), QStringList(files.mid(0, most)));
}

void RecentFiles::remove(const QString& file)
{
    auto files = list();
    if (files.removeAll(QFileInfo(file).absoluteFilePath()) != 0) QSettings().setValue(key(), files);
}

void RecentFiles::clear() { QSettings().remove(key()); }

} // namespace jiffy::ui
