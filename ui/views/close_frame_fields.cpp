#include "ui/views/close_frame_fields.h"

#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/controls.h"
#include "ui/views/file_drops.h"
#include "ui/views/payload_editor.h"

#include "jackfield/close_code.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>

namespace jackfield::ui {

CloseFrameFields::CloseFrameFields(QWidget* parent)
    : QWidget(parent)
    , m_code(named(new QComboBox(this), "close_code", "Composed close code"))
    , m_reason(named(new PayloadEditor(this), "close_reason", "Composed close reason"))
{
    m_code->setEditable(true);
    m_code->setInsertPolicy(QComboBox::NoInsert);
    m_code->setCompleter(nullptr);
    nameControl(m_code->lineEdit(), "close_code_text", "Composed close code");
    for (const std::uint16_t code : offeredCloseCodes)
        m_code->addItem(closeCodeName(code));
    m_code->addItem(tr("without a code (the page sees 1005)"));
    m_code->setToolTip(tr("1000-1003, 1007-1014, 3000-4999, or none; 1006 and 1015 never travel in a frame"));
    m_reason->setOneLine();
    m_reason->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored); // as high as the code
    m_reason->setPlaceholderText(tr("Reason (may be empty)"));
    letFilesPass(*m_code->lineEdit());
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_code, 2);
    row->addWidget(m_reason, 3);
    setFocusProxy(m_reason);
    connect(m_code, &QComboBox::editTextChanged, this, &CloseFrameFields::changed);
    connect(m_reason, &QPlainTextEdit::textChanged, this, &CloseFrameFields::changed);
    const auto tooLong = [this](qsizetype bytes) {
        Q_EMIT refused(tr("Nothing was put in: a reason holds at most 123 bytes, and that is %1.")
                           .arg(formatBytes(static_cast<std::uint64_t>(bytes))));
    };
    connect(m_reason, &PayloadEditor::tooLargeToEdit, this,
        [tooLong](const QByteArray& whole) { tooLong(whole.size()); });
    connect(m_reason, &PayloadEditor::tooLargeToTake, this, tooLong);
    connect(m_reason, &PayloadEditor::notText, this, [this] {
        Q_EMIT refused(tr("Nothing was put in: a reason is UTF-8 text, and those bytes are not."));
    });
}

std::optional<int> CloseFrameFields::code() const
{
    const QString text = m_code->currentText().trimmed();
    if (text.isEmpty() || text == m_code->itemText(m_code->count() - 1))
        return std::nullopt;
    bool ok = false;
    const int number = text.section(u' ', 0, 0).toInt(&ok);
    return ok && number > 0 ? number : 0;
}

int CloseFrameFields::reasonBytes() const
{
    return static_cast<int>(m_reason->payload().size());
}

QString CloseFrameFields::problem() const
{
    const auto number = code();
    if (number) {
        if (*number == 1005 || *number == 1006 || *number == 1015)
            return tr("%1 is never sent; it is what a page sees without a code, without a Close frame, or "
                      "when TLS fails")
                .arg(*number);
        if (*number <= 0 || *number > 0xFFFF || !may_be_sent(static_cast<std::uint16_t>(*number)))
            return tr("the code must be 1000-1003, 1007-1014 or 3000-4999");
    } else if (reasonBytes() > 0) {
        return tr("a reason needs a code");
    }
    if (reasonBytes() > static_cast<int>(max_close_reason))
        return tr("the reason has %1 bytes; 123 fit").arg(reasonBytes());
    return {};
}

std::optional<CloseFrame> CloseFrameFields::frame() const
{
    if (!problem().isEmpty())
        return std::nullopt;
    CloseFrame frame;
    if (const auto number = code())
        frame.code = static_cast<std::uint16_t>(*number);
    frame.reason = m_reason->payload().toStdString();
    return frame;
}

void CloseFrameFields::setFrame(const CloseFrame& frame)
{
    if (frame.code)
        m_code->setEditText(closeCodeName(*frame.code));
    else
        m_code->setEditText(m_code->itemText(m_code->count() - 1));
    // What is no UTF-8 is never sent as a reason, and nothing like one is made of it.
    if (!m_reason->setPayload(QByteArray::fromStdString(frame.reason)))
        m_reason->setPayload({});
}

CloseSnapshot CloseFrameFields::snapshot() const
{
    return {m_code->currentText(), m_reason->payload()};
}

void CloseFrameFields::restore(const CloseSnapshot& snapshot)
{
    m_code->setEditText(snapshot.code);
    if (m_reason->payload() != snapshot.reason)
        m_reason->putBack(snapshot.reason);
}

} // namespace jackfield::ui
