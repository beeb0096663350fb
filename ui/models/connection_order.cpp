#include "ui/models/connection_order.h"

#include "ui/models/filter_fields.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace jackfield::ui {
namespace {

std::string_view viewOf(const SharedText& text)
{
    return text ? std::string_view(*text) : std::string_view();
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// By letters whatever their case, then by bytes; empty texts last.
int compareTexts(std::string_view a, std::string_view b)
{
    if (a.empty() != b.empty())
        return a.empty() ? 1 : -1;
    const std::size_t shared = std::min(a.size(), b.size());
    for (std::size_t i = 0; i < shared; ++i) {
        const auto x = static_cast<unsigned char>(lower(a[i]));
        const auto y = static_cast<unsigned char>(lower(b[i]));
        if (x != y)
            return x < y ? -1 : 1;
    }
    if (a.size() != b.size())
        return a.size() < b.size() ? -1 : 1;
    return a.compare(b);
}

int compareTexts(const QString& a, const QString& b)
{
    if (a.isEmpty() != b.isEmpty())
        return a.isEmpty() ? 1 : -1;
    const int folded = a.compare(b, Qt::CaseInsensitive);
    return folded != 0 ? folded : a.compare(b);
}

bool isTextColumn(ConnectionColumn column)
{
    switch (column) {
    case ConnectionColumn::Origin:
    case ConnectionColumn::Path:
    case ConnectionColumn::Subprotocol:
    case ConnectionColumn::ProtocolVersion:
    case ConnectionColumn::Host:
    case ConnectionColumn::UserAgent:
    case ConnectionColumn::Extensions:
    case ConnectionColumn::TlsVersion:
    case ConnectionColumn::Cipher:
    case ConnectionColumn::Alpn:
    case ConnectionColumn::ServerName:
        return true;
    default:
        return false;
    }
}

std::string_view textOf(const TlsFacts& tls, ConnectionColumn column)
{
    switch (column) {
    case ConnectionColumn::TlsVersion:
        return tls.version;
    case ConnectionColumn::Cipher:
        return tls.cipher;
    case ConnectionColumn::Alpn:
        return tls.alpn;
    case ConnectionColumn::ServerName:
        return tls.server_name;
    default:
        return {};
    }
}

std::string_view textOf(const ConnectionInfo& info, ConnectionColumn column)
{
    switch (column) {
    case ConnectionColumn::Origin:
        return viewOf(info.origin);
    case ConnectionColumn::Path:
        return viewOf(info.target);
    case ConnectionColumn::Subprotocol:
        return viewOf(info.subprotocol);
    case ConnectionColumn::ProtocolVersion:
        return viewOf(info.protocol_version);
    case ConnectionColumn::Host:
        return viewOf(info.host);
    case ConnectionColumn::UserAgent:
        return viewOf(info.user_agent);
    case ConnectionColumn::Extensions:
        return viewOf(info.extensions);
    default:
        return info.tls ? textOf(*info.tls, column) : std::string_view();
    }
}

// The key of an open connection in a column of figures; ages count from now, so that the smallest is the most
// recent.
std::uint64_t figureOf(const ConnectionRecord& record, ConnectionColumn column)
{
    const ConnectionCounters& counters = record.counters;
    const auto age = [](std::int64_t ns) { return ~static_cast<std::uint64_t>(ns); };
    switch (column) {
    case ConnectionColumn::State:
        return static_cast<std::uint64_t>(counters.state);
    case ConnectionColumn::FromBrowser:
        return counters.messages_in;
    case ConnectionColumn::ToBrowser:
        return counters.messages_out;
    case ConnectionColumn::LastMessage:
        return age(counters.last_message_ns);
    case ConnectionColumn::Idle:
        return age(std::max<std::int64_t>(
            counters.last_message_ns, record.info->opened_monotonic.time_since_epoch().count()));
    case ConnectionColumn::Since:
        return static_cast<std::uint64_t>(record.info->opened_at.time_since_epoch().count());
    case ConnectionColumn::BytesFrom:
        return counters.bytes_in;
    case ConnectionColumn::BytesTo:
        return counters.bytes_out;
    case ConnectionColumn::RoundTrip:
        return counters.round_trip_us;
    case ConnectionColumn::Transport:
        return static_cast<std::uint64_t>(transport_now(*record.info, counters));
    case ConnectionColumn::Resumed: // none, new, resumed
        return !record.info->tls ? 0 : record.info->tls->resumed ? 2 : 1;
    case ConnectionColumn::SendQueue:
        return counters.queued_bytes;
    case ConnectionColumn::CompressionFrom:
        return counters.travelled_in;
    case ConnectionColumn::CompressionTo:
        return counters.travelled_out;
    default:
        return record.info->number;
    }
}

struct Keyed {
    std::uint64_t key;
    std::uint64_t number;
    ConnectionSlot slot;
};

} // namespace

void ConnectionOrder::setSort(ConnectionColumn column, Qt::SortOrder order)
{
    m_column = column;
    m_order = order;
}

void ConnectionOrder::setFilter(Filter filter)
{
    m_filter = std::move(filter);
    m_remembered.clear();
}

void ConnectionOrder::forget(ConnectionSlot slot)
{
    if (slot < m_remembered.size())
        m_remembered[slot] = Answer::unknown;
}

bool ConnectionOrder::matches(ConnectionSlot slot) const
{
    if (m_filter.is_empty())
        return true;
    if (m_remembered.size() <= slot)
        m_remembered.resize(m_store.slotBound(), Answer::unknown);
    Answer& answer = m_remembered[slot];
    if (answer == Answer::unknown)
        answer = m_filter.matches(ConnectionFields(m_store, slot)) ? Answer::yes : Answer::no;
    return answer == Answer::yes;
}

bool ConnectionOrder::isRow(ConnectionSlot slot) const
{
    return (m_showClosed || m_store.at(slot).isOpen()) && matches(slot);
}

std::vector<ConnectionSlot> ConnectionOrder::rows() const
{
    std::vector<ConnectionSlot> rows = m_store.slotsInUse();
    if (!m_showClosed || !m_filter.is_empty())
        std::erase_if(rows, [this](ConnectionSlot slot) { return !isRow(slot); });
    sort(rows);
    return rows;
}

void ConnectionOrder::sort(std::vector<ConnectionSlot>& slots) const
{
    const auto closedBegin = std::partition(
        slots.begin(), slots.end(), [this](ConnectionSlot slot) { return m_store.at(slot).isOpen(); });
    std::sort(closedBegin, slots.end(), [this](ConnectionSlot a, ConnectionSlot b) {
        return m_store.at(a).closeOrder > m_store.at(b).closeOrder;
    });
    const auto openCount = static_cast<std::size_t>(closedBegin - slots.begin());

    if (m_column == ConnectionColumn::Peer) {
        std::sort(slots.begin(), closedBegin,
            [this](ConnectionSlot a, ConnectionSlot b) { return isBefore(a, b); });
        return;
    }
    // Every key becomes a number first, so that the sorting itself touches no record.
    std::vector<Keyed> keyed(openCount);
    const std::uint64_t flip = m_order == Qt::DescendingOrder ? ~std::uint64_t{0} : 0;
    for (std::size_t i = 0; i < openCount; ++i) {
        const ConnectionRecord& record = m_store.at(slots[i]);
        keyed[i] = {0, record.info->number, slots[i]};
        if (!isTextColumn(m_column) && m_column != ConnectionColumn::Name)
            keyed[i].key = figureOf(record, m_column) ^ flip;
    }
    if (isTextColumn(m_column)) {
        std::unordered_map<std::string_view, std::uint64_t> ranks;
        for (const Keyed& row : keyed)
            ranks.try_emplace(textOf(*m_store.at(row.slot).info, m_column));
        std::vector<std::string_view> texts;
        texts.reserve(ranks.size());
        for (const auto& [text, rank] : ranks)
            texts.push_back(text);
        std::sort(texts.begin(), texts.end(),
            [](std::string_view a, std::string_view b) { return compareTexts(a, b) < 0; });
        for (std::size_t i = 0; i < texts.size(); ++i)
            ranks[texts[i]] = i;
        for (Keyed& row : keyed)
            row.key = ranks[textOf(*m_store.at(row.slot).info, m_column)] ^ flip;
    } else if (m_column == ConnectionColumn::Name) {
        std::unordered_map<const QString*, std::uint64_t> ranks; // the strings are shared by page
        std::vector<const QString*> names;
        for (const Keyed& row : keyed) {
            if (const QString* name = &m_store.pageName(row.slot); ranks.try_emplace(name).second)
                names.push_back(name);
        }
        std::sort(names.begin(), names.end(),
            [](const QString* a, const QString* b) { return compareTexts(*a, *b) < 0; });
        std::uint64_t rank = 0;
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (i > 0 && *names[i] != *names[i - 1])
                ++rank;
            ranks[names[i]] = rank;
        }
        for (Keyed& row : keyed)
            row.key = (ranks[&m_store.pageName(row.slot)] << 32U | m_store.at(row.slot).ordinal) ^ flip;
    }
    std::sort(keyed.begin(), keyed.end(),
        [](const Keyed& a, const Keyed& b) { return a.key != b.key ? a.key < b.key : a.number > b.number; });
    for (std::size_t i = 0; i < openCount; ++i)
        slots[i] = keyed[i].slot;
}

bool ConnectionOrder::isBefore(ConnectionSlot a, ConnectionSlot b) const
{
    const ConnectionRecord& first = m_store.at(a);
    const ConnectionRecord& second = m_store.at(b);
    if (first.isOpen() != second.isOpen())
        return first.isOpen();
    if (!first.isOpen())
        return first.closeOrder > second.closeOrder;
    int difference = 0;
    if (isTextColumn(m_column)) {
        difference = compareTexts(textOf(*first.info, m_column), textOf(*second.info, m_column));
    } else if (m_column == ConnectionColumn::Name) {
        difference = compareTexts(m_store.pageName(a), m_store.pageName(b));
        if (difference == 0 && first.ordinal != second.ordinal)
            difference = first.ordinal < second.ordinal ? -1 : 1;
    } else if (m_column == ConnectionColumn::Peer) {
        const auto order = first.info->peer <=> second.info->peer;
        difference = order < 0 ? -1 : order > 0 ? 1 : 0;
    } else {
        const std::uint64_t x = figureOf(first, m_column);
        const std::uint64_t y = figureOf(second, m_column);
        difference = x < y ? -1 : x > y ? 1 : 0;
    }
    if (difference != 0)
        return m_order == Qt::AscendingOrder ? difference < 0 : difference > 0;
    return first.info->number > second.info->number;
}

} // namespace jackfield::ui
