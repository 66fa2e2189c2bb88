// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/keys_dialog.h"

#include "ui/window/actions.h"

#include <QCoreApplication>
#include <QDialog>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace jiffy::ui
{

namespace
{

struct Row
{
    QString keys, what;
};

std::vector<Row> rows()
{
    std::vector<Row> result;
    for (const auto& spec : actionTable()) {
        QStringList keys;
        for (const auto& k : Actions::keys(spec)) keys.append(k.toString(QKeySequence::NativeText));
        if (!keys.isEmpty()) result.push_back({keys.join(QStringLiteral("  ")), Actions::tip(spec)});
    }
    const auto say = [](const char* text) { return QCoreApplication::translate("Keys", text); };
    result.push_back({QStringLiteral("Alt+1 … Alt+9"), say(QT_TRANSLATE_NOOP("Keys", "Show another CPU's wheel"))});
    result.push_back({say(QT_TRANSLATE_NOOP("Keys", "Wheel")),
                      say(QT_TRANSLATE_NOOP("Keys", "On the timeline: zoom at the pointer; with Shift: pan"))});
    return result;
}

} // namespace

void showKeys(QWidget* parent, const Look& look)
{
    QDialog dialog(parent);
    dialog.setWindowTitle(QCoreApplication::translate("Keys", "Keys"));
    auto* list = new QWidget;
    auto* grid = new QGridLayout(list);
    grid->setHorizontalSpacing(static_cast<int>(look.px(24)));
    grid->setVerticalSpacing(static_cast<int>(look.px(6)));
    int line = 0;
    for (const auto& row : rows()) {
        auto* keys = new QLabel(row.keys);
        keys->setTextFormat(Qt::PlainText);
        keys->setFont(look.numbers(13));
        auto* what = new QLabel(row.what);
        what->setTextFormat(Qt::PlainText);
        what->setFont(look.words(13));
        grid->addWidget(keys, line, 0);
        grid->addWidget(what, line++, 1);
    }
    grid->setColumnStretch(1, 1);
    auto* area = new QScrollArea;
    area->setWidget(list);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    auto* layout = new QVBoxLayout(&dialog);
    layout->addWidget(area);
    const auto wanted = list->sizeHint() + QSize(area->verticalScrollBar()->sizeHint().width() + 24, 24);
    dialog.resize(wanted.boundedTo(parent->size() * 9 / 10));
    dialog.exec();
}

} // namespace jiffy::ui
