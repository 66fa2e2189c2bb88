// SPDX-License-Identifier: GPL-3.0-or-later
// The sentence of a position: what just happened, and why, with the numbers that decided. One sentence serves
// the dock, the status line, captions of exports and the accessible name. Made from (kind, site) of the
// record and the world behind it; nothing is looked up that the log does not say. All texts are translatable,
// context "Narration".
#pragma once

#include "core/event/log.h"
#include "core/history/position.h"
#include "core/run/snapshot.h"
#include "core/world/world.h"
#include "ui/wheel/effects.h"

#include <QString>

#include <vector>

namespace jiffy::ui
{

/// A piece of a sentence, painted in one style.
struct Span
{
    QString text;
    bool isMono = false; ///< a name, a slot, a number that decided
    int level = -1;      ///< hue of that level; -1: the colour of the text around it
    bool operator==(const Span&) const = default;
};

using RichText = std::vector<Span>;
QString plainText(const RichText& text);

struct Sentence
{
    RichText what;   ///< the headline
    RichText why;    ///< may be empty
    QString counter; ///< "cascade 5 of 9"; empty where nothing is counted

    QString plain() const; ///< headline and reason in one line
};

/// What a sentence is made from. Values and references; nothing is kept.
struct Told
{
    const core::World& world; ///< at the position
    const core::Inputs& inputs;
    const Turn& turn; ///< at the position
    const core::LogView* log = nullptr; ///< of the run, for what came earlier; null: it is left out
    std::uint64_t event = 0;            ///< of the record in it
};

/// The sentence for a position of a run.
Sentence narrate(const core::World& worldThere, const core::Inputs& inputs, const core::Snapshot& run,
                 core::Position at);

/// The sentence for one record; `told.world` is the world after it. Total: every (kind, site) has one.
Sentence narrateRecord(const core::Record& r, const Told& told);

} // namespace jiffy::ui
