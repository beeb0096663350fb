#include "net/tls_client_hello.h"

#include <openssl/ssl.h>
#include <openssl/tls1.h>

#include <algorithm>
#include <new>
#include <string_view>

namespace jackfield::net {

namespace {

constexpr std::size_t most_protocol_text = 100;

/// Reads numbers and runs of bytes with a length in front; `is_whole` goes false for good when they run out.
class Cursor {
public:
    explicit Cursor(std::string_view bytes)
        : rest_(bytes)
    { }
    std::size_t number(std::size_t bytes)
    {
        std::size_t value = 0;
        for (const char c : run(bytes))
            value = value << 8U | static_cast<unsigned char>(c);
        return value;
    }
    std::string_view run(std::size_t size)
    {
        if (size > rest_.size()) {
            is_whole_ = false;
            rest_ = {};
            return {};
        }
        const std::string_view bytes = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return bytes;
    }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    [[nodiscard]] bool is_whole() const { return is_whole_; }

private:
    std::string_view rest_;
    bool is_whole_ = true;
};

std::string_view text_of(const unsigned char* bytes, std::size_t size)
{
    return {reinterpret_cast<const char*>(bytes), size};
}

bool is_visible(char c)
{
    return c > 0x20 && c < 0x7f;
}

std::string_view extension_of(SSL* ssl, unsigned int type, bool& is_there)
{
    const unsigned char* bytes = nullptr;
    std::size_t size = 0;
    is_there = SSL_client_hello_get0_ext(ssl, type, &bytes, &size) == 1;
    return is_there ? text_of(bytes, size) : std::string_view();
}

std::uint16_t highest_version_of(SSL* ssl)
{
    if (SSL_client_hello_isv2(ssl) && SSL_client_hello_get0_legacy_version(ssl) < SSL3_VERSION)
        return SSL2_VERSION;
    std::size_t highest = 0;
    bool is_there = false;
    Cursor cursor(extension_of(ssl, TLSEXT_TYPE_supported_versions, is_there));
    cursor.number(1);
    while (is_there && !cursor.at_end()) {
        const std::size_t version = cursor.number(2);
        if (version <= TLS1_3_VERSION) // the others are made up to see whether they are ignored (RFC 8701)
            highest = std::max(highest, version);
    }
    return highest > 0 ? static_cast<std::uint16_t>(highest)
                       : static_cast<std::uint16_t>(SSL_client_hello_get0_legacy_version(ssl));
}

std::string protocols_of(SSL* ssl)
{
    std::string text;
    bool is_there = false;
    Cursor cursor(extension_of(ssl, TLSEXT_TYPE_application_layer_protocol_negotiation, is_there));
    cursor.number(2);
    while (is_there && !cursor.at_end() && text.size() < most_protocol_text) {
        if (!text.empty())
            text += ", ";
        for (const char c : cursor.run(cursor.number(1)))
            text += is_visible(c) ? c : '?';
    }
    if (text.size() > most_protocol_text)
        text.replace(most_protocol_text - 3, std::string::npos, "...");
    return text;
}

} // namespace

bool read_server_name(const unsigned char* bytes, std::size_t size, std::string& name, int& alert)
{
    Cursor list(text_of(bytes, size));
    Cursor entry(list.run(list.number(2)));
    const std::size_t type = entry.number(1);
    const std::string_view host = entry.run(entry.number(2));
    alert = SSL_AD_DECODE_ERROR;
    if (!list.is_whole() || !list.at_end() || !entry.is_whole() || !entry.at_end()
        || type != TLSEXT_NAMETYPE_host_name)
        return false;
    alert = SSL_AD_UNRECOGNIZED_NAME;
    if (host.empty() || host.size() > TLSEXT_MAXLEN_host_name || !std::ranges::all_of(host, is_visible))
        return false;
    name = host;
    return true;
}

int judge_client_hello(ssl_st* ssl, int* alert, void* /*unused*/) noexcept
{
    auto* const hello = static_cast<ClientHello*>(SSL_get_app_data(ssl));
    if (!hello)
        return SSL_CLIENT_HELLO_SUCCESS;
    try {
        hello->highest_version = highest_version_of(ssl);
        hello->protocols = protocols_of(ssl);
        if (hello->length > ClientHello::longest) {
            hello->verdict = ClientHello::Verdict::too_long;
            *alert = SSL_AD_ILLEGAL_PARAMETER;
            return SSL_CLIENT_HELLO_ERROR;
        }
        bool is_there = false;
        const std::string_view name = extension_of(ssl, TLSEXT_TYPE_server_name, is_there);
        if (is_there
            && !read_server_name(reinterpret_cast<const unsigned char*>(name.data()), name.size(),
                hello->server_name, *alert)) {
            hello->verdict = ClientHello::Verdict::bad_server_name;
            return SSL_CLIENT_HELLO_ERROR;
        }
    } catch (const std::bad_alloc&) {
        hello->verdict = ClientHello::Verdict::no_memory;
        *alert = SSL_AD_INTERNAL_ERROR;
        return SSL_CLIENT_HELLO_ERROR;
    }
    return SSL_CLIENT_HELLO_SUCCESS;
}

} // namespace jackfield::net
