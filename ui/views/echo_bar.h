#pragma once

#include "ui/views/notice_bar.h"

#include "jackfield/config.h"
#include "jackfield/connection.h"

#include <deque>
#include <functional>
#include <string>

namespace jackfield::ui {

class ConnectionStore;
struct ConnectionChanges;
class EchoWatch;
class EnginePort;

/// "This page answers our echo": two ends that echo each other, with the way to end it. One connection at a
/// time; the others wait.
class EchoBar : public NoticeBar {
    Q_OBJECT
public:
    /// All three must outlive it.
    EchoBar(
        EnginePort& port, const ConnectionStore& connections, EchoWatch& watch, QWidget* parent = nullptr);

Q_SIGNALS:
    void outcome(const QString& sentence);

private:
    void onNoticed(ConnectionId connection);
    void onChanged(const ConnectionChanges& changes);
    void showFirst();
    void makeSilent();
    void ignore();
    void undo();
    void close();
    [[nodiscard]] std::string* behaviourIn(EndpointConfig& endpoint) const;
    void setBehaviour(const std::string& name, std::function<void()> then);

    EnginePort& m_port;
    const ConnectionStore& m_connections;
    EchoWatch& m_watch;
    std::deque<ConnectionId> m_waiting; // the first is shown
    // What was made silent, and what it was before, for Undo.
    std::string m_pattern;
    std::string m_subprotocol; // empty: what has none
    std::string m_before;
    bool m_isSilenced = false; // what is shown is what was done
    QPushButton* m_silence = nullptr;
    QPushButton* m_ignore = nullptr;
    QPushButton* m_undo = nullptr;
    QPushButton* m_close = nullptr;
};

} // namespace jackfield::ui
