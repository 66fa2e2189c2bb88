// SPDX-License-Identifier: GPL-3.0-or-later
// The dialogs behind F2 and Ins: what is typed is tried at once, Enter does it, Esc leaves everything as it is. They
// work on the session's playhead; one that is open stands in the way of moving it. GUI thread.
#pragma once

#include "ui/session/session.h"
#include "ui/theme/theme_provider.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;

namespace jiffy::ui
{

class PreviewCard;

/// A form above, a preview below.
class WhatIfDialog : public QDialog
{
    Q_OBJECT

  public:
    PreviewCard& preview() { return *m_preview; }

  protected:
    WhatIfDialog(Session& session, const ThemeProvider& theme, QWidget* parent);

    /// The call as typed, or the sentence that says why not.
    virtual core::Intervention typed(QString& error) const = 0;
    /// Pixels, at text size 100 %, that the preview needs at most.
    virtual double previewHeight() const { return 300; }
    /// Tries what is typed.
    void update();
    void accept() override;
    QLineEdit* addExpiry(const QString& label, const QString& text);
    /// Fonts of everything that was added; call it last.
    void finish(const QString& verb);

    Session& m_session;
    const ThemeProvider& m_theme;
    QFormLayout* m_form;

  private:
    void applyTheme();

    PreviewCard* m_preview;
    QDialogButtonBox* m_buttons;
};

class MoveDialog : public WhatIfDialog
{
    Q_OBJECT

  public:
    MoveDialog(Session& session, const ThemeProvider& theme, core::TimerId timer, int cpu, QWidget* parent);

  protected:
    core::Intervention typed(QString& error) const override;

  private:
    core::TimerId m_timer;
    int m_cpu;
    QLineEdit* m_expiry;
    QCheckBox* m_isReduce; ///< 6.1 only
};

class AddDialog : public WhatIfDialog
{
    Q_OBJECT

  public:
    /// expiry: as typed, to begin with.
    AddDialog(Session& session, const ThemeProvider& theme, int cpu, const QString& expiry, bool isDeferrable, QWidget* parent);

  protected:
    core::Intervention typed(QString& error) const override;

  private:
    QLineEdit* m_name;
    QLineEdit* m_expiry;
    QComboBox* m_cpu;
    QCheckBox* m_isOn;
    QLineEdit* m_slack;      ///< 3.9 only
    QCheckBox* m_deferrable; ///< wheels only
    QCheckBox* m_pinned;     ///< 6.1 only
};

/// Asks for the name of a new branch.
class ForkDialog : public QDialog
{
    Q_OBJECT

  public:
    ForkDialog(Session& session, const ThemeProvider& theme, QWidget* parent);

  protected:
    void accept() override;

  private:
    Session& m_session;
    QString m_suggested;
    QLineEdit* m_name;
};

} // namespace jiffy::ui
