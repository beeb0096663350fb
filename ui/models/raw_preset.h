#pragma once

#include "jackfield/composed_message.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace jackfield::ui {

/// Raw bytes that are worth trying on a page or another WebSocket client: what RFC 6455 allows and few do,
/// and what it forbids.
struct RawPreset {
    const char* name = nullptr; ///< stable English, for programs
    QString title; ///< what it is
    QString expectation; ///< what a correct client does with it, with the RFC's section
    std::vector<RawPiece> pieces;
    StreamCut cut = StreamCut::none;
};

/// All of them, in the order they are offered in.
[[nodiscard]] std::vector<RawPreset> rawPresets();

/// The header of `frame` as it will stand on the wire (RFC 6455 section 5.2): 2 to 14 bytes. Of a frame that
/// `check` takes.
[[nodiscard]] QByteArray headerBytes(const RawFrame& frame);
/// The first `maxPayload` bytes of what stands behind the header on the wire: masked where there is a key.
[[nodiscard]] QByteArray wirePayload(const RawFrame& frame, qsizetype maxPayload);
/// "text, fin, 5 bytes": a frame or bytes in one line.
[[nodiscard]] QString describePiece(const RawPiece& piece);

} // namespace jackfield::ui
