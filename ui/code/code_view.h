// SPDX-License-Identifier: GPL-3.0-or-later
// Code in step, as a view of the window. At the rung `line` it shows the line that was done last, at coarser ones the
// line in which the last event changed the state. GUI thread.
#pragma once

#include "core/history/code.h"
#include "ui/view/view.h"

#include <optional>
#include <vector>

namespace jiffy::ui
{

class CodeModel;
class CodePanel;

/// A line at which runs stop, if it is on.
struct LineBreak
{
    core::Line line = core::Line::Note;
    bool isOn = true;
};

class CodeView : public View
{
    Q_OBJECT

  public:
    CodeView(const Desk& desk, QWidget* parent);
    ~CodeView() override;

    CodePanel& panel() { return *m_panel; }
    void setBreaks(std::vector<LineBreak> breaks);
    /// The next moment is reached by a line: it is told by that line, whatever the rung.
    void tellLine() { m_tellsLine = true; }
    /// A widget below the listing. The view takes it.
    void setFooter(QWidget* footer);
    /// What is shown now; none before the run has begun.
    const std::optional<core::CodeThere>& code() const { return m_code; }

    void reset(const core::InputsPtr& inputs, const core::Snapshot& run) override;
    void showMoment(const Moment& moment) override;
    void paintView(QPainter& painter, const QRectF& box, bool isVector) override;
    QAbstractItemModel* table() override;

  Q_SIGNALS:
    void lineChosen(jiffy::core::Line line, bool forward);
    void breakToggled(jiffy::core::Line line);

  protected:
    void showEvent(QShowEvent* event) override;

  private:
    void refresh();
    void repaintPicture();

    const Desk m_desk;
    CodePanel* m_panel;
    CodeModel* m_model;
    std::optional<core::CodeThere> m_code;
    std::vector<core::CodeThere> m_stuck; ///< at a deadlock: each CPU's
    std::size_t m_frame = 0; ///< shown, of the stack
    bool m_isFrameChosen = false;
    std::vector<LineBreak> m_breaks;
    bool m_tellsLine = false;
    core::Grain m_grain = core::Grain::Record;
    bool m_isStale = false; ///< the playhead moved while nobody looked
};

} // namespace jiffy::ui
