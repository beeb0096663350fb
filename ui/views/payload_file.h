#pragma once

#include "jackfield/shared_bytes.h"

#include <QFuture>
#include <QString>

#include <cstdint>

namespace jackfield::ui {

/// What became of reading a file to be sent.
struct PayloadFile {
    QString path;
    QString name; ///< without its folder; not neutralised
    std::uint64_t size = 0;
    SharedBytes bytes; ///< all of them, where it was read
    bool isText = false; ///< valid UTF-8
    bool isTooLargeToTakeUnasked = false; ///< over `unasked`: nothing was read
    QString problem; ///< why it could not be read, in a sentence; neutralised; empty when it was
};

/// Reads a whole regular file on a thread of its own, so that a slow disk holds up nobody. Files over
/// `unasked` bytes are not read, and those over PayloadEditor::maxTaken never are.
[[nodiscard]] QFuture<PayloadFile> readPayloadFile(const QString& path, std::uint64_t unasked);

} // namespace jackfield::ui
