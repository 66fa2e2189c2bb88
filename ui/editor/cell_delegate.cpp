// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/cell_delegate.h"

#include "ui/editor/row_model.h"

#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPainter>
#include <QSpinBox>

namespace jiffy::ui
{

QWidget* CellDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& i) const
{
    const auto name = i.model()->headerData(i.column(), Qt::Horizontal, Qt::DisplayRole).toString();
    if (const auto choices = i.data(ChoicesRole).toStringList(); !choices.isEmpty()) {
        auto* box = new QComboBox(parent);
        box->addItems(choices);
        box->setFont(option.font);
        box->setAccessibleName(name);
        // A list of timers may be long, and a name may be meant that is not there yet.
        box->setEditable(!choices.contains(QStringLiteral("mod_timer")) && !choices.contains(QStringLiteral("add_work")));
        box->setInsertPolicy(QComboBox::NoInsert);
        connect(box, &QComboBox::activated, this, [this, box] {
            auto* self = const_cast<CellDelegate*>(this);
            Q_EMIT self->commitData(box);
            Q_EMIT self->closeEditor(box);
        });
        return box;
    }
    if (const auto range = i.data(NumberRangeRole); range.isValid()) {
        auto* box = new QSpinBox(parent);
        box->setRange(range.toPoint().x(), range.toPoint().y());
        box->setFrame(false);
        box->setFont(option.font);
        box->setAccessibleName(name);
        return box;
    }
    auto* line = new QLineEdit(parent);
    line->setFrame(false);
    line->setFont(option.font);
    line->setAccessibleName(name);
    return line;
}

void CellDelegate::setEditorData(QWidget* editor, const QModelIndex& i) const
{
    const auto text = i.data(Qt::EditRole).toString();
    if (auto* box = qobject_cast<QComboBox*>(editor)) {
        box->setCurrentIndex(box->findText(text));
        if (box->isEditable()) box->setEditText(text);
    } else if (auto* number = qobject_cast<QSpinBox*>(editor)) {
        number->setValue(text.toInt());
    } else if (auto* line = qobject_cast<QLineEdit*>(editor)) {
        line->setText(text);
    }
}

void CellDelegate::setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& i) const
{
    if (auto* box = qobject_cast<QComboBox*>(editor)) {
        model->setData(i, box->currentText(), Qt::EditRole);
    } else if (auto* number = qobject_cast<QSpinBox*>(editor)) {
        number->interpretText();
        model->setData(i, number->value(), Qt::EditRole);
    } else if (const auto* line = qobject_cast<QLineEdit*>(editor)) {
        model->setData(i, line->text(), Qt::EditRole);
    }
}

/// The style's own box cannot be seen on a dark canvas. This one stands in the same place, where the click is heard.
void CellDelegate::paintCheck(QPainter& p, const QStyleOptionViewItem& option, const QModelIndex& i, bool isOn) const
{
    QStyleOptionViewItem o(option);
    initStyleOption(&o, i);
    const auto* style = o.widget != nullptr ? o.widget->style() : QApplication::style();
    const QRectF box = style->subElementRect(QStyle::SE_ItemViewItemCheckIndicator, &o, o.widget);
    o.features &= ~QStyleOptionViewItem::HasCheckIndicator;
    style->drawControl(QStyle::CE_ItemViewItem, &o, &p, o.widget);
    const auto& t = m_theme.theme();
    const bool isSelected = (option.state & QStyle::State_Selected) != 0;
    const auto side = std::min(box.width(), box.height());
    const QRectF square(box.center() - QPointF(side / 2, side / 2), QSizeF(side, side));
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(QPen(isSelected ? t.inv : t.ink3, 1.2));
    p.setBrush(Qt::NoBrush);
    p.drawRoundedRect(square.adjusted(.6, .6, -.6, -.6), 3, 3);
    if (isOn) {
        p.setPen(QPen(isSelected ? t.inv : t.ink, side / 7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        p.drawPolyline(QPolygonF({square.topLeft() + QPointF(.25, .52) * side, square.topLeft() + QPointF(.43, .7) * side,
                                  square.topLeft() + QPointF(.76, .3) * side}));
    }
    p.restore();
}

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& i) const
{
    const bool isFaulty = !i.data(FaultRole).toString().isEmpty();
    const auto& t = m_theme.theme();
    if (isFaulty && !(option.state & QStyle::State_Selected)) painter->fillRect(option.rect, t.lateBg);
    const auto check = i.data(Qt::CheckStateRole);
    if (check.isValid()) paintCheck(*painter, option, i, check.toInt() == Qt::Checked);
    else QStyledItemDelegate::paint(painter, option, i);
    if (!isFaulty) return;
    const auto s = m_theme.look().px(8);
    const QRectF r = option.rect;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(t.late);
    painter->drawPolygon(QPolygonF({r.topRight() - QPointF(s, 0), r.topRight(), r.topRight() + QPointF(0, s)}));
    painter->restore();
}

} // namespace jiffy::ui

#include "moc_cell_delegate.cpp"
