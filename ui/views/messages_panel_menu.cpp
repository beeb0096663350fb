// The context menu of the message table, and what it does with the selected messages.
#include "ui/bridge/engine_port.h"
#include "ui/models/resend.h"
#include "ui/models/send_target.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/filter_field.h"
#include "ui/views/inline_notice.h"
#include "ui/views/messages_panel_private.h"
#include "ui/views/payload_save.h"
#include "ui/views/tail_table.h"

#include "jackfield/command_text.h"
#include "jackfield/json_lines.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

#include <algorithm>
#include <string_view>

namespace jackfield::ui {

void MessagesPanel::Private::copy(CopyForm form)
{
    std::vector<std::string_view> payloads; // the store keeps them: it does not change meanwhile
    std::size_t missing = 0;
    forSelected([&](const MessageRecord& record) {
        missing += record.payloadKept ? 0 : 1;
        payloads.push_back(record.payload.text());
    });
    if (payloads.empty())
        return;
    if (missing > 0) {
        notice->showNotice(InlineNotice::Kind::Warning,
            payloads.size() == 1
                ? tr("The content of this message was not kept, so it cannot be copied.")
                : tr("The content of %1 of the selected messages was not kept, so they cannot be copied.")
                      .arg(formatCount(missing)));
        return;
    }
    if (copyPayloads(payloads, form)) {
        if (notice->kind() == InlineNotice::Kind::Warning)
            notice->dismiss();
        return;
    }
    const auto refused = std::count_if(
        payloads.begin(), payloads.end(), [](std::string_view bytes) { return !isCopyable(bytes); });
    const QString text = payloads.size() == 1
        ? tr("Nothing was copied: the clipboard cannot hold this message as text (it has a NUL or is not "
             "UTF-8).")
        : tr("Nothing was copied: the clipboard cannot hold %1 of the %2 messages as text (they have a NUL "
             "or are not UTF-8).")
              .arg(formatCount(static_cast<std::uint64_t>(refused)), formatCount(payloads.size()));
    notice->showNotice(InlineNotice::Kind::Warning, text,
        {{tr("Copy as hex"), QStringLiteral("Copy messages as hex"), [this] { copy(CopyForm::Hex); }},
            {tr("Copy as base64"), QStringLiteral("Copy messages as base64"),
                [this] { copy(CopyForm::Base64); }}});
}

/// The records as Jackfield's JSON Lines have them: nothing of them is lost.
void MessagesPanel::Private::copyAsJson()
{
    std::string lines;
    forSelected([&lines](const MessageRecord& record) {
        CapturedMessage message;
        message.sequence = record.sequence;
        message.wall_ns = record.wallNs;
        message.size = record.size;
        message.wire = record.wire;
        message.compressed = record.compressed;
        message.frames = record.frames;
        message.type = record.type;
        message.direction = record.direction;
        message.maker = record.maker;
        message.payload_kept = record.payloadKept;
        message.frame_facts = record.frameFacts;
        message.payload = record.payload.view();
        append_json_line(lines, message, record.connection ? record.connection->number : 0);
    });
    if (!lines.empty())
        QGuiApplication::clipboard()->setText(copyText(std::string_view(lines).substr(0, lines.size() - 1)));
}

/// What sends the messages again, as it is typed in a terminal.
void MessagesPanel::Private::copyAsCommand()
{
    std::string lines;
    forSelected([&lines](const MessageRecord& record) {
        if (!record.connection || !isResendable(record))
            return;
        const ConnectionNames names{{}, [&record](ConnectionId) { return record.connection->number; }};
        lines += (lines.empty() ? "" : "\n")
            + format_command(resendCommand(record, Target::one(record.connection->id)), names);
    });
    if (!lines.empty())
        QGuiApplication::clipboard()->setText(copyText(lines));
}

void MessagesPanel::Private::savePayloadOf(const MessageRecord& record)
{
    const bool isText = record.type == TrafficType::text;
    const QString name = QStringLiteral("message-%1.%2").arg(record.sequence).arg(isText ? "txt" : "bin");
    savePayload(&q, record.payload, name, [this](bool isSaved, const QString& sentence) {
        notice->showNotice(isSaved ? InlineNotice::Kind::Information : InlineNotice::Kind::Warning, sentence,
            {}, std::chrono::seconds(isSaved ? 6 : 0));
    });
}

void MessagesPanel::Private::hideLike(const std::string& term)
{
    const QString before = q.m_filter->text();
    const QString added = QStringLiteral("-") + QString::fromStdString(term);
    q.m_filter->setFilterText(before.trimmed().isEmpty() ? added : before.trimmed() + u' ' + added);
    notice->showNotice(InlineNotice::Kind::Information, tr("The filter hides messages like this."),
        {{tr("Undo"), QStringLiteral("Show messages like this again"),
            [this, before] { q.m_filter->setFilterText(before); }}},
        messagesUndoTime);
}

void MessagesPanel::Private::resend(quint64 sequence)
{
    const auto record = model.store().find(sequence);
    if (port == nullptr || !record || record->isDivider() || !record->connection || !isResendable(*record))
        return;
    Command command = resendCommand(*record, Target::one(record->connection->id));
    const QString whom = QStringLiteral("#%1").arg(record->connection->number);
    port->submitWithReply(std::move(command), &q, [this, whom](const event::CommandFinished& outcome) {
        const bool good = !outcome.error && outcome.gone == 0 && outcome.skipped == 0;
        if (!outcome.error && outcome.gone > 0) {
            notice->showNotice(InlineNotice::Kind::Warning,
                tr("%1 is closed. Press Ctrl+E to edit the message and choose another target.").arg(whom));
            return;
        }
        notice->showNotice(good ? InlineNotice::Kind::Information : InlineNotice::Kind::Warning,
            good ? tr("Sent again to %1.").arg(whom)
                 : tr("Not sent again to %1: %2").arg(whom, outcomeText(outcome, tr("sent"))),
            {}, std::chrono::seconds(good ? 4 : 0));
    });
}

/// What a menu on a message offers to do with it again.
void MessagesPanel::Private::addSending(QMenu& menu, const MessageRecord& record)
{
    QAction* edit = menu.addAction(tr("Edit in composer"));
    edit->setObjectName(QStringLiteral("edit_in_composer"));
    edit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_E));
    edit->setEnabled(record.payloadKept);
    QObject::connect(edit, &QAction::triggered, &q,
        [this, sequence = record.sequence] { Q_EMIT q.editInComposer(sequence); });
    QAction* keep = menu.addAction(tr("Save as template"));
    keep->setObjectName(QStringLiteral("save_as_template"));
    keep->setEnabled(record.payloadKept);
    QObject::connect(keep, &QAction::triggered, &q,
        [this, sequence = record.sequence] { Q_EMIT q.saveAsTemplate(sequence); });
    QAction* again = menu.addAction(
        record.connection ? tr("Resend to #%1").arg(record.connection->number) : tr("Resend"));
    again->setObjectName(QStringLiteral("resend"));
    again->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_R));
    again->setEnabled(record.connection && isResendable(record));
    QObject::connect(
        again, &QAction::triggered, &q, [this, sequence = record.sequence] { resend(sequence); });
}

void MessagesPanel::Private::showMenu(const QPoint& at)
{
    const QModelIndex index = q.m_table->indexAt(at);
    if (index.isValid() && !q.m_table->selectionModel()->isRowSelected(index.row(), {}))
        q.m_table->selectionModel()->setCurrentIndex(
            index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    const auto record = current();
    if (!record)
        return;
    auto* menu = new QMenu(q.m_table);
    menu->setObjectName(QStringLiteral("message_menu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [menu, this](QMenu* to, const QString& text, const char* name, auto slot,
                         const QKeySequence& keys = {}) {
        QAction* action = to->addAction(text);
        action->setObjectName(QLatin1String(name));
        action->setShortcut(keys);
        QObject::connect(action, &QAction::triggered, &q, slot);
        Q_UNUSED(menu)
        return action;
    };
    add(
        menu, tr("Copy as text"), "copy_as_text", [this] { copy(CopyForm::Text); }, QKeySequence::Copy);
    add(menu, tr("Copy as hex"), "copy_as_hex", [this] { copy(CopyForm::Hex); });
    add(menu, tr("Copy as base64"), "copy_as_base64", [this] { copy(CopyForm::Base64); });
    add(menu, tr("Copy as JSON"), "copy_as_json", [this] { copyAsJson(); });
    add(menu, tr("Copy as command"), "copy_as_command", [this] {
        copyAsCommand();
    })->setEnabled(record->connection && isResendable(*record));
    add(
        menu, tr("Copy row"), "copy_row", [this] { q.copyRows(); },
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
    menu->addSeparator();
    if (port != nullptr)
        addSending(*menu, *record);
    menu->addSeparator();
    add(menu, tr("Save payload as file\u2026"), "save_payload", [this, sequence = record->sequence] {
        if (const auto wanted = model.store().find(sequence))
            savePayloadOf(*wanted);
    })->setEnabled(record->payloadKept);
    menu->addSeparator();
    addLikeThis(*menu, *record);
    menu->addSeparator();
    add(menu, tr("Export\u2026"), "export", [this] { Q_EMIT q.exportRequested(); });
    menu->popup(q.m_table->viewport()->mapToGlobal(at));
}

/// *Filter like this*, and the same terms to hide messages by.
void MessagesPanel::Private::addLikeThis(QMenu& menu, const MessageRecord& record)
{
    struct Term {
        QString text;
        const char* name;
        std::string term;
    };
    std::vector<Term> terms;
    if (record.connection && record.connection->number > 0)
        terms.push_back({tr("Connection #%1").arg(record.connection->number), "connection",
            "conn:" + std::to_string(record.connection->number)});
    terms.push_back({mnemonicSafe(directionName(record.direction)), "direction",
        record.direction == Direction::from_browser ? "dir:from" : "dir:to"});
    static constexpr const char* words[] = {"text", "binary", "ping", "pong", "close", "continuation", "raw"};
    if (static_cast<std::size_t>(record.type) < std::size(words))
        terms.push_back({mnemonicSafe(typeName(record.type)), "type",
            std::string("op:") + words[static_cast<std::size_t>(record.type)]});
    const std::string_view payload = record.payload.text();
    if (record.type == TrafficType::text && !payload.empty() && payload.size() <= 200 && isCopyable(payload))
        terms.push_back({tr("The same content"), "content", quote_for_filter(payload)});
    QMenu* like = menu.addMenu(tr("Filter like this"));
    QMenu* hide = menu.addMenu(tr("Hide messages like this"));
    // "a | b -c" hides c beside b alone.
    hide->setEnabled(!q.m_filter->text().contains(u'|'));
    for (const Term& each : terms) {
        QAction* filter = like->addAction(each.text);
        filter->setObjectName(QStringLiteral("filter_") + QLatin1String(each.name));
        QObject::connect(filter, &QAction::triggered, &q, [this, term = each.term] { filterFor(term); });
        QAction* without = hide->addAction(each.text);
        without->setObjectName(QStringLiteral("hide_") + QLatin1String(each.name));
        QObject::connect(without, &QAction::triggered, &q, [this, term = each.term] { hideLike(term); });
    }
}

} // namespace jackfield::ui
