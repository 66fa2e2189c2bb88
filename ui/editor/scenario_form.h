// SPDX-License-Identifier: GPL-3.0-or-later
// The scenario as a form: what it is called, the machine, its timers and the table of actions. A view of the text
// (ScenarioText) like the text pane beside it: what is changed here is changed there, within its comments.
#pragma once

#include "ui/editor/row_model.h"
#include "ui/theme/theme_provider.h"

#include <QScrollArea>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QTabBar;
class QTableView;

namespace jiffy::ui
{

class ActionModel;
class TimerModel;

class ScenarioForm : public QScrollArea
{
    Q_OBJECT

  public:
    ScenarioForm(ScenarioText& text, const ThemeProvider& theme, QWidget* parent);

    QTableView& actions() const { return *m_actions; }
    QTableView& timers() const { return *m_timers; }
    ActionModel& actionModel() const { return *m_actionModel; }
    TimerModel& timerModel() const { return *m_timerModel; }
    /// Brings the table of that part of the document to the front, and its cell.
    void showPlace(const core::DocumentPlace& place);

  Q_SIGNALS:
    /// The reader's words about what was entered and not taken; empty: the last entry was taken.
    void refused(const QString& why);
    /// The user went to a row; where it stands in the text, in bytes.
    void rowChosen(qulonglong offset);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void build();
    QWidget* labelled(const QString& label, QWidget* field, const char* key, const char* part);
    QLineEdit* line(const char* part, const char* key, const QString& tip,
                    std::function<void(core::Scenario&, const std::string&)> set);
    QTableView* table(RowModelBase* model, const QString& name);
    void show(const core::Scenario& s);
    void showFaults();
    void showAll();
    void put(const std::function<void(core::Scenario&)>& change);
    void applyTheme();
    QTableView* current() const;
    RowModelBase* currentModel() const;
    void addRow();
    void duplicateRow();
    void removeRows();
    void updateButtons();
    void fitColumns();

    ScenarioText& m_text;
    const ThemeProvider& m_theme;
    QLineEdit *m_title, *m_watch, *m_jiffies, *m_until, *m_opening;
    QSpinBox* m_cpus;
    QComboBox *m_bits, *m_hz, *m_small;
    struct FieldPlace
    {
        QWidget* field;
        QLabel* label;
        std::string part, key;
        QString tip;
    };
    std::vector<FieldPlace> m_fields;
    ActionModel* m_actionModel;
    TimerModel* m_timerModel;
    QTableView *m_actions, *m_timers;
    QTabBar* m_tabs;
    QStackedWidget* m_tables;
    QPushButton *m_add, *m_duplicate, *m_remove;
    QLabel* m_rest; ///< what the text says that the form does not show
    bool m_isShowing = false; ///< fields are being filled, not changed
};

} // namespace jiffy::ui
