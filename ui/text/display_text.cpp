#include "ui/text/display_text.h"

#include "ui/text/neutral_text.h"

#include "jackfield/escape.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace jackfield::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(DisplayText)
};

constexpr int maxTooltipChars = 1'024;
constexpr qsizetype tooltipWidth = 80;

QByteArray toUtf8Cropped(const QString& text, int maxChars)
{
    // No more than can be shown; one unit more tells that there was more.
    return QStringView(text).left(maxChars + 2).toUtf8();
}

std::string_view viewOf(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

// Lines of at most tooltipWidth characters, broken at a blank where there is one.
void appendWrapped(QStringList& lines, QString text)
{
    while (text.size() > tooltipWidth) {
        qsizetype at = text.lastIndexOf(u' ', tooltipWidth - 1);
        if (at <= 0) {
            at = tooltipWidth;
            if (text.at(at).isLowSurrogate())
                --at;
            lines.append(text.left(at));
            text.remove(0, at);
        } else {
            lines.append(text.left(at));
            text.remove(0, at + 1);
        }
    }
    lines.append(text);
}

QString asTooltip(const QStringList& lines)
{
    QStringList escaped;
    escaped.reserve(lines.size());
    for (const QString& line : lines)
        escaped.append(line.toHtmlEscaped());
    // Marked as rich text ourselves, so that Qt does not guess from what the peer wrote.
    return QStringLiteral("<qt><p style=\"white-space:pre\">%1</p></qt>")
        .arg(escaped.join(QStringLiteral("<br>")));
}

} // namespace

QString displayText(std::string_view bytes, int maxChars)
{
    QString shown;
    if (maxChars <= 0)
        return shown;
    shown.reserve(
        static_cast<qsizetype>(std::min<std::size_t>(bytes.size(), static_cast<std::size_t>(maxChars))));
    NeutralReader reader(bytes);
    NeutralPiece piece;
    qsizetype roomForEllipsis = 0; // the longest prefix that leaves a place for it
    while (reader.next(piece)) {
        if (shown.size() + piece.count > maxChars) {
            shown.truncate(roomForEllipsis);
            shown.append(u'…');
            return shown;
        }
        shown.append(QStringView(piece.text()));
        if (shown.size() < maxChars)
            roomForEllipsis = shown.size();
    }
    return shown;
}

QString displayText(const QString& text, int maxChars)
{
    return displayText(viewOf(toUtf8Cropped(text, maxChars)), maxChars);
}

QString tooltipText(std::string_view bytes)
{
    if (bytes.empty())
        return {};
    QStringList lines;
    appendWrapped(lines, displayText(bytes, maxTooltipChars));
    return asTooltip(lines);
}

QString tooltipText(const QString& text)
{
    if (text.isEmpty())
        return {};
    QStringList lines;
    int left = maxTooltipChars;
    for (const QString& line : text.split(u'\n')) {
        const QString shown = displayText(line, std::max(left, 1));
        left -= static_cast<int>(shown.size());
        appendWrapped(lines, shown);
        if (left <= 0)
            break;
    }
    return asTooltip(lines);
}

QString mnemonicSafe(const QString& text)
{
    QString safe = text;
    return safe.replace(u'&', QStringLiteral("&&"));
}

bool isCopyable(std::string_view bytes)
{
    return is_valid_utf8(bytes) && bytes.find('\0') == std::string_view::npos;
}

QString copyText(std::string_view bytes)
{
    if (!isCopyable(bytes))
        return {};
    // QString::fromUtf8 swallows a byte order mark at the start; it is part of the payload.
    constexpr std::string_view mark = "\xef\xbb\xbf";
    QString text;
    while (bytes.substr(0, mark.size()) == mark) {
        text.append(QChar(0xfeff));
        bytes.remove_prefix(mark.size());
    }
    return text + QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

QString quotedPeerText(std::string_view bytes, int maxChars)
{
    QString text = displayText(bytes, maxChars);
    for (const QChar mark : {u'“', u'”', u'„', u'»', u'«'})
        text.replace(mark, u'"');
    return Words::tr("“%1”", "around a name that is not ours").arg(text);
}

QString ourText(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

} // namespace jackfield::ui
