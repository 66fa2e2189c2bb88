// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/work_form.h"

#include "ui/editor/work_action_model.h"
#include "ui/editor/work_item_model.h"
#include "ui/editor/work_text.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QTableView>

namespace jiffy::ui
{

namespace
{

QString said(const core::Spelling& s)
{
    return QString::fromStdString(s.text);
}
QString said(const std::optional<std::uint64_t>& n)
{
    return n ? QString::number(*n) : QString();
}

/// A number, or nothing for an empty text; false if it is neither.
bool takeNumber(const QString& text, std::optional<std::uint64_t>& out)
{
    bool isNumber = false;
    const auto n = text.toULongLong(&isNumber);
    if (!text.isEmpty() && !isNumber) return false;
    out = text.isEmpty() ? std::nullopt : std::optional<std::uint64_t>(n);
    return true;
}

} // namespace

WorkForm::WorkForm(ScenarioText& text, const ThemeProvider& theme, QWidget* parent)
    : FormPage(text, theme, QStringLiteral("tgtd."), parent), m_actionModel(new WorkActionModel(text, this)),
      m_itemModel(new WorkItemModel(text, this))
{
    auto* grid = new QGridLayout;
    m_title = line("title", "", tr("Shown in the header"), [](auto& s, const auto& t) { s.title = t; });
    m_watch =
        line("watch", "", tr("One sentence: what to look at"), [](auto& s, const auto& t) { s.watch = t; });
    m_until = line("until", "", tr("16s, 2500ms; empty: until the last work is gone"),
                   [](auto& s, const auto& t) { s.until.text = t; });
    m_opening = line("opening", "", tr("Where the playhead stands at first: start, end, event=N, time=4.75s"),
                     [](auto& s, const auto& t) { s.opening.text = t; });
    m_until->setPlaceholderText(tr("auto"));
    m_opening->setPlaceholderText(tr("start"));
    m_scheduler = box(
        "daemon", "scheduler", {tr("old: before January 2011"), tr("new: the patch"), tr("timerfd: today's")},
        tr("Counts idle timeouts; an alarm that writes to a pipe; a timerfd (modelled from reading)"));
    m_scheduler->setMinimumContentsLength(12);
    m_scheduler->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    connect(m_scheduler, &QComboBox::currentIndexChanged, this, [this](int i) {
        put([i](core::Scenario& s) {
            if (s.daemon) s.daemon->scheduler = static_cast<core::WorkScheduler>(i);
        });
    });
    m_interval = timeLine("interval", tr("Of the alarm, 250ms; of the timerfd, 500ms"), &Daemon::interval);
    m_timeout = timeLine("timeout", tr("Of epoll_wait(); the old scheduler's clock ticks when it ends"),
                         &Daemon::timeout);
    m_start = timeLine("start", tr("When the loop starts; what is due before waits"), &Daemon::start);
    m_interval->setPlaceholderText(tr("auto"));
    m_timeout->setPlaceholderText(tr("auto"));
    m_start->setPlaceholderText(QStringLiteral("0s"));
    m_tick = daemonLine("tick", tr("Seconds that the old scheduler takes a tick for"),
                        [](Daemon& d, const QString& t) {
                            return takeNumber(t, d.tick) ? QString() : tr("A tick is a number of seconds.");
                        });
    m_batch =
        daemonLine("batch", tr("Most events that one epoll_wait() returns"), [](Daemon& d, const QString& t) {
            return takeNumber(t, d.batch) ? QString() : tr("A batch is a number of events.");
        });
    m_tick->setPlaceholderText(QStringLiteral("2"));
    m_batch->setPlaceholderText(QStringLiteral("1024"));
    m_files =
        daemonLine("files", tr("Files that the loop watches, each with its fd: iSCSI login 9, slow disk 11"),
                   [](Daemon& d, const QString& t) {
                       QString fault;
                       if (auto files = parseFiles(t, fault)) d.files = std::move(*files);
                       return fault;
                   });
    m_costs = daemonLine("costs",
                         tr("What things take: syscall 5us, func 40us; also pipe, close, signal, flag, io. "
                            "Empty: nothing takes time"),
                         [](Daemon& d, const QString& t) {
                             QString fault;
                             if (auto costs = parseCosts(t, fault)) d.costs = std::move(*costs);
                             return fault;
                         });
    m_failures =
        daemonLine("fail", tr("Calls that fail: pipe, write 3 (the third)"), [](Daemon& d, const QString& t) {
            QString fault;
            parseFailures(t, d, fault);
            return fault;
        });
    for (auto* edit : {m_costs, m_failures, m_files})
        edit->setPlaceholderText(tr("none"));

    grid->addWidget(labelled(tr("Title"), m_title, "", "title"), 0, 0, 1, 4);
    grid->addWidget(labelled(tr("What to watch"), m_watch, "", "watch"), 1, 0, 1, 4);
    grid->addWidget(labelled(tr("Scheduler"), m_scheduler, "scheduler", "daemon"), 2, 0, 1, 2);
    grid->addWidget(labelled(tr("Runs until"), m_until, "", "until"), 2, 2);
    grid->addWidget(labelled(tr("Opens at"), m_opening, "", "opening"), 2, 3);
    grid->addWidget(labelled(tr("Interval"), m_interval, "interval", "daemon"), 3, 0);
    grid->addWidget(labelled(tr("Timeout"), m_timeout, "timeout", "daemon"), 3, 1);
    grid->addWidget(labelled(tr("Tick, s"), m_tick, "tick", "daemon"), 3, 2);
    grid->addWidget(labelled(tr("Batch"), m_batch, "batch", "daemon"), 3, 3);
    grid->addWidget(labelled(tr("Loop starts"), m_start, "start", "daemon"), 4, 0);
    grid->addWidget(labelled(tr("Costs"), m_costs, "costs", "daemon"), 4, 1, 1, 2);
    grid->addWidget(labelled(tr("Fails"), m_failures, "fail", "daemon"), 4, 3);
    grid->addWidget(labelled(tr("Files"), m_files, "files", "daemon"), 5, 0, 1, 4);
    for (int c = 0; c < 4; ++c)
        grid->setColumnStretch(c, 1);

    m_actions = addTable(m_actionModel, tr("Events"), "actions");
    m_items = addTable(m_itemModel, tr("Work"), "items");
    begin(grid);
}

QLineEdit* WorkForm::daemonLine(const char* key, const QString& tip,
                                std::function<QString(Daemon&, const QString&)> set)
{
    return line("daemon", key, tip, [this, set = std::move(set)](core::Scenario& s, const std::string& text) {
        if (!s.daemon) return;
        const auto why = set(*s.daemon, QString::fromStdString(text));
        if (!why.isEmpty())
            QMetaObject::invokeMethod(
                this, [this, why] { Q_EMIT refused(why); }, Qt::QueuedConnection);
    });
}

QLineEdit* WorkForm::timeLine(const char* key, const QString& tip, core::Spelling Daemon::*member)
{
    return daemonLine(key, tip, [member](Daemon& d, const QString& text) {
        (d.*member).text = text.toStdString();
        return QString();
    });
}

bool WorkForm::suits(const core::Scenario& s) const
{
    return s.daemon.has_value();
}

void WorkForm::fill(const core::Scenario& s)
{
    const auto& d = *s.daemon;
    showIn(m_title, QString::fromStdString(s.title));
    showIn(m_watch, QString::fromStdString(s.watch));
    showIn(m_until, said(s.until));
    showIn(m_opening, said(s.opening));
    m_scheduler->setCurrentIndex(static_cast<int>(d.scheduler));
    showIn(m_interval, said(d.interval));
    showIn(m_timeout, said(d.timeout));
    showIn(m_start, said(d.start));
    showIn(m_tick, said(d.tick));
    showIn(m_batch, said(d.batch));
    showIn(m_files, filesText(d.files));
    showIn(m_costs, costsText(d.costs));
    showIn(m_failures, failuresText(d));
    for (auto* edit : {m_title, m_watch, m_files, m_costs})
        if (!edit->hasFocus()) edit->setCursorPosition(0);
    m_actionModel->setRows(d.actions);
    m_itemModel->setRows(d.items);
    const bool hasEvery = std::any_of(d.actions.begin(), d.actions.end(),
                                      [](const core::WorkAction& a) { return a.every.isSaid(); });
    if (m_actions->isColumnHidden(WorkActionModel::Times) != hasEvery) return;
    m_actions->setColumnHidden(WorkActionModel::Times, !hasEvery);
    fitColumns();
}

core::Spot WorkForm::spotOf(const core::Scenario& s, const QTableView* table, std::size_t row) const
{
    if (table == m_actions && row < s.daemon->actions.size()) return s.daemon->actions[row].spot;
    if (table == m_items && row < s.daemon->items.size()) return s.daemon->items[row].name.spot;
    return {};
}

QStringList WorkForm::restOf(const core::Scenario& s) const
{
    auto rest = FormPage::restOf(s);
    if (const auto n = s.daemon->populations.size(); n > 0)
        rest.prepend(n == 1 ? tr("one population of work") : tr("%1 populations of work").arg(n));
    return rest;
}

/// Times and calls take what they need, the names of files what is left.
void WorkForm::fitColumns()
{
    m_items->setColumnWidth(WorkItemModel::Name, letters(16));
    const std::initializer_list<std::pair<int, int>> widths = {
        {WorkActionModel::At, 7},     {WorkActionModel::Do, 11},   {WorkActionModel::Work, 14},
        {WorkActionModel::Amount, 8}, {WorkActionModel::Every, 6}, {WorkActionModel::Times, 6}};
    int taken = 0;
    for (const auto& [column, n] : widths) {
        m_actions->setColumnWidth(column, letters(n));
        if (!m_actions->isColumnHidden(column)) taken += letters(n);
    }
    m_actions->setColumnWidth(WorkActionModel::File,
                              std::clamp(m_actions->viewport()->width() - taken, letters(8), letters(24)));
}

} // namespace jiffy::ui

#include "moc_work_form.cpp"
