// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/whatif/dialogs.h"

#include "ui/whatif/cpu_words.h"
#include "ui/whatif/expiry_text.h"
#include "ui/whatif/preview_card.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace jiffy::ui
{

using core::Intervention;

namespace
{

void withoutIcons(QDialogButtonBox* buttons)
{
    for (auto* button : buttons->buttons())
        button->setIcon({});
}

/// Borders that can be seen in every theme: Fusion makes them from the window's colour, darker by 140 %, which on a dark
/// window is nothing.
void giveBorders(QWidget* dialog, const Theme& t)
{
    const auto give = [&](QWidget* control) {
        auto colours = control->palette();
        colours.setColor(QPalette::Window, t.ink3.lighter(140));
        control->setPalette(colours);
    };
    for (auto* edit : dialog->findChildren<QLineEdit*>())
        give(edit);
    for (auto* check : dialog->findChildren<QCheckBox*>())
        give(check);
    for (auto* choice : dialog->findChildren<QComboBox*>())
        give(choice);
}

} // namespace

WhatIfDialog::WhatIfDialog(Session& session, const ThemeProvider& theme, QWidget* parent)
    : QDialog(parent), m_session(session), m_theme(theme), m_form(new QFormLayout),
      m_preview(new PreviewCard(theme, this)),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setModal(true);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(m_form);
    layout->addWidget(m_preview, 1);
    layout->addWidget(m_buttons);
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &WhatIfDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

QLineEdit* WhatIfDialog::addExpiry(const QString& label, const QString& text)
{
    auto* edit = new QLineEdit(text, this);
    edit->setAccessibleName(label);
    edit->setAccessibleDescription(tr("For example +200, 4294919784, 0xFFFF45B4 or 1.5s"));
    edit->setFont(m_theme.look().numbers(14));
    edit->selectAll();
    connect(edit, &QLineEdit::textChanged, this, &WhatIfDialog::update);
    auto* hint = new QLabel(tr("jiffies as they are (4294919784, 0xFFFF45B4), or from now: +200, 1.5s"), this);
    hint->setFont(m_theme.look().words(12));
    hint->setWordWrap(true);
    m_form->addRow(label, edit);
    m_form->addRow(QString(), hint);
    return edit;
}

void WhatIfDialog::finish(const QString& verb)
{
    m_buttons->button(QDialogButtonBox::Ok)->setText(verb);
    m_buttons->button(QDialogButtonBox::Ok)->setDefault(true);
    m_buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    withoutIcons(m_buttons);
    applyTheme();
    update();
}

void WhatIfDialog::applyTheme()
{
    const auto& look = m_theme.look();
    const auto px = [&](double v) { return static_cast<int>(look.px(v)); };
    setFont(look.words(13));
    layout()->setContentsMargins(px(20), px(20), px(20), px(16));
    layout()->setSpacing(px(16));
    m_form->setHorizontalSpacing(px(12));
    m_form->setVerticalSpacing(px(8));
    setMinimumWidth(px(460));
    giveBorders(this, look.t());
    // Room for what a preview may say, so that typing does not make the window jump.
    m_preview->setMinimumHeight(px(previewHeight()));
}

void WhatIfDialog::update()
{
    QString error = m_session.whyNoIntervention();
    auto* ok = m_buttons->button(QDialogButtonBox::Ok);
    const auto what = error.isEmpty() ? typed(error) : Intervention{};
    auto* trial = error.isEmpty() ? m_session.trial() : nullptr;
    ok->setEnabled(trial != nullptr);
    if (trial == nullptr) {
        m_preview->showError(error);
        return;
    }
    QStringList more;
    if (const auto kept = m_session.keptBy(); !kept.isEmpty())
        more.append(tr("The future seen so far is kept as “%1”.").arg(kept));
    if (!core::isOfCpus(what)) return m_preview->showWhat(*trial, what, more);
    trial->standOn(what);
    ok->setEnabled(!trial->isNever());
    m_preview->showWords(previewOnCpu(*trial, what, m_session.inputs()), more, trial->isNever());
}

void WhatIfDialog::accept()
{
    QString error = m_session.whyNoIntervention();
    const auto what = error.isEmpty() ? typed(error) : Intervention{};
    if (!error.isEmpty()) {
        m_preview->showError(error);
        return;
    }
    QString refused;
    const auto listening = connect(&m_session, &Session::refused, this, [&](const QString& why) { refused = why; });
    const bool done = m_session.intervene(what);
    disconnect(listening);
    if (done) QDialog::accept();
    else m_preview->showError(refused);
}

// ---- F2

MoveDialog::MoveDialog(Session& session, const ThemeProvider& theme, core::TimerId timer, int cpu, QWidget* parent)
    : WhatIfDialog(session, theme, parent), m_timer(timer), m_cpu(cpu),
      m_isReduce(new QCheckBox(tr("only if that is earlier: timer_reduce()"), this))
{
    const auto name = QString::fromStdString(session.inputs().timerName(timer));
    setWindowTitle(tr("What if %1 expired at another time?").arg(name));
    const auto& world = session.world();
    const bool isPending = world.isDefined(timer) && world.item(timer).isPending();
    m_expiry = addExpiry(tr("New expiry"), isPending ? QString::number(world.item(timer).expires) : QStringLiteral("+100"));
    m_form->addRow(QString(), m_isReduce);
    m_form->setRowVisible(m_isReduce, session.inputs().machine.timers == core::TimerAlgorithm::Wheel61);
    connect(m_isReduce, &QCheckBox::toggled, this, &MoveDialog::update);
    finish(tr("Move"));
    m_expiry->setFocus();
}

Intervention MoveDialog::typed(QString& error) const
{
    Intervention what;
    what.what = Intervention::What::Modify;
    what.timer = m_timer;
    what.cpu = m_cpu;
    what.isReduce = m_isReduce->isChecked();
    const auto expiry = parseTypedExpiry(m_expiry->text(), m_session.inputs().machine);
    error = expiry.error;
    what.expires = expiry.expires;
    what.isRelative = expiry.isRelative;
    return what;
}

// ---- Ins

AddDialog::AddDialog(Session& session, const ThemeProvider& theme, int cpu, const QString& expiry, bool isDeferrable, QWidget* parent)
    : WhatIfDialog(session, theme, parent), m_name(new QLineEdit(this)), m_cpu(new QComboBox(this)),
      m_isOn(new QCheckBox(tr("on that CPU in any case: add_timer_on()"), this)), m_slack(new QLineEdit(this)),
      m_deferrable(new QCheckBox(tr("deferrable: may wait for an idle CPU to wake"), this)),
      m_pinned(new QCheckBox(tr("pinned: stays with the CPU that arms it"), this))
{
    setWindowTitle(tr("What if there were one more timer?"));
    const auto& inputs = session.inputs();
    m_name->setText(QString::fromStdString(core::freeName(inputs)));
    m_name->setFont(theme.look().numbers(14));
    m_name->setAccessibleName(tr("Name"));
    m_form->addRow(tr("Name"), m_name);
    m_expiry = addExpiry(tr("Expiry"), expiry);
    for (int c = 0; c < inputs.machine.cpus; ++c)
        m_cpu->addItem(tr("CPU %1").arg(c));
    m_cpu->setCurrentIndex(cpu);
    m_cpu->setAccessibleName(tr("CPU"));
    m_form->addRow(tr("Armed by"), m_cpu);
    m_form->addRow(QString(), m_isOn);
    m_slack->setPlaceholderText(tr("automatic"));
    m_slack->setFont(theme.look().numbers(14));
    m_slack->setAccessibleName(tr("Slack in jiffies; empty: automatic"));
    m_form->addRow(tr("Slack"), m_slack);
    m_form->addRow(QString(), m_deferrable);
    m_deferrable->setChecked(isDeferrable);
    m_form->addRow(QString(), m_pinned);
    const auto timers = inputs.machine.timers;
    m_form->setRowVisible(m_slack, timers == core::TimerAlgorithm::Wheel39);
    m_form->setRowVisible(m_deferrable, timers != core::TimerAlgorithm::SortedList);
    m_form->setRowVisible(m_pinned, timers == core::TimerAlgorithm::Wheel61 && inputs.machine.cpus > 1);
    m_form->setRowVisible(m_cpu, inputs.machine.cpus > 1);
    m_form->setRowVisible(m_isOn, inputs.machine.cpus > 1);
    for (auto* edit : {m_name, m_slack})
        connect(edit, &QLineEdit::textChanged, this, &AddDialog::update);
    for (auto* check : {m_isOn, m_deferrable, m_pinned})
        connect(check, &QCheckBox::toggled, this, &AddDialog::update);
    connect(m_cpu, &QComboBox::currentIndexChanged, this, &AddDialog::update);
    finish(tr("Add"));
    m_expiry->setFocus();
}

Intervention AddDialog::typed(QString& error) const
{
    const auto& inputs = m_session.inputs();
    Intervention what;
    what.what = Intervention::What::Add;
    what.name = m_name->text().trimmed().toStdString();
    what.cpu = m_cpu->currentIndex();
    if (m_isOn->isChecked()) what.target = what.cpu;
    if (m_deferrable->isChecked()) what.flags |= core::Deferrable;
    if (m_pinned->isChecked()) what.flags |= core::Pinned;
    const auto expiry = parseTypedExpiry(m_expiry->text(), inputs.machine);
    what.expires = expiry.expires;
    what.isRelative = expiry.isRelative;
    const auto slack = m_slack->text().trimmed();
    bool isNumber = true;
    if (!slack.isEmpty()) what.slack = slack.toInt(&isNumber);
    if (what.name.empty()) error = tr("The timer needs a name.");
    else if (const auto fault = core::nameFault(inputs, what.name)) {
        const bool isTaken = !m_name->text().trimmed().contains(QLatin1Char(' ')) && what.name.size() <= 64;
        error = isTaken ? tr("The name “%1” is taken already.").arg(m_name->text().trimmed())
                        : tr("A name has 1 to 64 characters and no blanks.");
    } else if (!expiry.isGood()) error = expiry.error;
    else if (!isNumber || what.slack < (slack.isEmpty() ? -1 : 0))
        error = tr("Slack is a number of jiffies from 0 to 2147483647, or nothing for the automatic one.");
    return what;
}

// ---- Ctrl+Shift+N

ForkDialog::ForkDialog(Session& session, const ThemeProvider& theme, QWidget* parent)
    : QDialog(parent), m_session(session), m_suggested(session.suggestedForkName()), m_name(new QLineEdit(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setModal(true);
    setWindowTitle(tr("Fork here"));
    const auto& look = theme.look();
    const auto px = [&](double v) { return static_cast<int>(look.px(v)); };
    setFont(look.words(13));
    auto* label = new QLabel(tr("Another future begins here. What is it called?"), this);
    label->setBuddy(m_name);
    m_name->setAccessibleName(tr("Name of the new branch"));
    m_name->setText(m_suggested);
    m_name->selectAll();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Fork"));
    buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    withoutIcons(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &ForkDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(px(20), px(20), px(20), px(16));
    layout->setSpacing(px(12));
    layout->addWidget(label);
    layout->addWidget(m_name);
    layout->addWidget(buttons);
    setMinimumWidth(px(380));
    giveBorders(this, look.t());
}

void ForkDialog::accept()
{
    // A name that was only accepted gives way to what will be done in the branch.
    m_session.fork(m_name->text() == m_suggested ? QString() : m_name->text());
    QDialog::accept();
}

} // namespace jiffy::ui

#include "moc_dialogs.cpp"
