#include "ui/views/hex_field.h"

#include "ui/views/theme.h"

#include <QMimeData>
#include <QTextCursor>

namespace jackfield::ui {

namespace {

int digitOf(QChar c)
{
    const char16_t u = c.unicode();
    if (u >= u'0' && u <= u'9')
        return u - u'0';
    if (u >= u'a' && u <= u'f')
        return u - u'a' + 10;
    if (u >= u'A' && u <= u'F')
        return u - u'A' + 10;
    return -1;
}

bool isSeparator(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r' || c == u',' || c == QChar::Nbsp
        || c == QChar::ParagraphSeparator || c == QChar::LineSeparator;
}

} // namespace

HexParse parseHex(QStringView text)
{
    HexParse result;
    result.bytes.reserve(text.size() / 2);
    qsizetype i = 0;
    while (i < text.size()) {
        if (isSeparator(text[i])) {
            ++i;
            continue;
        }
        const bool prefixed
            = text[i] == u'0' && i + 1 < text.size() && (text[i + 1] == u'x' || text[i + 1] == u'X');
        const qsizetype start = i;
        if (prefixed)
            i += 2;
        const int high = i < text.size() ? digitOf(text[i]) : -1;
        if (high < 0) {
            const bool atEnd = i >= text.size();
            result.errorAt = atEnd ? start : i;
            result.problem = atEnd
                ? HexField::tr("0x without digits behind it, at position %1").arg(start + 1)
                : HexField::tr("not a hex digit at position %1").arg(i + 1);
            return result;
        }
        const int low = i + 1 < text.size() ? digitOf(text[i + 1]) : -1;
        if (low < 0) {
            const bool alone = i + 1 >= text.size() || isSeparator(text[i + 1]);
            result.errorAt = alone ? i : i + 1;
            result.problem = alone ? HexField::tr("one digit alone at position %1; a byte is two").arg(i + 1)
                                   : HexField::tr("not a hex digit at position %1").arg(i + 2);
            return result;
        }
        result.bytes += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return result;
}

QString hexText(QByteArrayView bytes)
{
    static constexpr char digits[] = "0123456789abcdef";
    QString text;
    text.reserve(bytes.size() * 3);
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        if (i > 0)
            text += QLatin1Char(i % 16 == 0 ? '\n' : ' ');
        const auto byte = static_cast<unsigned char>(bytes[i]);
        text += QLatin1Char(digits[byte >> 4U]);
        text += QLatin1Char(digits[byte & 15U]);
    }
    return text;
}

HexField::HexField(QWidget* parent)
    : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setFont(monospaceFont());
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    connect(this, &QPlainTextEdit::textChanged, this, &HexField::check);
}

void HexField::setBytes(const QByteArray& bytes)
{
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    cursor.insertText(hexText(bytes));
    cursor.endEditBlock();
    cursor.movePosition(QTextCursor::End);
    setTextCursor(cursor);
}

void HexField::insertFromMimeData(const QMimeData* source)
{
    const QString pasted = source->text();
    if (pasted.size() + document()->characterCount() <= maxEditable * 4) {
        textCursor().insertText(pasted);
        ensureCursorVisible();
        return;
    }
    const QString raw = document()->toRawText();
    const QTextCursor cursor = textCursor();
    const HexParse whole
        = parseHex(raw.left(cursor.selectionStart()) + pasted + raw.mid(cursor.selectionEnd()));
    if (whole.ok())
        Q_EMIT tooLargeToEdit(whole.bytes);
    else
        Q_EMIT notHex(whole.problem);
}

void HexField::check()
{
    m_parsed = parseHex(document()->toRawText());
    QList<QTextEdit::ExtraSelection> marks;
    if (!m_parsed.ok()) {
        QTextEdit::ExtraSelection mark;
        mark.format.setBackground(themeColor(ColorRole::DangerBackground));
        mark.format.setForeground(themeColor(ColorRole::DangerText));
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(themeColor(ColorRole::DangerBorder));
        mark.cursor = QTextCursor(document());
        mark.cursor.setPosition(static_cast<int>(m_parsed.errorAt));
        mark.cursor.setPosition(static_cast<int>(m_parsed.errorAt) + 1, QTextCursor::KeepAnchor);
        marks += mark;
    }
    setExtraSelections(marks);
    Q_EMIT bytesChanged();
}

} // namespace jackfield::ui
