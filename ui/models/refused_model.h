#pragma once

#include "jackfield/access_rules.h"
#include "jackfield/event.h"
#include "jackfield/filter.h"
#include "jackfield/lanes.h"

#include <QAbstractTableModel>

#include <cstdint>
#include <deque>
#include <optional>
#include <unordered_map>

namespace jackfield::ui {

enum class RefusedColumn : int { Time, Count, Peer, Asked, Why, Answer, BrowserSays, Count_ };
inline constexpr int refusedColumnCount = static_cast<int>(RefusedColumn::Count_);

/// One refused attempt, or several alike folded into one.
struct RefusedAttempt {
    enum class Standing : std::uint8_t {
        needsYou, ///< somebody's page or program wanted a WebSocket and did not get it
        other, ///< browsers' spare sockets, plain HTTP, scanners
        ignored, ///< a person said *Ignore*
        resolved, ///< the server would let it in by now
    };
    std::uint64_t key = 0; ///< names the row for good
    event::Refused what; ///< of the latest one
    WallTime first{};
    WallTime last{};
    std::uint64_t count = 1;
    Standing standing = Standing::other;

    /// Whether an entry in a list would let it in.
    [[nodiscard]] bool isFixable() const;
};

/// Every accepted socket that did not become a WebSocket: newest first, alike ones folded into a count, at
/// most 1,000 rows.
class RefusedModel : public QAbstractTableModel {
    Q_OBJECT
public:
    static constexpr std::size_t maxRows = 1'000;
    enum Role {
        KeyRole = Qt::UserRole + 1, ///< quint64
        StandingRole, ///< int: RefusedAttempt::Standing
        FixableRole, ///< bool
    };
    enum class Show { all, needsYou, other };

    explicit RefusedModel(QObject* parent = nullptr);
    ~RefusedModel() override;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// Null for a key that is gone. The pointer lives until the next change.
    [[nodiscard]] const RefusedAttempt* find(std::uint64_t key) const;
    [[nodiscard]] const RefusedAttempt* attemptAt(int row) const;
    [[nodiscard]] int rowOf(std::uint64_t key) const; ///< -1 when it is no row
    /// The latest attempt that an entry would fix and that is neither ignored nor resolved; null: no bar.
    [[nodiscard]] const RefusedAttempt* pending() const;

    [[nodiscard]] std::size_t needsYouCount() const; ///< rows, for the badge
    [[nodiscard]] std::size_t otherCount() const;
    [[nodiscard]] std::uint64_t total() const { return m_total; } ///< attempts, folded and cleared ones included
    /// Those of them that asked for a WebSocket, or may have: what is said in TLS, or by many, cannot be read.
    [[nodiscard]] std::uint64_t asked() const { return m_asked; }
    /// Events that were lost on their way: any number of attempts may have been among them.
    [[nodiscard]] std::uint64_t lost() const { return m_lost; }
    [[nodiscard]] std::uint64_t listed() const; ///< attempts, folded ones included, without what was cleared
    void setShow(Show show);
    [[nodiscard]] Show show() const { return m_show; }
    void setFilter(const Filter& filter);
    /// *Ignore*: it no longer needs anybody; a new attempt of the same kind is folded into it silently.
    void ignore(std::uint64_t key);
    void clear();
    /// Takes the last clearing back; `reconsider` is due after it.
    void undoClear();
    /// Marks what a server of this `status` would let in by now as resolved, and takes the mark back where it
    /// would not: its lists, its endpoints, whether it serves the older protocols.
    void reconsider(const ServerStatus& status, TimePoint now);

public Q_SLOTS:
    void apply(const jackfield::EventBatch& batch);
    void add(const jackfield::event::Refused& refused, jackfield::WallTime at);

Q_SIGNALS:
    /// The badge's number or the pending attempt changed.
    void attentionChanged();
    /// A refused attempt that an entry would fix has come in: show the bar.
    void fixableArrived(quint64 key);

private:
    [[nodiscard]] bool isRow(const RefusedAttempt& attempt) const;
    void rebuild();
    void refreshRow(const RefusedAttempt& attempt);

    std::deque<RefusedAttempt> m_attempts; // oldest first by first sight
    std::deque<RefusedAttempt> m_cleared; // for undoClear
    std::vector<std::uint64_t> m_rows; // keys, newest first
    std::unordered_map<std::string, std::uint64_t> m_alike;
    std::uint64_t m_nextKey = 1;
    std::uint64_t m_total = 0;
    std::uint64_t m_asked = 0;
    std::uint64_t m_lost = 0;
    Show m_show = Show::all;
    Filter m_filter;
};

/// What was asked in one line: "ws /chat from http://localhost:3000", "GET /favicon.ico", "nothing".
/// Neutralised.
[[nodiscard]] QString askedText(const event::Refused& refused);
/// Who asked: an address with its port, or that it were several.
[[nodiscard]] QString peerText(const event::Refused& refused);
/// For the bar: "http://192.168.1.20:5173 was refused: its origin is not on the list." Peer text is
/// neutralised.
[[nodiscard]] QString refusalSentence(const event::Refused& refused);
[[nodiscard]] QString titleOf(RefusedColumn column);
/// The path that no endpoint takes, where one could be made for exactly it; else empty. A view into `refused`;
/// printable ASCII without a `*`.
[[nodiscard]] std::string_view pathWithoutEndpoint(const event::Refused& refused);

} // namespace jackfield::ui
