// SPDX-License-Identifier: GPL-3.0-or-later
// Where runs stop: on a timer, a slot, a line, a kind of event. Each can be switched off and be bound to one CPU.
// GUI thread.
#pragma once

#include "core/history/search.h"
#include "core/scenario/inputs.h"

#include <QObject>
#include <QString>

#include <vector>

namespace jiffy::ui
{

struct Breakpoint
{
    core::Condition condition;
    bool isOn = true;
};

/// "dns_ttl", "tv2[5] of CPU 0", "append to the tail of that slot", "any timer fires".
QString conditionText(const core::Condition& condition, const core::Inputs& inputs);

class Breakpoints : public QObject
{
    Q_OBJECT

  public:
    using QObject::QObject;

    const std::vector<Breakpoint>& all() const { return m_all; }
    bool isEmpty() const { return m_all.empty(); }
    /// Those that are on, and (in `which`) their numbers.
    std::vector<core::Condition> active(std::vector<std::size_t>* which = nullptr) const;
    bool contains(const core::Condition& condition) const;

  public Q_SLOTS:
    /// Sets it, or takes it away if there is one of the same kind, whichever its CPU.
    void toggle(const jiffy::core::Condition& condition);
    void remove(std::size_t i);
    void setOn(std::size_t i, bool isOn);
    /// -1: any CPU.
    void setCpu(std::size_t i, int cpu);
    void clear();
    /// Another file: its timers and slots are others.
    void forgetIds();

  Q_SIGNALS:
    void changed();

  private:
    std::vector<Breakpoint> m_all;
};

} // namespace jiffy::ui
