#include "ui/views/composer_pages.h"

#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/base64_field.h"
#include "ui/views/binary_fields.h"
#include "ui/views/close_frame_fields.h"
#include "ui/views/controls.h"
#include "ui/views/held_payload.h"
#include "ui/views/hex_field.h"
#include "ui/views/json_assist.h"
#include "ui/views/payload_editor.h"
#include "ui/views/raw_fields.h"
#include "ui/views/template_origin.h"
#include "ui/views/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QTextBlock>

#include <algorithm>
#include <utility>

namespace jackfield::ui {

namespace {

constexpr qsizetype maxControl = 125; // RFC 6455 section 5.5
constexpr int maxLines = 9;
constexpr int linesWhenUsed = 2;

SharedBytes shared(const QByteArray& bytes)
{
    return SharedBytes(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

QByteArray bytesOf(const SharedBytes& shared)
{
    const std::string_view text = shared.text();
    return {text.data(), static_cast<qsizetype>(text.size())};
}

QString countText(std::uint64_t bytes)
{
    return bytes == 1 ? ComposerPages::tr("1 byte") : ComposerPages::tr("%1 bytes").arg(formatCount(bytes));
}

// Lines of a field as they are laid out, no more than are counted.
int linesOf(const QPlainTextEdit& field, int most)
{
    int lines = 0;
    for (QTextBlock block = field.document()->firstBlock(); block.isValid() && lines <= most;
         block = block.next())
        lines += std::max(1, block.lineCount());
    return lines;
}

int frameOf(const QPlainTextEdit& field)
{
    return static_cast<int>(2 * field.document()->documentMargin())
        + (field.isVisible() ? field.height() - field.viewport()->height() : 8);
}

} // namespace

ComposerPages::ComposerPages(QWidget* parent)
    : QStackedWidget(parent)
    , m_text(named(new PayloadEditor(this), "composer_text", "Text to send"))
    , m_binary(new BinaryFields(this))
    , m_ping(named(new PayloadEditor(this), "composer_ping", "Ping payload"))
    , m_pong(named(new PayloadEditor(this), "composer_pong", "Pong payload"))
    , m_close(new CloseFrameFields(this))
    , m_raw(new RawFields(this))
    , m_heldPage(new HeldPayload(this))
{
    m_text->setPlaceholderText(tr("Text to send"));
    m_ping->setPlaceholderText(tr("Payload of the ping (may be empty)"));
    m_pong->setPlaceholderText(tr("Payload of the pong (may be empty)"));
    m_close->setFrame(CloseFrame{1000, {}});
    m_json = new JsonAssist(*m_text);
    for (QWidget* page :
        std::initializer_list<QWidget*>{m_text, m_binary, m_ping, m_pong, m_close, m_raw, m_heldPage})
        addWidget(page);
    m_textOrigin = new TemplateOrigin(*m_text);
    m_json->setReshape([this](const QByteArray& utf8) { m_textOrigin->reshape(utf8); });
    m_pingOrigin = new TemplateOrigin(*m_ping);
    m_pongOrigin = new TemplateOrigin(*m_pong);
    for (PayloadEditor* editor : {m_text, m_ping, m_pong})
        watch(*editor);
    connect(m_binary, &BinaryFields::changed, this, &ComposerPages::edited);
    connect(m_binary, &BinaryFields::tooLargeToEdit, this,
        [this](const QByteArray& whole) { Q_EMIT tooLargeToEdit(whole, false); });
    connect(m_binary, &BinaryFields::notBytes, this,
        [this](const QString& why) { Q_EMIT refused(tr("Nothing was put in; %1.").arg(why)); });
    for (QPlainTextEdit* field :
        {static_cast<QPlainTextEdit*>(m_binary->hex()), static_cast<QPlainTextEdit*>(m_binary->base64())})
        connect(field->document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &ComposerPages::resized);
    connect(m_close, &CloseFrameFields::changed, this, &ComposerPages::edited);
    connect(m_close, &CloseFrameFields::refused, this, &ComposerPages::refused);
    connect(m_raw, &RawFields::exampleChosen, this, &ComposerPages::exampleChosen);
    connect(m_raw, &RawFields::takenAway, this, &ComposerPages::takenAway);
    connect(m_raw, &RawFields::changed, this, &ComposerPages::edited);
    connect(m_raw, &RawFields::refused, this, &ComposerPages::refused);
    m_close->reason()->setFont(monospaceFont());
    connect(m_heldPage, &HeldPayload::discarded, this, [this] {
        const auto taken = std::exchange(heldOf(m_kind), std::nullopt);
        showPage();
        currentWidget()->setFocus(Qt::OtherFocusReason);
        if (taken)
            Q_EMIT discarded(*taken, m_kind);
    });
    // A new style sheet takes the fonts of what has been laid out already.
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        for (QWidget* field : fields())
            field->setFont(monospaceFont());
    });
    showPage();
}

ComposerPages::~ComposerPages()
{
    // Its highlighter touches the document when it goes, and that would be told as an edit.
    m_text->disconnect(this);
    delete m_json;
}

void ComposerPages::watch(PayloadEditor& editor)
{
    editor.setFont(monospaceFont());
    connect(&editor, &QPlainTextEdit::textChanged, this, &ComposerPages::edited);
    connect(editor.document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
        &ComposerPages::resized);
    const bool isControl = &editor != m_text;
    connect(&editor, &PayloadEditor::tooLargeToEdit, this, [this, isControl](const QByteArray& whole) {
        if (isControl)
            Q_EMIT refused(tr("Nothing was put in: a ping or pong holds at most 125 bytes, and that is %1.")
                               .arg(formatBytes(static_cast<std::uint64_t>(whole.size()))));
        else
            Q_EMIT tooLargeToEdit(whole, true);
    });
    connect(&editor, &PayloadEditor::tooLargeToTake, this, &ComposerPages::tooLargeToTake);
    connect(&editor, &PayloadEditor::notText, this, &ComposerPages::notText);
}

PayloadEditor* ComposerPages::control() const
{
    return m_kind == Kind::pong ? m_pong : m_ping;
}

void ComposerPages::setKind(Kind kind)
{
    const auto isMessage = [](Kind one) { return one == Kind::text || one == Kind::binary; };
    if (kind != m_kind && isMessage(kind) && isMessage(m_kind) && heldOf(m_kind) && !heldOf(kind)) {
        const std::string_view bytes = heldOf(m_kind)->bytes.text();
        if (kind == Kind::binary
            || payload_text::isUtf8(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size()))))
            std::swap(heldOf(kind), heldOf(m_kind));
    }
    m_kind = kind;
    showPage();
}

void ComposerPages::showPage()
{
    QWidget* page = m_text;
    if (held())
        page = m_heldPage;
    else if (m_kind == Kind::binary)
        page = m_binary;
    else if (m_kind == Kind::ping || m_kind == Kind::pong)
        page = control();
    else if (m_kind == Kind::close)
        page = m_close;
    else if (m_kind == Kind::raw)
        page = m_raw;
    if (const auto& shown = held())
        m_heldPage->hold(shown->bytes, shown->name, m_kind == Kind::text);
    else
        m_heldPage->release();
    setCurrentWidget(page);
    setFocusProxy(page);
    Q_EMIT resized();
    Q_EMIT edited();
}

std::optional<ComposedMessage> ComposerPages::message() const
{
    if (!problem().isEmpty())
        return std::nullopt;
    ComposedMessage made;
    made.kind = m_kind;
    if (held()) {
        made.payload = held()->bytes;
        return made;
    }
    switch (m_kind) {
    case Kind::text:
        made.payload = shared(m_text->payload());
        break;
    case Kind::binary:
        made.payload = shared(m_binary->bytes());
        break;
    case Kind::ping:
    case Kind::pong:
        made.payload = shared(control()->payload());
        break;
    case Kind::close:
        if (auto frame = m_close->frame())
            made.close = std::move(*frame);
        break;
    case Kind::raw:
        made.pieces = m_raw->pieces();
        made.cut = m_raw->cut();
        break;
    }
    return made;
}

QString ComposerPages::problem() const
{
    if (held())
        return {};
    switch (m_kind) {
    case Kind::text:
        return {};
    case Kind::binary:
        return m_binary->problem();
    case Kind::ping:
    case Kind::pong: {
        const qsizetype bytes = control()->payload().size();
        if (bytes <= maxControl)
            return {};
        return m_kind == Kind::ping ? tr("%1 bytes; a ping holds at most 125").arg(bytes)
                                    : tr("%1 bytes; a pong holds at most 125").arg(bytes);
    }
    case Kind::close:
        return m_close->problem();
    case Kind::raw:
        return m_raw->problem();
    }
    return {};
}

QString ComposerPages::info() const
{
    if (held())
        return countText(held()->bytes.size());
    switch (m_kind) {
    case Kind::text: {
        const QByteArray bytes = m_text->payload();
        return nameOf(lineEndsOf(bytes)) + QStringLiteral(" \u00B7 ")
            + countText(static_cast<std::uint64_t>(bytes.size()));
    }
    case Kind::binary:
        return countText(static_cast<std::uint64_t>(m_binary->bytes().size()));
    case Kind::ping:
    case Kind::pong:
        return tr("%1 of 125 bytes").arg(control()->payload().size());
    case Kind::close:
        return tr("reason: %1 of 123 bytes").arg(m_close->reasonBytes());
    case Kind::raw:
        return m_raw->summary();
    }
    return {};
}

void ComposerPages::put(const ComposedMessage& message, const QString& name, bool isTemplate)
{
    const QByteArray bytes = message.kind == Kind::text || message.kind == Kind::binary
        ? QByteArray()
        : bytesOf(message.payload);
    const std::string_view payload = message.payload.text();
    const QByteArrayView view(payload.data(), static_cast<qsizetype>(payload.size()));
    m_kind = message.kind;
    if (m_kind == Kind::text || m_kind == Kind::binary)
        heldOf(m_kind).reset();
    switch (message.kind) {
    case Kind::text:
        if (PayloadEditor::isEditable(view))
            m_textOrigin->fill(bytesOf(message.payload), isTemplate);
        else
            m_heldText = HeldSnapshot{message.payload, name, isTemplate};
        break;
    case Kind::binary:
        if (view.size() <= HexField::maxEditable)
            m_binary->setBytes(bytesOf(message.payload));
        else
            m_heldBinary = HeldSnapshot{message.payload, name, isTemplate};
        break;
    case Kind::ping:
    case Kind::pong:
        (m_kind == Kind::ping ? m_pingOrigin : m_pongOrigin)->fill(bytes, isTemplate);
        break;
    case Kind::close:
        m_close->setFrame(message.close);
        break;
    case Kind::raw:
        m_raw->setContent(message.pieces, message.cut);
        break;
    }
    showPage();
}

std::optional<HeldSnapshot>& ComposerPages::heldOf(Kind kind)
{
    return kind == Kind::binary ? m_heldBinary : m_heldText;
}

const std::optional<HeldSnapshot>& ComposerPages::held() const
{
    static const std::optional<HeldSnapshot> none;
    return m_kind == Kind::text ? m_heldText : m_kind == Kind::binary ? m_heldBinary : none;
}

bool ComposerPages::wouldLose(Kind kind) const
{
    return (kind == Kind::text && m_heldText) || (kind == Kind::binary && m_heldBinary)
        || (kind == Kind::raw && m_raw->isByHand());
}

bool ComposerPages::isFromTemplate() const
{
    if (held())
        return held()->isTemplate;
    switch (m_kind) {
    case Kind::text:
        return m_textOrigin->isTemplate();
    case Kind::ping:
        return m_pingOrigin->isTemplate();
    case Kind::pong:
        return m_pongOrigin->isTemplate();
    case Kind::binary:
    case Kind::close:
    case Kind::raw:
        break;
    }
    return false;
}

ComposerSnapshot ComposerPages::snapshot() const
{
    ComposerSnapshot taken;
    taken.kind = m_kind;
    taken.text = {m_text->payload(), m_textOrigin->isTemplate()};
    taken.ping = {m_ping->payload(), m_pingOrigin->isTemplate()};
    taken.pong = {m_pong->payload(), m_pongOrigin->isTemplate()};
    taken.binary = m_binary->snapshot();
    taken.close = m_close->snapshot();
    taken.raw = m_raw->snapshot();
    taken.heldText = m_heldText;
    taken.heldBinary = m_heldBinary;
    return taken;
}

void ComposerPages::restore(const ComposerSnapshot& snapshot)
{
    for (const Kind kind : {Kind::text, Kind::binary, Kind::ping, Kind::pong, Kind::close, Kind::raw})
        refill(snapshot, kind);
    m_kind = snapshot.kind;
    showPage();
}

void ComposerPages::restore(const ComposerSnapshot& snapshot, Kind kind)
{
    refill(snapshot, kind);
    m_kind = kind;
    showPage();
}

void ComposerPages::refill(const ComposerSnapshot& snapshot, Kind kind)
{
    // What stands there already keeps its cursor and its undoing.
    const auto fill = [](const PayloadEditor& field, TemplateOrigin& origin, const FieldSnapshot& wanted) {
        if (field.payload() != wanted.payload || origin.isTemplate() != wanted.isTemplate)
            origin.putBack(wanted.payload, wanted.isTemplate);
    };
    switch (kind) {
    case Kind::text:
        fill(*m_text, *m_textOrigin, snapshot.text);
        m_heldText = snapshot.heldText;
        break;
    case Kind::binary:
        m_binary->restore(snapshot.binary);
        m_heldBinary = snapshot.heldBinary;
        break;
    case Kind::ping:
        fill(*m_ping, *m_pingOrigin, snapshot.ping);
        break;
    case Kind::pong:
        fill(*m_pong, *m_pongOrigin, snapshot.pong);
        break;
    case Kind::close:
        m_close->restore(snapshot.close);
        break;
    case Kind::raw:
        if (m_raw->snapshot() != snapshot.raw)
            m_raw->restore(snapshot.raw);
        break;
    }
}

bool ComposerPages::isEmpty() const
{
    return m_kind == Kind::text && !isHeld() && m_text->document()->isEmpty();
}

std::vector<QWidget*> ComposerPages::fields() const
{
    return {m_text, m_binary->hex(), m_binary->base64(), m_ping, m_pong, m_close->reason()};
}

QSize ComposerPages::minimumSizeHint() const
{
    const QWidget* page = currentWidget();
    return page == nullptr ? QStackedWidget::minimumSizeHint() : page->minimumSizeHint();
}

void ComposerPages::fitHeight(bool used, int least)
{
    const QWidget* page = currentWidget();
    int height = page->sizeHint().height();
    const int shortest = used ? linesWhenUsed : 1;
    if (page == m_binary) {
        int tallest = 0;
        for (QPlainTextEdit* field : {static_cast<QPlainTextEdit*>(m_binary->hex()),
                 static_cast<QPlainTextEdit*>(m_binary->base64())}) {
            const int lines = linesOf(*field, maxLines);
            field->setVerticalScrollBarPolicy(
                lines > maxLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
            tallest = std::max(tallest,
                std::clamp(lines, shortest, maxLines) * QFontMetrics(field->font()).lineSpacing()
                    + frameOf(*field) + 2);
        }
        height = tallest;
    } else if (page == m_text || page == m_ping || page == m_pong) {
        auto* field = static_cast<QPlainTextEdit*>(currentWidget());
        const int lines = linesOf(*field, maxLines);
        field->setVerticalScrollBarPolicy(lines > maxLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
        height = std::clamp(lines, shortest, maxLines) * QFontMetrics(field->font()).lineSpacing()
            + frameOf(*field) + 2;
        if (!used)
            height = std::max(height, least);
    }
    if (this->height() != height || minimumHeight() != height)
        setFixedHeight(height);
}

} // namespace jackfield::ui
