#pragma once

#include "ui/views/tab_focus.h"

#include <QMainWindow>
#include <QTimer>

#include <memory>

class QLabel;
class QProgressBar;
class QSplitter;

namespace jackfield::ui {

class ConnectionStore;
class ElidedLabel;
class InlineNotice;
class MessageDetail;
class MessageExport;
class MessageModel;
class MessagesPanel;
class MessageStore;
class RecordingLoad;

/// A recording (HAR or JSON Lines) in a window of its own: the same table, filter and detail as live messages
/// have, marked as a recording, and with nothing in it that could send. Deletes itself when it is closed.
class RecordingWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit RecordingWindow(const QString& path, QWidget* parent = nullptr);
    ~RecordingWindow() override;

    [[nodiscard]] MessageModel& messages() const { return *m_model; }
    [[nodiscard]] const ConnectionStore& connections() const { return *m_connections; }
    [[nodiscard]] bool isLoading() const { return m_load != nullptr; }

Q_SIGNALS:
    /// All that will be shown is there, or what went wrong is on screen.
    void loaded();

protected:
    bool focusNextPrevChild(bool next) override { return focusNextControl(*this, next); }

private:
    void makeViews();
    void makeMenus();
    void load();
    void refresh();
    void onLoaded();
    void take();
    void describe();

    const QString m_path;
    std::unique_ptr<ConnectionStore> m_connections;
    std::unique_ptr<MessageStore> m_store;
    std::unique_ptr<MessageModel> m_model;
    std::unique_ptr<RecordingLoad> m_load;

    ElidedLabel* m_heading = nullptr;
    QProgressBar* m_bar = nullptr;
    InlineNotice* m_notice = nullptr;
    MessagesPanel* m_panel = nullptr;
    MessageDetail* m_detail = nullptr;
    QSplitter* m_columns = nullptr;
    MessageExport* m_export = nullptr;
    QTimer m_tick; // the progress of reading
    QTimer m_slice; // what was read goes into the table between events
    std::size_t m_taken = 0;
};

} // namespace jackfield::ui
