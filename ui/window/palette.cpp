// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/palette.h"

#include "ui/theme/scroll_bar.h"

#include <QFrame>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace jiffy::ui
{

namespace
{

const QString pathArrow = QStringLiteral(" › "); ///< between a menu and one within it
constexpr int commandRole = Qt::UserRole, pathRole = Qt::UserRole + 1, keysRole = Qt::UserRole + 2;

/// 0 begins the text, 1 begins a word, 2 stands in it, 3 letters in order; -1 none of it.
int wordScore(const QString& word, const QString& text)
{
    const auto at = text.indexOf(word, 0, Qt::CaseInsensitive);
    if (at == 0) return 0;
    for (auto i = at; i > 0; i = text.indexOf(word, i + 1, Qt::CaseInsensitive))
        if (!text[i - 1].isLetterOrNumber()) return 1;
    if (at > 0) return 2;
    qsizetype from = 0;
    for (const auto letter : word) {
        from = text.indexOf(letter, from, Qt::CaseInsensitive);
        if (from < 0) return -1;
        ++from;
    }
    return 3;
}

/// The command, where it stands in the menus, and its key.
class CommandDelegate : public QStyledItemDelegate
{
  public:
    CommandDelegate(const ThemeProvider& theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return {100, static_cast<int>(m_theme.look().px(32))};
    }
    void paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto& look = m_theme.look();
        const auto& t = look.t();
        const QRectF box = option.rect;
        p->save();
        p->setRenderHint(QPainter::Antialiasing);
        if (option.state & QStyle::State_Selected) {
            p->setPen(QPen(t.line2, 1));
            p->setBrush(t.sunken);
            p->drawRoundedRect(box.adjusted(4.5, 1.5, -4.5, -1.5), 6, 6);
        }
        const bool isEnabled = index.flags() & Qt::ItemIsEnabled;
        const auto font = look.words(14, QFont::Medium), small = look.words(12);
        const double base = box.center().y() + QFontMetricsF(font).capHeight() / 2, margin = look.px(16);
        const auto keys = index.data(keysRole).toString(), path = index.data(pathRole).toString();
        p->setFont(small);
        p->setPen(t.ink2);
        const double keysWidth = QFontMetricsF(small).horizontalAdvance(keys);
        p->drawText(QPointF(box.right() - margin - keysWidth, base), keys);
        p->setFont(font);
        p->setPen(isEnabled ? t.ink : t.ink3);
        const auto text = QFontMetricsF(font).elidedText(index.data().toString(), Qt::ElideRight, box.width() - 2 * margin - keysWidth - margin);
        p->drawText(QPointF(box.left() + margin, base), text);
        const double x = box.left() + margin + QFontMetricsF(font).horizontalAdvance(text) + look.px(12);
        p->setFont(small);
        p->setPen(t.ink3);
        p->drawText(QPointF(x, base), QFontMetricsF(small).elidedText(path, Qt::ElideRight, box.right() - 2 * margin - keysWidth - x));
        p->restore();
    }

  private:
    const ThemeProvider& m_theme;
};

void walk(const QMenu* menu, const QString& path, const std::function<void(QAction*, const QString&)>& take)
{
    for (auto* action : menu->actions()) {
        if (action->isSeparator() || !action->isVisible()) continue;
        auto text = action->text();
        text.remove(QLatin1Char('&'));
        if (auto* inner = action->menu()) {
            Q_EMIT inner->aboutToShow(); // filled only then
            walk(inner, path.isEmpty() ? text : path + pathArrow + text, take);
        } else {
            take(action, path);
        }
    }
}

} // namespace

int matchScore(const QString& query, const QString& text)
{
    int score = 0;
    for (const auto& word : query.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const int one = wordScore(word, text);
        if (one < 0) return -1;
        score += one;
    }
    return score;
}

bool saysAll(const QString& query, const QString& text)
{
    const auto words = query.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(), [&](const QString& word) {
        const int score = wordScore(word, text);
        return score == 0 || score == 1;
    });
}

Palette::Palette(QMenuBar* menus, const ThemeProvider& theme, QWidget* parent)
    : Overlay(theme, parent), m_menus(menus), m_line(new QLineEdit(panel())), m_list(new QListWidget(panel()))
{
    m_line->setPlaceholderText(tr("What would you like to do?"));
    m_line->setAccessibleName(tr("Command"));
    m_line->installEventFilter(this);
    m_list->setAccessibleName(tr("Commands"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setItemDelegate(new CommandDelegate(theme, this));
    auto* layout = new QVBoxLayout(panel());
    layout->setContentsMargins(10, 10, 10, 10);
    layout->addWidget(m_line);
    layout->addWidget(m_list, 1);
    connect(m_line, &QLineEdit::textChanged, this, &Palette::filter);
    connect(m_line, &QLineEdit::returnPressed, this, &Palette::carryOut);
    connect(m_list, &QListWidget::itemClicked, this, &Palette::carryOut);
}

QRect Palette::panelPlace(QSize area) const
{
    const auto& look = theme().look();
    const int width = std::min(area.width() - 40, static_cast<int>(look.px(620)));
    const int height = std::min(area.height() - 80, static_cast<int>(look.px(440)));
    return {(area.width() - width) / 2, std::min(static_cast<int>(look.px(110)), (area.height() - height) / 2), width, height};
}

void Palette::applyTheme()
{
    Overlay::applyTheme();
    const auto& look = theme().look();
    const auto& t = look.t();
    m_line->setFont(look.words(17));
    m_line->setStyleSheet(QStringLiteral("QLineEdit { background: %1; color: %2; border: 1px solid %3; border-radius: 8px; padding: 7px 10px; }")
                              .arg(t.raised.name(), t.ink.name(), t.line2.name()));
    m_list->setStyleSheet(QStringLiteral("QListWidget { background: transparent; border: none; }") + scrollBarStyle(t, t.dock));
}

void Palette::ask(const QString& query)
{
    collect();
    m_line->setText(query);
    filter(query);
    open();
    m_line->setFocus();
}

void Palette::collect()
{
    m_commands.clear();
    for (auto* top : m_menus->actions()) {
        if (!top->menu()) continue;
        auto name = top->text();
        name.remove(QLatin1Char('&'));
        walk(top->menu(), name, [this](QAction* action, const QString& path) {
            auto text = action->text();
            text.replace(QLatin1String("&&"), QChar(1)).remove(QLatin1Char('&')).replace(QChar(1), QLatin1Char('&'));
            m_commands.push_back({path, text, action->shortcut().toString(QKeySequence::NativeText), action});
        });
    }
}

void Palette::filter(const QString& query)
{
    struct Hit
    {
        int score;
        std::size_t command;
    };
    std::vector<Hit> hits;
    for (std::size_t i = 0; i < m_commands.size(); ++i) {
        const auto& c = m_commands[i];
        const int own = matchScore(query, c.text), all = matchScore(query, c.text + QLatin1Char(' ') + c.path);
        // What can be done now before what cannot, the command's own words before its menu's, and commands before what is
        // chosen from a list (scenarios, themes), unless that fits much better. Words that tell what a command does count
        // more than letters that happen to stand in a name.
        constexpr int nothing = 1000, told = 9;
        int score = own >= 0 ? 4 * own : all >= 0 ? 4 * all + 2 : nothing;
        if (score > told && saysAll(query, c.text + QLatin1Char(' ') + c.action->toolTip())) score = told;
        if (score == nothing) continue;
        const int fromList = c.path.contains(pathArrow) ? 5 : 0;
        hits.push_back({score + fromList + (c.action->isEnabled() ? 0 : 100), i});
    }
    std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.score < b.score; });
    m_list->clear();
    for (const auto& hit : hits) {
        const auto& c = m_commands[hit.command];
        auto* item = new QListWidgetItem(c.text, m_list);
        item->setData(commandRole, static_cast<qulonglong>(hit.command));
        item->setData(pathRole, c.path);
        item->setData(keysRole, c.keys);
        item->setToolTip(c.action->toolTip());
        if (!c.action->isEnabled()) item->setFlags(item->flags() & ~Qt::ItemIsEnabled);
    }
    m_list->setCurrentRow(0);
}

void Palette::carryOut()
{
    const auto* item = m_list->currentItem();
    if (!item || !(item->flags() & Qt::ItemIsEnabled)) return;
    auto* action = m_commands[item->data(commandRole).toULongLong()].action;
    close();
    action->trigger();
}

bool Palette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_line && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        switch (key->key()) {
        case Qt::Key_Escape: close(); return true;
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown: QCoreApplication::sendEvent(m_list, event); return true;
        default: break;
        }
    }
    return Overlay::eventFilter(watched, event);
}

} // namespace jiffy::ui

#include "moc_palette.cpp"
