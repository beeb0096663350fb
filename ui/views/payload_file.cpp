#include "ui/views/payload_file.h"

#include "ui/bridge/when_done.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/payload_editor.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <new>

namespace jackfield::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(PayloadFile)
};

PayloadFile read(const QString& path, std::uint64_t unasked)
{
    PayloadFile file;
    file.path = path;
    const QFileInfo info(path);
    file.name = info.fileName();
    const QString shown = quotedPeerText(file.name.toStdString(), 80);
    if (!info.isFile()) {
        file.problem = info.exists() ? Words::tr("%1 is no file that can be sent.").arg(shown)
                                     : Words::tr("%1 is not there (any more).").arg(shown);
        return file;
    }
    file.size = static_cast<std::uint64_t>(info.size());
    if (info.size() > PayloadEditor::maxTaken) {
        file.problem = Words::tr("%1 has %2, and one message takes up to %3.")
                           .arg(shown, formatBytes(file.size),
                               formatBytes(static_cast<std::uint64_t>(PayloadEditor::maxTaken)));
        return file;
    }
    if (file.size > unasked) {
        file.isTooLargeToTakeUnasked = true;
        return file;
    }
    QFile source(path);
    QByteArray bytes;
    if (source.open(QIODevice::ReadOnly))
        bytes = source.read(PayloadEditor::maxTaken + 1);
    if (source.error() != QFileDevice::NoError) {
        file.problem = Words::tr("%1 cannot be read: %2.").arg(shown, displayText(source.errorString(), 200));
        return file;
    }
    if (bytes.size() > PayloadEditor::maxTaken) {
        file.problem = Words::tr("%1 grew too large while it was read.").arg(shown);
        return file;
    }
    file.size = static_cast<std::uint64_t>(bytes.size());
    file.isText = payload_text::isUtf8(bytes);
    file.bytes = SharedBytes(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    return file;
}

} // namespace

QFuture<PayloadFile> readPayloadFile(const QString& path, std::uint64_t unasked)
{
    return unwaited([path, unasked] {
        try {
            return read(path, unasked);
        } catch (const std::bad_alloc&) {
            PayloadFile file;
            file.path = path;
            file.problem = Words::tr("There is not enough memory for this file.");
            return file;
        }
    });
}

} // namespace jackfield::ui
