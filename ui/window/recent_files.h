// SPDX-License-Identifier: GPL-3.0-or-later
// The files opened last, newest first, kept in the user's settings.
#pragma once

#include <QStringList>

namespace jiffy::ui
{

class RecentFiles
{
  public:
    static constexpr int most = 10;

    static QStringList list();
    /// Built-in scenarios (":name") are not files and are not remembered.
    static void add(const QString& file);
    static void remove(const QString& file);
    static void clear();
};

} // namespace jiffy::ui
