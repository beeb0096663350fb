#include "ui/views/frames_view.h"

#include "ui/models/frame_model.h"
#include "ui/models/message_store.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/cell_delegate.h"
#include "ui/views/controls.h"
#include "ui/views/message_delegate.h"
#include "ui/views/table_header.h"
#include "ui/views/theme.h"

#include <QClipboard>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QItemSelectionModel>
#include <QHeaderView>
#include <QLabel>
#include <QShortcut>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace jackfield::ui {

namespace {

// What is read as bytes stands in the font of bytes.
class FrameDelegate final : public CellDelegate {
public:
    using CellDelegate::CellDelegate;

protected:
    [[nodiscard]] QFont fontOf(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto column = static_cast<FrameColumn>(index.column());
        return column == FrameColumn::Mask || column == FrameColumn::Header ? monospaceFont() : option.font;
    }
};

QString bytesText(std::uint64_t count)
{
    return count == 1 ? FramesView::tr("1 byte") : FramesView::tr("%1 bytes").arg(formatCount(count));
}

QString summaryOf(const MessageRecord& record)
{
    if (record.frameFacts.empty()) {
        if (record.type == TrafficType::raw)
            return FramesView::tr("Raw bytes that are no frame.");
        return FramesView::tr(
            "No frame headers: this version of the protocol has other framing, or the message "
            "is one part of a longer one.");
    }
    QStringList said;
    if (record.frames > record.frameFacts.size())
        said += FramesView::tr("The first %1 of %2 frames.")
                    .arg(formatCount(record.frameFacts.size()), formatCount(record.frames));
    else
        said += record.frames == 1 ? FramesView::tr("1 frame.")
                                   : FramesView::tr("%1 frames.").arg(formatCount(record.frames));
    const std::uint64_t travelled = record.compressed != 0 ? record.compressed : record.size;
    if (record.wire >= travelled)
        said += FramesView::tr("%1 of headers and %2 of payload on the wire.")
                    .arg(bytesText(record.wire - travelled), bytesText(travelled));
    said += record.compressed != 0 ? FramesView::tr("Compressed; %1 when plain.").arg(bytesText(record.size))
                                   : FramesView::tr("Not compressed.");
    return said.join(u' ');
}

} // namespace

FramesView::FramesView(QWidget* parent)
    : QWidget(parent)
    , m_model(new FrameModel(this))
{
    nameControl(this, "message_frames", "Message frames");
    m_summary = named(wrappedLabel(QString(), this), "frames_summary", "Summary of the frames");
    m_summary->setProperty("muted", true);
    m_summary->setContentsMargins(10, 6, 10, 6);
    m_table = named(new QTableView(this), "frames_table", "Frames");
    m_table->setModel(m_model);
    m_table->setItemDelegate(new FrameDelegate(m_table));
    m_table->setHorizontalHeader(new TableHeader(m_table));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(QFontMetrics(font()).height() + 8);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setTabKeyNavigation(false);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_summary);
    column->addWidget(m_table, 1);

    auto* copy = new QShortcut(QKeySequence::Copy, m_table, nullptr, nullptr, Qt::WidgetShortcut);
    copy->setWhatsThis(tr("Copy"));
    connect(copy, &QShortcut::activated, this, &FramesView::copyRows);
}

void FramesView::setMessage(const MessageRecord& record)
{
    m_summary->setText(displayText(summaryOf(record), 400));
    m_model->setFrames(record.frameFacts);
    m_table->setVisible(!record.frameFacts.empty());
    fitColumns();
}

void FramesView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitColumns();
}

// The header's bytes, which stand at the end, give way first, down to their title; a tooltip and a copy have them.
void FramesView::fitColumns()
{
    int left = width();
    for (int column = 0; column < frameColumnCount; ++column) {
        const bool isHeader = column == static_cast<int>(FrameColumn::Header);
        const bool isBytes = isHeader || column == static_cast<int>(FrameColumn::Mask);
        const QFontMetrics cells(isBytes ? monospaceFont() : m_table->font());
        int text = 0;
        for (int row = 0; row < m_model->rowCount(); ++row)
            text = std::max(text, cells.horizontalAdvance(m_model->index(row, column).data().toString()));
        const QString title = m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        const int least = QFontMetrics(m_table->horizontalHeader()->font()).horizontalAdvance(title);
        const int room = 2 * MessageDelegate::padding;
        const int wanted = std::max(text, least) + room;
        m_table->setColumnWidth(column, isHeader ? std::min(wanted, std::max(left, least + room)) : wanted);
        left -= wanted;
    }
}

void FramesView::clear()
{
    m_summary->clear();
    m_model->setFrames({});
}

void FramesView::copyRows()
{
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, [](const QModelIndex& index) { return index.row(); });
    QStringList lines;
    for (const QModelIndex& index : std::as_const(rows))
        lines += m_model->lineOf(index.row());
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace jackfield::ui
