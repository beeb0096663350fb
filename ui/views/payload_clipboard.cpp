#include "ui/views/payload_clipboard.h"

#include "ui/text/display_text.h"
#include "ui/views/hex_field.h"
#include "ui/views/payload_editor.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

namespace jackfield::ui {

bool copyPayloads(const std::vector<std::string_view>& payloads, CopyForm form)
{
    auto mime = std::make_unique<QMimeData>();
    QString whole;
    for (std::size_t i = 0; i < payloads.size(); ++i) {
        const QByteArray bytes
            = QByteArray::fromRawData(payloads[i].data(), static_cast<qsizetype>(payloads[i].size()));
        if (i > 0)
            whole += u'\n';
        switch (form) {
        case CopyForm::Text:
            if (!isCopyable(payloads[i]))
                return false;
            whole += copyText(payloads[i]);
            break;
        case CopyForm::Hex:
            whole += payloads.size() == 1 ? hexText(bytes) : hexText(bytes).replace(u'\n', u' ');
            break;
        case CopyForm::Base64:
            whole += QString::fromLatin1(bytes.toBase64());
            break;
        }
    }
    if (form == CopyForm::Text && payloads.size() == 1) {
        mime->setData(PayloadEditor::exactMimeType(),
            QByteArray(payloads[0].data(), static_cast<qsizetype>(payloads[0].size())));
    }
    mime->setText(whole);
    QGuiApplication::clipboard()->setMimeData(mime.release());
    return true;
}

} // namespace jackfield::ui
