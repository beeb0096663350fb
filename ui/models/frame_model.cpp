#include "ui/models/frame_model.h"

#include "ui/text/format.h"

#include <QByteArray>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace jackfield::ui {

namespace {

int bitsOf(LengthForm form)
{
    return form == LengthForm::bits7 ? 7 : form == LengthForm::bits16 ? 16 : 64;
}

// The shortest form that holds the length; RFC 6455 section 5.2 demands it.
LengthForm shortestForm(std::uint64_t length)
{
    return length < 126 ? LengthForm::bits7 : length <= 0xffff ? LengthForm::bits16 : LengthForm::bits64;
}

QString rsvText(const FrameFacts& frame)
{
    QStringList set;
    if (frame.rsv1())
        set += QStringLiteral("1");
    if (frame.rsv2())
        set += QStringLiteral("2");
    if (frame.rsv3())
        set += QStringLiteral("3");
    return set.isEmpty() ? QStringLiteral("\u2013") : set.join(QStringLiteral(", "));
}

QString maskText(const FrameFacts& frame)
{
    if (!frame.is_masked)
        return QStringLiteral("\u2013");
    const QByteArray key(reinterpret_cast<const char*>(frame.masking_key.data()),
        static_cast<qsizetype>(frame.masking_key.size()));
    return QString::fromLatin1(key.toHex());
}

} // namespace

QString opcodeName(std::uint8_t opcode)
{
    switch (opcode) {
    case 0:
        return FrameModel::tr("continuation");
    case 1:
        return FrameModel::tr("text");
    case 2:
        return FrameModel::tr("binary");
    case 8:
        return FrameModel::tr("close");
    case 9:
        return FrameModel::tr("ping");
    case 10:
        return FrameModel::tr("pong");
    default:
        return FrameModel::tr("reserved 0x%1").arg(QString::number(opcode, 16));
    }
}

QString headerHex(const FrameFacts& frame)
{
    QByteArray header;
    header += static_cast<char>(frame.first_byte);
    const int mask = frame.is_masked ? 0x80 : 0;
    const auto big_endian = [&](int bytes) {
        for (int i = bytes - 1; i >= 0; --i)
            header += static_cast<char>(frame.payload_length >> (8 * i) & 0xffU);
    };
    switch (frame.length_form) {
    case LengthForm::bits7:
        header += static_cast<char>(mask | static_cast<int>(frame.payload_length & 0x7fU));
        break;
    case LengthForm::bits16:
        header += static_cast<char>(mask | 126);
        big_endian(2);
        break;
    case LengthForm::bits64:
        header += static_cast<char>(mask | 127);
        big_endian(8);
        break;
    }
    if (frame.is_masked)
        header.append(reinterpret_cast<const char*>(frame.masking_key.data()),
            static_cast<qsizetype>(frame.masking_key.size()));
    return QString::fromLatin1(header.toHex(' '));
}

FrameModel::FrameModel(QObject* parent)
    : QAbstractTableModel(parent)
{ }

void FrameModel::setFrames(std::span<const FrameFacts> frames)
{
    beginResetModel();
    m_frames.assign(frames.begin(), frames.end());
    endResetModel();
}

int FrameModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_frames.size());
}

int FrameModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : frameColumnCount;
}

QVariant FrameModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const FrameFacts& frame = m_frames[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<FrameColumn>(index.column());
    if (role == Qt::TextAlignmentRole) {
        const bool figure = column == FrameColumn::Number || column == FrameColumn::Length;
        return QVariant::fromValue(
            Qt::Alignment((figure ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    }
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole) {
        switch (column) {
        case FrameColumn::Opcode:
            return tr("Opcode 0x%1, %2").arg(QString::number(frame.opcode(), 16), opcodeName(frame.opcode()));
        case FrameColumn::Fin:
            return frame.fin() ? tr("FIN is set: the last frame of its message")
                               : tr("FIN is not set: more frames follow");
        case FrameColumn::Rsv:
            return frame.rsv1() ? tr("RSV1 is set: the message is compressed (permessage-deflate)")
                                : tr("Reserved bits that are set");
        case FrameColumn::Mask:
            return frame.is_masked ? tr("Masked with this key, as every frame of a browser")
                                   : tr("Not masked, as every frame of a server");
        case FrameColumn::Length: {
            QString text
                = tr("%1 bytes of payload, the length in %2 bits", nullptr, pluralOf(frame.payload_length))
                      .arg(formatCount(frame.payload_length), QString::number(bitsOf(frame.length_form)));
            if (frame.length_form != shortestForm(frame.payload_length))
                text += tr("; a shorter form would have held it");
            return text;
        }
        case FrameColumn::Header:
            return tr("The header's %1 bytes as they stood on the wire: %2")
                .arg(QString::number(frame.header_size()), headerHex(frame));
        case FrameColumn::Number:
        case FrameColumn::Count_:
            break;
        }
        return role == Qt::AccessibleTextRole ? data(index, Qt::DisplayRole) : QVariant();
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case FrameColumn::Number:
        return index.row() + 1;
    case FrameColumn::Opcode:
        return opcodeName(frame.opcode());
    case FrameColumn::Fin:
        return frame.fin() ? QStringLiteral("1") : QStringLiteral("0");
    case FrameColumn::Rsv:
        return rsvText(frame);
    case FrameColumn::Mask:
        return maskText(frame);
    case FrameColumn::Length: {
        // The form is said only where it is not the one that the length calls for.
        const QString length = formatCount(frame.payload_length);
        return frame.length_form == shortestForm(frame.payload_length)
            ? length
            : tr("%1 in %2 bits").arg(length, QString::number(bitsOf(frame.length_form)));
    }
    case FrameColumn::Header:
        return headerHex(frame);
    case FrameColumn::Count_:
        break;
    }
    return {};
}

QVariant FrameModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const auto column = static_cast<FrameColumn>(section);
    if (role == Qt::TextAlignmentRole) {
        const bool figure = column == FrameColumn::Number || column == FrameColumn::Length;
        return QVariant::fromValue(
            Qt::Alignment((figure ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case FrameColumn::Number:
        return QStringLiteral("#");
    case FrameColumn::Opcode:
        return tr("Opcode");
    case FrameColumn::Fin:
        return QStringLiteral("FIN");
    case FrameColumn::Rsv:
        return QStringLiteral("RSV");
    case FrameColumn::Mask:
        return tr("Mask");
    case FrameColumn::Length:
        return tr("Length");
    case FrameColumn::Header:
        return tr("Header");
    case FrameColumn::Count_:
        break;
    }
    return {};
}

QString FrameModel::lineOf(int row) const
{
    if (row < 0 || row >= rowCount())
        return {};
    const FrameFacts& frame = m_frames[static_cast<std::size_t>(row)];
    QString line = QStringLiteral("%1  %2").arg(QString::number(row + 1), opcodeName(frame.opcode()));
    if (frame.fin())
        line += QStringLiteral("  FIN");
    for (const auto& [set, name] :
        {std::pair(frame.rsv1(), "RSV1"), std::pair(frame.rsv2(), "RSV2"), std::pair(frame.rsv3(), "RSV3")}) {
        if (set)
            line += QStringLiteral("  ") + QLatin1StringView(name);
    }
    if (frame.is_masked)
        line += QStringLiteral("  mask ") + maskText(frame);
    return line
        + QStringLiteral("  length %1  header %2")
              .arg(QString::number(frame.payload_length), headerHex(frame));
}

} // namespace jackfield::ui
