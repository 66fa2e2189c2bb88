// SPDX-License-Identifier: GPL-3.0-or-later
// The scenario as text and as a form, side by side, and what is wrong with it below: two views of one text
// (ScenarioText), which this view owns and ScenarioSync keeps in step with the session.
#pragma once

#include "ui/editor/scenario_text.h"
#include "ui/view/view.h"

class QLabel;
class QListWidget;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace jiffy::ui
{

class FormPage;
class ScenarioForm;
class TextPane;
class WorkForm;

class ScenarioView : public View
{
    Q_OBJECT

  public:
    /// How the text and the picture stand to each other.
    enum class State
    {
        Same,    ///< the picture shows what is written
        Changed, ///< it is right, but not run yet
        Faulty,  ///< the picture shows the last state that was right
    };

    ScenarioView(const Desk& desk, QWidget* parent);

    void paintView(QPainter& painter, const QRectF& box, bool isVector) override;

    ScenarioText& text() { return m_text; }
    TextPane& pane() { return *m_pane; }
    ScenarioForm& form() { return *m_form; }
    WorkForm& workForm() { return *m_workForm; }
    bool hasFaults() const { return m_text.hasFaults(); }

    void setState(State state);
    State state() const { return m_state; }
    /// The name in the bar above the text.
    void setName(const QString& name);
    /// A sentence below the text, until the next change.
    void tell(const QString& sentence) { note(sentence); }
    /// Puts the cursor on the first fault, with the keyboard.
    void jumpToFault();

  Q_SIGNALS:
    void runWanted();
    void saveAsWanted();
    void faultsChanged(bool hasFaults);

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void build();
    void fitFaults();
    void fitForms();
    void showText();
    void showForm();
    void showFaults();
    void showState();
    void note(const QString& text);
    void jumpTo(int fault);
    void applyTheme();

    const Desk m_desk;
    const ThemeProvider& m_theme;
    ScenarioText m_text;
    QString m_name;
    State m_state = State::Same;
    QStackedWidget* m_pages;
    QWidget* m_bar;
    QLabel *m_title, *m_status;
    QPushButton* m_run;
    QSplitter* m_halves;
    TextPane* m_pane;
    QStackedWidget* m_forms; ///< one for each kind of document
    ScenarioForm* m_form;
    WorkForm* m_workForm;
    QLabel* m_note; ///< why an entry was not taken
    QListWidget* m_faults;
    QWidget* m_empty;
    QLabel *m_whyTitle, *m_why;
    QPushButton* m_saveAs;
};

} // namespace jiffy::ui
