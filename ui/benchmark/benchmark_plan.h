#pragma once

#include <QString>
#include <QStringList>

#include <array>
#include <optional>

namespace jackfield::ui {

/// What jackfield-bench can be asked to do (its man page, MODES).
enum class BenchmarkMode { Echo, Rate, Connect, Idle, Fanout, Ramp, Soak, Check };
inline constexpr std::array benchmarkModes{BenchmarkMode::Echo, BenchmarkMode::Rate, BenchmarkMode::Connect,
    BenchmarkMode::Idle, BenchmarkMode::Fanout, BenchmarkMode::Ramp, BenchmarkMode::Soak, BenchmarkMode::Check};

/// The program's own word for a mode: "echo".
[[nodiscard]] QString nameOf(BenchmarkMode mode);
[[nodiscard]] std::optional<BenchmarkMode> benchmarkModeNamed(const QString& name);

/// Which parts of a plan mean something to a mode.
struct BenchmarkUses {
    bool connections = true;
    bool messages = false; ///< their size, what is in them, and in how many frames
    bool depth = false;
    bool duration = true;
    bool rate = false; ///< ramp: the first one
    bool bound = false;
    bool pid = true;
};
[[nodiscard]] BenchmarkUses usesOf(BenchmarkMode mode);

/// One run as it is asked for.
struct BenchmarkPlan {
    BenchmarkMode mode = BenchmarkMode::Echo;
    QString url;
    bool allowRemote = false; ///< a server that is not on this machine may be loaded
    int connections = 100;
    int size = 16; ///< bytes
    int depth = 1; ///< messages in flight on a connection
    int duration = 10; ///< seconds
    int rate = 1'000; ///< messages a second
    int bound = 10; ///< milliseconds, for the 99th percentile
    int fragments = 1; ///< frames of a message
    QString content = QStringLiteral("ascii"); ///< the program's word (--content)
    QString deflate = QStringLiteral("off"); ///< the program's word (--deflate)
    QString subprotocol; ///< offered; empty: none
    QString more; ///< further options, as a shell takes them
    qint64 pid = 0; ///< the server's process; 0: none
    QString configFolder; ///< where this server's development authority is; empty: where the program looks for it

    bool operator==(const BenchmarkPlan&) const = default;
};
/// What the program does when nothing is said.
[[nodiscard]] BenchmarkPlan usualPlan(BenchmarkMode mode);

/// Whether `url` names this machine whatever a resolver says: localhost, 127.0.0.0/8 or ::1.
[[nodiscard]] bool isLoopbackUrl(const QString& url);
/// Whether the program can make something of `url`: ws:// or wss:// with a host.
[[nodiscard]] bool isBenchmarkUrl(const QString& url);

/// The words of --content and of --deflate, what is usual first.
[[nodiscard]] QStringList benchmarkContents();
[[nodiscard]] QStringList benchmarkDeflates();

/// The words of a plan's further options. Nothing where one of them is what the window says itself, or none of an option.
[[nodiscard]] std::optional<QStringList> furtherOptions(const QString& text);

/// The command line that does it, with both reports; only what the mode takes.
[[nodiscard]] QStringList argumentsOf(const BenchmarkPlan& plan, const QString& jsonFile, const QString& htmlFile);

} // namespace jackfield::ui
