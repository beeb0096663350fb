// FI-25: the loopback interface goes down and comes up again, in a network of this test's own.
#include "net/descriptor.h"
#include "support/engine_fixture.h"

#include <QTest>

#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <vector>

using namespace jackfield;
using namespace jackfield::test;

namespace {

constexpr auto inside = "JACKFIELD_TEST_PRIVATE_NETWORK";

bool may_have_a_network()
{
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(::unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0 ? 0 : 1);
    int status = 1;
    return child > 0 && ::waitpid(child, &status, 0) == child && status == 0;
}

void set_loopback(bool is_up)
{
    const net::Descriptor any(net::real_system_calls(), ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq request{};
    std::strcpy(request.ifr_name, "lo");
    request.ifr_flags = static_cast<short>(is_up ? IFF_UP | IFF_RUNNING : 0);
    if (::ioctl(any.get(), SIOCSIFFLAGS, &request) != 0)
        throw std::runtime_error(std::string("the loopback interface does not obey: ") + std::strerror(errno));
}

} // namespace

class LoopbackDownTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_listens_and_who_is_connected_survive_it()
    {
        if (std::getenv(inside) == nullptr)
            QSKIP("This system gives nobody a network of one's own (user namespaces): nothing was looked at.");
        set_loopback(true);
        EngineSetup setup;
        setup.has_canary = false;
        EngineFixture fixture(setup);
        RawClient client = fixture.open_client();
        client.send_text("before");
        QCOMPARE(client.read_message(), std::string("before"));
        const std::uint16_t port = fixture.port();

        set_loopback(false);
        client.send_text("meanwhile"); // the kernel keeps it and tries again
        fixture.settle();
        QVERIFY(client.is_quiet());
        set_loopback(true);

        QCOMPARE(client.read_message(), std::string("meanwhile"));
        RawClient next = fixture.open_client();
        next.send_text("after");
        QCOMPARE(next.read_message(), std::string("after"));
        QCOMPARE(fixture.port(), port);
        client.close();
        next.close();
        fixture.finish();
    }
};

int main(int argc, char** argv)
{
    if (std::getenv(inside) == nullptr && may_have_a_network()) {
        ::setenv(inside, "1", 1);
        std::vector<char*> words;
        for (const char* const word : {"unshare", "--user", "--net", "--map-root-user", "--"})
            words.push_back(const_cast<char*>(word));
        words.insert(words.end(), argv, argv + argc);
        words.push_back(nullptr);
        ::execvp(words.front(), words.data());
        ::unsetenv(inside);
    }
    QCoreApplication application(argc, argv);
    LoopbackDownTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "loopback_down_test.moc"
