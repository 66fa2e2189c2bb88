// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/look.h"

#include <QGuiApplication>
#include <QScreen>
#include <QStringList>

#include <cmath>
#include <map>
#include <tuple>

namespace jiffy::ui
{

namespace
{

/// Fonts are made once: a copy shares what Qt has found out about the first one, which is most of the cost of a line
/// of text.
QFont fontOf(const QStringList& families, QFont::StyleHint hint, double pixels, QFont::Weight weight)
{
    static auto& fonts = *new std::map<std::tuple<int, qint64, int, int>, QFont>; // outlives the application
    const std::tuple key(static_cast<int>(hint), qRound64(pixels * 4'096), static_cast<int>(weight), fontResolution());
    if (const auto known = fonts.find(key); known != fonts.end()) return known->second;
    constexpr std::size_t most = 500;
    if (fonts.size() >= most) fonts.clear();
    QFont f;
    f.setFamilies(families);
    f.setStyleHint(hint);
    f.setPointSizeF(pixels * 72.0 / fontResolution());
    f.setWeight(weight);
    f.setHintingPreference(QFont::PreferNoHinting);
    fonts.emplace(key, f);
    return f;
}

} // namespace

int fontResolution()
{
    const QScreen* screen = QGuiApplication::primaryScreen();
    return screen ? static_cast<int>(std::lround(screen->logicalDotsPerInchY())) : 96;
}

QFont Look::words(double pixels, QFont::Weight weight) const
{
    static const QStringList families{QStringLiteral("Inter"), QStringLiteral("Noto Sans"),
                                      QStringLiteral("DejaVu Sans")};
    return fontOf(families, QFont::SansSerif, pixels * scale, weight);
}

QFont Look::numbers(double pixels, QFont::Weight weight) const
{
    static const QStringList families{QStringLiteral("JetBrains Mono"), QStringLiteral("DejaVu Sans Mono"),
                                      QStringLiteral("Noto Sans Mono")};
    return fontOf(families, QFont::Monospace, pixels * scale, weight);
}

QString grouped(std::uint64_t n)
{
    QString s = QString::number(n);
    for (auto at = s.size() - 3; at > 0; at -= 3)
        s.insert(at, QChar(0x2009));
    return s;
}

QString hexWord(std::uint64_t n, int bits)
{
    QString s = QString::number(n, 16).toUpper().rightJustified(bits / 4, u'0');
    for (auto at = s.size() - 4; at > 0; at -= 4)
        s.insert(at, u' ');
    return QStringLiteral("0x") + s;
}

} // namespace jiffy::ui
