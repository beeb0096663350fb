#pragma once

#include "ui/models/message_find.h"
#include "ui/models/message_model.h"
#include "ui/views/messages_panel.h"
#include "ui/views/payload_clipboard.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

class QAction;
class QActionGroup;
class QMenu;
class QPoint;
class QToolButton;

namespace jackfield::ui {

class ElidedLabel;
class EnginePort;
class FindBar;
class InlineNotice;
class MenuButton;

/// How long what a panel did can be taken back.
inline constexpr std::chrono::seconds messagesUndoTime{20};

/// What the sources of the panel share: messages_panel.cpp has the table and its header,
/// messages_panel_menu.cpp what is done with the selected messages.
class MessagesPanel::Private {
public:
    Private(MessagesPanel& owner, EnginePort* enginePort, MessageModel& messages)
        : q(owner)
        , port(enginePort)
        , model(messages)
        , search(messages)
    { }

    void build();
    void setUpColumns();
    void fitColumns();
    void resetColumns();
    void buildDirectionMenu();
    void addTableActions();
    void clear();
    void offerUndoClear();
    void setPaused(bool paused);
    void updatePause();
    void updateEmptyText();
    void selectionChanged();
    void restoreSelection();
    void copy(CopyForm form);
    void copyAsJson();
    void copyAsCommand();
    void savePayloadOf(const MessageRecord& record);
    void addLikeThis(QMenu& menu, const MessageRecord& record);
    void hideLike(const std::string& term);
    void resend(quint64 sequence);
    void showMenu(const QPoint& at);
    void addSending(QMenu& menu, const MessageRecord& record);
    void filterFor(const std::string& term);
    void buildFind();
    void goToMatch(const std::optional<MessageFind::Step>& step);
    /// The message that a search goes on from: the current one, else the first in sight.
    [[nodiscard]] quint64 place() const;
    [[nodiscard]] std::optional<MessageRecord> current() const;
    /// Calls `use` with each selected message, in their order.
    template <class Use>
    void forSelected(Use use) const;

    MessagesPanel& q;
    EnginePort* const port; // null: a recording
    MessageModel& model;
    ElidedLabel* heading = nullptr;
    QToolButton* pause = nullptr;
    MenuButton* direction = nullptr;
    QActionGroup* directions = nullptr;
    QAction* controlFrames = nullptr;
    InlineNotice* notice = nullptr;
    MessageFind search;
    FindBar* findBar = nullptr;
    std::vector<quint64> remembered; // the selection, also while a filter hides it
    quint64 announced = 0;
    bool restoring = false;
    bool fitting = false;
    bool widthsChosen = false;
};

template <class Use>
void MessagesPanel::Private::forSelected(Use use) const
{
    for (const quint64 sequence : q.selectedSequences()) {
        const auto record = model.store().find(sequence);
        if (record && !record->isDivider())
            use(*record);
    }
}

} // namespace jackfield::ui
