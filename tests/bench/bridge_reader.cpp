#include "tests/bench/bridge_reader.h"

#include "ui/bridge/engine_bridge.h"
#include "ui/models/connection_model.h"
#include "ui/models/connection_store.h"
#include "ui/models/message_model.h"
#include "ui/models/message_store.h"

#include <QCoreApplication>
#include <QMetaObject>

#include <thread>

namespace bench {

void with_bridge(jackfield::Engine& engine, const std::function<void()>& work)
{
    static int argc = 1;
    static char name[] = "echo_bench";
    static char* argv[] = {name, nullptr};
    const QCoreApplication application(argc, argv);

    jackfield::ui::EngineBridge bridge(engine);
    jackfield::ui::ConnectionStore connections;
    jackfield::ui::MessageStore messages(connections);
    const jackfield::ui::ConnectionModel connectionModel(connections, [&] { return bridge.clockNow(); });
    const jackfield::ui::MessageModel messageModel(messages);
    QObject::connect(&bridge, &jackfield::ui::EnginePort::stateTaken, &connections,
        &jackfield::ui::ConnectionStore::apply);
    QObject::connect(
        &bridge, &jackfield::ui::EnginePort::trafficTaken, &messages, &jackfield::ui::MessageStore::apply);

    std::thread worker([&] {
        work();
        QMetaObject::invokeMethod(
            QCoreApplication::instance(), &QCoreApplication::quit, Qt::QueuedConnection);
    });
    QCoreApplication::exec();
    worker.join();
}

} // namespace bench
