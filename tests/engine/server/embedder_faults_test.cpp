#include "jackfield/engine.h"

#include <QTest>

#include <stdexcept>

using namespace jackfield;

// What an embedder does wrong stays a value: nothing is thrown at it.

namespace {

EngineConfig config_with(std::string behaviour)
{
    EngineConfig config;
    config.listeners.clear();
    config.endpoints = {EndpointConfig{"/ws", {}, std::move(behaviour), false}};
    return config;
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

} // namespace

Q_DECLARE_METATYPE(jackfield::BehaviourFactory)

class EmbedderFaultsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_factory_that_fails_is_an_error_value_data();
    void a_factory_that_fails_is_an_error_value();
    void a_factory_without_memory_is_told_as_such();
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

QTEST_GUILESS_MAIN(EmbedderFaultsTest)
#include "embedder_faults_test.moc"
