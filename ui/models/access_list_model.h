#pragma once

#include "jackfield/access_rules.h"

#include <QAbstractTableModel>
#include <QString>

#include <optional>
#include <vector>

namespace jackfield::ui {

enum class AccessColumn : int { Entry, State, Count_ };
inline constexpr int accessColumnCount = static_cast<int>(AccessColumn::Count_);

/// The lines of one allow-list, edited in place. It holds its own copy: `edited` asks the owner to submit
/// `list()` as a command::ReplaceList; what the server then has comes back through `setList`. Text that is no
/// entry is kept as it is, flagged, and decides nothing.
class AccessListModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role {
        LineStateRole = Qt::UserRole + 1, ///< int: AccessLine::State
        IsTemporaryRole, ///< bool
        DecidesRole, ///< bool: the line that *Try it* found
        ProblemRole, ///< QString: what is wrong with the line, empty if nothing
    };

    explicit AccessListModel(ListKind kind, QObject* parent = nullptr);
    ~AccessListModel() override;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// Replaces the text of a line (EditRole, Entry column). Any text is taken; `edited` follows when it
    /// differs.
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    bool removeRows(int row, int count, const QModelIndex& parent = {}) override;

    [[nodiscard]] ListKind kind() const { return m_kind; }
    /// Takes what the server has. Nothing happens when it equals what is shown; otherwise lines that are
    /// equal keep their place.
    void setList(const AccessList& list);
    [[nodiscard]] const AccessList& list() const { return m_list; }
    [[nodiscard]] const AccessLine* lineAt(int row) const;

    /// Adds an entry at the end and returns its row; for a valid entry that is there already, its row. Text
    /// that is no entry is added flagged.
    int addEntry(const QString& text);
    void removeEntries(std::vector<int> rows);
    /// Puts a wide open line read from a file in force.
    void confirm(int row);

    /// What is wrong with `text` as a line, for validating while typing; empty when it is an entry, perhaps
    /// with a comment behind it, or a comment.
    [[nodiscard]] QString problemOf(const QString& text) const;
    /// Whether adding `text` needs a confirmation first: it lets in something that is not this machine.
    [[nodiscard]] bool needsConfirmation(const QString& text) const;
    /// Whether `text` lets in pages without an origin (`null`): that is never a lasting entry.
    [[nodiscard]] bool isForATimeOnly(const QString& text) const;
    /// Whether `text` has the entry of this line, so that its comment or its spelling alone differs.
    [[nodiscard]] bool hasEntryOf(int row, const QString& text) const;

    /// Marks the line that *Try it* found deciding; nullopt: none.
    void setDecidingLine(std::optional<std::size_t> line);
    /// The monotonic time, to show the time left of temporary lines; call now and then.
    void setNow(TimePoint now);

Q_SIGNALS:
    /// A person changed the list: submit it.
    void edited();

private:
    [[nodiscard]] AccessLine read(const QString& text, std::optional<TimePoint> expires = {}) const;
    [[nodiscard]] QString stateText(const AccessLine& line) const;
    void announceRow(int row);

    ListKind m_kind;
    AccessList m_list;
    std::optional<std::size_t> m_deciding;
    TimePoint m_now;
};

/// What *Try it* says about a host and an origin.
struct AccessTrial {
    AccessDecision decision;
    QString hostSentence; ///< "Host localhost:4567: allowed by line 1, localhost."
    QString originSentence; ///< "Origin http://evil.example: refused, it is not on the list."
};
/// Tries a host and an origin against `rules`, as a request that has them would be. A blank `origin` is a
/// request without one.
[[nodiscard]] AccessTrial tryAccess(
    const AccessRules& rules, const QString& host, const QString& origin, TimePoint now);

} // namespace jackfield::ui
