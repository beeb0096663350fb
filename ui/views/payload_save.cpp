#include "ui/views/payload_save.h"

#include "ui/bridge/when_done.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/controls.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QSaveFile>

namespace jackfield::ui {

namespace {

struct SaveWords {
    Q_DECLARE_TR_FUNCTIONS(PayloadSave)
};

/// Why it could not be written; empty when it was.
QString write(const QString& path, const SharedBytes& payload)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return file.errorString();
    const auto size = static_cast<qint64>(payload.size());
    // A full disk may show in the size alone.
    const bool isWhole
        = file.write(payload.text().data(), size) == size && file.flush() && file.size() == size;
    if (!isWhole)
        file.cancelWriting();
    return file.commit() && isWhole ? QString() : file.errorString();
}

} // namespace

void savePayload(QWidget* parent, const SharedBytes& payload, const QString& name,
    std::function<void(bool isSaved, const QString& sentence)> told)
{
    auto* dialog = new QFileDialog(parent, SaveWords::tr("Save payload as file"));
    nameControl(dialog, "save_payload_dialog", "Save payload as file");
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->selectFile(name);
    QObject::connect(
        dialog, &QFileDialog::fileSelected, parent, [parent, payload, told](const QString& path) {
            whenDone(unwaited([path, payload] { return write(path, payload); }), parent,
                [path, payload, told](const QString& problem) {
                    const QString file = QFileInfo(path).fileName();
                    const QString shown = quotedPeerText((file.isEmpty() ? path : file).toStdString(), 80);
                    if (problem.isEmpty())
                        told(true,
                            SaveWords::tr("%1 holds the payload, %2.")
                                .arg(shown, formatBytes(payload.size())));
                    else
                        told(false,
                            SaveWords::tr("%1 could not be written: %2.")
                                .arg(shown, displayText(problem, 200)));
                });
        });
    dialog->open();
}

} // namespace jackfield::ui
