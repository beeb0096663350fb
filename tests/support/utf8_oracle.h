#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace jackfield::test {

/// UTF-8 (RFC 3629) by value ranges: a lead byte says how many bytes follow, and a prefix can still become a
/// character while the numbers that it may stand for reach into the characters of that length. Tables of
/// legal bytes, which the engine's decoder is made of, do not occur here.
class Utf8Oracle {
public:
    enum class Verdict { whole, begun, impossible };

    /// What `bytes` (1 to 4 of them) are: exactly one character, the beginning of one, or neither.
    static Verdict judge(std::string_view bytes)
    {
        const auto lead = static_cast<unsigned char>(bytes[0]);
        if (lead < 128)
            return bytes.size() == 1 ? Verdict::whole : Verdict::impossible;
        const int length = lead >= 240 && lead < 248 ? 4
            : lead >= 224 && lead < 240              ? 3
            : lead >= 192 && lead < 224              ? 2
                                                     : 0;
        if (length == 0 || static_cast<int>(bytes.size()) > length)
            return Verdict::impossible;
        // The numbers that the bytes so far leave open, each missing byte giving six bits.
        std::uint32_t low = length == 4 ? lead - 240U : length == 3 ? lead - 224U : lead - 192U;
        std::uint32_t high = low;
        for (int i = 1; i < length; ++i) {
            if (i < static_cast<int>(bytes.size())) {
                const auto next = static_cast<unsigned char>(bytes[static_cast<std::size_t>(i)]);
                if (next < 128 || next >= 192)
                    return Verdict::impossible;
                low = low * 64 + (next - 128U);
                high = high * 64 + (next - 128U);
            } else {
                low = low * 64;
                high = high * 64 + 63;
            }
        }
        for (const Range& range : ranges) {
            if (range.length == length && low <= range.last && high >= range.first)
                return static_cast<int>(bytes.size()) == length ? Verdict::whole : Verdict::begun;
        }
        return Verdict::impossible;
    }

    /// Where the first byte stands that no valid text can hold; nullopt when there is none.
    static std::optional<std::size_t> first_fault(std::string_view text)
    {
        std::size_t start = 0;
        for (std::size_t at = 0; at < text.size(); ++at) {
            const Verdict verdict = judge(text.substr(start, at + 1 - start));
            if (verdict == Verdict::impossible)
                return at;
            if (verdict == Verdict::whole)
                start = at + 1;
        }
        return std::nullopt;
    }
    /// True when `text`, which has no fault, ends inside a character.
    static bool ends_inside(std::string_view text)
    {
        std::size_t start = 0;
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (judge(text.substr(start, at + 1 - start)) == Verdict::whole)
                start = at + 1;
        }
        return start != text.size();
    }

    /// Bytes at both sides of every boundary that matters in some place, and one between each two.
    static constexpr std::array<unsigned char, 33> boundaries{0x00, 0x41, 0x7f, 0x80, 0x81, 0x8e, 0x8f, 0x90,
        0x91, 0x9e, 0x9f, 0xa0, 0xa1, 0xbe, 0xbf, 0xc0, 0xc1, 0xc2, 0xc3, 0xde, 0xdf, 0xe0, 0xe1, 0xec, 0xed,
        0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff};

private:
    struct Range {
        int length;
        std::uint32_t first, last;
    };
    /// RFC 3629 section 3: which characters are encoded in how many bytes.
    static constexpr std::array<Range, 4> ranges{
        {{2, 0x80, 0x7ff}, {3, 0x800, 0xd7ff}, {3, 0xe000, 0xffff}, {4, 0x10000, 0x10ffff}}};
};

} // namespace jackfield::test
