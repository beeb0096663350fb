#include "ui/models/refused_model.h"

#include "ui/models/filter_fields.h"
#include "ui/models/refused_tls.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/text/phrases.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace jackfield::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RefusedModel)
};

bool isAboutLists(RefusalReason reason)
{
    switch (reason) {
    case RefusalReason::host_not_allowed:
    case RefusalReason::origin_not_allowed:
    case RefusalReason::origin_missing:
    case RefusalReason::origin_null:
        return true;
    default:
        return false;
    }
}

// Whether somebody's page or program wanted a WebSocket and should know why it has none.
bool concernsSomebody(const event::Refused& refused)
{
    if (refused.of_many)
        return isAboutLists(refused.reason);
    switch (refused.reason) {
    case RefusalReason::plain_http:
    case RefusalReason::speculative:
    case RefusalReason::stopping:
    case RefusalReason::evicted:
    case RefusalReason::aborted:
    case RefusalReason::timeout:
    case RefusalReason::blocked: // by a person, who knows
    case RefusalReason::sockjs_request: // one of many of a page that goes on
        return false;
    case RefusalReason::transport_off:
        return true;
    default:
        return isAboutTls(refused) ? isTlsThatConcernsSomebody(refused) : refused.was_upgrade;
    }
}

std::string likenessOf(const event::Refused& refused)
{
    std::string key = std::to_string(static_cast<int>(refused.reason));
    for (const std::string* part :
        {&refused.method, &refused.target, &refused.host, &refused.origin, &refused.user_agent,
            &refused.server_name})
        key.append(1, '\0').append(*part);
    if (isAboutTls(refused))
        key.append(1, '\0').append(refused.local.text());
    if (refused.tls)
        key.append(1, '\0').append(name_of(refused.tls->failure));
    return key.append(1, '\0').append(refused.peer.address_text());
}

// Whether a server of this status lets it in; nullopt where no setting of it decides.
std::optional<bool> isLetInBy(const ServerStatus& status, const event::Refused& refused, TimePoint now)
{
    switch (refused.remedy) {
    case RefusalRemedy::none:
        break;
    case RefusalRemedy::access: {
        const auto origin
            = refused.has_origin ? std::optional<std::string_view>(refused.origin) : std::nullopt;
        return decide(status.access, refused.host, origin, now).allowed();
    }
    case RefusalRemedy::older_protocols:
        return status.older_protocols;
    case RefusalRemedy::endpoint:
        return std::ranges::any_of(status.endpoints,
            [path = pathOf(refused.target)](const EndpointConfig& each) { return takes_path(each, path); });
    case RefusalRemedy::transport:
        return refused.wanted_transport && std::ranges::any_of(status.endpoints, [&](const EndpointConfig& each) {
            return each.pattern == refused.endpoint && each.sockjs && each.sockjs->transports.has(*refused.wanted_transport);
        });
    }
    return isLetInOverTls(refused, status);
}

QString answerText(const event::Refused& refused)
{
    if (refused.status == 0) {
        const bool isAlert = refused.tls && refused.tls->alert_sent;
        return isAlert ? Words::tr("alert %1").arg(*refused.tls->alert_sent) : Words::tr("none");
    }
    const std::string_view answer = refused.answer;
    const std::string_view line = answer.substr(0, answer.find_first_of("\r\n"));
    return line.empty() ? QString::number(refused.status) : displayText(line);
}

} // namespace

bool RefusedAttempt::isFixable() const
{
    return isAboutLists(what.reason) && what.access
        && (!what.access->host_fix.empty() || !what.access->origin_fix.empty()
            || what.access->origin == OriginVerdict::missing_refused);
}

std::string_view pathWithoutEndpoint(const event::Refused& refused)
{
    constexpr std::size_t longestPattern = 1'024;
    if (refused.remedy != RefusalRemedy::endpoint)
        return {};
    const std::string_view path = pathOf(refused.target);
    const bool isPlain
        = std::ranges::all_of(path, [](char c) { return c > 0x20 && c < 0x7f && c != '*' && c != '#'; });
    return path.starts_with('/') && path.size() <= longestPattern && isPlain ? path : std::string_view();
}

QString titleOf(RefusedColumn column)
{
    switch (column) {
    case RefusedColumn::Time:
        return Words::tr("Time");
    case RefusedColumn::Count:
        return Words::tr("Times");
    case RefusedColumn::Peer:
        return Words::tr("Peer");
    case RefusedColumn::Asked:
        return Words::tr("Asked for");
    case RefusedColumn::Why:
        return Words::tr("Why");
    case RefusedColumn::Answer:
        return Words::tr("Our answer");
    case RefusedColumn::BrowserSays:
        return Words::tr("The browser says");
    case RefusedColumn::Count_:
        break;
    }
    return {};
}

QString askedText(const event::Refused& refused)
{
    if (refused.of_many)
        return Words::tr("different things");
    if (refused.reason == RefusalReason::tls_on_plain || refused.reason == RefusalReason::tls_failed)
        return refused.server_name.empty()
            ? Words::tr("a TLS connection (wss:// or https://)")
            : Words::tr("a TLS connection to %1").arg(quotedPeerText(refused.server_name, 80));
    if (refused.method.empty() && refused.target.empty())
        return refused.request_head.empty() ? Words::tr("nothing") : displayText(refused.request_head, 80);
    const QString target = displayText(refused.target, 120);
    const bool isSecure = refused.transport == Transport::wss;
    QString text = refused.was_upgrade ? (isSecure ? QStringLiteral("wss ") : QStringLiteral("ws ")) + target
                                       : displayText(refused.method, 16) + u' ' + target;
    if (refused.has_origin)
        text = Words::tr("%1 from %2").arg(text, displayText(refused.origin, 100));
    return text;
}

QString peerText(const event::Refused& refused)
{
    return refused.of_many ? Words::tr("several") : ourText(refused.peer.text());
}

QString refusalSentence(const event::Refused& refused)
{
    if (refused.of_many)
        return Words::tr("Many were refused: %1").arg(wordsOf(refused.why));
    if (isAboutTls(refused) && !refused.has_origin)
        return tlsSentence(refused);
    const QString page = refused.has_origin && refused.origin != "null" ? displayText(refused.origin, 100)
        : refused.reason == RefusalReason::origin_null
        ? Words::tr("A page without an origin (opened from disk, or a sandboxed frame)")
        : browserName(refused.user_agent).isEmpty()
        ? Words::tr("A program at %1").arg(ourText(refused.peer.address_text()))
        : Words::tr("%1 at %2").arg(browserName(refused.user_agent), ourText(refused.peer.address_text()));
    switch (refused.reason) {
    case RefusalReason::origin_not_allowed:
        return refused.access && refused.access->host != HostVerdict::allowed
            ? Words::tr("%1 was refused: neither its origin nor the host %2 is on the lists.")
                  .arg(page, displayText(refused.host, 100))
            : Words::tr("%1 was refused: its origin is not on the list.").arg(page);
    case RefusalReason::host_not_allowed:
        return Words::tr(
            "%1 was refused: it asked for the host %2, which is not on the list (DNS rebinding?).")
            .arg(page, displayText(refused.host, 100));
    case RefusalReason::origin_null:
        return Words::tr("%1 was refused: its origin is null.").arg(page);
    case RefusalReason::blocked:
        if (refused.access && refused.access->block)
            return Words::tr("%1 was refused: its %2 is blocked for now.")
                .arg(page, blockKindName(refused.access->block->kind));
        break;
    case RefusalReason::origin_missing:
        return Words::tr("%1 was refused: it sent no Origin header and one is required.").arg(page);
    case RefusalReason::transport_off:
        if (refused.wanted_transport)
            return Words::tr("%1 was refused: %2 is switched off for %3.")
                .arg(page, ourText(name_of(*refused.wanted_transport)), displayText(refused.endpoint, 100));
        break;
    case RefusalReason::sockjs_request:
        return Words::tr("%1 made a SockJS request that could not be served: %2").arg(page, wordsOf(refused.why));
    default:
        break;
    }
    return Words::tr("%1 was refused: %2").arg(page, wordsOf(refused.why));
}

RefusedModel::RefusedModel(QObject* parent)
    : QAbstractTableModel(parent)
{ }
RefusedModel::~RefusedModel() = default;

int RefusedModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RefusedModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : refusedColumnCount;
}

QVariant RefusedModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const RefusedAttempt* attempt = attemptAt(index.row());
    if (attempt == nullptr)
        return {};
    const auto column = static_cast<RefusedColumn>(index.column());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        switch (column) {
        case RefusedColumn::Time:
            return formatTimeOfDay(attempt->last.time_since_epoch().count());
        case RefusedColumn::Count:
            return formatCount(attempt->count);
        case RefusedColumn::Peer:
            return peerText(attempt->what);
        case RefusedColumn::Asked:
            return askedText(attempt->what);
        case RefusedColumn::Why:
            return attempt->standing == RefusedAttempt::Standing::resolved
                ? tr("Allowed by now. It was: %1").arg(wordsOf(attempt->what.why))
                : wordsOf(attempt->what.why);
        case RefusedColumn::Answer:
            return answerText(attempt->what);
        case RefusedColumn::BrowserSays:
            return ourText(attempt->what.browser_says);
        case RefusedColumn::Count_:
            break;
        }
        return {};
    case Qt::AccessibleDescriptionRole:
        return titleOf(column);
    case Qt::ToolTipRole:
        if (column == RefusedColumn::Time)
            return tooltipText(tr("First %1\nLast %2")
                                   .arg(formatDateTime(attempt->first.time_since_epoch().count()),
                                       formatDateTime(attempt->last.time_since_epoch().count())));
        return tooltipText(data(index, Qt::DisplayRole).toString());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            (column == RefusedColumn::Count ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case KeyRole:
        return QVariant::fromValue<quint64>(attempt->key);
    case StandingRole:
        return static_cast<int>(attempt->standing);
    case FixableRole:
        return attempt->isFixable();
    default:
        return {};
    }
}

QVariant RefusedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= refusedColumnCount)
        return {};
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return titleOf(static_cast<RefusedColumn>(section));
    return {};
}

const RefusedAttempt* RefusedModel::find(std::uint64_t key) const
{
    const auto found = std::lower_bound(m_attempts.begin(), m_attempts.end(), key,
        [](const RefusedAttempt& attempt, std::uint64_t wanted) { return attempt.key < wanted; });
    return found != m_attempts.end() && found->key == key ? &*found : nullptr;
}

const RefusedAttempt* RefusedModel::attemptAt(int row) const
{
    return row < 0 || static_cast<std::size_t>(row) >= m_rows.size()
        ? nullptr
        : find(m_rows[static_cast<std::size_t>(row)]);
}

int RefusedModel::rowOf(std::uint64_t key) const
{
    const auto found = std::lower_bound(m_rows.begin(), m_rows.end(), key, std::greater<>());
    return found != m_rows.end() && *found == key ? static_cast<int>(found - m_rows.begin()) : -1;
}

const RefusedAttempt* RefusedModel::pending() const
{
    const RefusedAttempt* latest = nullptr;
    for (const RefusedAttempt& attempt : m_attempts) {
        if (attempt.standing == RefusedAttempt::Standing::needsYou && attempt.isFixable()
            && (latest == nullptr || attempt.last >= latest->last))
            latest = &attempt;
    }
    return latest;
}

std::size_t RefusedModel::needsYouCount() const
{
    return static_cast<std::size_t>(
        std::count_if(m_attempts.begin(), m_attempts.end(), [](const RefusedAttempt& attempt) {
            return attempt.standing == RefusedAttempt::Standing::needsYou;
        }));
}

std::size_t RefusedModel::otherCount() const
{
    return m_attempts.size() - needsYouCount();
}

std::uint64_t RefusedModel::listed() const
{
    std::uint64_t count = 0;
    for (const RefusedAttempt& attempt : m_attempts)
        count += attempt.count;
    return count;
}

void RefusedModel::setShow(Show show)
{
    if (show == m_show)
        return;
    m_show = show;
    rebuild();
}

void RefusedModel::setFilter(const Filter& filter)
{
    if (filter.text() == m_filter.text())
        return;
    m_filter = filter;
    rebuild();
}

void RefusedModel::ignore(std::uint64_t key)
{
    auto* attempt = const_cast<RefusedAttempt*>(find(key)); // of our own list
    if (attempt == nullptr || attempt->standing != RefusedAttempt::Standing::needsYou)
        return;
    attempt->standing = RefusedAttempt::Standing::ignored;
    refreshRow(*attempt);
    Q_EMIT attentionChanged();
}

void RefusedModel::clear()
{
    beginResetModel();
    m_cleared = std::exchange(m_attempts, {});
    m_rows.clear();
    m_alike.clear();
    endResetModel();
    Q_EMIT attentionChanged();
}

void RefusedModel::undoClear()
{
    for (auto attempt = m_cleared.rbegin(); attempt != m_cleared.rend() && m_attempts.size() < maxRows;
         ++attempt) {
        const auto alike = m_alike.find(likenessOf(attempt->what));
        if (alike == m_alike.end()) {
            m_alike.emplace(likenessOf(attempt->what), attempt->key);
            m_attempts.push_front(std::move(*attempt));
        } else { // it has come again
            auto* again = const_cast<RefusedAttempt*>(find(alike->second));
            again->first = attempt->first;
            again->count += attempt->count;
            if (attempt->standing == RefusedAttempt::Standing::ignored
                && again->standing == RefusedAttempt::Standing::needsYou)
                again->standing = attempt->standing;
        }
    }
    m_cleared.clear();
    rebuild();
    Q_EMIT attentionChanged();
}

void RefusedModel::reconsider(const ServerStatus& status, TimePoint now)
{
    bool moved = false;
    for (RefusedAttempt& attempt : m_attempts) {
        using Standing = RefusedAttempt::Standing;
        if (attempt.standing != Standing::needsYou && attempt.standing != Standing::resolved)
            continue;
        const auto letIn = isLetInBy(status, attempt.what, now);
        if (!letIn)
            continue;
        const Standing standing = *letIn ? Standing::resolved : Standing::needsYou;
        if (standing == attempt.standing)
            continue;
        attempt.standing = standing;
        moved = true;
        refreshRow(attempt);
    }
    if (moved)
        Q_EMIT attentionChanged();
}

void RefusedModel::apply(const EventBatch& batch)
{
    m_lost += batch.lost;
    for (const Event& event : batch.events) {
        if (const auto* refused = std::get_if<event::Refused>(&event.what))
            add(*refused, event.at);
    }
}

void RefusedModel::add(const event::Refused& refused, WallTime at)
{
    m_total += 1 + refused.folded;
    if (refused.was_upgrade || (isAboutTls(refused) && isTlsThatConcernsSomebody(refused))
        || (refused.of_many && isAboutLists(refused.reason)))
        m_asked += 1 + refused.folded;
    RefusedAttempt* attempt = nullptr;
    const std::string likeness = likenessOf(refused);
    if (const auto alike = m_alike.find(likeness); alike != m_alike.end()) {
        attempt = const_cast<RefusedAttempt*>(find(alike->second));
        attempt->what = refused;
        attempt->last = at;
        attempt->count += 1 + refused.folded;
        if (attempt->standing == RefusedAttempt::Standing::resolved) // it was let in once, and is no longer
            attempt->standing = RefusedAttempt::Standing::needsYou;
        refreshRow(*attempt);
    } else {
        if (m_attempts.size() >= maxRows) {
            const auto other = std::find_if(m_attempts.begin(), m_attempts.end(),
                [](const RefusedAttempt& old) { return old.standing != RefusedAttempt::Standing::needsYou; });
            const auto victim = other != m_attempts.end() ? other : m_attempts.begin();
            if (const int row = rowOf(victim->key); row >= 0) {
                beginRemoveRows({}, row, row);
                m_rows.erase(m_rows.begin() + row);
                endRemoveRows();
            }
            m_alike.erase(likenessOf(victim->what));
            m_attempts.erase(victim);
        }
        RefusedAttempt fresh;
        fresh.key = m_nextKey++;
        fresh.what = refused;
        fresh.first = fresh.last = at;
        fresh.count = 1 + refused.folded;
        fresh.standing = concernsSomebody(refused) ? RefusedAttempt::Standing::needsYou
                                                   : RefusedAttempt::Standing::other;
        m_alike.emplace(likeness, fresh.key);
        m_attempts.push_back(std::move(fresh));
        attempt = &m_attempts.back();
        if (isRow(*attempt)) {
            beginInsertRows({}, 0, 0);
            m_rows.insert(m_rows.begin(), attempt->key);
            endInsertRows();
        }
    }
    if (attempt->standing == RefusedAttempt::Standing::needsYou) {
        const std::uint64_t key = attempt->key;
        const bool fixable = attempt->isFixable();
        Q_EMIT attentionChanged();
        if (fixable)
            Q_EMIT fixableArrived(key);
    }
}

bool RefusedModel::isRow(const RefusedAttempt& attempt) const
{
    if (m_show != Show::all
        && (m_show == Show::needsYou) != (attempt.standing == RefusedAttempt::Standing::needsYou))
        return false;
    return m_filter.is_empty() || m_filter.matches(RefusedFields(attempt.what));
}

void RefusedModel::rebuild()
{
    beginResetModel();
    m_rows.clear();
    for (auto attempt = m_attempts.rbegin(); attempt != m_attempts.rend(); ++attempt) {
        if (isRow(*attempt))
            m_rows.push_back(attempt->key);
    }
    endResetModel();
}

// A row whose attempt has changed: shows it, or lets it come or go.
void RefusedModel::refreshRow(const RefusedAttempt& attempt)
{
    const int row = rowOf(attempt.key);
    const bool is = isRow(attempt);
    if (row >= 0 && is) {
        Q_EMIT dataChanged(index(row, 0), index(row, refusedColumnCount - 1));
    } else if (row >= 0) {
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    } else if (is) {
        const auto place = std::lower_bound(m_rows.begin(), m_rows.end(), attempt.key, std::greater<>());
        const auto at = static_cast<int>(place - m_rows.begin());
        beginInsertRows({}, at, at);
        m_rows.insert(place, attempt.key);
        endInsertRows();
    }
}

} // namespace jackfield::ui
