#pragma once

#include "support/codec_harness.h"
#include "websocket/message_deflate.h"
#include "websocket/rfc6455_codec.h"

#include <zlib.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace jackfield::test {

/// A raw DEFLATE stream of zlib's own, so that the engine's does not vouch for itself.
class PeerDeflater {
public:
    explicit PeerDeflater(int window_bits = 15, int level = 6, int strategy = Z_DEFAULT_STRATEGY)
    {
        if (deflateInit2(&stream_, level, Z_DEFLATED, -window_bits, 8, strategy) != Z_OK)
            throw std::runtime_error("no deflate stream");
    }
    PeerDeflater(const PeerDeflater&) = delete;
    PeerDeflater& operator=(const PeerDeflater&) = delete;
    ~PeerDeflater() { deflateEnd(&stream_); }

    /// `text` deflated up to and with `flush`.
    std::string run(std::string_view text, int flush)
    {
        std::string out;
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
        stream_.avail_in = static_cast<uInt>(text.size());
        do {
            char chunk[65536];
            stream_.next_out = reinterpret_cast<Bytef*>(chunk);
            stream_.avail_out = sizeof chunk;
            ::deflate(&stream_, flush);
            out.append(chunk, sizeof chunk - stream_.avail_out);
        } while (stream_.avail_out == 0);
        return out;
    }
    /// The payload of a compressed message (RFC 7692 section 7.2.1).
    std::string message(std::string_view text)
    {
        if (text.empty())
            return std::string(1, '\0');
        std::string payload = run(text, Z_SYNC_FLUSH);
        payload.resize(payload.size() - 4);
        return payload;
    }

private:
    z_stream stream_{};
};

/// What a compressed payload says, read in one go with a window of `window_bits`; throws when it is broken.
class PeerInflater {
public:
    explicit PeerInflater(int window_bits = 15) { inflateInit2(&stream_, -window_bits); }
    PeerInflater(const PeerInflater&) = delete;
    PeerInflater& operator=(const PeerInflater&) = delete;
    ~PeerInflater() { inflateEnd(&stream_); }

    std::string message(std::string_view payload)
    {
        std::string in(payload);
        in.append("\0\0\xff\xff", 4);
        std::string out;
        stream_.next_in = reinterpret_cast<Bytef*>(in.data());
        stream_.avail_in = static_cast<uInt>(in.size());
        do {
            char chunk[65536];
            stream_.next_out = reinterpret_cast<Bytef*>(chunk);
            stream_.avail_out = sizeof chunk;
            const int result = ::inflate(&stream_, Z_SYNC_FLUSH);
            if (result != Z_OK && result != Z_BUF_ERROR)
                throw std::runtime_error("the payload is no deflate data");
            out.append(chunk, sizeof chunk - stream_.avail_out);
        } while (stream_.avail_in != 0 || stream_.avail_out == 0);
        return out;
    }

private:
    z_stream stream_{};
};

/// `text` as the payload of a compressed message of its own.
inline std::string deflated(std::string_view text, int window_bits = 15, int level = 6)
{
    return PeerDeflater(window_bits, level).message(text);
}

/// A codec with permessage-deflate and the pool it needs.
class DeflateCodec final : public websocket::MessageCodec {
public:
    DeflateCodec(websocket::Role role, const websocket::DeflateParameters& agreed,
        const Compression& settings = {}, const websocket::CodecLimits& limits = {})
    {
        auto deflate = std::make_unique<websocket::MessageDeflate>(pool_, role, agreed, settings);
        if (role == websocket::Role::server)
            codec_ = std::make_unique<websocket::Rfc6455Codec>(limits, std::move(deflate));
        else
            codec_ = std::make_unique<websocket::Rfc6455Codec>(
                limits, websocket::system_masking_keys(), std::move(deflate));
    }
    websocket::DeflatePool& pool() { return pool_; }

    std::size_t decode(std::span<std::byte> input, websocket::MessageSink& sink) override
    {
        return codec_->decode(input, sink);
    }
    [[nodiscard]] std::uint64_t partial_bytes() const override { return codec_->partial_bytes(); }
    std::uint64_t encode_message(ByteBuffer& out, MessageKind kind, std::span<const std::byte> payload,
        const Fragmentation& fragments = one_frame, std::span<const ControlBetween> between = {}) override
    {
        return codec_->encode_message(out, kind, payload, fragments, between);
    }
    bool encode_ping(ByteBuffer& out, std::span<const std::byte> payload) override
    {
        return codec_->encode_ping(out, payload);
    }
    bool encode_pong(ByteBuffer& out, std::span<const std::byte> payload) override
    {
        return codec_->encode_pong(out, payload);
    }
    void encode_close(ByteBuffer& out, std::optional<std::uint16_t> code, std::string_view reason) override
    {
        codec_->encode_close(out, code, reason);
    }
    [[nodiscard]] std::optional<FrameFacts> first_frame(std::span<const std::byte> encoded) const override
    {
        return codec_->first_frame(encoded);
    }
    [[nodiscard]] std::uint32_t wire_format() const override { return codec_->wire_format(); }
    void set_limits(const websocket::CodecLimits& limits) override { codec_->set_limits(limits); }

private:
    websocket::DeflatePool pool_;
    std::unique_ptr<websocket::MessageCodec> codec_;
};

inline constexpr websocket::DeflateParameters with_takeover{};
inline constexpr websocket::DeflateParameters without_takeover{true, true, 15, 15};

/// A server's codec that lets the client keep its window, or not.
inline CodecFactory server_with(
    const websocket::DeflateParameters& agreed, const websocket::CodecLimits& limits = {})
{
    return [agreed, limits] {
        return std::make_unique<DeflateCodec>(websocket::Role::server, agreed, Compression{}, limits);
    };
}

/// Settings that compress whatever becomes smaller.
inline Compression compress_all(std::uint32_t level = 6)
{
    Compression settings;
    settings.threshold = 0;
    settings.level = level;
    return settings;
}

} // namespace jackfield::test
