#include "ui/views/payload_save.h"

#include "ui/bridge/when_done.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/controls.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QPromise>
#include <QSaveFile>

#include <system_error>

#include <memory>
#include <thread>

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

QFuture<QString> writeOnThread(const QString& path, const SharedBytes& payload)
{
    auto promise = std::make_shared<QPromise<QString>>();
    promise->start();
    QFuture<QString> future = promise->future();
    const auto work = [promise, path, payload] {
        promise->addResult(write(path, payload));
        promise->finish();
    };
    // A thread that nobody waits for: a network folder that never answers cannot hold up the program's end.
    try {
        std::thread(work).detach();
    } catch (const std::system_error&) {
        work();
    }
    return future;
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
            whenDone(writeOnThread(path, payload), parent, [path, payload, told](const QString& problem) {
                const QString shown = quotedPeerText(QFileInfo(path).fileName().toStdString(), 80);
                if (problem.isEmpty())
                    told(
                        true, SaveWords::tr("%1 holds the payload, %2.").arg(shown, formatBytes(payload.size())));
                else
                    told(false,
                        SaveWords::tr("%1 could not be written: %2.").arg(shown, displayText(problem, 200)));
            });
        });
    dialog->open();
}

} // namespace jackfield::ui
