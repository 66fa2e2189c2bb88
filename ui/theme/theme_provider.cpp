// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme_provider.h"

#include <QApplication>
#include <QStyle>
#include <QStyleFactory>
#include <QToolTip>

#include <algorithm>

namespace jiffy::ui
{

ThemeProvider::ThemeProvider(QObject* parent) : QObject(parent) {}

bool ThemeProvider::isMotionReduced() const
{
    if (m_motion != MotionSetting::System) return m_motion == MotionSetting::Reduced;
    const QStyle* style = QApplication::style();
    return style && style->styleHint(QStyle::SH_Widget_Animate) == 0;
}

void ThemeProvider::setTheme(ThemeName name)
{
    if (name == themeName()) return;
    m_look = Look(name, m_look.scale);
    announce();
}

void ThemeProvider::setScale(double scale)
{
    const double clamped = std::clamp(scale, smallestScale, largestScale);
    if (clamped == m_look.scale) return;
    m_look.scale = clamped;
    announce();
}

void ThemeProvider::setMotion(MotionSetting motion)
{
    if (motion == m_motion) return;
    m_motion = motion;
    announce();
}

void ThemeProvider::applyTo(QApplication& app)
{
    m_app = &app;
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setPalette(palette(theme()));
    QApplication::setFont(m_look.words(13));
    QToolTip::setPalette(palette(theme()));
    QToolTip::setFont(m_look.words(12));
}

ThemeName ThemeProvider::systemTheme()
{
    return QApplication::palette().color(QPalette::Window).lightness() < 128 ? ThemeName::Dark
                                                                             : ThemeName::Light;
}

void ThemeProvider::announce()
{
    if (m_app) {
        QApplication::setPalette(palette(theme()));
        QApplication::setFont(m_look.words(13));
        QToolTip::setPalette(palette(theme()));
        QToolTip::setFont(m_look.words(12));
    }
    Q_EMIT changed();
}

} // namespace jiffy::ui

#include "moc_theme_provider.cpp"
