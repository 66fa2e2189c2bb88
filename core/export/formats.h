// SPDX-License-Identifier: GPL-3.0-or-later
// The writers that registry.cpp lists. Each is described where it is defined.
#pragma once

#include "core/export/exporter.h"

namespace jiffy::core
{

void writeCsv(const Inputs& inputs, const Snapshot& run, FileSink& sink, const Progress& progress);
void writeJsonLines(const Inputs& inputs, const Snapshot& run, FileSink& sink, const Progress& progress);
void writeChromeTrace(const Inputs& inputs, const Snapshot& run, FileSink& sink, const Progress& progress);
void writeLogicalChromeTrace(const Inputs& inputs, const Snapshot& run, FileSink& sink, const Progress& progress);
void writeVector(const Inputs& inputs, const Snapshot& run, FileSink& sink, const Progress& progress);

} // namespace jiffy::core
