// SPDX-License-Identifier: GPL-3.0-or-later
// The n-th state of the work that autosave_victim does: told by its number alone, so that who finds it can tell
// whether every byte is there.
#pragma once

#include "ui/editor/autosave.h"

#include <QTimeZone>

#include <random>

namespace jiffy::test
{

inline ui::Work victimState(int n)
{
    std::mt19937 random(static_cast<unsigned>(n));
    ui::Work work;
    work.file = QStringLiteral("/home/x/scenario %1.jiffy.json").arg(n);
    work.tick = random();
    work.when = QDateTime::fromMSecsSinceEpoch(1'300'000'000'000 + n, Qt::UTC);
    work.text = QByteArray::number(n) + '\n';
    // From nothing to some hundred kilobytes, so that a kill falls into the middle of a write, too.
    const auto size = static_cast<qsizetype>(random() % (1u << (random() % 20)));
    while (work.text.size() < size) work.text += QByteArray::number(random()) + '\n';
    return work;
}

} // namespace jiffy::test
