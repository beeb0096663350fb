#pragma once

#include "ui/models/message_model.h"
#include "ui/models/message_scan.h"

#include <QObject>
#include <QString>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace jackfield::ui {

/// Looks for a text in the messages that a table shows, over their whole payloads, without hiding the others.
/// Goes on with what comes in, and starts over when the table shows something else. Small captures are
/// searched within the call, others by another thread (MessageScan).
class MessageFind : public QObject {
    Q_OBJECT
public:
    struct Step {
        quint64 sequence = 0;
        bool wrapped = false; ///< it went on at the other end
    };

    /// `model` must outlive it.
    explicit MessageFind(MessageModel& model, QObject* parent = nullptr);
    ~MessageFind() override;

    /// Looks for `text` as it stands, whatever the case; between two slashes it is an expression. Empty: for
    /// nothing.
    void lookFor(const QString& text);
    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] bool isActive() const { return m_active; }
    /// What is wrong with the expression; empty when nothing is.
    [[nodiscard]] const QString& problem() const { return m_problem; }
    /// Some of what is shown has not been looked at yet.
    [[nodiscard]] bool isSearching() const { return m_scan.isScanning(); }

    [[nodiscard]] std::size_t count() const { return m_matches.size(); }
    [[nodiscard]] bool isMatch(quint64 sequence) const { return placeOf(sequence).has_value(); }
    /// Which of the matches this is, from 0 on.
    [[nodiscard]] std::optional<std::size_t> placeOf(quint64 sequence) const;
    /// The next match behind a message, the first one behind the last; nullopt when there is none at all.
    [[nodiscard]] std::optional<Step> after(quint64 sequence) const;
    /// The same backwards.
    [[nodiscard]] std::optional<Step> before(quint64 sequence) const;

    void setSliceTime(std::chrono::milliseconds time) { m_scan.setSliceTime(time); }

Q_SIGNALS:
    void changed(); ///< the count, whether it is searching, or the problem

private:
    void startOver();

    MessageModel& m_model;
    QString m_text;
    QString m_problem;
    Filter m_filter;
    bool m_active = false;
    bool m_starting = false;
    std::deque<std::uint64_t> m_matches; // sequences, ascending
    MessageScan m_scan;
};

} // namespace jackfield::ui
