// SPDX-License-Identifier: GPL-3.0-or-later
// Ctrl+K: type a few letters of what you want to do. Knows everything that the menus know, by walking them, so there
// is no second list to keep.
#pragma once

#include "ui/window/overlay.h"

#include <QString>

#include <vector>

class QAction;
class QLineEdit;
class QListWidget;
class QMenuBar;

namespace jiffy::ui
{

/// How well a text answers to what was typed: -1 not at all, else the smaller the better. Each word of the query must
/// begin a word of the text, stand in it, or be its letters in order. Cases do not count.
int matchScore(const QString& query, const QString& text);
/// Each word of the query begins a word of the text: for what tells about a command, where letters alone would match anything.
bool saysAll(const QString& query, const QString& text);

class Palette : public Overlay
{
    Q_OBJECT

  public:
    Palette(QMenuBar* menus, const ThemeProvider& theme, QWidget* parent);

    /// Opens with that in its line; empty: with all commands.
    void ask(const QString& query = {});

  protected:
    QRect panelPlace(QSize area) const override;
    void applyTheme() override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    struct Command
    {
        QString path; ///< "View › Theme"
        QString text;
        QString keys;
        QAction* action = nullptr;
    };
    void collect();
    void filter(const QString& query);
    void carryOut();

    QMenuBar* m_menus;
    QLineEdit* m_line;
    QListWidget* m_list;
    std::vector<Command> m_commands;
};

} // namespace jiffy::ui
