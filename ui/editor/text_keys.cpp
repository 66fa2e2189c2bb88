// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/text_keys.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace jiffy::ui
{

namespace
{

bool isTextual(const QWidget& w)
{
    return qobject_cast<const QLineEdit*>(&w) || qobject_cast<const QPlainTextEdit*>(&w) ||
           qobject_cast<const QAbstractSpinBox*>(&w);
}

} // namespace

bool isTextKey(const QWidget& w, const QKeyEvent& key)
{
    const bool isText = isTextual(w), isTable = qobject_cast<const QAbstractItemView*>(&w) != nullptr;
    if (!isText && !isTable && !qobject_cast<const QComboBox*>(&w)) return false;
    const auto modifiers = key.modifiers() & ~(Qt::KeypadModifier | Qt::GroupSwitchModifier);
    const bool isFunctionKey = key.key() >= Qt::Key_F1 && key.key() <= Qt::Key_F35;
    if (isFunctionKey) return isTable && key.key() == Qt::Key_F2; // edits the cell
    if ((modifiers & ~Qt::ShiftModifier) == 0) return true;
    if (modifiers == (Qt::ControlModifier | Qt::AltModifier) && !key.text().isEmpty() && key.text()[0].isPrint())
        return true; // AltGr of some keyboards
    if (isText && !(modifiers & Qt::AltModifier)) {
        switch (key.key()) {
        case Qt::Key_Left:
        case Qt::Key_Right:
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_Home:
        case Qt::Key_End:
        case Qt::Key_Backspace:
        case Qt::Key_Delete: return true;
        default: break;
        }
    }
    return key.matches(QKeySequence::SelectAll) || key.matches(QKeySequence::Copy) ||
           key.matches(QKeySequence::Cut) || key.matches(QKeySequence::Paste) || key.matches(QKeySequence::Undo) ||
           key.matches(QKeySequence::Redo);
}

TextKeys::TextKeys(QWidget* root, std::function<void(bool)> undo)
    : QObject(root), m_root(root), m_undo(std::move(undo))
{
    qApp->installEventFilter(this);
}

bool TextKeys::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress) return false;
    const auto* widget = qobject_cast<QWidget*>(watched);
    if (widget == nullptr || !m_root->isAncestorOf(widget)) return false;
    const auto& key = *static_cast<QKeyEvent*>(event);
    if (event->type() == QEvent::ShortcutOverride) {
        if (!isTextKey(*widget, key)) return false;
        event->accept();
        return true;
    }
    // A line that is being typed takes back its own letters; all else is a change of the text.
    const bool isUndo = key.matches(QKeySequence::Undo);
    const bool isRedo = key.matches(QKeySequence::Redo) ||
                        (key.key() == Qt::Key_Y && key.modifiers() == Qt::ControlModifier);
    if ((!isUndo && !isRedo) || qobject_cast<const QPlainTextEdit*>(widget)) return false;
    if (const auto* line = qobject_cast<const QLineEdit*>(widget);
        line != nullptr && (isUndo ? line->isUndoAvailable() : line->isRedoAvailable()))
        return false;
    m_undo(isRedo);
    return true;
}

} // namespace jiffy::ui

#include "moc_text_keys.cpp"
