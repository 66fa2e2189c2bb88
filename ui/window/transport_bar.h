// SPDX-License-Identifier: GPL-3.0-or-later
// The row under the menus: five buttons, the step ladder, the speed, the clock, and at the right a place for the bit
// lens of the clock. Shows the session; changes it only through actions and its own signals.
#pragma once

#include "ui/session/play.h"
#include "ui/theme/theme_provider.h"
#include "ui/window/actions.h"

#include <QTimer>
#include <QWidget>

class QHBoxLayout;

namespace jiffy::ui
{

class DaemonBoxes;
class JiffiesBlock;
class LensWidget;
class RungSelector;
class SpeedSlider;
class TransportButton;

class TransportBar : public QWidget
{
    Q_OBJECT

  public:
    TransportBar(Session& session, Play& play, const Actions& actions, const ThemeProvider& theme, QWidget* parent);

    /// Puts a widget at the right end, behind a hairline.
    void setLens(LensWidget* lens);
    /// How much of something under way is done, 0..1, as a line at the lower edge; below 0: nothing is under way. The
    /// line comes after a moment only.
    void setProgress(double done);
    /// Chooses what is shown for the present width; to be called when the lens has become wider or narrower.
    void fit();
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void applyTheme();
    void onOpened();
    void showClock();
    void showSpeed();

    Session& m_session;
    Play& m_play;
    const ThemeProvider& m_theme;
    QHBoxLayout* m_layout;
    TransportButton* m_playButton;
    RungSelector* m_rungs;
    SpeedSlider* m_speed;
    JiffiesBlock* m_clock;
    QTimer m_patience; ///< until the line may be seen
    double m_progress = -1;
    DaemonBoxes* m_boxes; ///< instead of the lens, of tgtd
    LensWidget* m_lens = nullptr; ///< may be null: none was set
};

} // namespace jiffy::ui
