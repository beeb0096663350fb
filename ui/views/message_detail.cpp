#include "ui/views/message_detail.h"

#include "ui/models/json_tree_load.h"
#include "ui/models/message_store.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/controls.h"
#include "ui/views/elided_label.h"
#include "ui/views/frames_view.h"
#include "ui/views/inline_notice.h"
#include "ui/views/json_view.h"
#include "ui/views/payload_base64_view.h"
#include "ui/views/payload_clipboard.h"
#include "ui/views/payload_hex_view.h"
#include "ui/views/payload_text_view.h"
#include "ui/views/strip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace jackfield::ui {

namespace {

/// Whether a payload may be meant to be JSON; looks no further than a reader of JSON would.
bool looksLikeJson(std::string_view bytes)
{
    bytes = bytes.substr(0, static_cast<std::size_t>(maxJsonBytes));
    const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    const auto first = std::find_if_not(bytes.begin(), bytes.end(), isBlank);
    return first != bytes.end() && (*first == '{' || *first == '[');
}

QString reasonOf(const JsonCheck& check)
{
    switch (check.verdict) {
    case JsonCheck::Verdict::mistake:
        return MessageDetail::tr("Shown as text: it is no valid JSON from line %1, column %2 on.")
            .arg(formatCount(static_cast<std::uint64_t>(check.line)),
                formatCount(static_cast<std::uint64_t>(check.column)));
    case JsonCheck::Verdict::tooLarge:
        return MessageDetail::tr("Shown as text: larger than 1 MiB.");
    case JsonCheck::Verdict::tooDeep:
        return MessageDetail::tr("Shown as text: nested more than 256 deep.");
    case JsonCheck::Verdict::tooSlow:
        return MessageDetail::tr("Shown as text: it takes too long to read as JSON.");
    case JsonCheck::Verdict::notJson:
    case JsonCheck::Verdict::valid:
        break;
    }
    return MessageDetail::tr("This message is no JSON object or array.");
}

QString offsetsOf(const DetailText& text)
{
    QStringList offsets;
    for (const std::size_t offset : text.invalidOffsets()) {
        if (offsets.size() == 5) {
            offsets += QStringLiteral("\u2026");
            break;
        }
        offsets += formatCount(offset);
    }
    return offsets.join(QStringLiteral(", "));
}

} // namespace

class MessageDetail::Private {
public:
    Private(MessageDetail& owner, MessageStore& messages)
        : q(owner)
        , store(messages)
    { }

    void build();
    void placeholder(const QString& text);
    void fill(const MessageRecord& record);
    void copyRefused(const QByteArray& bytes);
    void copyAll();
    void readJson(bool isKept, TrafficType type);
    void takeJson(const JsonCheck& check, std::shared_ptr<const JsonTree> tree);
    void openTab(QWidget* page);
    void tabChosen();
    [[nodiscard]] QWidget* usualTab() const { return binary ? tabForBinary : tabForText; }

    MessageDetail& q;
    MessageStore& store;
    quint64 sequence = 0;
    jackfield::SharedBytes payload;
    JsonTreeLoad load;
    // The tab that a person last chose for each kind of message.
    QWidget* tabForJson = nullptr;
    QWidget* tabForText = nullptr;
    QWidget* tabForBinary = nullptr;
    bool binary = false;
    bool isJson = false; // or may be: it is being read
    bool filling = false;

    QStackedWidget* pages = nullptr;
    QLabel* empty = nullptr;
    ElidedLabel* summary = nullptr;
    QToolButton* copyButton = nullptr;
    QTabWidget* tabs = nullptr;
    JsonView* json = nullptr;
    PayloadTextView* text = nullptr;
    PayloadHexView* hex = nullptr;
    PayloadBase64View* base64 = nullptr;
    FramesView* frames = nullptr;
    QLabel* note = nullptr;
    InlineNotice* notice = nullptr;
    QLabel* footer = nullptr;
};

MessageDetail::MessageDetail(MessageStore& store, QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(*this, store))
{
    nameControl(this, "message_detail", "Message detail");
    d->build();
    clear();
}

MessageDetail::~MessageDetail() = default;

void MessageDetail::Private::build()
{
    pages = new QStackedWidget(&q);
    empty = named(wrappedLabel(QString(), pages), "no_message", "No message");
    empty->setProperty("muted", true);
    empty->setAlignment(Qt::AlignCenter);
    empty->setMargin(16);

    auto* page = new QWidget(pages);
    auto* head = new Strip(Qt::BottomEdge, page);
    summary = named(new ElidedLabel(head), "message_summary", "Message summary");
    copyButton = named(framedToolButton(tr("Copy"), head), "copy_whole_message", "Copy whole message");
    copyButton->setToolTip(tr("Copy the whole payload"));
    auto* headRow = new QHBoxLayout(head);
    headRow->setContentsMargins(10, 4, 8, 5);
    headRow->addWidget(summary, 1);
    headRow->addWidget(copyButton);

    note = named(wrappedLabel(QString(), page), "message_note", "Note about this message");
    note->setProperty("muted", true);
    note->setContentsMargins(10, 5, 10, 5);
    notice = new InlineNotice(QStringLiteral("message"), page);
    json = new JsonView(page);
    text = new PayloadTextView(page);
    hex = new PayloadHexView(page);
    base64 = new PayloadBase64View(page);
    frames = new FramesView(page);
    tabs = named(new QTabWidget(page), "message_tabs", "Views of the message");
    tabs->setDocumentMode(true);
    tabs->tabBar()->setDrawBase(false);
    tabs->addTab(json, tr("JSON"));
    tabs->addTab(text, tr("Text"));
    tabs->addTab(hex, tr("Hex"));
    tabs->addTab(base64, tr("Base64"));
    tabForJson = json;
    tabForText = text;
    tabForBinary = hex;
    tabs->addTab(frames, tr("Frames"));

    auto* foot = new Strip(Qt::TopEdge, page);
    footer = named(wrappedLabel(QString(), foot), "message_size", "Message size");
    footer->setProperty("muted", true);
    auto* footRow = new QHBoxLayout(foot);
    footRow->setContentsMargins(10, 5, 10, 4);
    footRow->addWidget(footer, 1);

    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(notice);
    column->addWidget(note);
    column->addWidget(tabs, 1);
    column->addWidget(foot);
    pages->addWidget(empty);
    pages->addWidget(page);
    auto* whole = new QVBoxLayout(&q);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(pages);

    QObject::connect(copyButton, &QToolButton::clicked, &q, [this] { copyAll(); });
    QObject::connect(
        text, &PayloadView::copyRefused, &q, [this](const QByteArray& bytes) { copyRefused(bytes); });
    QObject::connect(
        json, &JsonView::copyRefused, &q, [this](const QByteArray& bytes) { copyRefused(bytes); });
    QObject::connect(tabs, &QTabWidget::currentChanged, &q, [this] { tabChosen(); });
    QObject::connect(&load, &JsonTreeLoad::finished, &q,
        [this](const JsonCheck& check, std::shared_ptr<const JsonTree> tree) {
            takeJson(check, std::move(tree));
        });
    QObject::connect(json, &JsonView::filterRequested, &q, &MessageDetail::filterRequested);
    QObject::connect(&store, &MessageStore::changed, &q, [this] {
        if (sequence != 0 && sequence < store.firstSequence() && pages->currentIndex() == 1)
            footer->setText(tr("%1; no longer kept in the list").arg(formatBytes(payload.size())));
    });
}

void MessageDetail::Private::placeholder(const QString& said)
{
    empty->setText(displayText(said));
    load.cancel();
    json->clear();
    text->setPayload({});
    hex->setPayload({});
    base64->setPayload({});
    frames->clear();
    payload = {};
    pages->setCurrentIndex(0);
}

void MessageDetail::Private::copyRefused(const QByteArray& bytes)
{
    const auto copy = [bytes](CopyForm form) {
        copyPayloads({std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size()))}, form);
    };
    notice->showNotice(InlineNotice::Kind::Warning,
        tr("Nothing was copied: the clipboard cannot hold this as text (it has a NUL or is not UTF-8)."),
        {{tr("Copy as hex"), QStringLiteral("Copy message as hex"), [copy] { copy(CopyForm::Hex); }},
            {tr("Copy as base64"), QStringLiteral("Copy message as base64"),
                [copy] { copy(CopyForm::Base64); }}});
}

void MessageDetail::Private::copyAll()
{
    const std::string_view bytes = payload.text();
    const CopyForm form = tabs->currentWidget() == base64 ? CopyForm::Base64
        : binary && !isJson                               ? CopyForm::Hex
                                                          : CopyForm::Text;
    if (copyPayloads({bytes}, form))
        notice->dismiss();
    else
        copyRefused(QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())));
}

void MessageDetail::Private::tabChosen()
{
    if (filling)
        return;
    QWidget* chosen = tabs->currentWidget();
    if (isJson)
        tabForJson = chosen;
    else if (chosen != json) // to see why there is no tree
        (binary ? tabForBinary : tabForText) = chosen;
}

/// Opens a tab without taking it for a person's choice.
void MessageDetail::Private::openTab(QWidget* page)
{
    const bool before = std::exchange(filling, true);
    tabs->setCurrentWidget(page);
    filling = before;
}

void MessageDetail::Private::readJson(bool isKept, TrafficType type)
{
    load.cancel();
    json->clear();
    const bool mayBe = isKept && (type == TrafficType::text || type == TrafficType::binary)
        && looksLikeJson(payload.text());
    isJson = mayBe && payload.size() <= static_cast<std::size_t>(maxJsonBytes);
    tabs->setTabEnabled(tabs->indexOf(json), true);
    if (isJson) {
        openTab(tabForJson);
        load.start(payload);
        return;
    }
    openTab(usualTab());
    JsonCheck check;
    check.verdict = mayBe ? JsonCheck::Verdict::tooLarge : JsonCheck::Verdict::notJson;
    json->showReason(reasonOf(check));
    tabs->setTabEnabled(tabs->indexOf(json), mayBe);
}

void MessageDetail::Private::takeJson(const JsonCheck& check, std::shared_ptr<const JsonTree> tree)
{
    if (check.verdict == JsonCheck::Verdict::valid) {
        json->showTree(std::move(tree));
        return;
    }
    isJson = false;
    json->showReason(reasonOf(check));
    if (tabs->currentWidget() == json)
        openTab(usualTab());
}

void MessageDetail::Private::fill(const MessageRecord& record)
{
    filling = true;
    notice->dismiss();
    payload = record.payload;
    binary = record.type == TrafficType::binary;
    jackfield::SharedBytes shown = payload;
    QStringList notes;
    if (record.type == TrafficType::close) {
        // The first two bytes are the code (RFC 6455 section 5.5.1); the text is the reason alone.
        const std::string_view bytes = payload.text();
        if (bytes.size() >= 2) {
            const auto code = static_cast<std::uint16_t>(
                static_cast<unsigned char>(bytes[0]) * 256U + static_cast<unsigned char>(bytes[1]));
            notes += bytes.size() > 2
                ? tr("Close code %1. The text is the reason, in the words of whoever closed.")
                      .arg(closeCodeName(code))
                : tr("Close code %1, without a reason.").arg(closeCodeName(code));
            shown = jackfield::SharedBytes(bytes.substr(2));
        } else {
            notes += tr("Without a code: the page sees 1005.");
        }
    }
    text->setPayload(shown);
    hex->setPayload(payload);
    base64->setPayload(payload);
    frames->setMessage(record);
    if (!record.payloadKept && record.size > 0)
        notes += (record.headersOnly ? tr("The content (%1) was not captured: only headers were.")
                                     : tr("The content (%1) was too large to be kept."))
                     .arg(formatBytes(record.size));
    if (text->shown().isCut()) {
        notes += tr("Text shows the first %1 of %2; Hex and Copy have all of it.")
                     .arg(formatBytes(text->shown().coveredBytes()), formatBytes(payload.size()));
    }
    if (text->shown().invalidBytes() > 0 && !binary) {
        notes += tr("%1 bytes are not UTF-8 and show as \uFFFD (at %2); Hex has the bytes.", nullptr,
            pluralOf(text->shown().invalidBytes()))
                     .arg(formatCount(text->shown().invalidBytes()), offsetsOf(text->shown()));
    }
    note->setText(displayText(notes.join(u' '), 600));
    note->setVisible(!notes.isEmpty());

    QString line = (record.direction == Direction::from_browser ? QStringLiteral("\u25B2 ")
                                                                : QStringLiteral("\u25BC "))
        + directionName(record.direction);
    if (record.connection && record.connection->number > 0)
        line += QStringLiteral(" \u00B7 #%1").arg(record.connection->number);
    line += QStringLiteral(" \u00B7 ") + formatTimeOfDay(record.wallNs);
    if (!makerName(record.maker).isEmpty())
        line += QStringLiteral(" \u00B7 ") + makerName(record.maker);
    summary->setContent(line);

    const QString bytes = record.size == 1 ? tr("1 byte") : tr("%1 bytes").arg(formatCount(record.size));
    // A HAR does not say how a message travelled.
    QString size = record.wire == 0
        ? bytes
        : tr("%1, %2 on the wire, %3")
              .arg(bytes, formatCount(record.wire),
                  record.frames == 1 ? tr("1 frame") : tr("%1 frames").arg(formatCount(record.frames)));
    if (record.compressed != 0 && record.size != 0)
        size += tr(", compressed to %1 (%2 %)")
                    .arg(formatCount(record.compressed),
                        QString::number(
                            100.0 * static_cast<double>(record.compressed) / static_cast<double>(record.size),
                            'f', record.compressed * 10 < record.size ? 1 : 0));
    footer->setText(size);
    copyButton->setEnabled(record.payloadKept);
    readJson(record.payloadKept, record.type);
    pages->setCurrentIndex(1);
    filling = false;
}

void MessageDetail::showMessage(quint64 sequence)
{
    const auto record = d->store.find(sequence);
    d->sequence = sequence;
    if (!record || record->isDivider()) {
        d->placeholder(tr("This message is no longer kept: newer ones took its place."));
        return;
    }
    d->fill(*record);
}

void MessageDetail::clear()
{
    d->sequence = 0;
    d->placeholder(tr("Select a message to see it here."));
}

} // namespace jackfield::ui
