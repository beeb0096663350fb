#include "ui/views/raw_piece_fields.h"

#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/text/phrases.h"
#include "ui/views/controls.h"
#include "ui/views/file_drops.h"
#include "ui/views/hex_field.h"
#include "ui/views/payload_editor.h"
#include "ui/views/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace jackfield::ui {

namespace {

constexpr int shownLines = 2; // of a payload

QString opcodeText(int opcode)
{
    switch (opcode) {
    case 0:
        return RawPieceFields::tr("0 continuation");
    case 1:
        return RawPieceFields::tr("1 text");
    case 2:
        return RawPieceFields::tr("2 binary");
    case 8:
        return RawPieceFields::tr("8 close");
    case 9:
        return RawPieceFields::tr("9 ping");
    case 10:
        return RawPieceFields::tr("10 pong");
    default:
        return RawPieceFields::tr("%1 reserved").arg(opcode);
    }
}

void setLines(QPlainTextEdit& field, int lines)
{
    field.setFixedHeight(QFontMetrics(field.font()).lineSpacing() * lines
        + static_cast<int>(2 * field.document()->documentMargin()) + 8);
}

} // namespace

RawPieceFields::RawPieceFields(const RawPiece& piece, QWidget* parent)
    : QWidget(parent)
    , m_isFrame(std::holds_alternative<RawFrame>(piece))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(5);
    const auto* frame = std::get_if<RawFrame>(&piece);
    if (frame != nullptr)
        buildHeader(*frame);
    buildPayload(frame != nullptr ? frame->payload : std::get<SharedBytes>(piece));
    column->addStretch(1);
    refresh();
}

RawPieceFields::RawPieceFields(const RawPieceSnapshot& snapshot, QWidget* parent)
    : RawPieceFields(snapshot.isFrame ? RawPiece(RawFrame()) : RawPiece(SharedBytes()), parent)
{
    if (m_isFrame) {
        for (std::size_t i = 0; i < m_bits.size(); ++i)
            m_bits[i]->setChecked(snapshot.bits[i]);
        m_opcode->setCurrentIndex(snapshot.opcode);
        m_masked->setChecked(snapshot.isMasked);
        m_key->setText(snapshot.key);
        m_form->setCurrentIndex(snapshot.lengthForm);
        m_says->setText(snapshot.declaredLength);
    }
    m_text->putBack(snapshot.text);
    m_hex->setPlainText(snapshot.hex);
    m_payload->setCurrentIndex(snapshot.isHex ? 1 : 0);
    m_payloadKind->setCurrentIndex(snapshot.isHex ? 1 : 0);
    refresh();
}

RawPieceSnapshot RawPieceFields::snapshot() const
{
    RawPieceSnapshot taken;
    taken.isFrame = m_isFrame;
    if (m_isFrame) {
        for (std::size_t i = 0; i < m_bits.size(); ++i)
            taken.bits[i] = m_bits[i]->isChecked();
        taken.opcode = m_opcode->currentIndex();
        taken.isMasked = m_masked->isChecked();
        taken.key = m_key->text();
        taken.lengthForm = m_form->currentIndex();
        taken.declaredLength = m_says->text();
    }
    taken.isHex = m_payload->currentIndex() == 1;
    taken.text = m_text->payload();
    taken.hex = m_hex->document()->toRawText().replace(QChar(QChar::ParagraphSeparator), QChar(u'\n'));
    return taken;
}

void RawPieceFields::buildHeader(const RawFrame& frame)
{
    static constexpr std::array<const char*, 4> names{"raw_fin", "raw_rsv1", "raw_rsv2", "raw_rsv3"};
    static constexpr std::array<const char*, 4> titles{"FIN", "RSV1", "RSV2", "RSV3"};
    const std::array<bool, 4> set{frame.fin, frame.rsv1, frame.rsv2, frame.rsv3};
    auto* first = new QHBoxLayout;
    first->setSpacing(9);
    m_opcode = named(new QComboBox(this), "raw_opcode", "Opcode");
    m_opcode->setToolTip(tr("Opcode: what kind of frame it says it is"));
    for (int opcode = 0; opcode < 16; ++opcode)
        m_opcode->addItem(opcodeText(opcode));
    m_opcode->setCurrentIndex(frame.opcode);
    first->addWidget(m_opcode);
    for (std::size_t i = 0; i < m_bits.size(); ++i) {
        m_bits[i] = named(new QCheckBox(QLatin1String(titles[i]), this), names[i], titles[i]);
        m_bits[i]->setChecked(set[i]);
        connect(m_bits[i], &QCheckBox::toggled, this, &RawPieceFields::refresh);
        first->addWidget(m_bits[i]);
    }
    m_bits[0]->setToolTip(tr("The last frame of its message"));
    first->addStretch(1);

    auto* second = new QHBoxLayout;
    second->setSpacing(6);
    m_masked = named(new QCheckBox(tr("Mask"), this), "raw_masked", "Masked");
    m_masked->setToolTip(tr("Masks the payload with this key; a server never does"));
    m_key = named(new QLineEdit(this), "raw_key", "Masking key");
    m_key->setFont(monospaceFont());
    m_key->setMaxLength(11);
    m_key->setToolTip(tr("The masking key: 8 hex digits"));
    m_key->setFixedWidth(m_key->fontMetrics().horizontalAdvance(QStringLiteral("00000000")) + 22);
    m_masked->setChecked(frame.masking_key.has_value());
    m_key->setText(QStringLiteral("01020304"));
    if (frame.masking_key) {
        const QByteArray key(reinterpret_cast<const char*>(frame.masking_key->data()), 4);
        m_key->setText(displayText(hexText(key).remove(u' ')));
    }
    m_form = named(new QComboBox(this), "raw_length_form", "Form of the length");
    m_form->setToolTip(tr("How many bits of the header hold the length"));
    m_form->addItems({tr("shortest"), tr("7 bits"), tr("16 bits"), tr("64 bits")});
    m_form->setCurrentIndex(frame.length_form ? 1 + static_cast<int>(*frame.length_form) : 0);
    m_says = named(new QLineEdit(this), "raw_declared_length", "Length that the header says");
    m_says->setPlaceholderText(tr("as it is"));
    m_says->setToolTip(tr("The length that the header says, where it is not to be the payload's"));
    m_says->setMinimumWidth(76);
    if (frame.declared_length)
        m_says->setText(QString::number(*frame.declared_length));
    letFilesPass(*m_key);
    letFilesPass(*m_says);
    second->addWidget(m_masked);
    second->addWidget(m_key);
    second->addSpacing(6);
    second->addWidget(mutedLabel(tr("Length"), this));
    second->addWidget(m_form);
    second->addWidget(mutedLabel(tr("says"), this));
    second->addWidget(m_says, 1);
    connect(m_opcode, &QComboBox::currentIndexChanged, this, &RawPieceFields::refresh);
    connect(m_masked, &QCheckBox::toggled, this, &RawPieceFields::refresh);
    connect(m_form, &QComboBox::currentIndexChanged, this, &RawPieceFields::refresh);
    connect(m_key, &QLineEdit::textChanged, this, &RawPieceFields::refresh);
    connect(m_says, &QLineEdit::textChanged, this, &RawPieceFields::refresh);
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->addLayout(first);
    column->addLayout(second);
}

void RawPieceFields::buildPayload(const SharedBytes& payload)
{
    m_payloadKind = named(new QComboBox(this), "raw_payload_kind", "How the payload is written");
    m_payloadKind->addItems({tr("text"), tr("hex")});
    m_payload = new QStackedWidget(this);
    m_text = named(new PayloadEditor(m_payload), "raw_text", "Raw payload as text");
    m_text->setFont(monospaceFont());
    m_hex = named(new HexField(m_payload), "raw_hex", "Raw payload as hex");
    const int lines = m_isFrame ? shownLines : shownLines + 3;
    for (QPlainTextEdit* field :
        {static_cast<QPlainTextEdit*>(m_text), static_cast<QPlainTextEdit*>(m_hex)}) {
        field->setPlaceholderText(m_isFrame ? tr("Payload (may be empty)") : tr("Bytes as they are"));
        setLines(*field, lines);
        m_payload->addWidget(field);
    }
    m_payload->setFixedHeight(m_text->height());
    letFilesPass(*m_text);
    letFilesPass(*m_hex);
    const std::string_view text = payload.text();
    const QByteArray bytes(text.data(), static_cast<qsizetype>(text.size()));
    const bool asHex = !m_text->setPayload(bytes);
    if (asHex)
        m_hex->setBytes(bytes);
    m_payload->setCurrentIndex(asHex ? 1 : 0);
    m_payloadKind->setCurrentIndex(asHex ? 1 : 0);
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(m_payloadKind, 0, Qt::AlignTop);
    row->addWidget(m_payload, 1);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
    connect(m_payloadKind, &QComboBox::activated, this, [this](int index) { setAsHex(index == 1); });
    connect(m_text, &QPlainTextEdit::textChanged, this, &RawPieceFields::refresh);
    connect(m_hex, &HexField::bytesChanged, this, &RawPieceFields::refresh);
    const auto tooLarge = [this] {
        Q_EMIT refused(
            tr("Nothing was put in: that is too long to be edited here. Send it as a binary message."));
    };
    connect(m_text, &PayloadEditor::tooLargeToEdit, this, tooLarge);
    connect(m_text, &PayloadEditor::tooLargeToTake, this, tooLarge);
    connect(m_hex, &HexField::tooLargeToEdit, this, tooLarge);
    connect(m_hex, &HexField::notHex, this, [this](const QString& why) {
        Q_EMIT refused(tr("Nothing was put in; it is not hex: %1.").arg(why));
    });
    connect(m_text, &PayloadEditor::notText, this, [this](const QByteArray& pasted) {
        if (m_text->payload().isEmpty() && pasted.size() <= HexField::maxEditable) {
            m_hex->setBytes(pasted);
            m_payloadKind->setCurrentIndex(1);
            m_payload->setCurrentIndex(1);
        } else {
            Q_EMIT refused(tr("Nothing was put in: it is not UTF-8 text. Choose hex."));
        }
    });
}

void RawPieceFields::setAsHex(bool asHex)
{
    if (asHex == (m_payload->currentIndex() == 1))
        return;
    if (asHex) {
        const QByteArray bytes = m_text->payload();
        if (bytes.size() > HexField::maxEditable) {
            Q_EMIT refused(tr("This payload is too long to be edited as hex."));
        } else {
            m_hex->setBytes(bytes);
            m_payload->setCurrentIndex(1);
        }
    } else if (m_hex->parsed().ok() && !PayloadEditor::isEditable(m_hex->parsed().bytes)) {
        Q_EMIT refused(tr("This payload is too long to be edited as text."));
    } else if (!m_hex->parsed().ok() || !m_text->setPayload(m_hex->parsed().bytes)) {
        Q_EMIT refused(tr("These bytes are not UTF-8 text, so they can only be shown as hex."));
    } else {
        m_payload->setCurrentIndex(0);
    }
    const QSignalBlocker quiet(m_payloadKind);
    m_payloadKind->setCurrentIndex(m_payload->currentIndex());
    refresh();
}

QByteArray RawPieceFields::payload() const
{
    return m_payload->currentIndex() == 1 ? m_hex->parsed().bytes : m_text->payload();
}

std::optional<std::array<std::byte, 4>> RawPieceFields::maskingKey() const
{
    const HexParse parsed = parseHex(m_key->text());
    if (!parsed.ok() || parsed.bytes.size() != 4)
        return std::nullopt;
    std::array<std::byte, 4> key{};
    for (std::size_t i = 0; i < key.size(); ++i)
        key[i] = static_cast<std::byte>(parsed.bytes[static_cast<qsizetype>(i)]);
    return key;
}

std::optional<RawFrame> RawPieceFields::frame(QString* why) const
{
    RawFrame frame;
    frame.fin = m_bits[0]->isChecked();
    frame.rsv1 = m_bits[1]->isChecked();
    frame.rsv2 = m_bits[2]->isChecked();
    frame.rsv3 = m_bits[3]->isChecked();
    frame.opcode = static_cast<std::uint8_t>(m_opcode->currentIndex());
    if (m_masked->isChecked()) {
        frame.masking_key = maskingKey();
        if (!frame.masking_key) {
            *why = tr("a masking key is 8 hex digits");
            return std::nullopt;
        }
    }
    if (m_form->currentIndex() > 0)
        frame.length_form = static_cast<LengthForm>(m_form->currentIndex() - 1);
    const QString says = m_says->text().trimmed();
    if (!says.isEmpty()) {
        bool isNumber = false;
        const qulonglong length = says.toULongLong(&isNumber);
        if (!isNumber) {
            *why = tr("the length that the header says is a number from 0 to 2\u2076\u2074 - 1");
            return std::nullopt;
        }
        frame.declared_length = length;
    }
    const QByteArray bytes = payload();
    frame.payload = SharedBytes(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    if (const auto good = check(frame); !good) {
        *why = wordsOf(good.error().message());
        return std::nullopt;
    }
    return frame;
}

QString RawPieceFields::problem() const
{
    if (m_payload->currentIndex() == 1 && !m_hex->parsed().ok())
        return m_hex->parsed().problem;
    QString why;
    if (m_isFrame)
        static_cast<void>(frame(&why));
    return why;
}

std::optional<RawPiece> RawPieceFields::piece() const
{
    if (m_payload->currentIndex() == 1 && !m_hex->parsed().ok())
        return std::nullopt;
    if (!m_isFrame) {
        const QByteArray bytes = payload();
        return SharedBytes(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    }
    QString why;
    auto made = frame(&why);
    return made ? std::optional<RawPiece>(std::move(*made)) : std::nullopt;
}

void RawPieceFields::refresh()
{
    setStyleProperty(m_hex, "bad", m_payload->currentIndex() == 1 && !m_hex->parsed().ok());
    if (m_isFrame) {
        m_key->setEnabled(m_masked->isChecked());
        setStyleProperty(m_key, "bad", m_masked->isChecked() && !maskingKey());
        QString why;
        const bool isHeaderWrong = !frame(&why) && (!m_masked->isChecked() || maskingKey());
        setStyleProperty(m_says, "bad", isHeaderWrong);
    }
    Q_EMIT changed();
}

} // namespace jackfield::ui
