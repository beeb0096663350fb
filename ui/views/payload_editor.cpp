#include "ui/views/payload_editor.h"

#include "ui/views/theme.h"

#include <QHelpEvent>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>
#include <QStringConverter>
#include <QTextBlock>
#include <QTextLayout>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cstring>

namespace jackfield::ui {

namespace {

constexpr char16_t latinBase = 0xDC00; // U+0000..U+00FF
constexpr char16_t punctuationBase = 0xDD00; // U+2000..U+206F
constexpr char16_t listBase = 0xDDC0; // the single ones below
constexpr char16_t nonCharacterBase = 0xDDE0; // U+FDD0..U+FDEF
constexpr char16_t tagBase = 0xDE00; // U+E0000..U+E007F
constexpr std::array<char32_t, 9> single{
    0x061C, 0xFEFF, 0xFFFC, 0xFFFE, 0xFFFF, 0xFFF9, 0xFFFA, 0xFFFB, 0x180E};

// 0 when the character stands for itself.
char16_t standInFor(char32_t c)
{
    if (c < 0x100) {
        const bool plain = c == '\t' || c == '\n' || (c >= 0x20 && c < 0x7F) || (c > 0xA0 && c != 0xAD);
        return plain ? char16_t{0} : static_cast<char16_t>(latinBase + c);
    }
    // Zero-width joiners and non-joiners are part of ordinary words and emoji.
    if (c == 0x200B || (c >= 0x200E && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F)
        || (c >= 0x2060 && c <= 0x206F))
        return static_cast<char16_t>(punctuationBase + (c - 0x2000));
    if (c >= 0xFDD0 && c <= 0xFDEF)
        return static_cast<char16_t>(nonCharacterBase + (c - 0xFDD0));
    if (c >= 0xE0000 && c <= 0xE007F)
        return static_cast<char16_t>(tagBase + (c - 0xE0000));
    const auto* found = std::find(single.begin(), single.end(), c);
    return found == single.end() ? char16_t{0} : static_cast<char16_t>(listBase + (found - single.begin()));
}

QString utf8MimeType()
{
    return QStringLiteral("text/plain;charset=utf-8");
}

bool isPlainAscii(QByteArrayView bytes)
{
    return std::all_of(
        bytes.begin(), bytes.end(), [](char c) { return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t'; });
}

} // namespace

namespace payload_text {

bool needsStandIn(char32_t character)
{
    return standInFor(character) != 0;
}

char32_t characterFor(QChar unit)
{
    const char16_t u = unit.unicode();
    if (u < latinBase || u > 0xDFFF)
        return 0x110000;
    if (u < punctuationBase)
        return u - latinBase;
    if (u < punctuationBase + 0x70)
        return 0x2000U + (u - punctuationBase);
    if (u >= listBase && u < listBase + single.size())
        return single[u - listBase];
    if (u >= nonCharacterBase && u < nonCharacterBase + 0x20)
        return 0xFDD0U + (u - nonCharacterBase);
    if (u >= tagBase && u < tagBase + 0x80)
        return 0xE0000U + (u - tagBase);
    return 0x110000;
}

QString toDocument(QStringView text)
{
    QString result;
    result.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar unit = text[i];
        if (unit.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            const char32_t c = QChar::surrogateToUcs4(unit, text[i + 1]);
            if (const char16_t standIn = standInFor(c)) {
                result += QChar(standIn);
            } else {
                result += unit;
                result += text[i + 1];
            }
            ++i;
        } else if (unit.isSurrogate()) {
            result += QChar(QChar::ReplacementCharacter);
        } else {
            const char16_t standIn = standInFor(unit.unicode());
            result += standIn ? QChar(standIn) : unit;
        }
    }
    return result;
}

std::optional<QString> toDocument(QByteArrayView utf8)
{
    if (isPlainAscii(utf8))
        return QString::fromLatin1(utf8);
    // QString::fromUtf8 would drop a BOM at the start.
    qsizetype boms = 0;
    while (utf8.size() >= 3 && std::memcmp(utf8.data(), "\xEF\xBB\xBF", 3) == 0) {
        ++boms;
        utf8 = utf8.sliced(3);
    }
    QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::Stateless);
    const QString text = decoder(utf8);
    if (decoder.hasError())
        return std::nullopt;
    return QString(boms, QChar(standInFor(0xFEFF))) + toDocument(QStringView(text));
}

QByteArray fromDocument(QStringView text)
{
    QString plain;
    plain.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar unit = text[i];
        if (unit == QChar::ParagraphSeparator) {
            plain += u'\n';
        } else if (unit.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            plain += unit;
            plain += text[++i];
        } else if (unit.isLowSurrogate()) {
            const char32_t c = characterFor(unit);
            if (c > 0x10FFFF)
                plain += QChar(QChar::ReplacementCharacter);
            else
                plain += QChar::fromUcs4(c);
        } else {
            plain += unit;
        }
    }
    return plain.toUtf8();
}

int positionAt(QStringView text, qsizetype offset)
{
    qsizetype bytes = 0;
    for (qsizetype i = 0; i < text.size();) {
        if (bytes >= offset)
            return static_cast<int>(i);
        const bool pair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        const char32_t standing = pair || !text[i].isLowSurrogate() ? 0x110000 : characterFor(text[i]);
        const char32_t c = pair ? 0x10000 : standing < 0x110000 ? standing : text[i].unicode();
        bytes += c < 0x80 || text[i] == QChar::ParagraphSeparator ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        i += pair ? 2 : 1;
    }
    return static_cast<int>(text.size());
}

bool isUtf8(QByteArrayView bytes)
{
    return QUtf8StringView(bytes.data(), bytes.size()).isValidUtf8();
}

QString pictureOf(char32_t c)
{
    if (c < 0x20)
        return QString::fromLatin1(&"NUSHSXEXETEQAKBLBSHTLFVTFFCRSOSIDLD1D2D3D4NKSYEBCNEMSBECFSGSRSUS"[2 * c], 2);
    switch (c) {
    case 0x7F:
        return QStringLiteral("DT");
    case 0x85:
        return QStringLiteral("NL");
    case 0xA0:
    case 0x202F:
        return QString(QChar(u'\x00B0'));
    case 0x2028:
        return QString(QChar(u'\x21B5'));
    case 0x2029:
        return QString(QChar(u'\x00B6'));
    case 0x200E:
    case 0x202A:
    case 0x202D:
    case 0x2066:
        return QString(QChar(u'\x2192'));
    case 0x200F:
    case 0x061C:
    case 0x202B:
    case 0x202E:
    case 0x2067:
        return QString(QChar(u'\x2190'));
    case 0x202C:
    case 0x2068:
    case 0x2069:
        return QString(QChar(u'\x2194'));
    case 0xAD:
        return QStringLiteral("-");
    default:
        return QString(QChar(u'\x25A1'));
    }
}

} // namespace payload_text

namespace {

// Two letters stand as in the pictures of Unicode: one up at the left, one down at the right.
void paintPicture(QPainter& painter, const QRectF& rect, const QString& picture)
{
    if (picture.size() < 2) {
        painter.drawText(rect, Qt::AlignCenter, picture);
        return;
    }
    const QFont whole = painter.font();
    QFont half = whole;
    half.setPixelSize(std::max(6, static_cast<int>(rect.height() * 0.5)));
    painter.setFont(half);
    const QFontMetricsF metrics(half);
    const qreal cap = metrics.capHeight();
    const qreal gap = (rect.height() - 2 * cap) / 3;
    const QString first = picture.left(1);
    const QString second = picture.mid(1);
    painter.drawText(QPointF(rect.left() + 1, rect.top() + gap + cap), first);
    painter.drawText(
        QPointF(rect.right() - metrics.horizontalAdvance(second), rect.bottom() - gap), second);
    painter.setFont(whole);
}

} // namespace

LineEnds lineEndsOf(const QByteArray& utf8)
{
    bool lf = false;
    bool crLf = false;
    bool cr = false;
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        if (utf8[i] == '\n') {
            lf = true;
        } else if (utf8[i] == '\r') {
            if (i + 1 < utf8.size() && utf8[i + 1] == '\n') {
                crLf = true;
                ++i;
            } else {
                cr = true;
            }
        }
    }
    if (int{lf} + int{crLf} + int{cr} > 1)
        return LineEnds::Mixed;
    return crLf ? LineEnds::CrLf : cr ? LineEnds::Cr : lf ? LineEnds::Lf : LineEnds::None;
}

QString nameOf(LineEnds ends)
{
    switch (ends) {
    case LineEnds::None:
    case LineEnds::Lf:
        return QStringLiteral("LF");
    case LineEnds::CrLf:
        return QStringLiteral("CRLF");
    case LineEnds::Cr:
        return QStringLiteral("CR");
    case LineEnds::Mixed:
        return PayloadEditor::tr("mixed line ends");
    }
    return {};
}

PayloadEditor::PayloadEditor(QWidget* parent)
    : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void PayloadEditor::setOneLine()
{
    m_isOneLine = true;
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

QString PayloadEditor::arranged(QString text) const
{
    if (m_isOneLine)
        text.replace(u'\n', QChar(static_cast<char16_t>(latinBase + u'\n')));
    return text;
}

bool PayloadEditor::takes(QByteArrayView utf8) const
{
    return m_isOneLine ? utf8.size() <= maxLine : isEditable(utf8);
}

QByteArray PayloadEditor::payload() const
{
    return payload_text::fromDocument(document()->toRawText());
}

bool PayloadEditor::isEditable(QByteArrayView utf8)
{
    if (utf8.size() > maxEditable)
        return false;
    qsizetype start = 0;
    while (utf8.size() - start > maxLine) {
        const void* end = std::memchr(utf8.data() + start, '\n', static_cast<std::size_t>(maxLine) + 1);
        if (!end)
            return false;
        start = static_cast<const char*>(end) - utf8.data() + 1;
    }
    return true;
}

bool PayloadEditor::setPayload(const QByteArray& utf8)
{
    return takes(utf8) && replace(utf8);
}

void PayloadEditor::putBack(const QByteArray& utf8)
{
    replace(utf8);
}

bool PayloadEditor::replace(const QByteArray& utf8)
{
    const auto text = payload_text::toDocument(QByteArrayView(utf8));
    if (!text)
        return false;
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    cursor.insertText(arranged(*text));
    cursor.endEditBlock();
    cursor.movePosition(QTextCursor::End);
    setTextCursor(cursor);
    return true;
}

QString PayloadEditor::exactMimeType()
{
    return QStringLiteral("application/x-jackfield-payload");
}

QByteArray PayloadEditor::textBytesOf(const QMimeData& source)
{
    // QMimeData::text() drops a BOM at the start and whatever is not valid; the raw targets do not.
    for (const QString& type : {exactMimeType(), utf8MimeType()}) {
        if (source.hasFormat(type))
            return source.data(type);
    }
    return source.text().toUtf8();
}

void PayloadEditor::insertDocumentText(const QString& text)
{
    textCursor().insertText(arranged(text));
    ensureCursorVisible();
}

void PayloadEditor::insertLineEnd()
{
    QTextCursor cursor = textCursor();
    cursor.beginEditBlock();
    cursor.removeSelectedText();
    if (lineEndsOf(payload()) == LineEnds::CrLf)
        cursor.insertText(QString(QChar(standInFor('\r'))));
    cursor.insertBlock();
    cursor.endEditBlock();
    setTextCursor(cursor);
}

bool PayloadEditor::canInsertFromMimeData(const QMimeData* source) const
{
    return source->hasText() || source->hasFormat(exactMimeType()) || source->hasFormat(utf8MimeType());
}

void PayloadEditor::insertFromMimeData(const QMimeData* source)
{
    const QByteArray bytes = textBytesOf(*source);
    const QTextCursor cursor = textCursor();
    if (bytes.size() > maxTaken) {
        Q_EMIT tooLargeToTake(bytes.size());
        return;
    }
    const qsizetype most = bytes.size() + document()->characterCount() * 4;
    if (most > maxLine) {
        const QString raw = document()->toRawText();
        const QByteArray whole = payload_text::fromDocument(QStringView(raw).left(cursor.selectionStart()))
            + bytes + payload_text::fromDocument(QStringView(raw).mid(cursor.selectionEnd()));
        if (!takes(whole)) {
            Q_EMIT tooLargeToEdit(whole);
            return;
        }
    }
    const auto text = payload_text::toDocument(QByteArrayView(bytes));
    if (!text) {
        Q_EMIT notText(bytes);
        return;
    }
    insertDocumentText(*text);
}

QMimeData* PayloadEditor::createMimeDataFromSelection() const
{
    const QByteArray bytes = payload_text::fromDocument(textCursor().selectedText());
    auto* mime = new QMimeData;
    QString text;
    qsizetype start = 0;
    for (; bytes.mid(start, 3) == "\xEF\xBB\xBF"; start += 3)
        text += QChar(u'\xFEFF');
    mime->setText(text + QString::fromUtf8(QByteArrayView(bytes).sliced(start)));
    mime->setData(exactMimeType(), bytes);
    return mime;
}

void PayloadEditor::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && !(event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier))) {
        if (m_isOneLine) {
            event->ignore();
            return;
        }
        // Shift+Enter would type U+2028.
        insertLineEnd();
        event->accept();
        return;
    }
    const QString text = event->text();
    const bool command = event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    const bool special
        = text.size() == 1 && text[0].unicode() >= 0xA0 && payload_text::needsStandIn(text[0].unicode());
    if (special && !command) {
        insertDocumentText(payload_text::toDocument(QStringView(text)));
        event->accept();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void PayloadEditor::inputMethodEvent(QInputMethodEvent* event)
{
    QInputMethodEvent mapped(event->preeditString(), event->attributes());
    mapped.setCommitString(arranged(payload_text::toDocument(QStringView(event->commitString()))),
        event->replacementStart(), event->replacementLength());
    const QTextCursor cursor = textCursor();
    const bool isWhole = cursor.selectionStart() == 0
        && cursor.selectionEnd() == document()->characterCount() - 1;
    m_isComposing = !(isWhole && cursor.hasSelection());
    QPlainTextEdit::inputMethodEvent(&mapped);
    m_isComposing = false;
    event->setAccepted(mapped.isAccepted());
}

QRectF PayloadEditor::rectOfUnit(const QTextBlock& block, int position) const
{
    const QTextLine line = block.layout()->lineForTextPosition(position);
    if (!line.isValid())
        return {};
    const QPointF origin = blockBoundingGeometry(block).translated(contentOffset()).topLeft();
    const qreal left = line.cursorToX(position);
    const qreal right = line.cursorToX(position + 1);
    return QRectF(
        origin.x() + std::min(left, right), origin.y() + line.y(), std::abs(right - left), line.height());
}

void PayloadEditor::paintEvent(QPaintEvent* event)
{
    QPlainTextEdit::paintEvent(event);
    QPainter painter(viewport());
    painter.setFont(font());
    const QTextCursor cursor = textCursor();
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF geometry = blockBoundingGeometry(block).translated(contentOffset());
        if (geometry.top() > viewport()->height())
            break;
        if (!block.isVisible() || !block.layout())
            continue;
        for (int l = 0; l < block.layout()->lineCount(); ++l) {
            const QTextLine line = block.layout()->lineAt(l);
            const qreal top = geometry.top() + line.y();
            if (top + line.height() < 0 || top > viewport()->height())
                continue;
            const QString text = block.text().mid(line.textStart(), line.textLength());
            for (qsizetype i = 0; i < text.size(); ++i) {
                if (!text[i].isLowSurrogate() || (i > 0 && text[i - 1].isHighSurrogate()))
                    continue;
                const char32_t c = payload_text::characterFor(text[i]);
                const int position = line.textStart() + static_cast<int>(i);
                const QRectF rect = rectOfUnit(block, position);
                const int inDocument = block.position() + position;
                const bool selected
                    = inDocument >= cursor.selectionStart() && inDocument < cursor.selectionEnd();
                painter.fillRect(rect, palette().color(selected ? QPalette::Highlight : QPalette::Base));
                painter.setPen(Qt::NoPen);
                painter.setBrush(
                    selected ? palette().color(QPalette::Highlight) : themeColor(ColorRole::Badge));
                painter.drawRect(rect.adjusted(0.5, 1, -0.5, -1));
                painter.setPen(
                    selected ? palette().color(QPalette::HighlightedText) : themeColor(ColorRole::BadgeText));
                paintPicture(painter, rect, payload_text::pictureOf(c));
            }
        }
    }
}

bool PayloadEditor::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const QTextCursor at = cursorForPosition(help->pos());
        const QTextBlock block = at.block();
        for (int position : {at.positionInBlock(), at.positionInBlock() - 1}) {
            if (position < 0 || position >= block.length() - 1 || !block.layout())
                continue;
            const QString text = block.text();
            const bool standIn
                = text[position].isLowSurrogate() && (position == 0 || !text[position - 1].isHighSurrogate());
            if (!standIn || !rectOfUnit(block, position).contains(help->pos()))
                continue;
            const char32_t c = payload_text::characterFor(text[position]);
            QToolTip::showText(help->globalPos(),
                QStringLiteral("U+%1").arg(c, 4, 16, QLatin1Char('0')).toUpper(), viewport());
            return true;
        }
        QToolTip::hideText();
    }
    return QPlainTextEdit::viewportEvent(event);
}

} // namespace jackfield::ui
