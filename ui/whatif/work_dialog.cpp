// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/whatif/work_dialog.h"

#include "core/scenario/work_notation.h"
#include "ui/whatif/preview_card.h"
#include "ui/whatif/work_preview.h"

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
using What = core::Intervention::What;

namespace
{

constexpr std::uint32_t mostChoices =
    2000; ///< a list that nobody scrolls through; others are chosen by selecting them first
constexpr int tryMs = 60;

QString sentence(const std::string& text)
{
    QString s = QString::fromStdString(text);
    if (!s.isEmpty()) s[0] = s[0].toUpper();
    return s.endsWith(QLatin1Char('.')) ? s : s + QLatin1Char('.');
}

} // namespace

WorkDialog::WorkDialog(Session& session, const ThemeProvider& theme, What what, core::TimerId item,
                       QWidget* parent)
    : QDialog(parent), m_session(session), m_theme(theme), m_what(what), m_form(new QFormLayout),
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
    QString verb;
    switch (what) {
    case What::AddWork:
        setWindowTitle(tr("Add work"));
        addItems(item);
        m_line = addLine(tr("In"), QStringLiteral("4"), tr("whole seconds; 0 is at once"));
        addFiles();
        verb = tr("Add");
        break;
    case What::StepWall:
        setWindowTitle(tr("Step the wall clock"));
        m_line = addLine(tr("By"), QStringLiteral("-3600s"), tr("+500ms, -3600s: forward or back"));
        verb = tr("Step");
        break;
    default:
        setWindowTitle(tr("Keep the loop busy"));
        m_line = addLine(tr("For"), QStringLiteral("1100ms"), tr("250ms, 1.1s"));
        addFiles();
        verb = tr("Do It");
    }
    m_buttons->button(QDialogButtonBox::Ok)->setText(verb);
    m_buttons->button(QDialogButtonBox::Ok)->setDefault(true);
    m_buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    for (auto* button : m_buttons->buttons())
        button->setIcon({});
    connect(m_buttons, &QDialogButtonBox::accepted, this, &WorkDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_soon.setSingleShot(true);
    m_soon.setInterval(tryMs);
    connect(&m_soon, &QTimer::timeout, this, &WorkDialog::update);
    applyTheme();
    update();
}

void WorkDialog::addItems(core::TimerId chosen)
{
    m_item = new QComboBox(this);
    m_item->setAccessibleName(tr("Work"));
    const auto& inputs = m_session.inputs();
    const auto add = [&](core::TimerId id) {
        m_item->addItem(QString::fromStdString(inputs.timerName(id)), id.value);
    };
    const bool isWork = chosen.isValid() && chosen.value < inputs.daemon.pipe.value;
    if (isWork && chosen.value >= mostChoices) add(chosen);
    for (std::uint32_t i = 0; i < std::min(inputs.daemon.pipe.value, mostChoices); ++i)
        add(core::TimerId(i));
    if (isWork) m_item->setCurrentIndex(std::max(0, m_item->findData(chosen.value)));
    connect(m_item, &QComboBox::currentIndexChanged, this, [this] { m_soon.start(); });
    m_form->addRow(tr("Work"), m_item);
}

void WorkDialog::addFiles()
{
    const auto& files = m_session.inputs().daemon.files;
    if (files.empty()) return;
    m_file = new QComboBox(this);
    m_file->setAccessibleName(tr("File"));
    m_file->addItem(tr("one of its own"));
    for (const auto& f : files)
        m_file->addItem(tr("fd %1, %2").arg(f.fd).arg(QString::fromStdString(f.name)));
    connect(m_file, &QComboBox::currentIndexChanged, this, [this] { m_soon.start(); });
    m_form->addRow(tr("Event of"), m_file);
}

QLineEdit* WorkDialog::addLine(const QString& label, const QString& text, const QString& hint)
{
    auto* edit = new QLineEdit(text, this);
    edit->setAccessibleName(label);
    edit->setAccessibleDescription(hint);
    edit->setFont(m_theme.look().numbers(14));
    edit->selectAll();
    connect(edit, &QLineEdit::textChanged, this, [this] { m_soon.start(); });
    auto* words = new QLabel(hint, this);
    words->setFont(m_theme.look().words(12));
    words->setWordWrap(true);
    m_form->addRow(label, edit);
    m_form->addRow(QString(), words);
    edit->setFocus();
    return edit;
}

void WorkDialog::applyTheme()
{
    const auto& look = m_theme.look();
    const auto px = [&](double v) { return static_cast<int>(look.px(v)); };
    setFont(look.words(13));
    layout()->setContentsMargins(px(20), px(20), px(20), px(16));
    layout()->setSpacing(px(16));
    m_form->setHorizontalSpacing(px(12));
    m_form->setVerticalSpacing(px(8));
    setMinimumWidth(px(460));
    // Borders that can be seen in every theme: Fusion makes them from the window's colour, darker.
    for (auto* control : findChildren<QWidget*>()) {
        if (qobject_cast<QLineEdit*>(control) == nullptr && qobject_cast<QComboBox*>(control) == nullptr)
            continue;
        auto colours = control->palette();
        colours.setColor(QPalette::Window, look.t().ink3.lighter(140));
        control->setPalette(colours);
    }
    // Room for what a preview may say, so that typing does not make the window jump.
    m_preview->setMinimumHeight(px(190));
}

core::TimerId WorkDialog::item() const
{
    return m_item == nullptr || m_item->currentIndex() < 0 ? core::TimerId::none()
                                                           : core::TimerId(m_item->currentData().toUInt());
}

Intervention WorkDialog::typed(QString& error) const
{
    Intervention what;
    what.what = m_what;
    what.timer = item();
    if (m_file != nullptr) what.file = static_cast<std::uint8_t>(m_file->currentIndex());
    const auto text = m_line->text().trimmed();
    if (m_what == What::AddWork) {
        bool isNumber = false;
        what.seconds = text.toULongLong(&isNumber);
        if (!isNumber)
            error = tr("Whole seconds are asked for, such as 4.");
        else if (!what.timer.isValid())
            error = tr("There is no work that could be added.");
    } else if (m_what == What::StepWall) {
        const auto step = core::parseClockStep(text.toStdString());
        if (step)
            what.microseconds = *step;
        else
            error = sentence(step.error());
    } else {
        const auto duration = core::parseMicroseconds(text.toStdString());
        if (duration)
            what.microseconds = static_cast<std::int64_t>(*duration);
        else
            error = sentence(duration.error());
    }
    return what;
}

void WorkDialog::update()
{
    QString error = m_session.whyNoIntervention();
    const auto what = error.isEmpty() ? typed(error) : Intervention{};
    auto* ok = m_buttons->button(QDialogButtonBox::Ok);
    ok->setEnabled(false);
    if (!error.isEmpty()) return m_preview->showError(error);
    const auto forecast =
        core::forecast(m_session.history(), m_session.position(), m_session.document(), what);
    if (!forecast) return m_preview->showError(sentence(forecast.error().front().message));
    ok->setEnabled(true);
    QStringList more;
    if (const auto kept = m_session.keptBy(); !kept.isEmpty())
        more.append(tr("The future seen so far is kept as “%1”.").arg(kept));
    const auto name =
        what.timer.isValid() ? QString::fromStdString(m_session.inputs().timerName(what.timer)) : QString();
    m_preview->showWords(previewOfWork(what, *forecast, name), more, forecast->here.isRefused);
}

void WorkDialog::accept()
{
    QString error = m_session.whyNoIntervention();
    const auto what = error.isEmpty() ? typed(error) : Intervention{};
    if (!error.isEmpty()) return m_preview->showError(error);
    QString refused;
    const auto listening =
        connect(&m_session, &Session::refused, this, [&](const QString& why) { refused = why; });
    const bool isDone = m_session.intervene(what);
    disconnect(listening);
    if (isDone)
        QDialog::accept();
    else
        m_preview->showError(refused);
}

} // namespace jiffy::ui

#include "moc_work_dialog.cpp"
