// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/transport_bar.h"

#include "ui/lens/lens_widget.h"
#include "ui/tgtd/daemon_boxes.h"
#include "ui/window/jiffies_block.h"
#include "ui/window/rung_selector.h"
#include "ui/window/speed_slider.h"
#include "ui/window/transport_button.h"

#include <QHBoxLayout>
#include <QPainter>

namespace jiffy::ui
{

TransportBar::TransportBar(Session& session, Play& play, const Actions& actions, const ThemeProvider& theme,
                           QWidget* parent)
    : QWidget(parent), m_session(session), m_play(play), m_theme(theme), m_layout(new QHBoxLayout(this)),
      m_playButton(new TransportButton(TransportSign::Play, actions[Act::Play], theme, this)),
      m_rungs(new RungSelector(theme, this)), m_speed(new SpeedSlider(theme, this)),
      m_clock(new JiffiesBlock(theme, this)), m_boxes(new DaemonBoxes(theme, this))
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, qOverload<>(&QWidget::update));
    m_layout->setSpacing(0);
    m_layout->setSizeConstraint(QLayout::SetNoConstraint); // it leaves out what has no room
    const auto button = [&](TransportSign sign, Act act) {
        return new TransportButton(sign, actions[act], theme, this);
    };
    // Each button brings 4 px of room round it for its focus ring, which make most of the 6 px between them.
    m_layout->addWidget(button(TransportSign::Start, Act::ToStart));
    m_layout->addWidget(button(TransportSign::Back, Act::StepBack));
    m_layout->addWidget(m_playButton);
    m_layout->addWidget(button(TransportSign::Step, Act::StepForward));
    m_layout->addWidget(button(TransportSign::End, Act::ToEnd));
    m_layout->addSpacing(8);
    m_layout->addWidget(m_rungs);
    m_layout->addSpacing(16);
    m_layout->addWidget(m_speed);
    m_layout->addStretch();
    m_layout->addWidget(m_clock);
    m_boxes->hide();

    connect(m_rungs, &RungSelector::rungChosen, &session, &Session::setRung);
    connect(&session, &Session::rungChanged, this, [this](core::Rung rung) {
        m_rungs->setRung(rung);
        showSpeed();
        fit();
    });
    connect(m_speed, &SpeedSlider::speedChosen, &play, &Play::setSpeed);
    connect(m_speed, &SpeedSlider::realTimeChosen, &play, [&play] { play.setSpeed(play.realTime()); });
    connect(&play, &Play::speedChanged, this, &TransportBar::showSpeed);
    connect(&play, &Play::playingChanged, this,
            [this](bool playing) {
                m_playButton->setSign(playing ? TransportSign::Pause : TransportSign::Play);
                if (!playing && m_session.isOpen()) showClock();
            });
    connect(&play, &Play::timePassed, this, [this] {
        const auto now = static_cast<std::uint64_t>(m_play.virtualTicks());
        m_clock->show(m_session.inputs(), m_session.world(), now);
        m_boxes->moveTo(m_session.inputs(), m_session.world(), now);
    });
    connect(&session, &Session::opened, this, &TransportBar::onOpened);
    connect(&session, &Session::runReset, this, &TransportBar::onOpened); // perhaps on another algorithm
    connect(&session, &Session::positionChanged, this, &TransportBar::showClock);
    connect(&theme, &ThemeProvider::changed, this, &TransportBar::applyTheme);
    m_rungs->setRung(session.rung());
    showSpeed();
    applyTheme();
}

void TransportBar::setLens(LensWidget* lens)
{
    m_lens = lens;
    m_layout->addSpacing(24);
    m_layout->addWidget(lens);
    m_layout->addWidget(m_boxes);
}

void TransportBar::onOpened()
{
    m_rungs->setDriver(m_session.inputs().driver, m_session.inputs().machine.timers);
    showSpeed();
    fit();
}

void TransportBar::setProgress(double done)
{
    if (done < 0) m_patience.stop();
    else if (m_progress < 0) m_patience.start(100);
    m_progress = done;
    update();
}

void TransportBar::applyTheme()
{
    const auto px = [this](double v) { return static_cast<int>(m_theme.look().px(v)); };
    setFixedHeight(px(74));
    m_layout->setContentsMargins(px(16) - 4, 0, px(20), 0);
    for (auto* child : findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) child->updateGeometry();
    fit();
    update();
}

void TransportBar::showClock()
{
    const auto before = m_clock->sizeHint();
    m_clock->show(m_session.inputs(), m_session.world(), m_session.ticks());
    const auto boxesBefore = m_boxes->sizeHint();
    if (m_session.inputs().driver == core::Driver::Daemon) m_boxes->show(m_session.inputs(), m_session.world(), pastOf(m_session.history().log(), m_session.position(), m_session.world()));
    if (m_clock->sizeHint() != before || m_boxes->sizeHint() != boxesBefore) fit(); // digits keep their number mostly
}

void TransportBar::showSpeed()
{
    m_speed->setMeaning(m_play.countsSteps() ? 0 : m_play.realTime(), m_play.countsTime());
    m_speed->setSpeed(m_play.speed());
}

/// Full where there is room; else narrower; else the lens goes, as the wheel's hands say the same; then the names of the
/// rungs that are not chosen, the speed, and last of all the clock.
void TransportBar::fit()
{
    if (!m_lens) return;
    const bool isDaemon = m_session.isOpen() && m_session.inputs().driver == core::Driver::Daemon;
    for (const int stage : {0, 1, 2, 3, 4, 5}) {
        m_rungs->setFit(stage >= 3 ? RungSelector::Fit::Bars : stage >= 1 ? RungSelector::Fit::Narrow : RungSelector::Fit::Wide);
        m_lens->setTight(stage >= 1);
        m_clock->setTight(stage >= 1);
        m_lens->setVisible(!isDaemon && stage < 2);
        m_boxes->setVisible(isDaemon && stage < 5);
        m_boxes->setTight(stage >= 2);
        m_clock->setVisible(stage < 5);
        m_speed->setVisible(stage < 4);
        m_layout->invalidate();
        if (m_layout->sizeHint().width() <= width()) return;
    }
}

QSize TransportBar::minimumSizeHint() const { return {static_cast<int>(m_theme.look().px(540)), minimumHeight()}; }

void TransportBar::resizeEvent(QResizeEvent*) { fit(); }

void TransportBar::paintEvent(QPaintEvent*)
{
    const auto& look = m_theme.look();
    const auto& t = look.t();
    QPainter p(this);
    p.fillRect(rect(), t.dock);
    p.setPen(t.line);
    p.drawLine(0, 0, width(), 0);
    p.drawLine(0, height() - 1, width(), height() - 1);
    if (m_progress >= 0 && !m_patience.isActive()) {
        const double thick = look.px(2);
        p.fillRect(QRectF(0, height() - thick, width() * m_progress, thick), t.now);
    }
    if (m_lens && m_lens->isVisible()) { // the boxes have borders of their own
        const int x = m_lens->x() - 12;
        p.drawLine(x, static_cast<int>(look.px(14)), x, height() - static_cast<int>(look.px(14)));
    }
}

} // namespace jiffy::ui

#include "moc_transport_bar.cpp"
