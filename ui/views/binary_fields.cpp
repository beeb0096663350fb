#include "ui/views/binary_fields.h"

#include "ui/views/base64_field.h"
#include "ui/views/controls.h"
#include "ui/views/hex_field.h"

#include <QHBoxLayout>

namespace jackfield::ui {

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
