// SPDX-License-Identifier: GPL-3.0-or-later
// A table as comma-separated text, after RFC 4180: lines end in CR LF, a field with a comma, a quote or a
// line break stands in quotes, quotes inside are doubled. Rows are read one by one; a model that fetches its
// rows as they are needed is asked for more.
#pragma once

#include <QString>

class QAbstractItemModel;
class QIODevice;

namespace jiffy::ui
{

struct CsvResult
{
    qint64 rows = 0;    ///< written, without the header
    bool isCut = false; ///< there were more than the limit
    bool isGood = true; ///< everything could be written
    bool operator==(const CsvResult&) const = default;
};

/// Header and at most `limit` rows, in UTF-8. Cut short, a last line of one field says that there were more.
CsvResult writeCsv(QAbstractItemModel& model, QIODevice& device, qint64 limit);
/// The same as text, for the clipboard.
QString toCsv(QAbstractItemModel& model, qint64 limit, CsvResult* result = nullptr);

/// One field as it stands in a line.
QString csvField(const QString& text);

} // namespace jiffy::ui
