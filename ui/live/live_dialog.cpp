// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/live_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <QSignalBlocker>

#include <algorithm>
#include <cmath>
#include <utility>

namespace jiffy::ui
{

using core::LiveScheme;
using core::LiveSettings;

LiveDialog::LiveDialog(const ThemeProvider& theme, const QList<LiveWorkload>& workloads, QWidget* parent)
    : QDialog(parent), m_form(new QFormLayout), m_workload(new QComboBox(this)), m_scheme(new QComboBox(this)), m_about(new QLabel(this))
{
    const auto& look = theme.look();
    const auto px = [&](double v) { return static_cast<int>(look.px(v)); };
    setWindowTitle(tr("Live on this machine"));
    setFont(look.words(13));
    auto* what = new QLabel(tr("A process of its own performs the workload with the real system calls; the window shows it as it "
                               "happens. It ends by itself, by Stop, or with the window."),
                            this);
    what->setWordWrap(true);
    for (const auto& w : workloads) m_workload->addItem(w.title, w.name);
    m_workload->setAccessibleName(tr("Workload"));
    m_workload->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_workload->setMinimumContentsLength(30);
    m_scheme->addItem(tr("signal: setitimer, SIGALRM and a pipe"), static_cast<int>(LiveScheme::Signal));
    m_scheme->addItem(tr("timerfd: a timer that is a file"), static_cast<int>(LiveScheme::TimerFd));
    m_scheme->addItem(tr("signalfd: SIGALRM read from a file"), static_cast<int>(LiveScheme::SignalFd));
    m_scheme->setAccessibleName(tr("Scheme"));
    m_about->setWordWrap(true);
    m_about->setFont(look.words(12));
    m_form->addRow(tr("&Workload"), m_workload);
    m_form->addRow(tr("S&cheme"), m_scheme);
    m_form->addRow(QString(), m_about);
    m_interval = addTime(tr("&Interval"), tr(" ms"), 1, 60'000, 50, 0);
    m_duration = addTime(tr("&For"), tr(" s"), .1, 3600, 1, 1);
    m_busy = addTime(tr("&Busy handlers"), tr(" ms"), 0, 10'000, 50, 0);
    m_busy->setToolTip(tr("Each handler of I/O takes that long on top of what it does: alarms then come together"));
    m_busy->setAccessibleDescription(m_busy->toolTip());
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->setHorizontalSpacing(px(12));
    m_form->setVerticalSpacing(px(8));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("&Start"));
    buttons->button(QDialogButtonBox::Ok)->setDefault(true);
    buttons->button(QDialogButtonBox::Ok)->setEnabled(!workloads.isEmpty());
    buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    for (auto* button : buttons->buttons()) button->setIcon({});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(px(20), px(20), px(20), px(16));
    layout->setSpacing(px(16));
    layout->addWidget(what);
    layout->addLayout(m_form);
    layout->addWidget(buttons);
    setMinimumWidth(px(540));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_scheme, &QComboBox::currentIndexChanged, this, &LiveDialog::describeScheme);
    connect(m_workload, &QComboBox::currentIndexChanged, this, &LiveDialog::followWorkload);
    setSettings({});
    connect(m_duration, &QDoubleSpinBox::valueChanged, this, [this] { m_isOwnDuration = true; });
    m_workload->setFocus();
    // Borders that can be seen in every theme, as in the other dialogs.
    for (auto* field : std::initializer_list<QWidget*>{m_workload, m_scheme, m_interval, m_duration, m_busy}) {
        auto colours = field->palette();
        colours.setColor(QPalette::Window, look.t().ink3.lighter(140));
        field->setPalette(colours);
    }
}

QDoubleSpinBox* LiveDialog::addTime(const QString& label, const QString& unit, double least, double most, double step, int digits)
{
    auto* box = new QDoubleSpinBox(this);
    box->setDecimals(digits);
    box->setRange(least, most);
    box->setSingleStep(step);
    box->setSuffix(unit);
    box->setAccessibleName(QString(label).remove(QLatin1Char('&')));
    m_form->addRow(label, box);
    return box;
}

void LiveDialog::describeScheme()
{
    switch (settings().scheme) {
    case LiveScheme::Signal: return m_about->setText(tr("As in January 2011: the signal's handler writes a word into a pipe, and the loop reads it."));
    case LiveScheme::TimerFd: return m_about->setText(tr("As today: the kernel's timer is a file; no signal, no pipe. What is added with 0 s waits for it."));
    case LiveScheme::SignalFd: return m_about->setText(tr("The signal is blocked and read from a file; nothing is interrupted. What is added with 0 s waits for it."));
    }
}

void LiveDialog::setSettings(const LiveSettings& settings)
{
    m_scheme->setCurrentIndex(m_scheme->findData(static_cast<int>(settings.scheme)));
    m_interval->setValue(static_cast<double>(settings.interval) / 1e3);
    {
        const QSignalBlocker quiet(m_duration);
        m_duration->setValue(static_cast<double>(settings.duration) / 1e6);
    }
    followWorkload();
    m_busy->setValue(static_cast<double>(settings.busy) / 1e3);
    describeScheme();
}

void LiveDialog::setLength(LiveLength length)
{
    m_length = std::move(length);
    followWorkload();
}

void LiveDialog::setOwnDuration(std::uint64_t us)
{
    m_duration->setValue(static_cast<double>(us) / 1e6);
    m_isOwnDuration = true;
}

/// As long as the workload lasts, but nobody waits for half a minute who has not asked for it.
void LiveDialog::followWorkload()
{
    constexpr std::uint64_t longest = 30'000'000;
    if (m_isOwnDuration || !m_length) return;
    const auto lasts = m_length(workload());
    const QSignalBlocker quiet(m_duration);
    m_duration->setValue(static_cast<double>(lasts == 0 ? LiveSettings().duration : std::min(lasts, longest)) / 1e6);
}

LiveSettings LiveDialog::settings() const
{
    LiveSettings s;
    s.scheme = static_cast<LiveScheme>(m_scheme->currentData().toInt());
    s.interval = static_cast<std::uint64_t>(std::llround(m_interval->value() * 1e3));
    s.duration = static_cast<std::uint64_t>(std::llround(m_duration->value() * 1e6));
    s.busy = static_cast<std::uint64_t>(std::llround(m_busy->value() * 1e3));
    return s;
}

void LiveDialog::setWorkload(const QString& name)
{
    if (const int at = m_workload->findData(name); at >= 0) m_workload->setCurrentIndex(at);
}

QString LiveDialog::workload() const { return m_workload->currentData().toString(); }

} // namespace jiffy::ui

#include "moc_live_dialog.cpp"
