#pragma once

#include "jackfield/api.h"
#include "jackfield/result.h"
#include "jackfield/socket_address.h"
#include "jackfield/time.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield {

/// The two allow-lists: names this server answers to (Host) and pages that may connect (Origin).
enum class ListKind : std::uint8_t { hosts, origins };

/// One parsed entry of an allow-list. The grammar, the same for both lists: a name or address (`localhost`, `127.0.0.1`,
/// `[::1]`), `*.suffix` (one or more labels in front, not the suffix itself), `*` for all, optionally `:port` (without: any
/// port). In the origin list also `http://` or `https://` in front (without: both), and any other scheme as an exact whole
/// (`tauri://localhost`); `null` allows pages without an origin and is only accepted with an expiry.
struct AccessPattern {
    /// How an entry is compared.
    enum class Form : std::uint8_t { exact_name, suffix, everything, exact_whole, null_origin };
    Form form = Form::exact_name;
    std::string scheme; ///< "", "http" or "https" (origin list)
    std::string name; ///< normalised: lower case, no trailing dot; addresses in canonical text; the whole text for exact_whole
    std::optional<std::uint16_t> port;

    /// True when the pattern lets in something that is not this machine: its adding needs a confirmation.
    [[nodiscard]] JACKFIELD_API bool reaches_beyond_loopback() const;
    /// True for `*` and for a suffix of a single label such as `*.com`: also needs a confirmation, and a banner while active.
    [[nodiscard]] JACKFIELD_API bool is_wide_open() const;
    bool operator==(const AccessPattern&) const = default;
};

/// Reads one entry. Surrounding blanks are ignored. Errors: malformed, with what is wrong in words for a person.
[[nodiscard]] JACKFIELD_API Result<AccessPattern> parse_access_pattern(ListKind list, std::string_view text);

/// One line of an allow-list as a person sees and edits it.
struct AccessLine {
    /// What a line is worth.
    enum class State : std::uint8_t {
        active, ///< parsed, decides
        needs_confirmation, ///< parsed, wide open (`*`, `*.com`) and read from a file: inactive until confirmed
        comment, ///< blank or `#`
        invalid, ///< kept as it is, flagged with `problem`
    };
    std::string text; ///< as written, without the line end
    State state = State::active;
    std::string problem; ///< for invalid lines: what is wrong
    AccessPattern pattern; ///< for active lines and those that need a confirmation
    bool built_in = false; ///< one of the start-up entries; not written unless the list is edited
    bool temporary = false; ///< until Jackfield closes; never written to a file
    std::optional<TimePoint> expires; ///< monotonic; only for temporary lines

    /// What of the line counts: without its comment and the blanks around it. Views `text`.
    [[nodiscard]] JACKFIELD_API std::string_view entry() const;
};

/// Reads one line as a person writes it in a list: an entry, perhaps with a `#` comment behind it, a comment or a blank. Total. A wide entry is
/// active here, since the person has just written it; `null` is invalid without an expiry, which only `AccessList::add` can give.
[[nodiscard]] JACKFIELD_API AccessLine parse_access_line(ListKind list, std::string_view text);

/// An allow-list with every line in its order.
struct AccessList {
    std::vector<AccessLine> lines;
    bool fell_back = false; ///< the file was unusable: only the built-in entries are active
    std::string problem; ///< why it fell back, for the banner

    /// The start-up list: `localhost`, `*.localhost`, loopback addresses, any port.
    [[nodiscard]] JACKFIELD_API static AccessList built_in(ListKind kind);
    /// Reads a `Hosts.dat` / `Origins.dat` file: first line the number of entries, then one a line, `#` comments. A wrong
    /// count is accepted and reported in `notices`. A missing count line is accepted too. Total: never fails for any bytes of at most
    /// 1 MiB and 10,000 lines; beyond those, or binary, or with no valid line at all, the list falls back to the built-in entries.
    [[nodiscard]] JACKFIELD_API static AccessList parse_file(
        ListKind kind, std::string_view content, std::vector<std::string>& notices);
    /// The text of the file: the count, then every line that is not temporary, each ended by LF.
    [[nodiscard]] JACKFIELD_API std::string file_text() const;
    /// Adds an entry at the end (parsed; invalid text is an error). An equal active entry is not added twice.
    JACKFIELD_API Result<void> add(ListKind kind, std::string_view text, bool temporary = false, std::optional<TimePoint> expires = {});
    /// Removes every entry whose pattern equals that of `text`. Errors: malformed, not_found.
    JACKFIELD_API Result<void> remove(ListKind kind, std::string_view text);
    /// True while an active entry is wide open (`AccessPattern::is_wide_open`).
    [[nodiscard]] JACKFIELD_API bool is_wide_open() const;
    JACKFIELD_API bool operator==(const AccessList& other) const; ///< same lines, states and expiries

private:
    /// A lasting edit of a list that fell back makes it the person's own: there is nothing to warn of any more.
    void becomes_theirs();
};

/// What a block looks at.
enum class BlockKind : std::uint8_t { address, origin, host };
/// "address", "origin", "host".
[[nodiscard]] JACKFIELD_API std::string_view name_of(BlockKind kind);

/// Somebody who is refused for now, whatever the lists say. Kept in memory only.
struct AccessBlock {
    BlockKind kind = BlockKind::origin;
    std::string text; ///< normalised: an address without port, an origin, or a host
    AccessPattern pattern; ///< of an origin or a host
    SocketAddress address; ///< of an address; without port
    std::optional<TimePoint> expires; ///< monotonic; without: until Jackfield closes
    bool operator==(const AccessBlock&) const = default;
};

/// Reads what is to be blocked: a numeric address, or an entry as the list of that kind has it (`null` blocks pages without an
/// origin). Errors: malformed.
[[nodiscard]] JACKFIELD_API Result<AccessBlock> parse_access_block(BlockKind kind, std::string_view text);

/// Most blocks at a time.
inline constexpr std::size_t max_access_blocks = 1'000;

/// Everything that decides who may come in, as one immutable snapshot.
struct AccessRules {
    AccessList hosts = AccessList::built_in(ListKind::hosts);
    AccessList origins = AccessList::built_in(ListKind::origins);
    bool origin_required = false; ///< refuse clients without an Origin (Node, curl, native apps)
    std::vector<AccessBlock> blocks; ///< in the order in which they were made; each kind and text once
};

/// What the host list says to a Host header.
enum class HostVerdict : std::uint8_t { allowed, not_listed, malformed, missing };
/// What the origin list says to an Origin header.
enum class OriginVerdict : std::uint8_t {
    allowed,
    missing_allowed, ///< no Origin header and none required
    missing_refused, ///< no Origin header while `origin_required` is on
    null_refused, ///< `Origin: null`: a page opened from disk or a sandboxed frame
    not_listed,
    malformed, ///< not an origin: empty, a list, a path behind it
};

/// What `decide` found. Both verdicts are always filled in, so that one *Allow this page* can add all that is missing.
struct AccessDecision {
    HostVerdict host = HostVerdict::missing;
    OriginVerdict origin = OriginVerdict::missing_allowed;
    std::optional<std::size_t> host_line; ///< index into hosts.lines of the line that allowed it
    std::optional<std::size_t> origin_line; ///< index into origins.lines
    /// The entries that would let this request in: for the host list and for the origin list; empty where nothing is needed
    /// or where no entry can help (malformed text).
    std::string host_fix;
    std::string origin_fix;
    /// What refuses it for now, whatever the lists say.
    std::optional<AccessBlock> block;

    /// Whether it may come in.
    [[nodiscard]] bool allowed() const
    {
        return !block && host == HostVerdict::allowed
            && (origin == OriginVerdict::allowed || origin == OriginVerdict::missing_allowed);
    }
};

/// Decides about one request: Host list first, then Origin list; parsed and normalised (case, one trailing dot, default port),
/// never by prefix, substring or "Origin equals Host" (which DNS rebinding passes).
/// `host`: the Host header's value. `origin`: the Origin header's value, nullopt when absent. `now`: lines and blocks that have expired do
/// not count. `peer`: who asks, for blocks of addresses; null: they are not looked at.
/// Pure; any thread. In `*`-free rules an IP address matches only its own literal (127/8 and its IPv4-mapped form count as loopback
/// literals when an active entry names a loopback literal).
[[nodiscard]] JACKFIELD_API AccessDecision decide(const AccessRules& rules, std::optional<std::string_view> host,
    std::optional<std::string_view> origin, TimePoint now, const SocketAddress* peer = nullptr);

/// True when `value` is a legal Host header value (RFC 9110 section 7.2): a reg-name of letters, digits, hyphens, underscores, dots and tildes with no empty
/// label, an IPv4 address or a bracketed IPv6 address, then optionally `:` and a port of 0..65535.
[[nodiscard]] JACKFIELD_API bool is_valid_host_header(std::string_view value);

} // namespace jackfield
