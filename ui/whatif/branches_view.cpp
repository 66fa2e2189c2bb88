// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/whatif/branches_view.h"

#include "ui/theme/scroll_bar.h"
#include "ui/whatif/branch_model.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QPainter>
#include <QResizeEvent>
#include <QSplitter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <vector>

namespace jiffy::ui
{

namespace
{

/// Cells with air at both sides, so that a number does not touch the words behind it.
class CellDelegate : public QStyledItemDelegate
{
  public:
    CellDelegate(const ThemeProvider& theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme) {}

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        return QStyledItemDelegate::sizeHint(option, index) + QSize(2 * air(), 0);
    }
    void paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto& t = m_theme.theme();
        p->save();
        if (option.state & QStyle::State_Selected) p->fillRect(option.rect, t.sunken);
        const auto font = index.data(Qt::FontRole).value<QFont>();
        const auto box = option.rect.adjusted(air(), 0, -air(), 0);
        const auto text =
            QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight, box.width());
        p->setFont(font);
        p->setPen(t.ink);
        p->drawText(box, index.data(Qt::TextAlignmentRole).toInt() | Qt::TextSingleLine, text);
        p->restore();
    }

  private:
    int air() const { return static_cast<int>(m_theme.look().px(8)); }

    const ThemeProvider& m_theme;
};

} // namespace

BranchesView::BranchesView(const Desk& desk, QWidget* parent)
    : View(parent), m_session(desk.session), m_theme(desk.theme), m_model(new BranchModel(desk.session, desk.theme, this)),
      m_title(new QLabel(this)), m_list(new QTableView(this)), m_switch(new QPushButton(tr("Switch to it"), this)),
      m_rename(new QPushButton(tr("Rename"), this)), m_drop(new QPushButton(tr("Drop"), this)),
      m_comparison(new QPlainTextEdit(this)), m_splitter(new QSplitter(Qt::Horizontal, this))
{
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CellDelegate(desk.theme, this));
    m_list->setAccessibleName(tr("Branches"));
    m_list->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setTabKeyNavigation(false);
    m_list->setShowGrid(false);
    m_list->setWordWrap(false);
    m_list->verticalHeader()->hide();
    m_list->horizontalHeader()->setHighlightSections(false);
    m_list->horizontalHeader()->setStretchLastSection(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->installEventFilter(this);
    m_list->viewport()->installEventFilter(this);
    m_comparison->setReadOnly(true);
    m_comparison->setAccessibleName(tr("Comparison with the leading branch"));
    m_comparison->setFrameShape(QFrame::NoFrame);
    m_comparison->setTabChangesFocus(true);

    m_title->setText(tr("Branches"));
    auto* bar = new QHBoxLayout;
    bar->addWidget(m_title);
    for (auto* button : {m_switch, m_rename, m_drop}) {
        button->setFocusPolicy(Qt::TabFocus);
        bar->addWidget(button);
    }
    bar->addStretch(1);
    m_switch->setToolTip(tr("Let the chosen branch lead; the playhead stays at its instant (Return)"));
    m_rename->setToolTip(tr("Give the chosen branch another name (F2)"));
    m_drop->setToolTip(tr("Forget the chosen branch; Undo brings it back (Del)"));
    connect(m_switch, &QPushButton::clicked, this, &BranchesView::switchToChosen);
    connect(m_rename, &QPushButton::clicked, this, &BranchesView::renameChosen);
    connect(m_drop, &QPushButton::clicked, this, &BranchesView::dropChosen);

    m_splitter->addWidget(m_list);
    m_splitter->addWidget(m_comparison);
    m_splitter->setStretchFactor(0, 7);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_splitter, 1);
    m_bar = bar;
    setFocusProxy(m_list);

    connect(m_list, &QTableView::activated, this, &BranchesView::switchToChosen);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (current.isValid()) m_wanted = m_model->branchAt(current.row());
                showComparison();
            });
    connect(&m_session, &Session::branchesChanged, this, &BranchesView::onBranchesChanged);
    connect(&m_session, &Session::branchSwitched, this, &BranchesView::onBranchesChanged);
    connect(&m_theme, &ThemeProvider::changed, this, &BranchesView::applyTheme);
    applyTheme();
    onBranchesChanged();
}

void BranchesView::reset(const core::InputsPtr&, const core::Snapshot&)
{
    onBranchesChanged();
}

int BranchesView::chosen() const
{
    return m_model->branchAt(m_list->currentIndex().row());
}

void BranchesView::onBranchesChanged()
{
    const int wanted = m_wanted;
    m_model->refresh();
    m_wanted = wanted;
    // Rows may be others now: the same branch stays chosen, else the leading one is.
    auto row = m_model->rowOf(wanted);
    if (row < 0 && m_session.isOpen()) row = m_model->rowOf(m_session.leading());
    if (row >= 0 && m_list->currentIndex().row() != row) m_list->setCurrentIndex(m_model->index(row, 0));
    fitColumns();
    showComparison();
}

void BranchesView::showComparison()
{
    const int branch = chosen();
    const auto* there = m_session.branches().find(branch);
    const bool leads = there != nullptr && branch == m_session.leading();
    m_switch->setEnabled(there != nullptr && !leads);
    m_rename->setEnabled(there != nullptr);
    m_drop->setEnabled(there != nullptr && m_session.branches().size() > 1);
    QString text;
    if (there == nullptr) {
        text = tr("Nothing is open.");
    } else if (leads && m_session.branches().size() == 1) {
        text = m_session.inputs().driver == core::Driver::Daemon
                   ? tr("There is one future so far. Add or delete work in the past, keep the loop busy, step the clock, or fork "
                        "here, and the old future is kept in this list.")
                   : tr("There is one future so far. Move, add or delete a timer in the past, or fork here, and the old future "
                        "is kept in this list.");
    } else if (leads) {
        text = tr("“%1” is what the window shows. Choose another branch to compare it with this one.")
                   .arg(QString::fromStdString(there->name));
    } else {
        const auto* lead = m_session.branches().find(m_session.leading());
        if (lead->snapshot.status == core::RunStatus::Running || there->snapshot.status == core::RunStatus::Running)
            text = tr("Both must be computed to their ends before they can be compared.");
        else
            text = comparisonLines(m_model->comparison(lead->id, there->id), QString::fromStdString(lead->name),
                                   QString::fromStdString(there->name), lead->inputs->machine)
                       .join(QLatin1Char('\n'));
    }
    if (text != m_comparison->toPlainText()) m_comparison->setPlainText(text);
}

QString BranchesView::comparison() const
{
    return m_comparison->toPlainText();
}

/// The rows that have room, and the comparison below them: painted anew, for widgets cannot be scaled.
void BranchesView::paintView(QPainter& p, const QRectF& box, bool)
{
    onBranchesChanged();
    const auto& look = m_theme.look();
    const auto& t = look.t();
    p.save();
    p.setClipRect(box);
    p.fillRect(box, t.canvas);
    const QRectF inner = box.adjusted(look.px(20), look.px(14), -look.px(20), -look.px(10));
    const QFont head = look.words(12), title = look.words(12, QFont::Medium), prose = look.words(13);
    const double line = look.px(24), air = look.px(16);
    p.setFont(title);
    p.setPen(t.ink2);
    double y = inner.top();
    p.drawText(QRectF(inner.left(), y, inner.width(), line), Qt::AlignLeft | Qt::AlignVCenter, m_title->text());
    y += line + look.px(4);

    // Numbers in full, words as wide as is left for them.
    const auto fontAt = [&](int row, int c) { return m_model->index(row, c).data(Qt::FontRole).value<QFont>(); };
    const auto textAt = [&](int row, int c) { return m_model->index(row, c).data().toString(); };
    const auto headAt = [&](int c) { return m_model->headerData(c, Qt::Horizontal, Qt::DisplayRole).toString(); };
    std::vector<double> widths;
    double sum = 0;
    for (int c = 0; c < BranchModel::ColumnCount; ++c) {
        double width = QFontMetricsF(head).horizontalAdvance(headAt(c));
        for (int row = 0; row < m_model->rowCount(); ++row)
            width = std::max(width, QFontMetricsF(fontAt(row, c)).horizontalAdvance(textAt(row, c)));
        widths.push_back(width + air);
        sum += widths.back();
    }
    const std::array words{BranchModel::Done, BranchModel::Name, BranchModel::Differs, BranchModel::ForkedFrom};
    for (const int c : words) {
        if (sum <= inner.width()) break;
        auto& width = widths[static_cast<std::size_t>(c)];
        const double least = std::min(width, std::max(look.px(90), QFontMetricsF(head).horizontalAdvance(headAt(c)) + air));
        const double taken = std::min(width - least, sum - inner.width());
        width -= taken;
        sum -= taken;
    }
    const auto cells = [&](const QColor& ink, const auto& font, const auto& text) {
        double x = inner.left();
        for (int c = 0; c < BranchModel::ColumnCount; ++c) {
            const QRectF cell(x, y, widths[static_cast<std::size_t>(c)] - air, line);
            const auto align = m_model->headerData(c, Qt::Horizontal, Qt::TextAlignmentRole).toInt();
            p.setFont(font(c));
            p.setPen(ink);
            p.drawText(cell, align | Qt::TextSingleLine,
                       QFontMetricsF(font(c)).elidedText(text(c), Qt::ElideRight, cell.width() + 1));
            x += widths[static_cast<std::size_t>(c)];
        }
        y += line;
    };
    cells(t.ink2, [&](int) { return head; }, headAt);
    p.setPen(t.line);
    p.drawLine(QPointF(inner.left(), y), QPointF(inner.right(), y));
    for (int row = 0; row < m_model->rowCount() && y + line <= inner.bottom(); ++row)
        cells(t.ink, [&](int c) { return fontAt(row, c); }, [&](int c) { return textAt(row, c); });
    const QRectF rest(inner.left(), y + look.px(12), inner.width(), inner.bottom() - y - look.px(12));
    if (rest.height() >= line) {
        p.setFont(prose);
        p.setPen(t.ink2);
        p.drawText(rest, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, comparison());
    }
    p.restore();
}

void BranchesView::switchToChosen()
{
    m_session.switchTo(chosen());
}

void BranchesView::renameChosen()
{
    const auto index = m_model->index(m_list->currentIndex().row(), BranchModel::Name);
    if (!index.isValid()) return;
    m_list->setFocus();
    m_list->edit(index);
}

void BranchesView::dropChosen()
{
    m_session.dropBranch(chosen());
}

bool BranchesView::eventFilter(QObject* watched, QEvent* event)
{
    // Its list gets its room later than the view itself.
    if (watched == m_list->viewport() && event->type() == QEvent::Resize) {
        const auto* resized = static_cast<QResizeEvent*>(event);
        if (resized->size().width() != resized->oldSize().width()) fitColumns();
        return View::eventFilter(watched, event);
    }
    const bool isKey = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (watched != m_list || !isKey) return View::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool isOurs = key->modifiers() == Qt::NoModifier &&
                        (key->key() == Qt::Key_F2 || key->key() == Qt::Key_Delete || key->key() == Qt::Key_Up ||
                         key->key() == Qt::Key_Down);
    if (!isOurs) return View::eventFilter(watched, event);
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept(); // in the list they are about branches, not about timers
        return true;
    }
    if (key->key() == Qt::Key_F2) renameChosen();
    else if (key->key() == Qt::Key_Delete) dropChosen();
    else return View::eventFilter(watched, event);
    return true;
}

void BranchesView::fitColumns()
{
    // Numbers and the differences in full; names and what was done share what is left, and are told in full by their
    // tool tips.
    const auto px = [this](double v) { return static_cast<int>(m_theme.look().px(v)); };
    m_comparison->setVisible(width() >= px(720));
    auto* header = m_list->horizontalHeader();
    header->setStretchLastSection(false); // or the last column would ask for all that it has
    m_list->resizeColumnsToContents();
    const auto isWords = [](int c) {
        return c == BranchModel::Name || c == BranchModel::ForkedFrom || c == BranchModel::Done;
    };
    int taken = 0, wanted = 0;
    for (int c = 0; c < BranchModel::ColumnCount; ++c)
        (isWords(c) ? wanted : taken) += m_list->columnWidth(c);
    header->setStretchLastSection(true);
    const int room = std::max(m_list->viewport()->width() - taken, px(270));
    if (wanted <= room) return;
    // The narrow ones in full, the others as much as is left for each.
    std::vector<int> words{BranchModel::Name, BranchModel::ForkedFrom, BranchModel::Done};
    std::sort(words.begin(), words.end(), [&](int x, int y) { return m_list->columnWidth(x) < m_list->columnWidth(y); });
    int left = room;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const int width = std::min(m_list->columnWidth(words[i]), left / static_cast<int>(words.size() - i));
        m_list->setColumnWidth(words[i], width);
        left -= width;
    }
}

void BranchesView::resizeEvent(QResizeEvent* event)
{
    View::resizeEvent(event);
    fitColumns();
}

void BranchesView::applyTheme()
{
    const auto& look = m_theme.look();
    const auto& t = look.t();
    const auto px = [&](double v) { return static_cast<int>(look.px(v)); };
    m_list->verticalHeader()->setDefaultSectionSize(px(24));
    m_list->verticalHeader()->setMinimumSectionSize(px(24));
    m_list->horizontalHeader()->setFont(look.words(12));
    m_comparison->setFont(look.words(13));
    m_title->setFont(look.words(12, QFont::Medium));
    m_title->setFixedWidth(px(112)); // the frame's switch stands on it
    m_title->setStyleSheet(QStringLiteral("color: %1").arg(t.ink2.name()));
    for (auto* button : {m_switch, m_rename, m_drop}) {
        button->setFont(look.words(12.5));
        button->setStyleSheet(QStringLiteral("QPushButton { background: %1; color: %2; border: 1px solid %3; "
                                             "border-radius: 6px; padding: 2px 10px; min-height: %6px; }"
                                             "QPushButton:focus { border: 2px solid %2; padding: 1px 9px; }"
                                             "QPushButton:hover { background: %4; }"
                                             "QPushButton:disabled { color: %5; }")
                                  .arg(t.raised.name(), t.ink.name(), t.line2.name(), t.sunken.name(), t.ink3.name())
                                  .arg(px(18)));
    }
    m_bar->setContentsMargins(px(20), px(4), px(16), px(4));
    m_bar->setSpacing(px(8));
    m_comparison->document()->setDocumentMargin(px(10));
    m_splitter->setStyleSheet(QStringLiteral("QSplitter::handle { background: %1; }").arg(t.line.name()));
    m_list->setStyleSheet(
        QStringLiteral("QTableView { background: %1; color: %2; selection-background-color: %3; selection-color: %2; }"
                       "QHeaderView::section { background: %1; color: %4; border: none; border-bottom: 1px solid %5; "
                       "padding: 2px %6px; }")
                .arg(t.canvas.name(), t.ink.name(), t.sunken.name(), t.ink2.name(), t.line.name())
                .arg(px(8)) +
        scrollBarStyle(t, t.canvas));
    m_comparison->setStyleSheet(
        QStringLiteral("QPlainTextEdit { background: %1; color: %2; }").arg(t.canvas.name(), t.ink.name()) +
        scrollBarStyle(t, t.canvas));
    auto colours = palette();
    colours.setColor(QPalette::Window, t.canvas);
    setPalette(colours);
    setAutoFillBackground(true);
    fitColumns();
}

} // namespace jiffy::ui

#include "moc_branches_view.cpp"
