#pragma once

#include "tests/support/fake_engine_port.h"
#include "ui/models/message_store.h"

namespace jackfield::test {

/// A store of messages that a fake engine port feeds.
struct MessageFixture {
    MessageFixture()
    {
        QObject::connect(&port, &ui::EnginePort::stateTaken, &connections, &ui::ConnectionStore::apply);
        QObject::connect(&port, &ui::EnginePort::trafficTaken, &store, &ui::MessageStore::apply);
    }
    FakeEnginePort port;
    ui::ConnectionStore connections;
    ui::MessageStore store{connections};
};

} // namespace jackfield::test
