#include "ui/views/raw_fields.h"

#include "ui/models/raw_preset.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/text/phrases.h"
#include "ui/views/controls.h"
#include "ui/views/elided_label.h"
#include "ui/views/hex_field.h"
#include "ui/views/menu_button.h"
#include "ui/views/raw_piece_fields.h"
#include "ui/views/shortcut_list.h"
#include "ui/views/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListWidget>
#include <QMenu>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace jackfield::ui {

namespace {

constexpr qsizetype shownBytes = 24; // of a payload, in the preview

RawFrame plainFrame()
{
    RawFrame frame;
    frame.fin = true;
    frame.opcode = 1;
    return frame;
}

std::uint64_t wireSize(const RawPiece& piece)
{
    if (const auto* frame = std::get_if<RawFrame>(&piece))
        return frame->facts().header_size() + frame->payload.size();
    return std::get<SharedBytes>(piece).size();
}

QString hexOf(const QByteArray& bytes)
{
    return hexText(bytes).replace(u'\n', u' ');
}

QString onTheWire(const RawPiece& piece)
{
    if (const auto* bytes = std::get_if<SharedBytes>(&piece))
        return hexPreview(bytes->view(), shownBytes);
    const auto& frame = std::get<RawFrame>(piece);
    QString text = hexOf(headerBytes(frame));
    if (!frame.payload.empty())
        text += QStringLiteral("  \u2502  ") + hexOf(wirePayload(frame, shownBytes));
    return static_cast<qsizetype>(frame.payload.size()) > shownBytes ? text + QStringLiteral(" \u2026")
                                                                     : text;
}

} // namespace

RawFields::RawFields(QWidget* parent)
    : QWidget(parent)
{
    nameControl(this, "raw_fields", "Raw frames");
    auto* presets = named(
        new MenuButton(tr("Example") + QStringLiteral(" \u25BE"), this), "raw_presets", "Raw examples");
    buildPresets(*presets);
    auto* addFrame = named(framedToolButton(tr("+ Frame"), this), "raw_add_frame", "Add frame");
    auto* addBytes = named(framedToolButton(tr("+ Bytes"), this), "raw_add_bytes", "Add bytes");
    addBytes->setToolTip(tr("Bytes as they are: half a frame, or nothing like one"));
    m_remove = named(framedToolButton(QStringLiteral("\u2715"), this), "raw_remove", "Remove piece");
    m_remove->setToolTip(tr("Remove this piece (Del)"));
    m_up = named(framedToolButton(QStringLiteral("\u2191"), this), "raw_up", "Move piece up");
    m_up->setToolTip(tr("Move up (Alt+Shift+Up)"));
    m_down = named(framedToolButton(QStringLiteral("\u2193"), this), "raw_down", "Move piece down");
    m_down->setToolTip(tr("Move down (Alt+Shift+Down)"));
    m_cut = named(new QComboBox(this), "raw_cut", "What follows the bytes");
    m_cut->addItems({tr("then it goes on"), tr("then FIN"), tr("then RST")});
    m_cut->setToolTip(
        tr("What becomes of the connection behind these bytes: it goes on, ends in order without a "
           "closing handshake, or is reset"));
    m_list = named(new QListWidget(this), "raw_pieces", "Frames and bytes");
    m_list->setProperty("framed", true);
    m_list->setMinimumWidth(130);
    m_list->setMaximumWidth(230);
    m_list->setMinimumHeight(60);
    m_list->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored); // as high as the fields beside it
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->installEventFilter(this);
    describeArea(this, tr("Raw frames"));
    describeKey(m_list, Qt::Key_Delete, tr("Remove this piece"));
    describeKey(m_list, Qt::ALT | Qt::SHIFT | Qt::Key_Up, tr("Move up"));
    describeKey(m_list, Qt::ALT | Qt::SHIFT | Qt::Key_Down, tr("Move down"));
    m_pieces = new QStackedWidget(this);
    m_wire = named(new ElidedLabel(this), "raw_wire", "Bytes on the wire");
    m_wire->setFont(monospaceFont());

    auto* tools = new QHBoxLayout;
    tools->setSpacing(6);
    for (QWidget* control :
        {static_cast<QWidget*>(presets), static_cast<QWidget*>(addFrame), static_cast<QWidget*>(addBytes),
            static_cast<QWidget*>(m_remove), static_cast<QWidget*>(m_up), static_cast<QWidget*>(m_down)})
        tools->addWidget(control);
    tools->addStretch(1);
    tools->addWidget(m_cut);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(8);
    middle->addWidget(m_list, 2);
    middle->addWidget(m_pieces, 5);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(tools);
    column->addLayout(middle);
    column->addWidget(m_wire);
    setFocusProxy(m_list);

    connect(addFrame, &QToolButton::clicked, this, [this] { add(plainFrame(), m_list->currentRow() + 1); });
    connect(addBytes, &QToolButton::clicked, this, [this] { add(SharedBytes(), m_list->currentRow() + 1); });
    connect(m_remove, &QToolButton::clicked, this, &RawFields::removeCurrent);
    connect(m_up, &QToolButton::clicked, this, [this] { moveCurrent(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { moveCurrent(1); });
    connect(m_cut, &QComboBox::currentIndexChanged, this, &RawFields::refresh);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0 && row < m_pieces->count())
            m_pieces->setCurrentIndex(row);
        if (!m_filling)
            refresh();
    });
    connect(&Theme::instance(), &Theme::changed, this, &RawFields::refresh);
    setContent({plainFrame()}, StreamCut::none);
}

void RawFields::buildPresets(MenuButton& button)
{
    auto* menu = new QMenu(&button);
    menu->setObjectName(QStringLiteral("raw_presets_menu"));
    menu->setToolTipsVisible(true);
    for (const RawPreset& preset : rawPresets()) {
        QAction* action = menu->addAction(mnemonicSafe(preset.title));
        action->setObjectName(QLatin1String(preset.name));
        action->setToolTip(tooltipText(preset.expectation));
        connect(action, &QAction::triggered, this,
            [this, pieces = preset.pieces, cut = preset.cut] { useExample(pieces, cut); });
    }
    button.setMenu(menu);
    button.setToolTip(tr("Examples of what a page should put up with, and of what it should not"));
}

void RawFields::useExample(const std::vector<RawPiece>& pieces, StreamCut cut)
{
    const bool wasByHand = isByHand();
    const RawSnapshot before = snapshot();
    setContent(pieces, cut);
    Q_EMIT exampleChosen();
    if (wasByHand)
        Q_EMIT takenAway(tr("The example stands in place of the frames that were composed."),
            [this, before] { restore(before); });
}

bool RawFields::isByHand() const
{
    return snapshot() != m_given;
}

RawSnapshot RawFields::snapshot() const
{
    RawSnapshot taken;
    for (int row = 0; row < m_pieces->count(); ++row)
        taken.pieces.push_back(fields(row)->snapshot());
    taken.cut = m_cut->currentIndex();
    return taken;
}

void RawFields::restore(const RawSnapshot& snapshot)
{
    m_filling = true;
    clear();
    for (const RawPieceSnapshot& piece : snapshot.pieces)
        insert(new RawPieceFields(piece, m_pieces), m_list->count());
    m_cut->setCurrentIndex(snapshot.cut);
    m_filling = false;
    m_list->setCurrentRow(m_list->count() > 0 ? 0 : -1);
    refresh();
}

void RawFields::clear()
{
    while (m_pieces->count() > 0)
        delete m_pieces->widget(0);
    m_list->clear();
}

void RawFields::setContent(const std::vector<RawPiece>& pieces, StreamCut cut)
{
    m_filling = true;
    clear();
    for (const RawPiece& piece : pieces)
        add(piece, m_list->count());
    m_cut->setCurrentIndex(static_cast<int>(cut));
    m_filling = false;
    m_given = snapshot();
    m_list->setCurrentRow(m_list->count() > 0 ? 0 : -1);
    refresh();
}

void RawFields::add(const RawPiece& piece, int row)
{
    if (!m_filling && m_list->count() >= most) {
        Q_EMIT refused(tr("There are %1 pieces already.").arg(formatCount(most)));
        return;
    }
    insert(new RawPieceFields(piece, m_pieces), row);
}

void RawFields::insert(RawPieceFields* made, int row)
{
    connect(made, &RawPieceFields::changed, this, [this] {
        if (!m_filling)
            refresh();
    });
    connect(made, &RawPieceFields::refused, this, &RawFields::refused);
    m_pieces->insertWidget(row, made);
    m_list->insertItem(row, QString());
    if (m_filling)
        return;
    m_list->setCurrentRow(row);
    m_pieces->setCurrentIndex(row);
    refresh();
}

void RawFields::removeCurrent()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    const RawPieceSnapshot removed = fields(row)->snapshot();
    m_filling = true;
    delete m_pieces->widget(row);
    delete m_list->takeItem(row);
    m_filling = false;
    m_list->setCurrentRow(std::min(row, m_list->count() - 1));
    if (m_list->currentRow() >= 0)
        m_pieces->setCurrentIndex(m_list->currentRow());
    refresh();
    Q_EMIT takenAway(tr("Piece %1 is removed.").arg(row + 1), [this, removed, row] {
        insert(new RawPieceFields(removed, m_pieces), std::min(row, m_list->count()));
    });
}

void RawFields::moveCurrent(int places)
{
    const int row = m_list->currentRow();
    const int target = row + places;
    if (row < 0 || target < 0 || target >= m_list->count())
        return;
    m_filling = true;
    QWidget* moved = m_pieces->widget(row);
    m_pieces->removeWidget(moved);
    m_pieces->insertWidget(target, moved);
    m_list->insertItem(target, m_list->takeItem(row));
    m_filling = false;
    m_list->setCurrentRow(target);
    m_pieces->setCurrentIndex(target);
    refresh();
}

bool RawFields::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool moving = key->modifiers() == (Qt::AltModifier | Qt::ShiftModifier);
        if (key->key() == Qt::Key_Delete && key->modifiers() == Qt::NoModifier) {
            removeCurrent();
            return true;
        }
        if (moving && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down)) {
            moveCurrent(key->key() == Qt::Key_Up ? -1 : 1);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

RawPieceFields* RawFields::fields(int row) const
{
    return qobject_cast<RawPieceFields*>(m_pieces->widget(row));
}

std::vector<RawPiece> RawFields::pieces() const
{
    std::vector<RawPiece> pieces;
    for (int row = 0; row < m_pieces->count(); ++row) {
        if (auto piece = fields(row)->piece())
            pieces.push_back(std::move(*piece));
    }
    return pieces;
}

StreamCut RawFields::cut() const
{
    return static_cast<StreamCut>(m_cut->currentIndex());
}

QString RawFields::problem() const
{
    for (int row = 0; row < m_pieces->count(); ++row) {
        const QString why = fields(row)->problem();
        if (!why.isEmpty())
            return m_pieces->count() == 1 ? why : tr("piece %1: %2").arg(row + 1).arg(why);
    }
    if (const auto good = check(command::SendRaw{{}, pieces(), cut()}); !good)
        return wordsOf(good.error().message());
    return {};
}

QString RawFields::summary() const
{
    std::uint64_t frames = 0;
    std::uint64_t size = 0;
    for (const RawPiece& piece : pieces()) {
        frames += std::holds_alternative<RawFrame>(piece) ? 1 : 0;
        size += wireSize(piece);
    }
    return (frames == 1 ? tr("1 frame, ") : tr("%1 frames, ").arg(formatCount(frames)))
        + (size == 1 ? tr("1 byte on the wire") : tr("%1 bytes on the wire").arg(formatCount(size)));
}

void RawFields::refresh()
{
    for (int row = 0; row < m_pieces->count(); ++row) {
        const auto piece = fields(row)->piece();
        QListWidgetItem* item = m_list->item(row);
        const QString text = piece ? describePiece(*piece) : tr("cannot be sent yet");
        item->setText(displayText(QStringLiteral("%1  %2").arg(row + 1).arg(text)));
        item->setToolTip(tooltipText(text));
        item->setForeground(themeColor(piece ? ColorRole::Text : ColorRole::DangerText));
    }
    const int row = m_list->currentRow();
    const auto current = row >= 0 && row < m_pieces->count() ? fields(row)->piece() : std::nullopt;
    m_wire->setContent(current ? tr("on the wire: ") + onTheWire(*current) : QString());
    m_wire->setAccessibleDescription(m_wire->content());
    m_remove->setEnabled(row >= 0);
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_list->count());
    Q_EMIT changed();
}

} // namespace jackfield::ui
