#include "ui/views/binary_fields.h"

#include "ui/views/base64_field.h"
#include "ui/views/controls.h"
#include "ui/views/hex_field.h"

#include <QHBoxLayout>
#include <QTextDocument>

namespace jackfield::ui {

namespace {

QString textOf(const QPlainTextEdit& field)
{
    return field.document()->toRawText().replace(QChar(QChar::ParagraphSeparator), QChar(u'\n'));
}

// Undoably, which setPlainText is not.
void replaceText(QPlainTextEdit& field, const QString& text)
{
    if (textOf(field) == text)
        return;
    QTextCursor cursor(field.document());
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    cursor.insertText(text);
    cursor.endEditBlock();
}

} // namespace

BinaryFields::BinaryFields(QWidget* parent)
    : QWidget(parent)
    , m_hex(named(new HexField(this), "composer_hex", "Hex bytes to send"))
    , m_base64(named(new Base64Field(this), "composer_base64", "Base64 bytes to send"))
{
    m_hex->setPlaceholderText(tr("Bytes in hex: 89 50 4e 47"));
    m_base64->setPlaceholderText(tr("or in base64: iVBORw=="));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_hex, 3);
    row->addWidget(m_base64, 2);
    setFocusProxy(m_hex);
    connect(m_hex, &HexField::bytesChanged, this, &BinaryFields::onHex);
    connect(m_base64, &Base64Field::bytesChanged, this, &BinaryFields::onBase64);
    connect(m_hex, &HexField::tooLargeToEdit, this, &BinaryFields::tooLargeToEdit);
    connect(m_base64, &Base64Field::tooLargeToEdit, this, &BinaryFields::tooLargeToEdit);
    connect(m_hex, &HexField::notHex, this,
        [this](const QString& problem) { Q_EMIT notBytes(tr("it is not hex: %1").arg(problem)); });
    connect(m_base64, &Base64Field::notBase64, this,
        [this](const QString& problem) { Q_EMIT notBytes(tr("it is not base64: %1").arg(problem)); });
}

void BinaryFields::setBytes(const QByteArray& bytes)
{
    if (m_hex->parsed().ok() && m_base64->parsed().ok() && bytes == m_bytes)
        return;
    m_hex->setBytes(bytes);
}

BinarySnapshot BinaryFields::snapshot() const
{
    return {textOf(*m_hex), textOf(*m_base64)};
}

void BinaryFields::restore(const BinarySnapshot& snapshot)
{
    m_linking = true;
    replaceText(*m_hex, snapshot.hex);
    replaceText(*m_base64, snapshot.base64);
    m_linking = false;
    const HexParse& hex = m_hex->parsed();
    m_problem = hex.ok() ? m_base64->parsed().problem : hex.problem;
    m_bytes = hex.ok() ? hex.bytes : m_base64->parsed().bytes;
    setStyleProperty(m_hex, "bad", !hex.ok());
    setStyleProperty(m_base64, "bad", !m_base64->parsed().ok());
    Q_EMIT changed();
}

void BinaryFields::onHex()
{
    if (m_linking)
        return;
    const HexParse& parsed = m_hex->parsed();
    m_problem = parsed.problem;
    if (parsed.ok()) {
        m_bytes = parsed.bytes;
        m_linking = true;
        if (!m_base64->parsed().ok() || m_base64->parsed().bytes != m_bytes)
            m_base64->setBytes(m_bytes);
        m_linking = false;
    }
    setStyleProperty(m_hex, "bad", !parsed.ok());
    setStyleProperty(m_base64, "bad", false);
    Q_EMIT changed();
}

void BinaryFields::onBase64()
{
    if (m_linking)
        return;
    const Base64Parse& parsed = m_base64->parsed();
    m_problem = parsed.problem;
    if (parsed.ok()) {
        m_bytes = parsed.bytes;
        m_linking = true;
        if (!m_hex->parsed().ok() || m_hex->parsed().bytes != m_bytes)
            m_hex->setBytes(m_bytes);
        m_linking = false;
    }
    setStyleProperty(m_base64, "bad", !parsed.ok());
    setStyleProperty(m_hex, "bad", false);
    Q_EMIT changed();
}

} // namespace jackfield::ui
