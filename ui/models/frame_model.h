#pragma once

#include "jackfield/frame_facts.h"

#include <QAbstractTableModel>
#include <QString>

#include <span>
#include <vector>

namespace jackfield::ui {

enum class FrameColumn : int { Number, Opcode, Fin, Rsv, Length, Mask, Header, Count_ };
inline constexpr int frameColumnCount = static_cast<int>(FrameColumn::Count_);

/// The frames behind one message, a row each: what the header of each said (RFC 6455 section 5.2).
class FrameModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit FrameModel(QObject* parent = nullptr);

    void setFrames(std::span<const FrameFacts> frames);

    // QAbstractItemModel: DisplayRole, ToolTipRole, AccessibleTextRole, TextAlignmentRole
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// One row as a line of text: "1  text  FIN  RSV1  mask 37fa213d  length 5  header 81 85 37 fa 21 3d".
    [[nodiscard]] QString lineOf(int row) const;

private:
    std::vector<FrameFacts> m_frames;
};

/// The name of an opcode (RFC 6455 section 11.8): "text", "pong", "reserved 0xb".
[[nodiscard]] QString opcodeName(std::uint8_t opcode);
/// The bytes of the header as they stood on the wire, in hex: "81 85 37 fa 21 3d".
[[nodiscard]] QString headerHex(const FrameFacts& frame);

} // namespace jackfield::ui
