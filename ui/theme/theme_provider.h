// SPDX-License-Identifier: GPL-3.0-or-later
// The look in force and who is told when it changes. One lives in main(), widgets get a pointer to it (never
// null) and repaint on changed(). GUI thread.
#pragma once

#include "ui/theme/look.h"

#include <QObject>

class QApplication;

namespace jiffy::ui
{

/// Whether things fly or jump. System asks the style (SH_Widget_Animate).
enum class MotionSetting
{
    System,
    Full,
    Reduced
};

class ThemeProvider : public QObject
{
    Q_OBJECT

  public:
    static constexpr double smallestScale = .8;
    static constexpr double largestScale = 3;

    explicit ThemeProvider(QObject* parent = nullptr);

    const Look& look() const { return m_look; }
    const Theme& theme() const { return m_look.t(); }
    ThemeName themeName() const { return m_look.t().name; }
    double scale() const { return m_look.scale; }
    MotionSetting motion() const { return m_motion; }
    bool isMotionReduced() const;

    void setTheme(ThemeName name);
    void setScale(double scale); ///< clamped to smallestScale..largestScale
    void setMotion(MotionSetting motion);

    /// Fusion, the palette, the font: now and after every change.
    void applyTo(QApplication& app);

    /// The theme that suits the desktop: light or dark by the lightness of its window colour.
    static ThemeName systemTheme();

  Q_SIGNALS:
    void changed();

  private:
    void announce();

    Look m_look;
    MotionSetting m_motion = MotionSetting::System;
    QApplication* m_app = nullptr; ///< may be null: applyTo() not called
};

} // namespace jiffy::ui
