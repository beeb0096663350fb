#include "app/desktop/single_instance.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QFile>
#include <QLocalSocket>

#include <sys/socket.h>
#include <sys/stat.h>

#include <array>
#include <poll.h>
#include <unistd.h>

namespace jackfield::app {

namespace {

constexpr int patience = 2'000; // milliseconds
constexpr int start_patience = 15'000; // milliseconds
constexpr qint64 longest_answer = 64;
constexpr qint64 longest_request = 16 * 1024; // a path of PATH_MAX bytes, each as three
constexpr auto show_request = "show";
constexpr auto open_request = "open ";

bool is_own_private_folder(const QByteArray& path)
{
    struct stat status { };
    return ::lstat(path.constData(), &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == ::geteuid()
        && (status.st_mode & 0077) == 0;
}

bool is_own_socket(const QString& path)
{
    struct stat status { };
    return ::lstat(QFile::encodeName(path).constData(), &status) == 0 && S_ISSOCK(status.st_mode)
        && status.st_uid == ::geteuid();
}

bool is_same_user(const QLocalSocket& socket)
{
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &peer, &size)
        == 0
        && peer.uid == ::geteuid();
}

/// Waits until `descriptor` can be read (-1: for the time alone) or the signal comes; true when it is the
/// signal.
bool is_signalled(int signal_descriptor, int descriptor, int wait_ms)
{
    std::array<pollfd, 2> waiting{{{signal_descriptor, POLLIN, 0}, {descriptor, POLLIN, 0}}};
    return ::poll(waiting.data(), waiting.size(), wait_ms) > 0 && waiting[0].revents != 0;
}

} // namespace

SingleInstance::SingleInstance(const std::string& config_dir, int signal_descriptor, QObject* parent)
    : QObject(parent)
    , signal_descriptor_(signal_descriptor)
{
    const QByteArray folder = qgetenv("XDG_RUNTIME_DIR");
    if (folder.isEmpty() || !is_own_private_folder(folder))
        return;
    const QByteArray name
        = QCryptographicHash::hash(QByteArray::fromStdString(config_dir), QCryptographicHash::Sha256).toHex();
    path_ = QFile::decodeName(folder) + QStringLiteral("/jackfield-") + QString::fromLatin1(name.left(16));
}

SingleInstance::~SingleInstance() = default;

std::unique_ptr<QLockFile> SingleInstance::wait_for_turn() const
{
    if (path_.isEmpty())
        return nullptr;
    auto turn = std::make_unique<QLockFile>(path_ + QStringLiteral(".lock"));
    // QLockFile's own waiting sleeps for seconds in the end.
    for (const QDeadlineTimer deadline(start_patience); !turn->tryLock(0);) {
        if (turn->error() != QLockFile::LockFailedError || deadline.hasExpired()
            || is_signalled(signal_descriptor_, -1, 20))
            return nullptr;
    }
    return turn;
}

std::optional<qint64> SingleInstance::show_other(const std::string& project, std::string& problem) const
{
    if (path_.isEmpty() || !QFile::exists(path_))
        return std::nullopt;
    QLocalSocket socket;
    socket.connectToServer(path_);
    if (!socket.waitForConnected(patience)) {
        if (!is_own_socket(path_))
            problem = "\"" + path_.toStdString()
                + "\" is not Jackfield's: another start cannot find this window. Remove it";
        return std::nullopt; // else nobody is there any more
    }
    if (!is_same_user(socket)) {
        problem = "\"" + path_.toStdString()
            + "\" belongs to another user: another start cannot find this window";
        return std::nullopt;
    }
    socket.write(project.empty() ? QByteArray(show_request)
                                 : open_request + QByteArray::fromStdString(project).toPercentEncoding());
    socket.write("\n");
    socket.flush();
    for (const QDeadlineTimer deadline(patience); !socket.canReadLine();) {
        const auto left = static_cast<int>(deadline.remainingTime());
        if (is_signalled(signal_descriptor_, static_cast<int>(socket.socketDescriptor()), left))
            return std::nullopt;
        if (socket.bytesAvailable() >= longest_answer || !socket.waitForReadyRead(0)) {
            problem = "the Jackfield that runs already does not answer; this one runs beside it";
            return std::nullopt;
        }
    }
    bool is_number = false;
    const qint64 process = socket.readLine(longest_answer).trimmed().toLongLong(&is_number);
    return is_number ? std::optional(process) : std::nullopt;
}

std::optional<std::string> SingleInstance::take_place()
{
    if (path_.isEmpty())
        return std::nullopt;
    if (is_own_socket(path_))
        QFile::remove(path_); // nobody has answered at it
    server_ = std::make_unique<QLocalServer>();
    server_->setSocketOptions(QLocalServer::UserAccessOption);
    connect(server_.get(), &QLocalServer::newConnection, this, &SingleInstance::answer);
    if (server_->listen(path_))
        return std::nullopt;
    const std::string why = server_->errorString().toStdString();
    server_.reset();
    return "Another start will not find this window: " + why;
}

void SingleInstance::leave_place()
{
    if (!server_)
        return;
    server_->disconnect(this);
    server_->close();
    // One of its sockets may be what has led here.
    server_.release()->deleteLater();
}

void SingleInstance::answer()
{
    while (QLocalSocket* socket = server_ ? server_->nextPendingConnection() : nullptr) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        if (!is_same_user(*socket)) {
            socket->abort();
            continue;
        }
        const auto read = [this, socket] {
            if (!socket->canReadLine() && socket->bytesAvailable() < longest_request)
                return;
            const QByteArray line = socket->readLine(longest_request);
            const QByteArray project = line.startsWith(open_request)
                ? QByteArray::fromPercentEncoding(line.trimmed().mid(qstrlen(open_request)))
                : QByteArray();
            const bool opens = project.startsWith('/') && !project.contains('\0');
            const bool known = opens || line.trimmed() == show_request;
            if (known)
                socket->write(QByteArray::number(QCoreApplication::applicationPid()) + '\n');
            socket->disconnectFromServer();
            if (known)
                Q_EMIT show_requested(project.toStdString());
        };
        connect(socket, &QLocalSocket::readyRead, this, read);
        read();
    }
}

} // namespace jackfield::app
