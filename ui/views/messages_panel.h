#pragma once

#include "jackfield/connection.h"

#include <QString>
#include <QWidget>

#include <memory>
#include <vector>

namespace jackfield::ui {

class EnginePort;
class FilterField;
class FindBar;
class MessageModel;
class TailTable;

/// The messages of the connections that are shown: a header with clear, pause, direction and filter, and the
/// table. Follows the tail only while it is at the end, and never takes a selection away.
class MessagesPanel : public QWidget {
    Q_OBJECT
public:
    MessagesPanel(EnginePort& port, MessageModel& model, QWidget* parent = nullptr);
    /// The messages of a recording: nothing can be sent from it.
    explicit MessagesPanel(MessageModel& model, QWidget* parent = nullptr);
    ~MessagesPanel() override;

    [[nodiscard]] TailTable* table() const { return m_table; }
    [[nodiscard]] FilterField* filterField() const { return m_filter; }
    [[nodiscard]] FindBar* findBar() const;
    /// The sequence numbers of the selected messages, in their order in the table.
    [[nodiscard]] std::vector<quint64> selectedSequences() const;
    /// Widths and order of the columns.
    [[nodiscard]] QByteArray saveColumns() const;
    /// False for a state that is none (then the columns are as usual).
    bool restoreColumns(const QByteArray& state);
    /// Which directions are shown, in stable English: "all", "from_browser", "to_browser".
    [[nodiscard]] QString shownDirection() const;
    /// Nothing changes for a text that is none.
    void showDirection(const QString& direction);
    void setShowControlFrames(bool show); ///< pings and pongs
    /// Puts a widget that is usually folded away between the header and the table.
    void addStrip(QWidget* strip);
    [[nodiscard]] bool canResend() const;
    [[nodiscard]] bool canEdit() const;

public Q_SLOTS:
    /// Shows the messages of these connections; of all when the list is empty.
    void showConnections(const std::vector<jackfield::ConnectionId>& ids);
    /// What is shown, beside the title: "#12 Firefox · localhost:5173 → /chat", "all connections". Peer text
    /// is neutralised here.
    void setHeading(const QString& text);
    /// Puts the whole payload of the selected message, or one payload a line, on the clipboard; says so, and
    /// offers hex and base64, where the clipboard cannot hold it.
    void copyPayload();
    /// Puts the selected rows on the clipboard as text: "20:12:47.003  #12 to browser  text 58  {...}".
    void copyRows();
    /// Sends the selected message once more to the connection that it belongs to; does nothing unless
    /// `canResend`.
    void resend();
    /// Wants the current message, also of several that are selected, in the composer; does nothing unless `canEdit`.
    void edit();
    void focusFilter();
    /// Opens the find bar.
    void find();
    /// Goes to the next message that the find bar looks for; opens it when it is closed.
    void findNext();
    void findPrevious();

Q_SIGNALS:
    /// One message is selected, or the last one that became current of several.
    void messageSelected(quint64 sequence);
    void selectionCleared();
    /// The payload of this message is wanted in the composer.
    void editInComposer(quint64 sequence);
    /// This message is to become a template.
    void saveAsTemplate(quint64 sequence);
    /// *Export...* in the header or the context menu.
    void exportRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    class Private;
    MessagesPanel(EnginePort* port, MessageModel& model, QWidget* parent);
    std::unique_ptr<Private> d;
    TailTable* m_table = nullptr;
    FilterField* m_filter = nullptr;
};

} // namespace jackfield::ui
