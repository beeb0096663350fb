#pragma once

#include <QWidget>

#include <memory>

namespace jackfield::ui {

class MessageStore;

/// One message in full: as a JSON tree where it is JSON (read on a thread of its own, within bounds), as text
/// with every control and bidirectional character visible, as hex, as base64, and the frames behind it. The views of the payload draw only what is in sight, so that 16 MiB of line ends or one line of 10 MB cost no more than a
/// short text.
class MessageDetail : public QWidget {
    Q_OBJECT
public:
    explicit MessageDetail(MessageStore& store, QWidget* parent = nullptr);
    ~MessageDetail() override;

public Q_SLOTS:
    /// Shows the message with this sequence number, or says that it is no longer kept.
    void showMessage(quint64 sequence);
    void clear();

Q_SIGNALS:
    /// The messages that pass this filter are wanted: *Filter like this* in the JSON tree.
    void filterRequested(const QString& filter);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace jackfield::ui
