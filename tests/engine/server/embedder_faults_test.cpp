#include "jackfield/engine.h"
#include "jackfield/engine_thread.h"

#include <QTest>

#include <poll.h>
#include <stdexcept>

using namespace jackfield;

// What an embedder does wrong stays a value: nothing is thrown at it, and nothing grows without bound.

namespace {

EngineConfig config_with(std::string behaviour)
{
    EngineConfig config;
    config.listeners.clear();
    config.endpoints = {EndpointConfig{"/ws", {}, std::move(behaviour), false}};
    return config;
}

Ticket submit_anything(Engine& engine)
{
    return engine.submit(command::RequireOrigin{true});
}

std::vector<event::CommandFinished> outcomes_of(Engine& engine)
{
    std::vector<event::CommandFinished> outcomes;
    EventBatch batch;
    engine.take_events(batch);
    for (const Event& event : batch.events) {
        if (const auto* outcome = std::get_if<event::CommandFinished>(&event.what))
            outcomes.push_back(*outcome);
    }
    return outcomes;
}

bool is_readable(int descriptor)
{
    pollfd entry{descriptor, POLLIN, 0};
    return ::poll(&entry, 1, 0) == 1;
}

} // namespace

Q_DECLARE_METATYPE(jackfield::BehaviourFactory)

class EmbedderFaultsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_factory_that_fails_is_an_error_value_data();
    void a_factory_that_fails_is_an_error_value();
    void a_factory_without_memory_is_told_as_such();
    void commands_whose_outcomes_nobody_takes_are_refused();
    void a_command_that_is_refused_takes_no_place();
    void without_a_reader_of_events_commands_run_on();
    void an_engine_thread_ends_though_nobody_took_outcomes();
};

void EmbedderFaultsTest::a_factory_that_fails_is_an_error_value_data()
{
    QTest::addColumn<BehaviourFactory>("factory");
    QTest::addColumn<QString>("how");
    QTest::newRow("an exception")
        << BehaviourFactory([](const EndpointConfig&) -> std::unique_ptr<Behaviour> {
               throw std::runtime_error("no \x1b" "database");
           }) << "threw an exception (no \\x1b" "database)";
    QTest::newRow("something else")
        << BehaviourFactory([](const EndpointConfig&) -> std::unique_ptr<Behaviour> { throw 42; })
        << "threw an exception";
    QTest::newRow("null") << BehaviourFactory([](const EndpointConfig&) { return nullptr; }) << "made nothing";
    QTest::newRow("no factory") << BehaviourFactory() << "is empty";
}

void EmbedderFaultsTest::a_factory_that_fails_is_an_error_value()
{
    QFETCH(BehaviourFactory, factory);
    QFETCH(QString, how);
    const QString words
        = "the factory of the behaviour \"mine\" " + how + "; the endpoint /ws cannot be served";
    const Stack stack = Stack::standard().with_behaviour("mine", factory);
    const auto created = Engine::create(config_with("mine"), stack);
    QVERIFY(!created);
    QCOMPARE(created.error().code, ErrorCode::callback_failed);
    QCOMPARE(QString::fromStdString(created.error().message()), words);
    QCOMPARE(name_of(created.error().code), std::string_view("callback_failed"));

    auto engine = Engine::create(config_with("echo"), stack);
    QVERIFY(engine);
    QVERIFY((*engine)->submit(command::SetEndpoint{config_with("mine").endpoints.front()}) != 0);
    QVERIFY((*engine)->poll(milliseconds(0)));
    const auto outcomes = outcomes_of(**engine);
    QCOMPARE(outcomes.size(), std::size_t{1});
    QVERIFY(outcomes.front().error.has_value());
    QCOMPARE(outcomes.front().error->code, ErrorCode::callback_failed);
    QCOMPARE(QString::fromStdString(outcomes.front().error->message()), words);
}

void EmbedderFaultsTest::a_factory_without_memory_is_told_as_such()
{
    const auto created = Engine::create(config_with("mine"),
        Stack::standard().with_behaviour(
            "mine", [](const EndpointConfig&) -> std::unique_ptr<Behaviour> { throw std::bad_alloc(); }));
    QVERIFY(!created);
    QCOMPARE(created.error().code, ErrorCode::no_memory);
}

void EmbedderFaultsTest::commands_whose_outcomes_nobody_takes_are_refused()
{
    EngineConfig config = config_with("echo");
    config.command_capacity = 20;
    auto engine = std::move(*Engine::create(config));
    std::vector<Ticket> tickets;
    for (int i = 0; i < 20; ++i)
        tickets.push_back(submit_anything(*engine));
    QVERIFY(std::ranges::find(tickets, Ticket{0}) == tickets.end());
    QCOMPARE(submit_anything(*engine), Ticket{0}); // while they wait to be carried out
    QVERIFY(engine->poll(milliseconds(0)));
    QCOMPARE(submit_anything(*engine), Ticket{0}); // while their outcomes wait to be taken
    std::vector<Ticket> told;
    for (const auto& outcome : outcomes_of(*engine))
        told.push_back(outcome.ticket);
    QVERIFY(told == tickets);
    QVERIFY(submit_anything(*engine) != 0);
}

void EmbedderFaultsTest::a_command_that_is_refused_takes_no_place()
{
    EngineConfig config = config_with("echo");
    config.command_capacity = 0; // brought to 16
    auto engine = std::move(*Engine::create(config));
    for (int round = 0; round < 3; ++round) {
        int taken = 0;
        for (int i = 0; i < 100; ++i)
            taken += submit_anything(*engine) != 0 ? 1 : 0;
        QCOMPARE(taken, 16);
        QVERIFY(engine->poll(milliseconds(0)));
        QCOMPARE(outcomes_of(*engine).size(), std::size_t{16});
    }
}

void EmbedderFaultsTest::without_a_reader_of_events_commands_run_on()
{
    EngineConfig config = config_with("echo");
    config.event_capacity = 0;
    config.command_capacity = 16;
    auto engine = std::move(*Engine::create(config));
    for (int i = 0; i < 1'000; ++i) {
        QVERIFY(submit_anything(*engine) != 0);
        QVERIFY(engine->poll(milliseconds(0)));
    }
    QVERIFY(!is_readable(engine->ready_descriptor()));
    EventBatch batch;
    QVERIFY(!engine->take_events(batch));
    engine->submit(command::Quit{});
    const auto report = engine->poll(milliseconds(0));
    QVERIFY(report && report->finished);
}

void EmbedderFaultsTest::an_engine_thread_ends_though_nobody_took_outcomes()
{
    EngineConfig config = config_with("echo");
    config.command_capacity = 16;
    auto engine = std::move(*Engine::create(config));
    auto thread = std::move(*EngineThread::start(*engine));
    while (submit_anything(*engine) != 0) { }
    thread.reset(); // returns
    bool has_finished = false;
    EventBatch batch;
    engine->take_events(batch);
    for (const Event& event : batch.events)
        has_finished |= std::holds_alternative<event::Finished>(event.what);
    QVERIFY(has_finished);
}

QTEST_GUILESS_MAIN(EmbedderFaultsTest)
#include "embedder_faults_test.moc"
