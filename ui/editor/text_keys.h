// SPDX-License-Identifier: GPL-3.0-or-later
// Inside the editor all plain keys are text or move the cursor; none of them steps, plays or opens a dialog. Ctrl+Z
// takes back what was typed here. Keys with Ctrl or Alt that mean nothing to a text (Ctrl+S) stay the window's.
#pragma once

#include <QObject>

#include <functional>

class QKeyEvent;
class QWidget;

namespace jiffy::ui
{

class TextKeys : public QObject
{
    Q_OBJECT

  public:
    /// undo(true) is redo. Watches all that is, or comes to be, inside root.
    TextKeys(QWidget* root, std::function<void(bool isRedo)> undo);

    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    QWidget* m_root;
    std::function<void(bool)> m_undo;
};

/// True if a widget that takes text or a table keeps the key for itself.
bool isTextKey(const QWidget& widget, const QKeyEvent& key);

} // namespace jiffy::ui
