#include "ui/views/base64_field.h"

#include "ui/views/hex_field.h"
#include "ui/views/theme.h"

#include <QMimeData>
#include <QTextCursor>

namespace jackfield::ui {

namespace {

enum class Alphabet { any, standard, url };

int valueOf(QChar c, Alphabet& alphabet)
{
    const char16_t u = c.unicode();
    if (u >= u'A' && u <= u'Z')
        return u - u'A';
    if (u >= u'a' && u <= u'z')
        return u - u'a' + 26;
    if (u >= u'0' && u <= u'9')
        return u - u'0' + 52;
    const bool standard = u == u'+' || u == u'/';
    const bool url = u == u'-' || u == u'_';
    if (!standard && !url)
        return -1;
    const Alphabet own = standard ? Alphabet::standard : Alphabet::url;
    if (alphabet != Alphabet::any && alphabet != own)
        return -1;
    alphabet = own;
    return u == u'+' || u == u'-' ? 62 : 63;
}

bool isSeparator(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r' || c == QChar::ParagraphSeparator
        || c == QChar::LineSeparator;
}

} // namespace

Base64Parse parseBase64(QStringView text)
{
    Base64Parse result;
    Alphabet alphabet = Alphabet::any;
    std::uint32_t group = 0;
    int digits = 0; // of the group at hand
    int padding = 0;
    const auto fail = [&](qsizetype at, const QString& problem) {
        result.errorAt = at;
        result.problem = problem;
        return result;
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (isSeparator(c))
            continue;
        if (c == u'=') {
            if (digits < 2 || digits + padding == 4)
                return fail(i, Base64Field::tr("padding that is not needed at position %1").arg(i + 1));
            ++padding;
            continue;
        }
        if (padding > 0)
            return fail(i, Base64Field::tr("more text behind the padding at position %1").arg(i + 1));
        const int value = valueOf(c, alphabet);
        if (value < 0)
            return fail(i, Base64Field::tr("not a base64 digit at position %1").arg(i + 1));
        group = group << 6U | static_cast<std::uint32_t>(value);
        if (++digits == 4) {
            for (const unsigned shift : {16U, 8U, 0U})
                result.bytes += static_cast<char>(static_cast<unsigned char>(group >> shift & 255U));
            group = 0;
            digits = 0;
        }
    }
    if (digits == 1)
        return fail(text.size(), Base64Field::tr("the last byte is not whole"));
    if (padding > 0 && digits + padding != 4)
        return fail(text.size(), Base64Field::tr("one more = is missing at the end"));
    if (digits > 0) {
        const unsigned unused = digits == 2 ? 4U : 2U;
        if ((group & ((1U << unused) - 1)) != 0)
            return fail(text.size(), Base64Field::tr("the last digit holds bits that belong to no byte"));
        group <<= 6U * static_cast<unsigned>(4 - digits);
        result.bytes += static_cast<char>(static_cast<unsigned char>(group >> 16U & 255U));
        if (digits == 3)
            result.bytes += static_cast<char>(static_cast<unsigned char>(group >> 8U & 255U));
    }
    return result;
}

QString base64Text(QByteArrayView bytes)
{
    return QString::fromLatin1(QByteArray::fromRawData(bytes.data(), bytes.size()).toBase64());
}

Base64Field::Base64Field(QWidget* parent)
    : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setFont(monospaceFont());
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAnywhere);
    connect(this, &QPlainTextEdit::textChanged, this, &Base64Field::check);
}

void Base64Field::setBytes(const QByteArray& bytes)
{
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    cursor.insertText(base64Text(bytes));
    cursor.endEditBlock();
    cursor.movePosition(QTextCursor::End);
    setTextCursor(cursor);
}

void Base64Field::insertFromMimeData(const QMimeData* source)
{
    const QString pasted = source->text();
    if (pasted.size() + document()->characterCount() <= HexField::maxEditable / 3 * 4) {
        textCursor().insertText(pasted);
        ensureCursorVisible();
        return;
    }
    const QString raw = document()->toRawText();
    const QTextCursor cursor = textCursor();
    const Base64Parse whole
        = parseBase64(QString(raw.left(cursor.selectionStart()) + pasted + raw.mid(cursor.selectionEnd())));
    if (whole.ok())
        Q_EMIT tooLargeToEdit(whole.bytes);
    else
        Q_EMIT notBase64(whole.problem);
}

void Base64Field::check()
{
    m_parsed = parseBase64(document()->toRawText());
    QList<QTextEdit::ExtraSelection> marks;
    if (!m_parsed.ok() && document()->characterCount() > 1) {
        QTextEdit::ExtraSelection mark;
        mark.format.setBackground(themeColor(ColorRole::DangerBackground));
        mark.format.setForeground(themeColor(ColorRole::DangerText));
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(themeColor(ColorRole::DangerBorder));
        const int at
            = static_cast<int>(std::min<qsizetype>(m_parsed.errorAt, document()->characterCount() - 2));
        mark.cursor = QTextCursor(document());
        mark.cursor.setPosition(at);
        mark.cursor.setPosition(at + 1, QTextCursor::KeepAnchor);
        marks += mark;
    }
    setExtraSelections(marks);
    Q_EMIT bytesChanged();
}

} // namespace jackfield::ui
