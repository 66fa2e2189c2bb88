// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme_provider.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QFontInfo>
#include <QSignalSpy>

namespace jiffy::ui
{
namespace
{

constexpr std::array<ThemeName, 3> allThemes{ThemeName::Light, ThemeName::Dark, ThemeName::HighContrast};

struct Pair
{
    const char* what;
    QColor foreground, background;
    double least;
};

std::vector<Pair> pairsOf(const Theme& t)
{
    std::vector<Pair> p;
    for (const QColor& s : {t.canvas, t.dock, t.win, t.sunken, t.raised}) {
        p.push_back({"ink", t.ink, s, 7});
        p.push_back({"ink2", t.ink2, s, 4.5});
        p.push_back({"ink3", t.ink3, s, 4.5});
    }
    p.push_back({"inv on ink", t.inv, t.ink, 7});
    p.push_back({"now on canvas", t.now, t.canvas, 3});
    p.push_back({"now on sunken", t.now, t.sunken, 3});
    p.push_back({"nowText on canvas", t.nowText, t.canvas, 4.5});
    p.push_back({"nowText on dock", t.nowText, t.dock, 4.5});
    p.push_back({"nowText on nowBg", t.nowText, t.nowBg, 4.5});
    p.push_back({"ink on nowBg", t.ink, t.nowBg, 7});
    p.push_back({"pill", t.pillText, t.pill, 4.5});
    p.push_back({"ghost", t.ghost, t.canvas, 3});
    p.push_back({"late on canvas", t.late, t.canvas, 3});
    p.push_back({"late on sunken", t.late, t.sunken, 2.6});
    p.push_back({"ink on lateBg", t.ink, t.lateBg, 7});
    p.push_back({"ok", t.ok, t.canvas, 4.5});
    for (int l = 0; l < 5; ++l) {
        p.push_back({"level on canvas", t.levelHue(l), t.canvas, 4.5});
        p.push_back({"level on dock", t.levelHue(l), t.dock, 4.5});
        p.push_back({"dot on its floor", t.levelHue(l), slotFloor(t, l), 3});
        p.push_back({"bit 1 on its field", t.levelHue(l), lensField(t, l), 3});
        p.push_back({"bit 0 on its field", mix(t.levelHue(l), t.canvas, .17), lensField(t, l), 3});
    }
    return p;
}

TEST(Theme, everyPairThatCarriesMeaningHasItsContrast)
{
    for (const ThemeName name : allThemes)
        for (const Pair& p : pairsOf(theme(name)))
            EXPECT_GE(contrast(p.foreground, p.background), p.least)
                << p.what << " in theme " << static_cast<int>(name);
}

TEST(Theme, numbersAreReadableOnEveryHeat)
{
    for (const ThemeName name : allThemes)
        for (int l = 0; l < 5; ++l)
            for (const std::uint64_t fullest : {1ull, 64ull, 65ull, 5'000ull, 1'000'000ull})
                for (std::uint64_t n = 1; n <= fullest; n = n * 2 + 1) {
                    const QColor heat = slotHeat(theme(name), l, n, fullest);
                    EXPECT_GE(contrast(readableOn(heat), heat), 4.5);
                }
}

TEST(Theme, heatGrowsWithTheNumberOfTimers)
{
    const Theme& t = theme(ThemeName::Light);
    EXPECT_EQ(slotHeat(t, 0, 0, 10), slotFloor(t, 0));
    double before = contrast(slotFloor(t, 0), t.canvas);
    for (const std::uint64_t n : {1u, 3u, 9u, 30u, 64u}) {
        const double now = contrast(slotHeat(t, 0, n, 64), t.canvas);
        EXPECT_GT(now, before) << n;
        before = now;
    }
}

TEST(Theme, mixIsLinear)
{
    EXPECT_EQ(mix(QColor(0, 0, 0), QColor(100, 200, 50), .5), QColor(50, 100, 25));
    EXPECT_EQ(mix(QColor(1, 2, 3), QColor(9, 9, 9), 0), QColor(1, 2, 3));
    EXPECT_EQ(mix(QColor(1, 2, 3), QColor(9, 9, 9), 1), QColor(9, 9, 9));
}

TEST(Theme, levelsBeyondTheFifthShareItsHue)
{
    const Theme& t = theme(ThemeName::Dark);
    EXPECT_EQ(t.levelHue(8), t.tv[4]);
    EXPECT_EQ(t.levelHue(0), t.tv[0]);
}

TEST(Look, fontsHaveTheSizeAskedForInPixels)
{
    EXPECT_NEAR(QFontInfo(Look().words(18)).pixelSize(), 18, 1);
    EXPECT_NEAR(QFontInfo(Look(ThemeName::Light, 2).numbers(12)).pixelSize(), 24, 1);
}

TEST(Look, numbersAreGrouped)
{
    EXPECT_EQ(grouped(0), QStringLiteral("0"));
    EXPECT_EQ(grouped(999), QStringLiteral("999"));
    EXPECT_EQ(grouped(4'294'919'424u), QStringLiteral("4\u2009294\u2009919\u2009424"));
    EXPECT_EQ(hexWord(0xFFFF4500u, 32), QStringLiteral("0xFFFF 4500"));
    EXPECT_EQ(hexWord(0x1'0000'0001ull, 64), QStringLiteral("0x0000 0001 0000 0001"));
}

TEST(ThemeProvider, tellsOfChangesAndOnlyOfChanges)
{
    ThemeProvider provider;
    QSignalSpy spy(&provider, &ThemeProvider::changed);
    provider.setTheme(ThemeName::Light);
    EXPECT_EQ(spy.count(), 0);
    provider.setTheme(ThemeName::Dark);
    provider.setTheme(ThemeName::Dark);
    EXPECT_EQ(spy.count(), 1);
    provider.setScale(9);
    EXPECT_EQ(provider.scale(), ThemeProvider::largestScale);
    EXPECT_EQ(spy.count(), 2);
    EXPECT_TRUE(provider.theme().dark);
}

TEST(ThemeProvider, keepsThePaletteOfTheApplicationInStep)
{
    ThemeProvider provider;
    provider.applyTo(*static_cast<QApplication*>(QApplication::instance()));
    EXPECT_EQ(QApplication::palette().color(QPalette::Window), theme(ThemeName::Light).dock);
    provider.setTheme(ThemeName::Dark);
    EXPECT_EQ(QApplication::palette().color(QPalette::Window), theme(ThemeName::Dark).dock);
    EXPECT_EQ(ThemeProvider::systemTheme(), ThemeName::Dark);
    provider.setTheme(ThemeName::Light);
}

TEST(ThemeProvider, motionIsReducedOnRequest)
{
    ThemeProvider provider;
    provider.setMotion(MotionSetting::Reduced);
    EXPECT_TRUE(provider.isMotionReduced());
    provider.setMotion(MotionSetting::Full);
    EXPECT_FALSE(provider.isMotionReduced());
}

} // namespace
} // namespace jiffy::ui
