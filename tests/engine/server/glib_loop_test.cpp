// The engine in a loop of GLib's, which knows nothing of it but its descriptor.
#include "support/raw_client.h"

#include "jackfield/engine.h"

#include <QTest>

#include <functional>
#include <glib-unix.h>

using namespace jackfield;
using namespace jackfield::test;

namespace {

gboolean serve(gint, GIOCondition, gpointer data)
{
    auto& engine = *static_cast<Engine*>(data);
    return engine.poll(milliseconds(0)) ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

gboolean note(gpointer data)
{
    *static_cast<bool*>(data) = true;
    return G_SOURCE_REMOVE;
}

} // namespace

class GlibLoopTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void engine_is_a_source_of_the_loop()
    {
        EngineConfig config;
        config.listeners = default_listeners(0);
        config.listeners.pop_back();
        config.endpoints = {default_endpoint()};
        config.limits.handshake_timeout = milliseconds(300);
        auto created = Engine::create(config);
        QVERIFY(created);
        Engine& engine = **created;
        EventBatch batch;
        QVERIFY(engine.take_events(batch));
        const SocketAddress address = std::get<event::Listening>(batch.events.at(0).what).address;

        GMainContext* const context = g_main_context_new();
        GSource* const source = g_unix_fd_source_new(engine.pollable_descriptor(), G_IO_IN);
        // The cast that g_source_set_callback of a descriptor's source asks for.
        g_source_set_callback(
            source, reinterpret_cast<GSourceFunc>(reinterpret_cast<void (*)()>(&serve)), &engine, nullptr);
        g_source_attach(source, context);
        bool is_late = false;
        GSource* const limit = g_timeout_source_new(static_cast<guint>(RawClient::patience.count()));
        g_source_set_callback(limit, &note, &is_late, nullptr);
        g_source_attach(limit, context);
        const auto run_until = [&](const std::function<bool()>& holds) {
            while (!holds() && !is_late)
                g_main_context_iteration(context, TRUE); // sleeps until the descriptor is readable
            return holds();
        };

        RawClient client(address);
        client.send(good_handshake(address.port()));
        QVERIFY(run_until([&] { return !client.is_quiet(); }));
        QVERIFY(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 101 "));
        client.send_text("one loop");
        QVERIFY(run_until([&] { return !client.is_quiet(); }));
        QCOMPARE(client.read_message(), std::string("one loop"));

        RawClient silent(address); // its time-out comes through the descriptor, too
        QVERIFY(run_until([&] { return !silent.is_quiet(); }));
        QVERIFY(silent.read_until("\r\n\r\n").starts_with("HTTP/1.1 408 "));

        g_source_destroy(source);
        g_source_unref(source);
        g_source_destroy(limit);
        g_source_unref(limit);
        g_main_context_unref(context);
    }
};

QTEST_GUILESS_MAIN(GlibLoopTest)
#include "glib_loop_test.moc"
