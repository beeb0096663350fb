// The detail of one message with payloads made to stall it (GU-07): each is shown, drawn, and its JSON waited
// for, with each of the tabs. Prints the longest turn of the window's event loop, in CPU time of its thread.
//
// --check fails when a turn takes more than 50 ms.

#include "tests/bench/measure.h"
#include "tests/support/fake_engine_port.h"
#include "ui/models/connection_store.h"
#include "ui/models/message_store.h"
#include "ui/views/message_detail.h"

#include <QApplication>
#include <QTabWidget>

#include <chrono>
#include <cstring>
#include <string>
#include <vector>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;

namespace {

constexpr double longestTurn = 50; // milliseconds
constexpr auto whileJsonIsRead = std::chrono::milliseconds(400); // its limit is 100 ms of processor time

struct Hostile {
    const char* name;
    std::string payload;
};

std::string repeated(std::string_view piece, std::size_t times)
{
    std::string text;
    text.reserve(piece.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        text += piece;
    return text;
}

std::string array(std::size_t bytes)
{
    return "[1" + repeated(",1", bytes / 2 - 2) + "]";
}

std::vector<Hostile> hostile()
{
    std::vector<Hostile> all;
    const std::string small = R"({"type":"price","bid":101.5})";
    all.push_back({"the first message: fonts and styles", small});
    all.push_back({"16 MiB of line ends", std::string(std::size_t{16} << 20U, '\n')});
    all.push_back({"16 MiB in one line", std::string(std::size_t{16} << 20U, 'x')});
    all.push_back({"a million brackets", repeated("[", 1'000'000) + repeated("]", 1'000'000)});
    all.push_back({"200,000 levels in 1 MiB", repeated("[", 200'000) + repeated("]", 200'000)});
    all.push_back({"10 MB of JSON", array(10'000'000)});
    all.push_back({"1 MB of numbers", array(1'000'000)});
    std::string members = "{\"a\":1";
    for (int i = 0; i < 60'000; ++i)
        members += ",\"k" + std::to_string(i) + "\":" + std::to_string(i);
    all.push_back({"60,000 members", members + "}"});
    all.push_back({"one text of 1 MB", "[\"" + std::string(1'000'000, 'x') + "\"]"});
    all.push_back({"controls and marks", repeated("\x1B[2J\xE2\x80\xAE\xCC\x81", 100'000)});
    all.push_back({"small JSON", small});
    return all;
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const bool check = argc > 1 && std::strcmp(argv[1], "--check") == 0;
    FakeEnginePort port;
    ConnectionStore connections;
    MessageStore messages(connections);
    QObject::connect(&port, &EnginePort::stateTaken, &connections, &ConnectionStore::apply);
    QObject::connect(&port, &EnginePort::trafficTaken, &messages, &MessageStore::apply);
    const ConnectionId id = port.open(1);
    MessageDetail detail(messages);
    detail.resize(360, 600);
    detail.show();
    QCoreApplication::processEvents();
    auto* tabs = detail.findChild<QTabWidget*>(QStringLiteral("message_tabs"));
    double longest = 0;
    for (const Hostile& one : hostile()) {
        port.fromBrowser(id, one.payload);
        const quint64 sequence = messages.endSequence() - 1;
        bench::Turns turns;
        const auto turn = [&](auto act) {
            const double begun = bench::cpu_milliseconds();
            act();
            QCoreApplication::sendPostedEvents();
            QCoreApplication::processEvents();
            turns.add(bench::cpu_milliseconds() - begun);
        };
        turn([&] { detail.showMessage(sequence); });
        const auto end = std::chrono::steady_clock::now() + whileJsonIsRead;
        while (std::chrono::steady_clock::now() < end)
            turn([] {});
        for (int tab = 0; tab < tabs->count(); ++tab) {
            if (tabs->isTabEnabled(tab)) {
                turn([&] { tabs->setCurrentIndex(tab); });
                turn([&] { detail.repaint(); });
            }
        }
        turn([&] { detail.clear(); });
        turns.report(one.name);
        longest = std::max(longest, turns.longest());
    }
    bench::Bounds bounds;
    bounds.hold(longest <= longestTurn, "a turn of at most 50 ms");
    return check ? bounds.exit_status() : 0;
}
