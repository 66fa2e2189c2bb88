// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/scenario_form.h"

#include "ui/editor/action_model.h"
#include "ui/editor/cell_delegate.h"
#include "ui/editor/timer_model.h"

#include <QAction>
#include <QComboBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QStyle>
#include <QTabBar>
#include <QTableView>

namespace jiffy::ui
{

namespace
{

QString said(const core::Spelling& s) { return QString::fromStdString(s.text); }

void setText(QLineEdit* line, const QString& text)
{
    if (line->text() != text) line->setText(text);
}

} // namespace

ScenarioForm::ScenarioForm(ScenarioText& text, const ThemeProvider& theme, QWidget* parent)
    : QScrollArea(parent), m_text(text), m_theme(theme), m_actionModel(new ActionModel(text, this)),
      m_timerModel(new TimerModel(text, this))
{
    setObjectName(QStringLiteral("scenarioForm"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    build();
    const auto refuse = [this](const QString& why) { Q_EMIT refused(why); };
    m_actionModel->m_refuse = refuse;
    m_timerModel->m_refuse = refuse;
    connect(&text, &ScenarioText::drafted, this, &ScenarioForm::showAll);
    connect(&text, &ScenarioText::changed, this, [this] { show(m_text.scenario()); });
    connect(&theme, &ThemeProvider::changed, this, &ScenarioForm::applyTheme);
    applyTheme();
    showAll();
}

// ---- building

QWidget* ScenarioForm::labelled(const QString& text, QWidget* field, const char* key, const char* part)
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

QLineEdit* ScenarioForm::line(const char* part, const char* key, const QString& tip,
                              std::function<void(core::Scenario&, const std::string&)> set)
{
    auto* edit = new QLineEdit;
    edit->setObjectName(QLatin1String(part) + QLatin1Char('.') + QLatin1String(key));
    edit->setToolTip(tip);
    connect(edit, &QLineEdit::editingFinished, this, [this, edit, set] {
        if (m_isShowing || !edit->isModified()) return;
        edit->setModified(false);
        put([&](core::Scenario& s) { set(s, edit->text().trimmed().toStdString()); });
    });
    return edit;
}

void ScenarioForm::build()
{
    auto* page = new QWidget;
    auto* grid = new QGridLayout;
    m_title = line("title", "", tr("Shown in the header"), [](auto& s, const auto& t) { s.title = t; });
    m_watch = line("watch", "", tr("One sentence: what to look at"), [](auto& s, const auto& t) { s.watch = t; });
    m_jiffies = line("machine", "jiffies", tr("jiffies at the start: 1000, 0xFFFF4500, or -300*HZ as a kernel boots"),
                     [](auto& s, const auto& t) { s.machine.jiffies.text = t; });
    m_until = line("until", "", tr("+30000 or 2.5s after the start; empty: until no timer is pending"),
                   [](auto& s, const auto& t) { s.until.text = t; });
    m_opening = line("opening", "", tr("Where the playhead stands at first: start, end, event=N, jiffies=N, time=1.250s"),
                     [](auto& s, const auto& t) { s.opening.text = t; });
    m_jiffies->setPlaceholderText(QStringLiteral("-300*HZ"));
    m_until->setPlaceholderText(tr("auto"));
    m_opening->setPlaceholderText(tr("start"));

    m_cpus = new QSpinBox;
    m_cpus->setObjectName(QStringLiteral("machine.cpus"));
    m_cpus->setRange(1, 64);
    m_cpus->setKeyboardTracking(false);
    m_cpus->setButtonSymbols(QSpinBox::NoButtons); // Up and Down count
    m_cpus->setToolTip(tr("1 to 64; each has a wheel of its own"));
    connect(m_cpus, &QSpinBox::valueChanged, this, [this](int n) { put([n](auto& s) { s.machine.cpus = n; }); });
    m_bits = new QComboBox;
    m_bits->setObjectName(QStringLiteral("machine.bits"));
    m_bits->addItems({QStringLiteral("32"), QStringLiteral("64")});
    m_bits->setToolTip(tr("Bits of an unsigned long, which holds jiffies"));
    connect(m_bits, &QComboBox::currentTextChanged, this,
            [this](const QString& t) { put([n = t.toInt()](auto& s) { s.machine.bits = n; }); });
    m_hz = new QComboBox;
    m_hz->setObjectName(QStringLiteral("machine.hz"));
    m_hz->addItems({QStringLiteral("100"), QStringLiteral("250"), QStringLiteral("300"), QStringLiteral("1000")});
    m_hz->setToolTip(tr("Ticks in a second"));
    connect(m_hz, &QComboBox::currentTextChanged, this,
            [this](const QString& t) { put([n = t.toUInt()](auto& s) { s.machine.hz = n; }); });
    m_small = new QComboBox;
    m_small->setObjectName(QStringLiteral("machine.small"));
    m_small->addItems({tr("256 + 4×64"), tr("64 + 4×16 (BASE_SMALL)")});
    m_small->setMinimumContentsLength(10);
    m_small->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_small->setToolTip(tr("Slots of the first level, and of the four others"));
    connect(m_small, &QComboBox::currentIndexChanged, this,
            [this](int i) { put([isSmall = i == 1](auto& s) { s.machine.small = isSmall; }); });

    grid->addWidget(labelled(tr("Title"), m_title, "", "title"), 0, 0, 1, 4);
    grid->addWidget(labelled(tr("What to watch"), m_watch, "", "watch"), 1, 0, 1, 4);
    grid->addWidget(labelled(tr("CPUs"), m_cpus, "cpus", "machine"), 2, 0);
    grid->addWidget(labelled(tr("Word, bits"), m_bits, "bits", "machine"), 2, 1);
    grid->addWidget(labelled(tr("HZ"), m_hz, "hz", "machine"), 2, 2);
    grid->addWidget(labelled(tr("Wheel"), m_small, "small", "machine"), 2, 3);
    grid->addWidget(labelled(tr("Starts at"), m_jiffies, "jiffies", "machine"), 3, 0);
    grid->addWidget(labelled(tr("Runs until"), m_until, "", "until"), 3, 1);
    grid->addWidget(labelled(tr("Opens at"), m_opening, "", "opening"), 3, 2, 1, 2);
    for (int c = 0; c < 4; ++c) grid->setColumnStretch(c, 1);

    m_tabs = new QTabBar;
    m_tabs->setObjectName(QStringLiteral("scenarioTables"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->setUsesScrollButtons(false);
    m_tabs->setAccessibleName(tr("Tables of the scenario"));
    m_tabs->addTab({});
    m_tabs->addTab({});
    m_tables = new QStackedWidget;
    m_actions = table(m_actionModel, tr("Actions"));
    m_timers = table(m_timerModel, tr("Timers"));
    m_tables->addWidget(m_actions);
    m_tables->addWidget(m_timers);
    const auto button = [this](const QString& text, const QString& tip, auto what) {
        auto* b = new QPushButton(text);
        b->setToolTip(tip);
        connect(b, &QPushButton::clicked, this, what);
        return b;
    };
    m_add = button(tr("Add"), tr("A new row behind the current one (Insert)"), &ScenarioForm::addRow);
    m_duplicate = button(tr("Duplicate"), tr("The current row once more (Ctrl+D)"), &ScenarioForm::duplicateRow);
    m_remove = button(tr("Remove"), tr("The selected rows (Delete)"), &ScenarioForm::removeRows);
    auto* bar = new QHBoxLayout;
    bar->setSpacing(6);
    bar->addWidget(m_tabs);
    bar->addStretch(1);
    for (auto* b : {m_add, m_duplicate, m_remove}) bar->addWidget(b);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int i) {
        m_tables->setCurrentIndex(i);
        updateButtons();
    });
    m_rest = new QLabel;
    m_rest->setWordWrap(true);

    auto* layout = new QVBoxLayout(page);
    layout->addLayout(grid);
    layout->addLayout(bar);
    layout->addWidget(m_tables, 1);
    layout->addWidget(m_rest);
    setWidget(page);
}

QTableView* ScenarioForm::table(RowModelBase* model, const QString& name)
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
    const auto key = [this, view](const QKeySequence& keys, auto what) {
        auto* action = new QAction(view);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, what);
        view->addAction(action);
    };
    key(Qt::CTRL | Qt::Key_D, &ScenarioForm::duplicateRow);
    view->installEventFilter(this);
    connect(view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ScenarioForm::updateButtons);
    connect(view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this, view](const QModelIndex& i) {
        if (!view->hasFocus() || !m_text.isUpToDate() || !i.isValid()) return;
        const auto& s = m_text.scenario();
        const auto row = static_cast<std::size_t>(i.row());
        const auto spot = view == m_actions && row < s.actions.size() ? s.actions[row].spot
                          : view == m_timers && row < s.items.size()  ? s.items[row].name.spot
                                                                      : core::Spot{};
        if (spot.isKnown()) Q_EMIT rowChosen(spot.offset);
    });
    return view;
}

// ---- showing

void ScenarioForm::showAll()
{
    show(m_text.scenario());
    showFaults();
    // While the text cannot be read the form stays as it was, and still.
    const bool isOn = m_text.isFormable();
    for (const auto& f : m_fields) f.field->setEnabled(isOn);
    updateButtons();
}

void ScenarioForm::show(const core::Scenario& s)
{
    m_isShowing = true;
    const auto fill = [](QLineEdit* edit, const QString& text) {
        if (!(edit->hasFocus() && edit->isModified())) setText(edit, text);
    };
    fill(m_title, QString::fromStdString(s.title));
    fill(m_watch, QString::fromStdString(s.watch));
    fill(m_jiffies, said(s.machine.jiffies));
    fill(m_until, said(s.until));
    fill(m_opening, said(s.opening));
    for (auto* edit : {m_title, m_watch})
        if (!edit->hasFocus()) edit->setCursorPosition(0);
    m_cpus->setValue(s.machine.cpus);
    m_bits->setCurrentText(QString::number(s.machine.bits));
    m_hz->setCurrentText(QString::number(s.machine.hz));
    m_small->setCurrentIndex(s.machine.small ? 1 : 0);
    m_actionModel->setRows(s.actions);
    m_timerModel->setRows(s.items);
    const bool hasTarget = std::any_of(s.actions.begin(), s.actions.end(), [](const core::ScenarioAction& a) {
        return a.call.call == core::Call::AddTimerOn;
    });
    m_actions->setColumnHidden(ActionModel::Target, !hasTarget);
    QStringList rest;
    if (const auto n = s.populations.size(); n > 0)
        rest.append(n == 1 ? tr("one population of timers") : tr("%1 populations of timers").arg(n));
    if (const auto n = s.expect.size(); n > 0)
        rest.append(n == 1 ? tr("one expectation") : tr("%1 expectations").arg(n));
    if (s.limit) rest.append(tr("a limit of events"));
    m_rest->setText(rest.isEmpty() ? QString() : tr("Also in the text: %1.").arg(rest.join(QLatin1String(", "))));
    m_rest->setVisible(!rest.isEmpty());
    m_isShowing = false;
}

void ScenarioForm::showFaults()
{
    const auto& draft = m_text.draft();
    m_actionModel->setFaults(rowFaults(draft, "actions"));
    m_timerModel->setFaults(rowFaults(draft, "items"));
    for (const auto& f : m_fields) {
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
    const auto tab = [&](int i, const QString& name, int rows, bool isFaulty) {
        m_tabs->setTabText(i, (isFaulty ? QStringLiteral("\u26A0 ") : QString()) +
                                  QStringLiteral("%1  %2").arg(name).arg(rows));
    };
    tab(0, tr("Actions"), m_actionModel->rowCount(), m_actionModel->hasFaults());
    tab(1, tr("Timers"), m_timerModel->rowCount(), m_timerModel->hasFaults());
}

void ScenarioForm::showPlace(const core::DocumentPlace& place)
{
    const bool isAction = place.part == "actions";
    if (!isAction && place.part != "items") return;
    m_tabs->setCurrentIndex(isAction ? 0 : 1);
    const auto i = current()->model()->index(place.row, 0);
    if (i.isValid()) current()->scrollTo(i);
}

// ---- changing

void ScenarioForm::put(const std::function<void(core::Scenario&)>& change)
{
    if (m_isShowing) return;
    const auto why = m_text.edit(change);
    Q_EMIT refused(why);
    if (!why.isEmpty()) show(m_text.scenario());
}

QTableView* ScenarioForm::current() const { return m_tabs->currentIndex() == 0 ? m_actions : m_timers; }

RowModelBase* ScenarioForm::currentModel() const
{
    return m_tabs->currentIndex() == 0 ? static_cast<RowModelBase*>(m_actionModel) : m_timerModel;
}

void ScenarioForm::addRow()
{
    auto* view = current();
    const auto i = view->currentIndex();
    const int behind = i.isValid() ? i.row() : view->model()->rowCount() - 1;
    currentModel()->add(behind);
    const auto now = view->model()->index(behind + 1, 0);
    if (!now.isValid()) return;
    view->setCurrentIndex(now);
    view->scrollTo(now);
    view->setFocus();
}

void ScenarioForm::duplicateRow()
{
    auto* view = current();
    const auto i = view->currentIndex();
    if (!i.isValid()) return;
    currentModel()->duplicate(i.row());
    view->setCurrentIndex(view->model()->index(i.row() + 1, i.column()));
}

void ScenarioForm::removeRows()
{
    std::vector<int> rows;
    for (const auto& i : current()->selectionModel()->selectedIndexes())
        if (std::find(rows.begin(), rows.end(), i.row()) == rows.end()) rows.push_back(i.row());
    if (!rows.empty()) currentModel()->remove(rows);
}

void ScenarioForm::updateButtons()
{
    const bool isOn = m_text.isFormable();
    const bool hasRow = isOn && current()->currentIndex().isValid();
    m_add->setEnabled(isOn);
    m_duplicate->setEnabled(hasRow);
    m_remove->setEnabled(isOn && current()->selectionModel()->hasSelection());
}

bool ScenarioForm::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize && watched == m_actions) fitColumns();
    if (event->type() == QEvent::KeyPress && (watched == m_actions || watched == m_timers) && m_text.isFormable()) {
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
            current()->edit(current()->currentIndex());
            return true;
        }
    }
    return QScrollArea::eventFilter(watched, event);
}

/// The numbers take what they need; the names of calls and callbacks take what is left.
void ScenarioForm::fitColumns()
{
    const auto& look = m_theme.look();
    const QFontMetricsF numbers(look.numbers(12.5));
    const auto letters = [&](int n) {
        return static_cast<int>(numbers.horizontalAdvance(u'0') * n + look.px(10));
    };
    const auto set = [&](QTableView* view, std::initializer_list<int> widths) {
        int column = 0;
        for (const int n : widths) view->setColumnWidth(column++, letters(n));
    };
    set(m_timers, {11, 5, 9, 7});
    set(m_actions, {7, 3, 11, 9, 10});
    int taken = letters(11); // the last column, which stretches
    for (const int column : {ActionModel::At, ActionModel::Cpu, ActionModel::Timer}) taken += m_actions->columnWidth(column);
    if (!m_actions->isColumnHidden(ActionModel::Target)) taken += letters(6);
    const int left = m_actions->viewport()->width() - taken;
    m_actions->setColumnWidth(ActionModel::Do, std::clamp(left, letters(11), letters(22)));
}

void ScenarioForm::applyTheme()
{
    const auto& look = m_theme.look();
    const auto& t = look.t();
    const auto px = [&](double v) { return static_cast<int>(look.px(v)); };
    setStyleSheet(QStringLiteral("#scenarioForm, #scenarioForm > QWidget > QWidget { background: %1; }"
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
                      .arg(t.ink3.name(), t.lateBg.name(), t.late.name()));
    widget()->layout()->setContentsMargins(px(12), px(10), px(12), px(10));
    widget()->layout()->setSpacing(px(10));
    for (const auto& f : m_fields) {
        f.label->setFont(look.words(12));
        f.field->setFont(f.key.empty() && f.part != "until" && f.part != "opening" ? look.words(13)
                                                                                   : look.numbers(12.5));
    }
    for (auto* view : {m_actions, m_timers}) {
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

#include "moc_scenario_form.cpp"
