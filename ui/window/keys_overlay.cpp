// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/keys_overlay.h"

#include "ui/theme/scroll_bar.h"
#include "ui/window/actions.h"
#include "ui/window/context_keys.h"

#include <QFrame>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace jiffy::ui
{

namespace
{

QString title(Menu menu)
{
    switch (menu) {
    case Menu::File: return KeysOverlay::tr("Files");
    case Menu::Edit: return KeysOverlay::tr("What if");
    case Menu::View: return KeysOverlay::tr("Looking");
    case Menu::Run: return KeysOverlay::tr("Time");
    case Menu::Help: return KeysOverlay::tr("Help");
    }
    return {};
}

/// A text without its mnemonic and dots: "Step Forward".
QString plainText(QString text)
{
    text.remove(QLatin1Char('&'));
    if (text.endsWith(QChar(0x2026))) text.chop(1);
    return text;
}

} // namespace

std::vector<KeyGroup> keyGroups(std::optional<core::Driver> driver, core::TimerAlgorithm timers, bool hasCpus)
{
    std::vector<KeyGroup> groups;
    for (const auto menu : {Menu::Run, Menu::Edit, Menu::View, Menu::File, Menu::Help}) {
        KeyGroup group{title(menu), {}};
        for (const auto& spec : actionTable()) {
            if (spec.menu != menu || (driver && !Actions::suits(spec.id, *driver, hasCpus))) continue;
            QStringList keys;
            for (const auto& k : Actions::keys(spec)) keys.append(k.toString(QKeySequence::NativeText));
            if (!keys.isEmpty()) group.rows.push_back({keys, plainText(Actions::text(spec, driver.value_or(core::Driver::Kernel), timers))});
        }
        groups.push_back(std::move(group));
    }
    for (const auto& key : contextKeys()) {
        if (driver && !key.isFor(*driver, hasCpus)) continue;
        if (groups.back().title != key.contextText()) groups.push_back({key.contextText(), {}});
        groups.back().rows.push_back({key.keysText().split(QStringLiteral("  ")), key.tipText()});
    }
    return groups;
}

KeysOverlay::KeysOverlay(const ThemeProvider& theme, QWidget* parent) : Overlay(theme, parent), m_area(new QScrollArea(panel()))
{
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setWidgetResizable(true);
    m_area->setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Keys"));
    auto* layout = new QVBoxLayout(panel());
    layout->addWidget(m_area);
}

void KeysOverlay::setDriver(core::Driver driver, core::TimerAlgorithm timers, bool hasCpus)
{
    if (m_driver == driver && m_timers == timers && m_hasCpus == hasCpus) return;
    m_hasCpus = hasCpus;
    m_driver = driver;
    m_timers = timers;
    m_columns = 0;
    if (isVisible()) fill();
}

QRect KeysOverlay::panelPlace(QSize area) const
{
    const int margin = static_cast<int>(theme().look().px(24));
    const int width = std::min(area.width() - 2 * margin, static_cast<int>(theme().look().px(1240)));
    const int height = std::min(area.height() - 2 * margin, static_cast<int>(theme().look().px(720)));
    return {(area.width() - width) / 2, (area.height() - height) / 2, width, height};
}

void KeysOverlay::applyTheme()
{
    Overlay::applyTheme();
    m_area->setStyleSheet(QStringLiteral("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }") + scrollBarStyle(theme().theme(), theme().theme().dock));
    m_columns = 0;
    if (isVisible()) fill();
}

void KeysOverlay::resizeEvent(QResizeEvent* event)
{
    Overlay::resizeEvent(event);
    fill();
}

void KeysOverlay::fill()
{
    const auto& look = theme().look();
    const auto& t = look.t();
    const auto groups = keyGroups(m_driver, m_timers, m_hasCpus);
    const int columns = std::clamp(static_cast<int>(panelPlace(parentWidget()->size()).width() / look.px(400)), 1, 3);
    if (columns == m_columns) return;
    m_columns = columns;
    std::size_t total = 0;
    for (const auto& g : groups) total += g.rows.size() + 2;

    auto* content = new QWidget;
    auto* row = new QHBoxLayout(content);
    row->setSpacing(static_cast<int>(look.px(32)));
    std::vector<QVBoxLayout*> stacks;
    for (int i = 0; i < columns; ++i) {
        stacks.push_back(new QVBoxLayout);
        row->addLayout(stacks.back(), 1);
    }
    const auto label = [](const QString& text, const QFont& font, const QColor& colour) {
        auto* l = new QLabel(text);
        l->setTextFormat(Qt::PlainText);
        l->setFont(font);
        l->setWordWrap(true);
        l->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
        l->setStyleSheet(QStringLiteral("color: %1; background: transparent;").arg(colour.name()));
        return l;
    };
    std::size_t placed = 0;
    for (const auto& g : groups) {
        const auto column = std::min(static_cast<std::size_t>(columns - 1), placed * static_cast<std::size_t>(columns) / total);
        placed += g.rows.size() + 2;
        auto* stack = stacks[column];
        stack->addWidget(label(g.title, look.words(14, QFont::DemiBold), t.ink));
        auto* grid = new QGridLayout;
        grid->setHorizontalSpacing(static_cast<int>(look.px(14)));
        grid->setVerticalSpacing(static_cast<int>(look.px(4)));
        int line = 0;
        for (const auto& r : g.rows) {
            auto* caps = new QHBoxLayout;
            caps->setSpacing(4);
            for (const auto& key : r.keys) {
                // Words' font: the other one joins "++".
                auto* cap = label(key, look.words(12, QFont::Medium), t.ink);
                cap->setWordWrap(false);
                cap->setStyleSheet(QStringLiteral("color: %1; background: %2; border: 1px solid %3; border-radius: 5px; padding: 1px 6px;")
                                       .arg(t.ink.name(), t.sunken.name(), t.line2.name()));
                caps->addWidget(cap);
            }
            caps->addStretch();
            grid->addLayout(caps, line, 0);
            grid->addWidget(label(r.what, look.words(13), t.ink2), line++, 1);
        }
        grid->setColumnStretch(1, 1);
        grid->setColumnMinimumWidth(0, static_cast<int>(look.px(150)));
        stack->addLayout(grid);
        stack->addSpacing(static_cast<int>(look.px(14)));
    }
    for (auto* stack : stacks) stack->addStretch();
    m_area->setWidget(content);
}

void KeysOverlay::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Question) close();
    else if (event->key() == Qt::Key_Down || event->key() == Qt::Key_PageDown || event->key() == Qt::Key_Up || event->key() == Qt::Key_PageUp)
        QCoreApplication::sendEvent(m_area, event);
    else Overlay::keyPressEvent(event);
}

} // namespace jiffy::ui

#include "moc_keys_overlay.cpp"
