#pragma once

#include <QWidget>

#include <memory>

namespace jackfield::ui {

class ConnectionStore;
class EnginePort;

/// Which path is answered by what: the endpoints in a table, the chosen one with its path, its behaviour and
/// its subprotocols below. Each edit is in force at once, as one command; what is removed can be had back for
/// a while.
class EndpointPanel : public QWidget {
    Q_OBJECT
public:
    /// Both must outlive it.
    EndpointPanel(EnginePort& port, const ConnectionStore& connections, QWidget* parent = nullptr);
    ~EndpointPanel() override;

    /// The endpoints are those of another document: takes back what was offered about the ones before.
    void forgetDocument();

public Q_SLOTS:
    /// Chooses the endpoint with this pattern, at the latest when the server has it, or leaves the choice as
    /// it is where the pattern is empty, and gives the table the keyboard.
    void showEndpoint(const QString& pattern);
    /// Puts `path` into the field of a new endpoint, ready for Enter; chooses the endpoint where there is one.
    void proposeEndpoint(const QString& path);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace jackfield::ui
