// SPDX-License-Identifier: GPL-3.0-or-later
// What a timer's callback does, in one line of a table: "rearm +10, add tcp_rto +5, del lease, try_del dns_ttl".
// Pure.
#pragma once

#include "core/scenario/scenario.h"

#include <QString>

#include <optional>

namespace jiffy::ui
{

QString callbackText(const std::vector<core::ScenarioStep>& steps);

/// Nothing, and why in `fault`, if it is not spelt so.
std::optional<std::vector<core::ScenarioStep>> parseCallback(const QString& text, QString& fault);

} // namespace jiffy::ui
