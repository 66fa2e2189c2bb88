// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/scenario_view.h"

#include "ui/editor/scenario_form.h"
#include "ui/editor/text_keys.h"
#include "ui/editor/text_pane.h"
#include "ui/editor/work_form.h"

#include <QCoreApplication>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTextDocument>
#include <QVBoxLayout>

namespace jiffy::ui
{

ScenarioView::ScenarioView(const Desk& desk, QWidget* parent) : View(parent), m_desk(desk), m_theme(desk.theme)
{
    setAccessibleName(tr("Scenario"));
    build();
    connect(&m_text, &ScenarioText::opened, this, &ScenarioView::showText);
    connect(&m_text, &ScenarioText::drafted, this, &ScenarioView::showForm);
    connect(&m_text, &ScenarioText::drafted, this, &ScenarioView::showFaults);
    connect(&m_text, &ScenarioText::changed, this, [this] { note({}); });
    connect(&m_text, &ScenarioText::modifiedChanged, this, &ScenarioView::showState);
    connect(&m_text, &ScenarioText::faultsChanged, this, &ScenarioView::faultsChanged);
    connect(&m_text, &ScenarioText::rewritten, this,
            [this] { note(tr("The text was written anew, without its comments; Ctrl+Z brings them back.")); });
    for (FormPage* form : {static_cast<FormPage*>(m_form), static_cast<FormPage*>(m_workForm)}) {
        connect(form, &FormPage::refused, this, &ScenarioView::note);
        connect(form, &FormPage::rowChosen, this, [this](qulonglong offset) {
            const auto utf8 = m_text.document().toRawText().left(static_cast<qsizetype>(offset) + 1).toUtf8();
            // Bytes to UTF-16: most texts are plain, so the first guess is right.
            auto position = static_cast<int>(offset);
            if (utf8.size() != static_cast<qsizetype>(offset) + 1)
                position = static_cast<int>(
                    QString::fromUtf8(m_text.document().toRawText().toUtf8().left(static_cast<qsizetype>(offset))).size());
            m_pane->show(position);
        });
    }
    connect(m_run, &QPushButton::clicked, this, &ScenarioView::runWanted);
    connect(m_saveAs, &QPushButton::clicked, this, &ScenarioView::saveAsWanted);
    connect(m_faults, &QListWidget::itemActivated, this, [this](QListWidgetItem* i) { jumpTo(m_faults->row(i)); });
    connect(m_faults, &QListWidget::itemClicked, this, [this](QListWidgetItem* i) { jumpTo(m_faults->row(i)); });
    connect(&desk.theme, &ThemeProvider::changed, this, &ScenarioView::applyTheme);
    new TextKeys(this, [this](bool isRedo) {
        if (isRedo) m_text.document().redo();
        else m_text.document().undo();
    });
    applyTheme();
    m_text.close(tr("Nothing is open."));
}

void ScenarioView::build()
{
    m_bar = new QWidget;
    m_bar->setObjectName(QStringLiteral("scenarioBar"));
    m_title = new QLabel;
    m_title->setTextFormat(Qt::PlainText);
    m_status = new QLabel;
    m_status->setTextFormat(Qt::PlainText);
    m_status->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_run = new QPushButton(tr("Run This"));
    m_run->setToolTip(tr("Run the scenario as it is written (Ctrl+Return); the playhead stays at its tick"));
    auto* bar = new QHBoxLayout(m_bar);
    bar->addWidget(m_title);
    bar->addWidget(m_status, 1);
    bar->addWidget(m_run);

    m_pane = new TextPane(m_text.document(), m_theme, this);
    m_forms = new QStackedWidget;
    m_form = new ScenarioForm(m_text, m_theme, m_forms);
    m_workForm = new WorkForm(m_text, m_theme, m_forms);
    m_forms->addWidget(m_form);
    m_forms->addWidget(m_workForm);
    m_halves = new QSplitter(Qt::Horizontal);
    m_halves->addWidget(m_pane);
    m_halves->addWidget(m_forms);
    m_halves->setStretchFactor(0, 1);
    m_halves->setStretchFactor(1, 1);
    m_halves->setSizes({1000, 900});
    m_halves->setChildrenCollapsible(false);
    m_halves->setHandleWidth(1);
    m_note = new QLabel;
    m_note->setObjectName(QStringLiteral("scenarioNote"));
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    m_note->hide();
    m_faults = new QListWidget;
    m_faults->setObjectName(QStringLiteral("scenarioFaults"));
    m_faults->setAccessibleName(tr("What is wrong with the scenario"));
    m_faults->setFrameShape(QFrame::NoFrame);
    m_faults->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_faults->setWordWrap(true);
    m_faults->setResizeMode(QListView::Adjust);
    m_faults->hide();

    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_halves, 1);
    layout->addWidget(m_note);
    layout->addWidget(m_faults);

    m_empty = new QWidget;
    m_empty->setObjectName(QStringLiteral("scenarioEmpty"));
    m_whyTitle = new QLabel(tr("There is no text to edit."));
    m_why = new QLabel;
    m_saveAs = new QPushButton(tr("Save as a Scenario…"));
    for (auto* label : {m_whyTitle, m_why}) {
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignHCenter);
        label->setTextFormat(Qt::PlainText);
    }
    auto* words = new QVBoxLayout(m_empty);
    words->addStretch(1);
    words->addWidget(m_whyTitle);
    words->addWidget(m_why);
    words->addWidget(m_saveAs, 0, Qt::AlignHCenter);
    words->addStretch(2);

    m_pages = new QStackedWidget(this);
    m_pages->addWidget(page);
    m_pages->addWidget(m_empty);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->addWidget(m_pages);
    setFocusProxy(m_pane);
}

void ScenarioView::showText()
{
    m_pages->setCurrentIndex(m_text.isEditable() ? 0 : 1);
    setFocusProxy(m_text.isEditable() ? static_cast<QWidget*>(m_pane) : m_saveAs);
    m_why->setText(m_text.whyNot());
    m_pane->moveCursor(QTextCursor::Start);
    showForm();
    note({});
}

void ScenarioView::showForm() { m_forms->setCurrentIndex(m_text.scenario().daemon ? 1 : 0); }

void ScenarioView::setName(const QString& name)
{
    m_name = name;
    showState();
}

void ScenarioView::setState(State state)
{
    m_state = state;
    showState();
}

void ScenarioView::note(const QString& text)
{
    m_note->setText(text);
    m_note->setVisible(!text.isEmpty());
}

void ScenarioView::showState()
{
    m_title->setText(m_text.isModified() ? m_name + QStringLiteral(" •") : m_name);
    const auto faults = m_text.marks().size();
    const auto text = faults == 1 ? tr("one fault; the picture shows the last state without it")
                      : faults > 1 ? tr("%1 faults; the picture shows the last state without them").arg(faults)
                      : m_state == State::Changed ? tr("changed; Ctrl+Return runs it")
                                                  : tr("runs as written");
    m_status->setText(text);
    m_status->setToolTip(text);
    m_run->setEnabled(!m_text.hasFaults() && m_state == State::Changed);
}

void ScenarioView::showFaults()
{
    const auto& marks = m_text.marks();
    m_pane->setMarks(marks);
    m_faults->clear();
    for (const auto& m : marks) {
        auto* item = new QListWidgetItem(m.text());
        item->setToolTip(m.message);
        m_faults->addItem(item);
    }
    m_faults->setVisible(!marks.empty());
    fitFaults();
    fitForms();
    showState();
}

/// As high as its lines, up to a part of the view; more are scrolled to.
void ScenarioView::fitFaults()
{
    if (m_faults->count() == 0) return;
    const QFontMetrics metrics(m_faults->font());
    const int room = std::max(100, width() - static_cast<int>(m_theme.look().px(30)));
    int height = 0;
    for (int i = 0; i < std::min(m_faults->count(), 12); ++i)
        height += metrics.boundingRect(0, 0, room, 10'000, Qt::TextWordWrap, m_faults->item(i)->text()).height() +
                  static_cast<int>(m_theme.look().px(4));
    m_faults->setFixedHeight(std::min(height + static_cast<int>(m_theme.look().px(6)), std::max(60, this->height() / 4)));
}

void ScenarioView::resizeEvent(QResizeEvent* event)
{
    View::resizeEvent(event);
    fitFaults();
    fitForms();
}

/// The form is whole before the text is wide, as long as the text keeps a part; what is still too wide scrolls.
void ScenarioView::fitForms()
{
    const int most = width() * 60 / 100;
    for (FormPage* form : {static_cast<FormPage*>(m_form), static_cast<FormPage*>(m_workForm)}) form->setMinimumWidth(std::min(form->wholeWidth(), most));
}

void ScenarioView::jumpTo(int fault)
{
    const auto& marks = m_text.marks();
    if (fault < 0 || fault >= static_cast<int>(marks.size())) return;
    const auto& m = marks[static_cast<std::size_t>(fault)];
    static_cast<FormPage*>(m_forms->currentWidget())->showPlace(m_text.draft().places[static_cast<std::size_t>(fault)]);
    if (m.line >= 0) m_pane->jumpTo(m.line, m.from);
}

void ScenarioView::jumpToFault() { jumpTo(0); }

/// Laid out for the box, not stretched to it. A page behind another one has no size of its own, and the one in sight
/// stays as the user has it: another size is painted by a copy.
void ScenarioView::paintView(QPainter& painter, const QRectF& box, bool isVector)
{
    const auto size = box.size().toSize();
    if (size != this->size() || !isVisible()) {
        ScenarioView copy(m_desk, nullptr);
        if (m_text.isEditable()) copy.m_text.open(m_text.bytes(), {});
        else copy.m_text.close(m_text.whyNot());
        if (m_text.isModified()) copy.m_text.setUnsaved();
        copy.m_text.readNow();
        copy.setName(m_name);
        copy.setState(m_state);
        copy.setAttribute(Qt::WA_DontShowOnScreen);
        copy.resize(size);
        copy.show();
        for (auto* area : copy.findChildren<QAbstractScrollArea*>()) { // paper does not scroll
            area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
            area->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        }
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        copy.m_pane->verticalScrollBar()->setValue(m_pane->verticalScrollBar()->value());
        copy.paintView(painter, box, isVector);
        return;
    }
    painter.save();
    painter.translate(box.topLeft());
    render(&painter, QPoint(), QRegion(), QWidget::DrawWindowBackground | QWidget::DrawChildren);
    painter.restore();
}

void ScenarioView::applyTheme()
{
    const auto& look = m_theme.look();
    const auto& t = look.t();
    const auto px = [&](double v) { return static_cast<int>(look.px(v)); };
    setStyleSheet(QStringLiteral("#scenarioBar { background: %1; border-bottom: 1px solid %2; }"
                                 "#scenarioEmpty { background: %3; }"
                                 "#scenarioNote, #scenarioFaults { background: %4; color: %5; "
                                 "border-top: 1px solid %2; }"
                                 "#scenarioFaults::item { padding: %6px; }"
                                 "#scenarioFaults::item:selected { background: %5; color: %7; }"
                                 "QSplitter::handle { background: %2; }")
                      .arg(t.dock.name(), t.line2.name(), t.canvas.name(), t.lateBg.name(), t.ink.name())
                      .arg(px(2))
                      .arg(t.inv.name()));
    m_bar->layout()->setContentsMargins(px(16), px(6), px(12), px(6));
    m_bar->layout()->setSpacing(px(12));
    m_title->setFont(look.words(14, QFont::DemiBold));
    m_status->setFont(look.words(13));
    m_run->setFont(look.words(13));
    m_note->setFont(look.words(13));
    m_note->setContentsMargins(px(16), px(6), px(16), px(6));
    m_faults->setFont(look.numbers(12.5));
    m_whyTitle->setFont(look.words(18.5, QFont::DemiBold));
    m_why->setFont(look.words(14));
    m_saveAs->setFont(look.words(13));
    m_empty->layout()->setContentsMargins(px(40), px(20), px(40), px(20));
    m_empty->layout()->setSpacing(px(12));
    showFaults();
}

} // namespace jiffy::ui

#include "moc_scenario_view.cpp"
