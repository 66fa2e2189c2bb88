// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/kernel/kernel_documents.h"

#include "core/base/random.h"
#include "core/scenario/reader.h"
#include "core/timers/registry.h"

#include <gtest/gtest.h>

namespace jiffy::tests
{

const std::vector<std::string>& kernelDocuments()
{
    static const std::vector<std::string> all = [] {
        std::vector<std::string> documents = {
            R"("machine":{"hz":1000,"jiffies":1000,"interrupts":true},"items":[{"name":"A","slack":0}],
"actions":[{"at":"+0","cpu":0,"do":"add_timer","timer":"A","expires":"1003"}])",
            R"("machine":{"hz":1000,"jiffies":1000,"nohz":true,"cpus":4,"idle":[2,3]},
"items":[{"name":"N","slack":0},{"name":"D","slack":0,"deferrable":true},{"name":"E","slack":0}],
"actions":[{"at":"+0","cpu":2,"do":"add_timer","timer":"N","expires":"1500"},{"at":"+0","cpu":2,"do":"add_timer","timer":"D","expires":"1100"},
{"at":"+200","cpu":0,"do":"add_timer_on","timer":"E","target":3,"expires":"1300"},{"at":"+600","cpu":0,"do":"idle"},{"at":"+650","cpu":0,"do":"busy"}])",
            R"("machine":{"hz":1000,"jiffies":1000,"nohz":true,"idle":[0]},"items":[{"name":"N","slack":0},{"name":"E","slack":0}],
"actions":[{"at":"+0","cpu":0,"do":"add_timer","timer":"N","expires":"1500"},
{"at":"+400","cpu":0,"do":"interrupt","name":"disk","does":[{"do":"burn","for":"2 jiffies"},{"do":"add_timer","timer":"E","by":"+10"}]}])",
            R"("machine":{"hz":1000,"jiffies":1000,"cpus":2},"items":[{"name":"A","slack":0,"on":[{"do":"burn","for":"3 jiffies"}]}],
"actions":[{"at":"+0","cpu":1,"do":"add_timer","timer":"A","expires":"1010"},{"at":"+11","cpu":0,"do":"del_timer_sync","timer":"A"},
{"at":"+11","cpu":0,"do":"kfree","timer":"A"}])",
            R"("machine":{"hz":1000,"jiffies":1000,"cpus":2},"items":[{"name":"A","slack":0,"on":[{"do":"burn","for":"3 jiffies"},{"do":"rearm","by":"+5"}]}],
"actions":[{"at":"+0","cpu":1,"do":"add_timer","timer":"A","expires":"1010"},{"at":"+11","cpu":0,"do":"del_timer","timer":"A"},
{"at":"+11","cpu":0,"do":"kfree","timer":"A"}])",
            R"("machine":{"hz":1000,"jiffies":1000,"cpus":2},
"items":[{"name":"A","slack":0,"on":[{"do":"spin_lock","lock":"L"},{"do":"spin_unlock","lock":"L"}]}],
"actions":[{"at":"+0","cpu":1,"do":"add_timer","timer":"A","expires":"1010"},{"at":"+9","cpu":0,"do":"spin_lock","lock":"L"},
{"at":"+11","cpu":0,"do":"del_timer_sync","timer":"A"},{"at":"+11","cpu":0,"do":"spin_unlock","lock":"L"}])",
            R"("machine":{"hz":1000,"jiffies":1000,"cpus":2},
"items":[{"name":"A","slack":0,"on":[{"do":"spin_lock","lock":"L"},{"do":"burn","for":"1 jiffies"},{"do":"spin_unlock","lock":"L"},{"do":"msleep","ms":5}]}],
"actions":[{"at":"+0","cpu":1,"do":"add_timer","timer":"A","expires":"1010"},{"at":"+8","cpu":0,"do":"spin_lock","lock":"L"},
{"at":"+12","cpu":0,"do":"spin_unlock","lock":"L"}])",
            R"("machine":{"hz":100,"jiffies":1000,"cpus":1,"nohz":true,"idle":[0]},
"processes":[{"name":"P","at":"5ms","does":[{"do":"msleep","ms":5}]},{"name":"Q","at":"5ms","does":[{"do":"burn","for":"2ms"},{"do":"msleep_interruptible","ms":500}]}],
"actions":[{"at":"+20","do":"send_sig","process":"Q"}])",
            R"("machine":{"hz":100,"jiffies":1000,"cpus":2,"nohz":true,"idle":[0,1],"slice":1},
"processes":[{"name":"P","at":"5ms","does":[{"do":"burn","for":"30ms"},{"do":"msleep_interruptible","ms":200}]},
{"name":"Q","at":"5ms","does":[{"do":"burn","for":"30ms"},{"do":"wake_up_process","process":"R"}]},
{"name":"R","at":"0ms","cpu":1,"does":[{"do":"msleep","ms":400},{"do":"send_sig","process":"P"}]}])",
            R"("machine":{"hz":1000,"jiffies":1000,"interrupts":true},"items":[{"name":"A","slack":0,"on":[{"do":"del_timer_sync","timer":"A"}]}],
"actions":[{"at":"+0","cpu":0,"do":"add_timer","timer":"A","expires":"1010"}])",
        };
        return documents;
    }();
    return all;
}

std::string randomKernelDocument(std::uint64_t seed)
{
    core::Random random{seed * 977 + 13};
    const auto pick = [&](std::uint64_t from, std::uint64_t to) { return std::to_string(random.between(from, to)); };
    const auto cpus = random.between(1, 3);
    const auto timers = random.between(1, 4);
    const auto processes = random.between(0, 2);
    const auto timer = [&] { return "\"T" + pick(0, timers - 1) + "\""; };
    const auto step = [&](bool isProcess) -> std::string {
        switch (random.between(0, isProcess ? 7 : 5)) {
        case 0: return R"({"do":"burn","for":")" + pick(1, 2500) + R"(us"})";
        case 1: return R"({"do":"add","timer":)" + timer() + R"(,"by":"+)" + pick(0, 400) + R"("})";
        case 2: return R"({"do":"del_timer_sync","timer":)" + timer() + "}";
        case 3: return R"({"do":"del","timer":)" + timer() + "}";
        case 4: return R"({"do":"spin_lock","lock":"L"},{"do":"burn","for":"300us"},{"do":"spin_unlock","lock":"L"})";
        case 5: return R"({"do":"msleep","ms":)" + pick(0, 30) + "}"; // in a handler it is refused
        case 6: return R"({"do":"msleep_interruptible","ms":)" + pick(0, 90) + "}";
        default: return R"({"do":"burn","for":"300us"})";
        }
    };
    const auto steps = [&](bool isProcess) {
        std::string text = "[";
        const auto count = random.between(isProcess ? 1 : 0, 3);
        for (std::uint64_t i = 0; i < count; ++i) text += (i == 0 ? "" : ",") + step(isProcess);
        return text + "]";
    };
    std::string text = R"("machine":{"interrupts":true,"hz":1000,"jiffies":)" + pick(0, 3000) + R"(,"cpus":)" + std::to_string(cpus);
    if (random.between(0, 1) != 0) text += R"(,"nohz":true,"idle":[)" + pick(0, cpus - 1) + "]";
    text += R"(},"until":"+300","items":[)";
    for (std::uint64_t i = 0; i < timers; ++i)
        text += (i == 0 ? "" : ",") + (R"({"name":"T)" + std::to_string(i)) + R"(","slack":0)" + (random.between(0, 3) == 0 ? R"(,"deferrable":true)" : "") + R"(,"on":)" + steps(false) + "}";
    text += "]";
    if (processes != 0) {
        text += R"(,"processes":[)";
        for (std::uint64_t i = 0; i < processes; ++i)
            text += (i == 0 ? "" : ",") + (R"({"name":"P)" + std::to_string(i)) + R"(","at":")" + pick(0, 40) + R"(ms","cpu":)" + pick(0, cpus - 1) + R"(,"repeat":)" + pick(1, 4) + R"(,"does":)" + steps(true) + "}";
        text += "]";
    }
    text += R"(,"actions":[)";
    std::uint64_t at = 0;
    const auto actions = random.between(1, 14);
    for (std::uint64_t i = 0; i < actions; ++i) {
        at += random.between(0, 60);
        text += (i == 0 ? "" : ",") + (R"({"at":"+)" + std::to_string(at)) + R"(","cpu":)" + pick(0, cpus - 1);
        switch (random.between(0, 4)) {
        case 0: text += R"(,"do":"interrupt","name":"disk","does":[{"do":"add","timer":)" + timer() + R"(,"by":"+)" + pick(0, 300) + R"("}]})"; break;
        case 1: text += R"(,"do":"del_timer_sync","timer":)" + timer() + "}"; break;
        default: text += R"(,"do":"mod_timer","timer":)" + timer() + R"(,"expires":"+)" + pick(0, 500) + R"("})"; break;
        }
    }
    return text + "]";
}

core::InputsPtr kernelInputs(const std::string& document, const char* timers)
{
    auto inputs = core::readScenario(R"({"format":"jiffyscope-scenario","version":1,"title":"t",)" + document + "}", "t.json");
    EXPECT_TRUE(inputs.has_value()) << (inputs ? std::string() : core::toText(inputs.error().front())) << document;
    if (!inputs) return std::make_shared<const core::Inputs>();
    return core::inputsOn(*inputs, *core::timersNamed(timers));
}

} // namespace jiffy::tests
