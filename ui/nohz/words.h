// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the tickless view.
#pragma once

#include "ui/nohz/scene.h"

#include <QStringList>

namespace jiffy::ui
{

/// What a CPU is doing, in two words; sleeps: how many have begun.
QString cpuCaption(const core::World& world, const core::Inputs& inputs, int cpu, std::size_t sleeps);
QString wokenByText(core::WokenBy by);
/// Of a sleep that the playhead stands in, behind, or before.
enum class SleepIs
{
    Now,
    Over,
    Ahead
};
/// What stands in the void of a sleep, from long to short.
QStringList voidTexts(std::uint64_t saved, SleepIs when);
/// The two lines that head what is opened.
QString openedTitle(const NohzScene& scene);
QString openedText(const NohzScene& scene);
/// Instead of a catch-up, where there is none: what will open it, or which CPUs have one.
QString nothingOpened(const NohzScene& scene);

struct Price
{
    enum class Kind
    {
        Saved,
        Cost,
        Plain
    };
    QString text;
    std::uint64_t value = 0;
    Kind kind = Kind::Plain;
};
QString pricesTitle(const NohzScene& scene);
/// Of the catch-up in sight; without one, of the sleep so far; none of a CPU that has never slept.
std::vector<Price> pricesOf(const NohzScene& scene);
/// Where there are no prices, and what another wheel does instead; may be empty.
QString pricesNote(const NohzScene& scene);

/// The words at the wheel's two hands, the number in the middle and what stands below it.
QString handText(const NohzScene& scene);
QString jiffiesHandText(const NohzScene& scene);
QString behindText(const NohzScene& scene);

/// The whole scene in a few sentences, for those who cannot see it.
QString sceneText(const NohzScene& scene);

} // namespace jiffy::ui
