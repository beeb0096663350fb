#pragma once

#include "jackfield/api.h"
#include "jackfield/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield {

/// What a filter is used on; a term that means nothing there is an error.
enum class FilterSubject : std::uint8_t { connections, messages, refused, events };

/// The fields that a `key:value` term can name.
enum class FilterKey : std::uint8_t {
    dir, ///< `dir:from` `dir:to`, also in, out, c2s, s2c: number() is 0 for from the browser, 1 for to the
         ///< browser
    op, ///< `op:text`, binary, ping, pong, close, continuation, raw: text() is that word
    conn, ///< `conn:3`, `conn:#3`: number()
    origin, ///< text(), as are host, path, peer, agent, proto and endpoint; the term's value is looked for
            ///< inside
    host,
    path,
    peer,
    agent, ///< the User-Agent
    proto, ///< the subprotocol
    endpoint,
    transport, ///< `transport:wss`, ws: text() is that word
    tls, ///< `tls:1.3`, `tls:resumed`: text() is the version, with "resumed" behind it; of a refused attempt the name of
         ///< the failure (`tls:unknown_authority`). The value is looked for inside, as of cipher, alpn and sni
    cipher,
    alpn, ///< the application protocol
    sni, ///< the server name that the client asked for
    code, ///< `code:1006`, `code>=4000`: number(); a close code, or the HTTP status of a refused attempt
    is, ///< `is:open`, connecting, closing, closed: text() is that word
    by, ///< `by:hand`, echo, reverse, chat, behaviour, engine, peer: text() is that word
    size, ///< `size>1000`, `size:10`, `size<=4k`: number(), payload bytes
};

/// One row as a filter sees it: the caller's view of its own record. Views returned must live as long as this
/// object.
class JACKFIELD_API FilterFields {
public:
    virtual ~FilterFields() = default;
    /// The texts that plain words, quoted texts and expressions look in, whole and never a prefix: `index`
    /// counts from 0; nullopt ends them.
    [[nodiscard]] virtual std::optional<std::string_view> searched(std::size_t index) const = 0;
    /// The text of a key; empty where it has none.
    [[nodiscard]] virtual std::string_view text(FilterKey key) const = 0;
    /// The number of a key; nullopt where it has none (then no comparison is true).
    [[nodiscard]] virtual std::optional<std::uint64_t> number(FilterKey key) const = 0;
    /// What `$.a.b:value` looks in: a text message's payload; empty where there is none.
    [[nodiscard]] virtual std::string_view json() const { return {}; }
    /// Asked now and then while a large text is looked through: the answer is no longer wanted, and what
    /// `matches` then says means nothing. An expression with `*`, `+` or an anchor looks through one text
    /// without asking.
    [[nodiscard]] virtual bool is_cancelled() const { return false; }
};

/// A parsed filter. A value; copies share their content. `matches` may be called from several threads at
/// once.
///
/// The language: words and `"quoted text"` are plain; spaces mean and, `|` or (it binds less than and),
/// `-term` not.
/// `/expression/` (RE2) begins and ends with a slash, the last one before a space or the end; a lone `/chat`
/// is plain. `key:value` for the keys above, any other word with a colon is plain; a value may be quoted.
/// `size>1000` also with
/// `>=`, `<`, `<=`, `=` and a unit (`k`, `M`, `KiB`, `MiB`); the same for `code` and `conn`.
/// `$.a.b[0].c:value` finds a JSON value: equal text, number, `true`, `false` or `null`; `[*]` any element,
/// `:*` any value. Nothing cares about case.
class JACKFIELD_API Filter {
public:
    Filter(); ///< matches everything
    [[nodiscard]] bool is_empty() const { return root_ == nullptr; } ///< matches everything
    /// Whether a row passes. Reads `fields` during the call only.
    [[nodiscard]] bool matches(const FilterFields& fields) const;
    /// Nanoseconds that a byte of what is looked through (`searched`, `json`) may take at worst, to judge by
    /// what is done at once and what in another thread; 0 where they are not looked at.
    [[nodiscard]] std::uint64_t worst_cost() const;
    /// The text it was parsed from.
    [[nodiscard]] const std::string& text() const { return text_; }

    struct Node;

private:
    friend Result<Filter> parse_filter(std::string_view text, FilterSubject subject);
    std::shared_ptr<const Node> root_;
    std::string text_;
};

/// Reads a filter (UTF-8). Blank text gives the empty filter.
/// Errors: malformed, with the position in words ("At character 7: ...") and what would be right, also for a
/// term that cannot apply to `subject`; too_large over 4,096 bytes or 100 terms.
[[nodiscard]] JACKFIELD_API Result<Filter> parse_filter(std::string_view text, FilterSubject subject);

/// The words that a `key:value` term of this subject can begin with ("origin", "path" ...).
[[nodiscard]] JACKFIELD_API std::vector<std::string_view> filter_keys(FilterSubject subject);

/// `text` as one plain term of the language: quoted where it would mean something else. For *Filter like
/// this*.
[[nodiscard]] JACKFIELD_API std::string quote_for_filter(std::string_view text);

} // namespace jackfield
