#include "websocket/deflate_negotiation.h"

#include "base/text.h"

namespace jackfield::websocket {

namespace {

/// The parameters of one element, each at most once and of the right form.
struct Parameters {
    bool server_no_context_takeover = false;
    bool client_no_context_takeover = false;
    std::optional<std::uint8_t> server_max_window_bits;
    bool has_client_max_window_bits = false;
    std::optional<std::uint8_t> client_max_window_bits;
};

/// RFC 7692 section 7.1.2: a decimal number from 8 to 15 without leading zeros.
std::optional<std::uint8_t> window_bits(const std::string& text)
{
    const auto bits = parse_decimal<std::uint8_t>(text);
    if (!bits || *bits < smallest_window_bits || *bits > largest_window_bits || text.front() == '0')
        return std::nullopt;
    return bits;
}

bool take_flag(bool& flag, const ExtensionParameter& parameter)
{
    if (flag || parameter.value)
        return false;
    return flag = true;
}

bool take_parameter(Parameters& taken, const ExtensionParameter& parameter)
{
    if (parameter.name == "server_no_context_takeover")
        return take_flag(taken.server_no_context_takeover, parameter);
    if (parameter.name == "client_no_context_takeover")
        return take_flag(taken.client_no_context_takeover, parameter);
    if (parameter.name == "server_max_window_bits") {
        if (taken.server_max_window_bits || !parameter.value)
            return false;
        taken.server_max_window_bits = window_bits(*parameter.value);
        return taken.server_max_window_bits.has_value();
    }
    if (parameter.name == "client_max_window_bits") {
        if (taken.has_client_max_window_bits)
            return false;
        taken.has_client_max_window_bits = true;
        if (!parameter.value)
            return true;
        taken.client_max_window_bits = window_bits(*parameter.value);
        return taken.client_max_window_bits.has_value();
    }
    return false;
}

std::optional<Parameters> read_parameters(const ExtensionOffer& element)
{
    if (element.name != permessage_deflate)
        return std::nullopt;
    Parameters taken;
    for (const ExtensionParameter& parameter : element.parameters) {
        if (!take_parameter(taken, parameter))
            return std::nullopt;
    }
    return taken;
}

std::string text_of(bool server_no_context_takeover, bool client_no_context_takeover)
{
    std::string text(permessage_deflate);
    if (server_no_context_takeover)
        text += "; server_no_context_takeover";
    if (client_no_context_takeover)
        text += "; client_no_context_takeover";
    return text;
}

} // namespace

std::optional<DeflateParameters> accept_offer(
    const ExtensionOffer& offer, bool server_takeover, bool client_takeover)
{
    const auto asked = read_parameters(offer);
    if (!asked)
        return std::nullopt;
    DeflateParameters agreed;
    agreed.server_no_context_takeover = asked->server_no_context_takeover || !server_takeover;
    agreed.client_no_context_takeover = asked->client_no_context_takeover || !client_takeover;
    agreed.server_max_window_bits = asked->server_max_window_bits.value_or(agreed.server_max_window_bits);
    if (agreed.server_max_window_bits < smallest_deflate_window_bits)
        return std::nullopt;
    return agreed;
}

std::string response_text(const DeflateParameters& parameters)
{
    std::string text = text_of(parameters.server_no_context_takeover, parameters.client_no_context_takeover);
    if (parameters.server_max_window_bits != largest_window_bits)
        text += "; server_max_window_bits=" + std::to_string(parameters.server_max_window_bits);
    if (parameters.client_max_window_bits != largest_window_bits)
        text += "; client_max_window_bits=" + std::to_string(parameters.client_max_window_bits);
    return text;
}

std::optional<DeflateAgreement> negotiate_deflate(
    std::span<const ExtensionOffer> offers, const Compression& settings, DeflatePool& pool)
{
    if (!settings.enabled)
        return std::nullopt;
    for (const ExtensionOffer& offer : offers) {
        auto agreed = accept_offer(offer, settings.server_context_takeover, settings.client_context_takeover);
        if (!agreed)
            continue;
        DeflateAgreement agreement{*agreed, {}};
        std::uint64_t needed = 0;
        if (!agreed->server_no_context_takeover)
            needed += DeflatePool::kept_deflater_memory(agreed->server_max_window_bits);
        if (!agreed->client_no_context_takeover)
            needed += Inflater::memory;
        if (needed == 0)
            return agreement;
        if (auto windows = pool.promise(needed)) {
            agreement.windows = std::move(*windows);
        } else {
            agreement.parameters.server_no_context_takeover = true;
            agreement.parameters.client_no_context_takeover = true;
        }
        return agreement;
    }
    return std::nullopt;
}

std::string offer_text(const DeflateOffer& offer)
{
    std::string text = text_of(offer.server_no_context_takeover, offer.client_no_context_takeover);
    if (offer.server_max_window_bits)
        text += "; server_max_window_bits=" + std::to_string(*offer.server_max_window_bits);
    if (offer.client_max_window_bits) {
        text += "; client_max_window_bits";
        if (offer.client_window_hint != largest_window_bits)
            text += "=" + std::to_string(offer.client_window_hint);
    }
    return text;
}

std::optional<DeflateParameters> accept_response(const ExtensionOffer& response, const DeflateOffer& offer)
{
    const auto told = read_parameters(response);
    if (!told)
        return std::nullopt;
    DeflateParameters agreed;
    // What was demanded must be granted; a server may grant what was not asked for.
    if (offer.server_no_context_takeover && !told->server_no_context_takeover)
        return std::nullopt;
    if (offer.server_max_window_bits
        && told->server_max_window_bits.value_or(largest_window_bits) > *offer.server_max_window_bits)
        return std::nullopt;
    // In an answer this one has a value, and stands only where the client has announced that it knows it.
    if (told->has_client_max_window_bits && (!offer.client_max_window_bits || !told->client_max_window_bits))
        return std::nullopt;
    agreed.server_no_context_takeover = told->server_no_context_takeover;
    agreed.client_no_context_takeover = told->client_no_context_takeover || offer.client_no_context_takeover;
    agreed.server_max_window_bits = told->server_max_window_bits.value_or(agreed.server_max_window_bits);
    agreed.client_max_window_bits = told->client_max_window_bits.value_or(agreed.client_max_window_bits);
    return agreed;
}

} // namespace jackfield::websocket
