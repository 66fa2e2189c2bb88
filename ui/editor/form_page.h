// SPDX-License-Identifier: GPL-3.0-or-later
// What the forms of a scenario have in common: fields above, tables below, faults at each, and one text
// (ScenarioText) behind it all. What is changed here is changed there, within its comments. A form for each
// kind of document derives from this.
#pragma once

#include "ui/editor/row_model.h"
#include "ui/theme/theme_provider.h"

#include <QScrollArea>

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTabBar;
class QTableView;

namespace jiffy::ui
{

class FormPage : public QScrollArea
{
    Q_OBJECT

  public:
    /// Brings the table of that part of the document to the front, and its cell.
    void showPlace(const core::DocumentPlace& place);
    /// With which nothing has to be scrolled sideways.
    int wholeWidth() const;

  Q_SIGNALS:
    /// The reader's words about what was entered and not taken; empty: the last entry was taken.
    void refused(const QString& why);
    /// The user went to a row; where it stands in the text, in bytes.
    void rowChosen(qulonglong offset);

  protected:
    /// The prefix makes the names of its fields its own.
    FormPage(ScenarioText& text, const ThemeProvider& theme, const QString& prefix, QWidget* parent);

    // A constructor calls these, in this order.
    QWidget* labelled(const QString& label, QWidget* field, const char* key, const char* part);
    QLineEdit* line(const char* part, const char* key, const QString& tip,
                    std::function<void(core::Scenario&, const std::string&)> set);
    QComboBox* box(const char* part, const char* key, const QStringList& choices, const QString& tip);
    /// The part is the key of its list in the document.
    QTableView* addTable(RowModelBase* model, const QString& name, const char* part);
    /// The fields above the tables; shows what the text says.
    void begin(QGridLayout* fields);

    /// False: the document is of another kind.
    virtual bool suits(const core::Scenario& s) const = 0;
    virtual void fill(const core::Scenario& s) = 0;
    virtual core::Spot spotOf(const core::Scenario& s, const QTableView* table, std::size_t row) const = 0;
    virtual void fitColumns() = 0;
    /// What the text says that the form does not show.
    virtual QStringList restOf(const core::Scenario& s) const;

    void put(const std::function<void(core::Scenario&)>& change);
    /// Not under the user's hands.
    static void showIn(QLineEdit* edit, const QString& text);
    /// The width of so many digits in a cell.
    int letters(int n) const;
    bool isShowing() const { return m_isShowing; }
    bool eventFilter(QObject* watched, QEvent* event) override;

    ScenarioText& m_text;
    const ThemeProvider& m_theme;

  private:
    struct FieldPlace
    {
        QWidget* field;
        QLabel* label;
        std::string part, key;
        QString tip;
    };
    struct Table
    {
        QTableView* view;
        RowModelBase* model;
        QString name;
        std::string part;
    };

    QString nameOf(const char* part, const char* key) const;
    void showAll();
    void showDocument();
    void showFaults();
    void showFaultsOf(const FieldPlace& f);
    void applyTheme();
    const Table& current() const;
    bool isTable(const QObject* watched) const;
    void addRow();
    void duplicateRow();
    void removeRows();
    void updateButtons();

    const QString m_prefix;
    std::vector<FieldPlace> m_fields;
    std::vector<Table> m_tables;
    QTabBar* m_tabs;
    QStackedWidget* m_stack;
    QPushButton *m_add, *m_duplicate, *m_remove;
    QLabel* m_rest;
    bool m_isShowing = false; ///< fields are being filled, not changed
};

} // namespace jiffy::ui
