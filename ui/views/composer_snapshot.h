#pragma once

#include "jackfield/composed_message.h"

#include <QByteArray>
#include <QString>

#include <array>
#include <optional>
#include <vector>

namespace jackfield::ui {

// What stands in the fields of the composer, whether it can be sent or not: values that put it back exactly.

/// The text of the fields for bytes.
struct BinarySnapshot {
    QString hex;
    QString base64;
};

struct CloseSnapshot {
    QString code;
    QByteArray reason; ///< UTF-8
};

struct RawPieceSnapshot {
    bool isFrame = true;
    std::array<bool, 4> bits{}; ///< fin, rsv1, rsv2, rsv3
    int opcode = 0;
    bool isMasked = false;
    QString key;
    int lengthForm = 0;
    QString declaredLength;
    bool isHex = false;
    QByteArray text; ///< UTF-8
    QString hex;

    bool operator==(const RawPieceSnapshot&) const = default;
};

struct RawSnapshot {
    std::vector<RawPieceSnapshot> pieces;
    int cut = 0;

    bool operator==(const RawSnapshot&) const = default;
};

/// The content of a field for text.
struct FieldSnapshot {
    QByteArray payload; ///< UTF-8
    bool isTemplate = false;
};

/// A payload that is too long to edit.
struct HeldSnapshot {
    SharedBytes bytes;
    QString name; ///< of the file it came from; empty without
    bool isTemplate = false;
};

struct ComposerSnapshot {
    ComposedMessage::Kind kind = ComposedMessage::Kind::text;
    FieldSnapshot text;
    FieldSnapshot ping;
    FieldSnapshot pong;
    BinarySnapshot binary;
    CloseSnapshot close;
    RawSnapshot raw;
    std::optional<HeldSnapshot> heldText;
    std::optional<HeldSnapshot> heldBinary;
};

} // namespace jackfield::ui
