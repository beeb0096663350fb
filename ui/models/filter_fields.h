#pragma once

#include "ui/models/connection_store.h"

#include "jackfield/capture_store.h"
#include "jackfield/event.h"
#include "jackfield/filter.h"

#include <functional>
#include <optional>
#include <string>

namespace jackfield::ui {

// The rows of the tables as the filter language sees them. Each borrows its record and lives for one
// question.

class ConnectionFields final : public FilterFields {
public:
    ConnectionFields(const ConnectionStore& store, ConnectionSlot slot);
    [[nodiscard]] std::optional<std::string_view> searched(std::size_t index) const override;
    [[nodiscard]] std::string_view text(FilterKey key) const override;
    [[nodiscard]] std::optional<std::uint64_t> number(FilterKey key) const override;

private:
    const ConnectionStore& m_store;
    const ConnectionRecord& m_record;
    ConnectionSlot m_slot;
    mutable std::optional<std::string> m_peer;
    mutable std::optional<std::string> m_tls; // its version, resumed
};

/// Any thread that may read the record.
class MessageFields final : public FilterFields {
public:
    /// `isCancelled` answers is_cancelled(); it must outlive the question.
    explicit MessageFields(const CapturedRecord& record, const std::function<bool()>& isCancelled = never())
        : m_record(record)
        , m_isCancelled(isCancelled)
    { }
    [[nodiscard]] std::optional<std::string_view> searched(std::size_t index) const override;
    [[nodiscard]] std::string_view text(FilterKey key) const override;
    [[nodiscard]] std::optional<std::uint64_t> number(FilterKey key) const override;
    [[nodiscard]] std::string_view json() const override;
    [[nodiscard]] bool is_cancelled() const override { return m_isCancelled && m_isCancelled(); }

private:
    [[nodiscard]] static const std::function<bool()>& never();

    const CapturedRecord& m_record;
    const std::function<bool()>& m_isCancelled;
    mutable std::optional<std::string> m_peer;
    mutable std::optional<std::string> m_tls; // its version, resumed
};

class RefusedFields final : public FilterFields {
public:
    explicit RefusedFields(const event::Refused& refused)
        : m_refused(refused)
        , m_peer(refused.peer.text())
    { }
    [[nodiscard]] std::optional<std::string_view> searched(std::size_t index) const override;
    [[nodiscard]] std::string_view text(FilterKey key) const override;
    [[nodiscard]] std::optional<std::uint64_t> number(FilterKey key) const override;

private:
    const event::Refused& m_refused;
    std::string m_peer;
};

} // namespace jackfield::ui
