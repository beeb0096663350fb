#pragma once

#include "ui/views/composer_snapshot.h"

#include "jackfield/raw_frame.h"

#include <QString>
#include <QWidget>

#include <array>
#include <optional>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QStackedWidget;

namespace jackfield::ui {

class HexField;
class PayloadEditor;

/// One piece of what is sent raw: a frame with every part of its header, or bytes as they are. The payload is
/// written as text or as hex.
class RawPieceFields : public QWidget {
    Q_OBJECT
public:
    explicit RawPieceFields(const RawPiece& piece, QWidget* parent = nullptr);
    explicit RawPieceFields(const RawPieceSnapshot& snapshot, QWidget* parent = nullptr);

    /// The piece as it stands; nullopt while it cannot be sent, and then `problem` says why.
    [[nodiscard]] std::optional<RawPiece> piece() const;
    [[nodiscard]] QString problem() const;
    [[nodiscard]] bool isFrame() const { return m_isFrame; }
    /// What stands in the fields, mistakes and all.
    [[nodiscard]] RawPieceSnapshot snapshot() const;

Q_SIGNALS:
    void changed();
    /// Something was pasted that does not belong here: why.
    void refused(const QString& sentence);

private:
    void buildHeader(const RawFrame& frame);
    void buildPayload(const SharedBytes& payload);
    void setAsHex(bool asHex);
    void refresh();
    [[nodiscard]] QByteArray payload() const;
    [[nodiscard]] std::optional<std::array<std::byte, 4>> maskingKey() const;
    [[nodiscard]] std::optional<RawFrame> frame(QString* why) const;

    bool m_isFrame = true;
    std::array<QCheckBox*, 4> m_bits{}; // fin, rsv1, rsv2, rsv3
    QComboBox* m_opcode = nullptr;
    QCheckBox* m_masked = nullptr;
    QLineEdit* m_key = nullptr;
    QComboBox* m_form = nullptr;
    QLineEdit* m_says = nullptr;
    QComboBox* m_payloadKind = nullptr;
    QStackedWidget* m_payload = nullptr;
    PayloadEditor* m_text = nullptr;
    HexField* m_hex = nullptr;
};

} // namespace jackfield::ui
