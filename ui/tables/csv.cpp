// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/csv.h"

#include <QAbstractItemModel>
#include <QBuffer>
#include <QCoreApplication>

namespace jiffy::ui
{

QString csvField(const QString& text)
{
    const bool needsQuotes =
        text.contains(u',') || text.contains(u'"') || text.contains(u'\n') || text.contains(u'\r');
    if (!needsQuotes) return text;
    QString quoted = text;
    quoted.replace(u'"', QStringLiteral("\"\""));
    return u'"' + quoted + u'"';
}

CsvResult writeCsv(QAbstractItemModel& model, QIODevice& device, qint64 limit)
{
    CsvResult result;
    const int columns = model.columnCount();
    const auto write = [&](const QString& line) {
        const QByteArray bytes = (line + QStringLiteral("\r\n")).toUtf8();
        result.isGood = result.isGood && device.write(bytes) == bytes.size();
    };
    QString line;
    for (int c = 0; c < columns; ++c) {
        if (c != 0) line += u',';
        line += csvField(model.headerData(c, Qt::Horizontal).toString());
    }
    write(line);
    for (int row = 0; result.isGood; ++row) {
        while (row >= model.rowCount() && model.canFetchMore({})) {
            const int before = model.rowCount();
            model.fetchMore({});
            if (model.rowCount() == before) break;
        }
        if (row >= model.rowCount()) break;
        if (result.rows == limit) {
            result.isCut = true;
            write(
                csvField(QCoreApplication::translate("Csv", "(more rows follow; %1 are listed)").arg(limit)));
            break;
        }
        line.clear();
        for (int c = 0; c < columns; ++c) {
            if (c != 0) line += u',';
            line += csvField(model.index(row, c).data().toString());
        }
        write(line);
        ++result.rows;
    }
    return result;
}

QString toCsv(QAbstractItemModel& model, qint64 limit, CsvResult* result)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    const CsvResult written = writeCsv(model, buffer, limit);
    if (result) *result = written;
    return QString::fromUtf8(bytes);
}

} // namespace jiffy::ui
