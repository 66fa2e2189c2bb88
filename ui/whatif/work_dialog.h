// SPDX-License-Identifier: GPL-3.0-or-later
// What if, for tgtd: add work, keep the loop busy, step the wall clock at the playhead. What is typed is
// tried at once, on both schedulers; Enter does it, Esc leaves everything as it is. GUI thread.
#pragma once

#include "ui/session/session.h"
#include "ui/theme/theme_provider.h"

#include <QDialog>
#include <QTimer>

class QComboBox;
class QDialogButtonBox;
class QFormLayout;
class QLineEdit;

namespace jiffy::ui
{

class PreviewCard;

class WorkDialog : public QDialog
{
    Q_OBJECT

  public:
    /// what: AddWork, Burn or StepWall. item: chosen at first; may be none.
    WorkDialog(Session& session, const ThemeProvider& theme, core::Intervention::What what,
               core::TimerId item, QWidget* parent);

    /// The work item that is chosen; none where it is about none.
    core::TimerId item() const;
    PreviewCard& preview() { return *m_preview; }

  protected:
    void accept() override;

  private:
    core::Intervention typed(QString& error) const;
    void addItems(core::TimerId chosen);
    void addFiles();
    QLineEdit* addLine(const QString& label, const QString& text, const QString& hint);
    void applyTheme();
    void update();

    Session& m_session;
    const ThemeProvider& m_theme;
    core::Intervention::What m_what;
    QFormLayout* m_form;
    PreviewCard* m_preview;
    QDialogButtonBox* m_buttons;
    QComboBox *m_item = nullptr, *m_file = nullptr;
    QLineEdit* m_line = nullptr; ///< seconds, a duration or a step
    QTimer m_soon;               ///< trying costs a run: not at each letter of a fast hand
};

} // namespace jiffy::ui
