#include "ui/models/message_find.h"

#include "ui/text/display_text.h"
#include "ui/text/phrases.h"

#include "jackfield/filter.h"

#include <algorithm>

namespace jackfield::ui {

MessageFind::MessageFind(MessageModel& model, QObject* parent)
    : QObject(parent)
    , m_model(model)
    , m_scan(model.store())
{
    connect(&m_scan, &MessageScan::found, this, [this](const std::vector<quint64>& sequences) {
        m_matches.insert(m_matches.end(), sequences.begin(), sequences.end());
        if (!m_starting)
            Q_EMIT changed();
    });
    connect(&m_scan, &MessageScan::finished, this, &MessageFind::changed);
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        if (m_active)
            startOver();
    });
    connect(&m_model, &MessageModel::criteriaExtended, this, [this] {
        MessageCriteria criteria = m_model.criteria();
        criteria.dividers = false;
        criteria.find = m_filter;
        m_scan.setCriteria(std::move(criteria));
    });
    connect(&m_model, &MessageModel::pausedChanged, this, [this] {
        if (m_active)
            m_scan.setLimit(m_model.shownLimit());
    });
    connect(&m_model.store(), &MessageStore::changed, this, [this] {
        if (!m_active)
            return;
        const auto kept
            = std::lower_bound(m_matches.begin(), m_matches.end(), m_model.store().firstSequence());
        const bool went = kept != m_matches.begin();
        m_matches.erase(m_matches.begin(), kept);
        m_scan.advance();
        if (went)
            Q_EMIT changed();
    });
}

MessageFind::~MessageFind() = default;

void MessageFind::lookFor(const QString& text)
{
    if (text == m_text)
        return;
    m_text = text;
    m_problem.clear();
    m_active = !text.isEmpty();
    if (m_active) {
        const bool isExpression = text.size() > 2 && text.startsWith(u'/') && text.endsWith(u'/');
        const std::string utf8 = text.toStdString();
        const auto parsed
            = parse_filter(isExpression ? utf8 : quote_for_filter(utf8), FilterSubject::messages);
        if (parsed) {
            m_filter = *parsed;
        } else {
            m_problem = displayText(wordsOf(parsed.error().message()));
            m_active = false;
        }
    }
    startOver();
}

void MessageFind::startOver()
{
    m_matches.clear();
    if (!m_active) {
        m_scan.stop();
    } else {
        MessageCriteria criteria = m_model.criteria();
        criteria.dividers = false;
        criteria.find = m_filter;
        m_starting = true;
        m_scan.start(std::move(criteria), m_model.shownFrom(), m_model.shownLimit());
        m_starting = false;
    }
    Q_EMIT changed();
}

std::optional<std::size_t> MessageFind::placeOf(quint64 sequence) const
{
    const auto at = std::lower_bound(m_matches.begin(), m_matches.end(), sequence);
    if (at == m_matches.end() || *at != sequence)
        return std::nullopt;
    return static_cast<std::size_t>(at - m_matches.begin());
}

std::optional<MessageFind::Step> MessageFind::after(quint64 sequence) const
{
    if (m_matches.empty())
        return std::nullopt;
    const auto at = std::upper_bound(m_matches.begin(), m_matches.end(), sequence);
    return at == m_matches.end() ? Step{m_matches.front(), true} : Step{*at, false};
}

std::optional<MessageFind::Step> MessageFind::before(quint64 sequence) const
{
    if (m_matches.empty())
        return std::nullopt;
    const auto at = std::lower_bound(m_matches.begin(), m_matches.end(), sequence);
    return at == m_matches.begin() ? Step{m_matches.back(), true} : Step{*std::prev(at), false};
}

} // namespace jackfield::ui
