#include "ui/text/neutral_text.h"

#include "jackfield/character.h"

#include <QChar>

#include <string>
#include <utility>

namespace jackfield::ui {
namespace {

constexpr int maxMarks = 4; // a letter with more is a tower, not a language
constexpr std::size_t maxMarkRun = 4'096; // bytes of marks folded into one piece

void put(NeutralPiece& piece, char16_t unit)
{
    piece.units[static_cast<std::size_t>(piece.count++)] = unit;
}

void putCharacter(NeutralPiece& piece, char32_t value)
{
    if (value > 0xffff) {
        put(piece, QChar::highSurrogate(value));
        put(piece, QChar::lowSurrogate(value));
    } else {
        put(piece, static_cast<char16_t>(value));
    }
}

void putAscii(NeutralPiece& piece, std::string_view text)
{
    for (const char c : text)
        put(piece, static_cast<char16_t>(c));
}

void putCode(NeutralPiece& piece, char32_t value)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    put(piece, u'⟨');
    putAscii(piece, "U+");
    int shift = 12;
    while (value >> (shift + 4) != 0)
        shift += 4;
    for (; shift >= 0; shift -= 4)
        put(piece, static_cast<char16_t>(digits[value >> shift & 0xfU]));
    put(piece, u'⟩');
}

// The abbreviation in ASCII's table: their pictures from U+2400 on are in few fonts.
void putControl(NeutralPiece& piece, char32_t value)
{
    constexpr std::array<std::string_view, 32> names{"NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS",
        "TAB", "LF", "VT", "FF", "CR", "SO", "SI", "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN",
        "EM", "SUB", "ESC", "FS", "GS", "RS", "US"};
    put(piece, u'⟨');
    putAscii(piece, value < names.size() ? names[value] : std::string_view("DEL"));
    put(piece, u'⟩');
}

bool isMark(char32_t value)
{
    const auto category = QChar::category(value);
    return category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing;
}

bool isPictograph(char32_t value)
{
    const bool isSkinTone = value >= 0x1f3fb && value <= 0x1f3ff;
    return value == 0xfe0f || isSkinTone
        || (value >= 0x2000 && QChar::category(value) == QChar::Symbol_Other);
}

bool isVariationSelector(char32_t value)
{
    return (value >= 0xfe00 && value <= 0xfe0f) || (value >= 0xe0100 && value <= 0xe01ef)
        || (value >= 0x180b && value <= 0x180f);
}

// Characters that have no picture of their own, reorder their neighbours or break the line.
bool isHidden(char32_t value, char32_t previous)
{
    switch (QChar::category(value)) {
    case QChar::Other_Format:
        return !(value == 0x200d && isPictograph(previous)); // joins emoji
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
    case QChar::Other_PrivateUse:
    case QChar::Other_Surrogate:
    case QChar::Other_Control:
        return true;
    default:
        break;
    }
    if (value == 0xfe0f && isPictograph(previous))
        return false;
    if (isVariationSelector(value))
        return true;
    switch (value) {
    case 0x034f: // combining grapheme joiner
    case 0x115f: // Hangul fillers
    case 0x1160:
    case 0x17b4: // Khmer inherent vowels
    case 0x17b5:
    case 0x2800: // blank Braille pattern
    case 0x3164:
    case 0xffa0:
        return true;
    default:
        return value == 0x2065 || (value >= 0xfff0 && value <= 0xfff8)
            || (value >= 0xe0000 && value <= 0xe0fff) // unassigned, and invisible by default
            || (value & 0xfffeU) == 0xfffeU || (value >= 0xfdd0 && value <= 0xfdef); // noncharacters
    }
}

} // namespace

bool NeutralReader::next(NeutralPiece& piece)
{
    if (atEnd())
        return false;
    const Character character = first_character(m_bytes.substr(m_position));
    const bool isValid = character.length > 0;
    piece.count = 0;
    piece.kind = NeutralPiece::Kind::plain;
    piece.byte = m_position;
    piece.length = isValid ? character.length : 1;
    m_position += piece.length;
    const char32_t value = isValid ? character.code : U'\xfffd';
    const char32_t previous = std::exchange(m_previous, value);

    if (!isValid) {
        piece.kind = NeutralPiece::Kind::invalid;
        put(piece, 0xfffd);
        m_marks = 0;
        return true;
    }
    if (value < 0x20) {
        putControl(piece, value);
        if (value == '\n')
            piece.kind = NeutralPiece::Kind::lineFeed;
        else if (value == '\r')
            piece.kind = NeutralPiece::Kind::carriageReturn;
        m_marks = 0;
        return true;
    }
    if (value < 0x7f) {
        put(piece, static_cast<char16_t>(value));
        m_marks = 0;
        return true;
    }
    if (value == 0x7f) {
        putControl(piece, value);
        m_marks = 0;
        return true;
    }
    if (isHidden(value, previous)) {
        putCode(piece, value);
        return true; // m_marks stays: a hidden character between marks must not restart their count
    }
    if (!isMark(value)) {
        putCharacter(piece, value);
        m_marks = 0;
        return true;
    }
    if (++m_marks <= maxMarks) {
        putCharacter(piece, value);
        return true;
    }
    int dropped = 1;
    while (!atEnd() && m_position - piece.byte < maxMarkRun) {
        const Character more = first_character(m_bytes.substr(m_position));
        if (more.length == 0 || !isMark(more.code) || isHidden(more.code, 0))
            break;
        ++dropped;
        m_position += more.length;
    }
    piece.length = m_position - piece.byte;
    put(piece, u'⟨');
    putAscii(piece, "+" + std::to_string(dropped));
    put(piece, u'⟩');
    return true;
}

} // namespace jackfield::ui
