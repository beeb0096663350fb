#pragma once

#include "jackfield/access_rules.h"
#include "jackfield/command.h"
#include "jackfield/event.h"

#include <QObject>
#include <QString>

#include <memory>
#include <vector>

class QWidget;

namespace jackfield::ui {

class EnginePort;

/// How long an entry that lets a refused page in stays.
enum class AllowFor {
    Always, ///< written to the list's file
    UntilJackfieldCloses, ///< in memory only
    FifteenMinutes, ///< the only one for pages without an origin (`Origin: null`)
};

/// The entries that would let a refused request in. Both are empty when no entry can help.
struct AllowEntries {
    QString host; ///< for the host list, empty when it is not the host that is missing
    QString origin; ///< for the origin list, empty when it is not the origin that is missing; "null" for a
                    ///< page without one
    bool reachesBeyondLoopback = false; ///< at least one of them lets in more than this machine
    [[nodiscard]] bool empty() const { return host.isEmpty() && origin.isEmpty(); }
    [[nodiscard]] bool nullOrigin() const { return origin == QLatin1String("null"); }
};

/// The one place that lets a refused page in, for the refusal bar and the table of refused attempts alike:
/// asks where an entry reaches beyond this machine (a hostile page makes that refusal by itself), submits
/// what host and origin both need, reports the outcome and takes it back. GUI thread only.
class AllowAction : public QObject {
    Q_OBJECT
public:
    /// `dialogParent` is the window that the question belongs to; it may be null.
    AllowAction(EnginePort& port, QWidget* dialogParent, QObject* parent = nullptr);
    ~AllowAction() override;

    /// What `refused` needs.
    [[nodiscard]] static AllowEntries entriesFor(const jackfield::event::Refused& refused);
    /// One entry that was chosen elsewhere, "null" for pages without an origin.
    [[nodiscard]] static AllowEntries entryOf(ListKind list, const std::string& entry);
    /// True when an entry of the lists would let it in: then it needs the person.
    [[nodiscard]] static bool canHelp(const jackfield::event::Refused& refused);
    /// The words for the button: "Allow", "Only until Jackfield closes", "Allow pages without an origin for
    /// 15 minutes".
    [[nodiscard]] static QString buttonText(AllowFor lifetime);
    /// What a person must know before they allow pages without an origin.
    [[nodiscard]] static QString nullOriginWarning();

    /// Lets the request in. Asks first, in a dialog that does not wait, where an entry reaches beyond
    /// loopback; then submits. `lifetime` becomes FifteenMinutes by itself for a page without an origin: show
    /// `nullOriginWarning` beside that button. Returns a number that the signals carry, 0 when there is
    /// nothing to allow.
    quint64 allow(const jackfield::event::Refused& refused, AllowFor lifetime);
    /// The same for entries that were chosen elsewhere (*Use from a phone*); asks nothing, since the caller
    /// has.
    quint64 allowEntries(const AllowEntries& entries, AllowFor lifetime);
    /// The same, asking as `allow` does, and about pages without an origin with the warning too: for callers
    /// that show nothing beside their button.
    quint64 askAndAllow(const AllowEntries& entries, AllowFor lifetime);
    /// Takes back what `operation` changed, and nothing that others did. Nothing happens for one that is unknown,
    /// failed or undone already.
    void undo(quint64 operation);

Q_SIGNALS:
    /// Every entry is in force.
    void allowed(quint64 operation, const jackfield::ui::AllowEntries& entries);
    /// The person said no.
    void declined(quint64 operation);
    /// The server would not take an entry; `why` is ours and plain text.
    void failed(quint64 operation, const QString& why);
    /// What was changed is as it was before.
    void undone(quint64 operation);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace jackfield::ui

Q_DECLARE_METATYPE(jackfield::ui::AllowEntries)
