// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/form_page.h"

#include "ui/editor/cell_delegate.h"
#include "ui/theme/scroll_bar.h"

#include <QAction>
#include <QBoxLayout>
#include <QComboBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QStyle>
#include <QTabBar>
#include <QTableView>

namespace jiffy::ui
{

FormPage::FormPage(ScenarioText& text, const ThemeProvider& theme, const QString& prefix, QWidget* parent)
    : QScrollArea(parent), m_text(text), m_theme(theme), m_prefix(prefix), m_tabs(new QTabBar(this)),
      m_stack(new QStackedWidget(this))
{
    setObjectName(QStringLiteral("scenarioForm"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
}

// ---- building

QString FormPage::nameOf(const char* part, const char* key) const
{
    return m_prefix + QLatin1String(part) + QLatin1Char('.') + QLatin1String(key);
}

QWidget* FormPage::labelled(const QString& text, QWidget* field, const char* key, const char* part)
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins({});
    layout->setSpacing(3);
    auto* label = new QLabel(text);
    label->setBuddy(field);
    layout->addWidget(label);
    layout->addWidget(field);
    auto name = text;
    field->setAccessibleName(name.remove(u'&'));
    m_fields.push_back({field, label, part, key, field->toolTip()});
    return box;
}

QLineEdit* FormPage::line(const char* part, const char* key, const QString& tip,
                          std::function<void(core::Scenario&, const std::string&)> set)
{
    auto* edit = new QLineEdit;
    edit->setObjectName(nameOf(part, key));
    edit->setToolTip(tip);
    connect(edit, &QLineEdit::editingFinished, this, [this, edit, set] {
        if (m_isShowing || !edit->isModified()) return;
        edit->setModified(false);
        put([&](core::Scenario& s) { set(s, edit->text().trimmed().toStdString()); });
    });
    return edit;
}

QComboBox* FormPage::box(const char* part, const char* key, const QStringList& choices, const QString& tip)
{
    auto* combo = new QComboBox;
    combo->setObjectName(nameOf(part, key));
    combo->addItems(choices);
    combo->setToolTip(tip);
    return combo;
}

QTableView* FormPage::addTable(RowModelBase* model, const QString& name, const char* part)
{
    auto* view = new QTableView;
    view->setObjectName(QStringLiteral("table.") + name.toLower());
    view->setAccessibleName(name);
    view->setModel(model);
    view->setItemDelegate(new CellDelegate(m_theme, view));
    view->setEditTriggers(QAbstractItemView::AnyKeyPressed | QAbstractItemView::DoubleClicked |
                          QAbstractItemView::EditKeyPressed | QAbstractItemView::SelectedClicked);
    view->setSelectionBehavior(QAbstractItemView::SelectItems);
    view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    view->setTabKeyNavigation(false); // Tab leaves; arrows walk
    view->setShowGrid(false);
    view->setAlternatingRowColors(false);
    view->setWordWrap(false);
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setStretchLastSection(true);
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    auto* again = new QAction(view);
    again->setShortcut(Qt::CTRL | Qt::Key_D);
    again->setShortcutContext(Qt::WidgetShortcut);
    connect(again, &QAction::triggered, this, &FormPage::duplicateRow);
    view->addAction(again);
    view->installEventFilter(this);
    view->viewport()->installEventFilter(
        this); // it knows its new width when it is told of it, the view does not yet
    connect(view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &FormPage::updateButtons);
    connect(view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this, view](const QModelIndex& i) {
                if (!view->hasFocus() || !m_text.isUpToDate() || !i.isValid() || !suits(m_text.scenario()))
                    return;
                const auto spot = spotOf(m_text.scenario(), view, static_cast<std::size_t>(i.row()));
                if (spot.isKnown()) Q_EMIT rowChosen(spot.offset);
            });
    model->m_refuse = [this](const QString& why) { Q_EMIT refused(why); };
    m_tables.push_back({view, model, name, part});
    m_tabs->addTab({});
    m_stack->addWidget(view);
    return view;
}

void FormPage::begin(QGridLayout* fields)
{
    auto* page = new QWidget;
    m_tabs->setObjectName(QStringLiteral("scenarioTables"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->setUsesScrollButtons(false);
    m_tabs->setAccessibleName(tr("Tables of the scenario"));
    const auto button = [this](const QString& text, const QString& tip, auto what) {
        auto* b = new QPushButton(text);
        b->setToolTip(tip);
        connect(b, &QPushButton::clicked, this, what);
        return b;
    };
    m_add = button(tr("Add"), tr("A new row behind the current one (Insert)"), &FormPage::addRow);
    m_duplicate = button(tr("Duplicate"), tr("The current row once more (Ctrl+D)"), &FormPage::duplicateRow);
    m_remove = button(tr("Remove"), tr("The selected rows (Delete)"), &FormPage::removeRows);
    auto* bar = new QHBoxLayout;
    bar->setSpacing(6);
    bar->addWidget(m_tabs);
    bar->addStretch(1);
    for (auto* b : {m_add, m_duplicate, m_remove})
        bar->addWidget(b);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int i) {
        m_stack->setCurrentIndex(i);
        updateButtons();
    });
    m_rest = new QLabel;
    m_rest->setWordWrap(true);

    auto* layout = new QVBoxLayout(page);
    layout->addLayout(fields);
    layout->addLayout(bar);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_rest);
    setWidget(page);

    connect(&m_text, &ScenarioText::drafted, this, &FormPage::showAll);
    connect(&m_text, &ScenarioText::changed, this, &FormPage::showDocument);
    connect(&m_theme, &ThemeProvider::changed, this, &FormPage::applyTheme);
    applyTheme();
    showAll();
}

// ---- showing

int FormPage::wholeWidth() const
{
    return widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width() + 2 * frameWidth();
}

void FormPage::showAll()
{
    showDocument();
    showFaults();
    // While the text cannot be read the form stays as it was, and still.
    const bool isOn = m_text.isFormable();
    for (const auto& f : m_fields)
        f.field->setEnabled(isOn);
    updateButtons();
}

void FormPage::showIn(QLineEdit* edit, const QString& text)
{
    if (!(edit->hasFocus() && edit->isModified()) && edit->text() != text) edit->setText(text);
}

void FormPage::showDocument()
{
    const auto& s = m_text.scenario();
    if (!suits(s)) return;
    m_isShowing = true;
    fill(s);
    const auto rest = restOf(s);
    m_rest->setText(rest.isEmpty() ? QString()
                                   : tr("Also in the text: %1.").arg(rest.join(QLatin1String(", "))));
    m_rest->setVisible(!rest.isEmpty());
    m_isShowing = false;
}

QStringList FormPage::restOf(const core::Scenario& s) const
{
    QStringList rest;
    if (const auto n = s.notes.size(); n > 0) rest.append(n == 1 ? tr("one note") : tr("%1 notes").arg(n));
    if (const auto n = s.expect.size(); n > 0)
        rest.append(n == 1 ? tr("one expectation") : tr("%1 expectations").arg(n));
    if (s.limit) rest.append(tr("a limit of events"));
    return rest;
}

void FormPage::showFaultsOf(const FieldPlace& f)
{
    const auto& draft = m_text.draft();
    QStringList messages;
    for (std::size_t i = 0; i < draft.places.size(); ++i)
        if (draft.places[i].part == f.part && (draft.places[i].key == f.key || f.key.empty()))
            messages.append(QString::fromStdString(draft.faults[i].message));
    const bool isFaulty = !messages.isEmpty();
    f.field->setToolTip(isFaulty ? messages.join(u'\n') : f.tip);
    f.field->setAccessibleDescription(f.field->toolTip());
    if (f.field->property("isFaulty").toBool() != isFaulty) {
        f.field->setProperty("isFaulty", isFaulty);
        f.field->style()->unpolish(f.field);
        f.field->style()->polish(f.field);
    }
    auto text = f.label->text();
    const auto sign = QStringLiteral("\u26A0 "); // told by a sign, not by colour alone
    if (text.startsWith(sign) != isFaulty) f.label->setText(isFaulty ? sign + text : text.mid(sign.size()));
}

void FormPage::showFaults()
{
    if (!suits(m_text.scenario())) return;
    for (const auto& f : m_fields)
        showFaultsOf(f);
    int i = 0;
    for (const auto& t : m_tables) {
        t.model->setFaults(rowFaults(m_text.draft(), t.part));
        m_tabs->setTabText(i++, (t.model->hasFaults() ? QStringLiteral("\u26A0 ") : QString()) +
                                    QStringLiteral("%1  %2").arg(t.name).arg(t.model->rowCount()));
    }
}

void FormPage::showPlace(const core::DocumentPlace& place)
{
    for (std::size_t k = 0; k < m_tables.size(); ++k) {
        if (m_tables[k].part != place.part) continue;
        m_tabs->setCurrentIndex(static_cast<int>(k));
        const auto i = m_tables[k].model->index(place.row, 0);
        if (i.isValid()) m_tables[k].view->scrollTo(i);
    }
}

// ---- changing

void FormPage::put(const std::function<void(core::Scenario&)>& change)
{
    if (m_isShowing) return;
    const auto why = m_text.edit(change);
    Q_EMIT refused(why);
    if (!why.isEmpty()) showDocument();
}

const FormPage::Table& FormPage::current() const
{
    return m_tables[static_cast<std::size_t>(std::max(0, m_tabs->currentIndex()))];
}

bool FormPage::isTable(const QObject* watched) const
{
    return std::any_of(m_tables.begin(), m_tables.end(), [&](const Table& t) { return t.view == watched; });
}

void FormPage::addRow()
{
    auto* view = current().view;
    const auto i = view->currentIndex();
    const int behind = i.isValid() ? i.row() : view->model()->rowCount() - 1;
    current().model->add(behind);
    const auto now = view->model()->index(behind + 1, 0);
    if (!now.isValid()) return;
    view->setCurrentIndex(now);
    view->scrollTo(now);
    view->setFocus();
}

void FormPage::duplicateRow()
{
    auto* view = current().view;
    const auto i = view->currentIndex();
    if (!i.isValid()) return;
    current().model->duplicate(i.row());
    view->setCurrentIndex(view->model()->index(i.row() + 1, i.column()));
}

void FormPage::removeRows()
{
    std::vector<int> rows;
    for (const auto& i : current().view->selectionModel()->selectedIndexes())
        if (std::find(rows.begin(), rows.end(), i.row()) == rows.end()) rows.push_back(i.row());
    if (!rows.empty()) current().model->remove(rows);
}

void FormPage::updateButtons()
{
    const bool isOn = m_text.isFormable();
    const bool hasRow = isOn && current().view->currentIndex().isValid();
    m_add->setEnabled(isOn);
    m_duplicate->setEnabled(hasRow);
    m_remove->setEnabled(isOn && current().view->selectionModel()->hasSelection());
}

bool FormPage::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize && !m_tables.empty() && watched == m_tables.front().view->viewport())
        fitColumns();
    if (event->type() == QEvent::KeyPress && isTable(watched) && m_text.isFormable()) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->modifiers() == Qt::NoModifier && key->key() == Qt::Key_Insert) {
            addRow();
            return true;
        }
        if (key->modifiers() == Qt::NoModifier && key->key() == Qt::Key_Delete) {
            removeRows();
            return true;
        }
        // Enter edits, as in every table; F2 does, too.
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            if (key->modifiers() != Qt::NoModifier) return false;
            current().view->edit(current().view->currentIndex());
            return true;
        }
    }
    return QScrollArea::eventFilter(watched, event);
}

int FormPage::letters(int n) const
{
    const auto& look = m_theme.look();
    return static_cast<int>(QFontMetricsF(look.numbers(12.5)).horizontalAdvance(u'0') * n + look.px(10));
}

void FormPage::applyTheme()
{
    const auto& look = m_theme.look();
    const auto& t = look.t();
    const auto px = [&](double v) { return static_cast<int>(look.px(v)); };
    setStyleSheet(
        QStringLiteral(
            "#scenarioForm, #scenarioForm > QWidget > QWidget { background: %1; }"
            "QLineEdit, QSpinBox { background: %2; color: %3; border: 1px solid %4; "
            "border-radius: %8px; padding: %7px; selection-background-color: %3; "
            "selection-color: %5; }"
            "QLineEdit:focus, QSpinBox:focus { border-color: %3; }"
            "QLineEdit:disabled, QSpinBox:disabled { color: %9; }"
            "QLineEdit[isFaulty=true], QSpinBox[isFaulty=true] { background: %10; border-color: %11; }"
            "QTableView QLineEdit, QTableView QSpinBox { border: none; border-radius: 0; padding: 0; }"
            "QTableView { background: %2; color: %3; border: 1px solid %4; "
            "selection-background-color: %3; selection-color: %5; }"
            "QHeaderView::section { background: %1; color: %6; border: none; "
            "border-bottom: 1px solid %4; padding: %7px; }"
            "QTableCornerButton::section { background: %1; border: none; }")
            .arg(t.dock.name(), t.canvas.name(), t.ink.name(), t.line2.name(), t.inv.name(), t.ink2.name())
            .arg(px(3))
            .arg(px(6))
            .arg(t.ink3.name(), t.lateBg.name(), t.late.name()) +
        scrollBarStyle(t, t.dock));
    widget()->layout()->setContentsMargins(px(12), px(10), px(12), px(10));
    widget()->layout()->setSpacing(px(10));
    for (const auto& f : m_fields) {
        f.label->setFont(look.words(12));
        f.field->setFont(f.key.empty() && f.part != "until" && f.part != "opening" ? look.words(13)
                                                                                   : look.numbers(12.5));
    }
    for (const auto& table : m_tables) {
        auto* view = table.view;
        view->setFont(look.numbers(12.5));
        view->horizontalHeader()->setFont(look.words(12));
        view->verticalHeader()->setFont(look.numbers(11.5));
        view->verticalHeader()->setDefaultSectionSize(px(24));
        view->setMinimumHeight(px(110));
    }
    fitColumns();
    m_tabs->setFont(look.words(13, QFont::DemiBold));
    for (auto* b : {m_add, m_duplicate, m_remove}) {
        b->setFont(look.words(13));
        b->setFixedWidth(QFontMetrics(b->font()).horizontalAdvance(b->text()) + px(18));
    }
    m_rest->setFont(look.words(12));
    showFaults();
}

} // namespace jiffy::ui

#include "moc_form_page.cpp"
