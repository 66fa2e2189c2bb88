// SPDX-License-Identifier: GPL-3.0-or-later
// Small lists of a document about tgtd as one line of a form: what a work func does, the files, what things
// cost, what fails. Pure. The readers give nothing, and why in `fault`, if a text is not spelt so.
#pragma once

#include "core/scenario/scenario.h"

#include <QString>

#include <array>
#include <optional>

namespace jiffy::ui
{

/// "burn 100ms, rearm 1, add other 0, del other"
QString funcText(const std::vector<core::WorkStep>& steps);
std::optional<std::vector<core::WorkStep>> parseFunc(const QString& text, QString& fault);

/// "iSCSI login 9, slow disk 11"
QString filesText(const std::vector<core::WorkFile>& files);
std::optional<std::vector<core::WorkFile>> parseFiles(const QString& text, QString& fault);

/// "syscall 5us, func 40us"
QString costsText(const std::array<core::Spelling, 7>& costs);
std::optional<std::array<core::Spelling, 7>> parseCosts(const QString& text, QString& fault);

/// "pipe, write 3"
QString failuresText(const core::ScenarioDaemon& daemon);
bool parseFailures(const QString& text, core::ScenarioDaemon& daemon, QString& fault);

/// What an action says beside its work: seconds, a duration, a step, passes.
QString amountText(const core::WorkAction& action);
bool parseAmount(const QString& text, core::WorkAction& action, QString& fault);

} // namespace jiffy::ui
