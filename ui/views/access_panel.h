#pragma once

#include <QWidget>

#include <memory>

namespace jackfield::ui {

class EnginePort;

/// Who may come in: the host list and the origin list, edited in place, the switch that refuses clients
/// without an origin, who is blocked for now, and *Try it*. Follows the server's published rules; each edit replaces one list by a
/// command.
class AccessPanel : public QWidget {
    Q_OBJECT
public:
    explicit AccessPanel(EnginePort& port, QWidget* parent = nullptr);
    ~AccessPanel() override;

    /// Where the lists are kept, in a sentence; empty for their own files. Shown as it is.
    void setKeptIn(const QString& sentence);
    /// The lists are those of another document: takes back what was offered or asked about the ones before.
    void forgetDocument();

public Q_SLOTS:
    /// Puts a host and an origin into *Try it* and brings it into view.
    void tryOut(const QString& host, const QString& origin);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace jackfield::ui
