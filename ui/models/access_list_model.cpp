#include "ui/models/access_list_model.h"

#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/text/phrases.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

namespace jackfield::ui {
namespace {

constexpr std::size_t maxRuns = 32; // of neighbouring rows that are removed; more are a reset

struct Words {
    Q_DECLARE_TR_FUNCTIONS(AccessListModel)
};

std::string toUtf8(const QString& text)
{
    const QByteArray utf8 = text.toUtf8();
    return {utf8.constData(), static_cast<std::size_t>(utf8.size())};
}

// The pattern of the entry in a line, whatever stands behind it.
std::optional<AccessPattern> patternIn(ListKind kind, const QString& text)
{
    AccessLine line;
    line.text = toUtf8(text);
    auto pattern = parse_access_pattern(kind, line.entry());
    return pattern ? std::optional(std::move(*pattern)) : std::nullopt;
}

bool hasPattern(const AccessLine& line)
{
    return line.state == AccessLine::State::active || line.state == AccessLine::State::needs_confirmation;
}

bool areEqual(const AccessLine& a, const AccessLine& b)
{
    return a.text == b.text && a.state == b.state && a.problem == b.problem && a.built_in == b.built_in
        && a.temporary == b.temporary && a.expires == b.expires;
}

QString lineName(const AccessList& list, const std::optional<std::size_t>& line)
{
    if (!line || *line >= list.lines.size())
        return Words::tr("allowed");
    return Words::tr("allowed by line %1, %2").arg(*line + 1).arg(displayText(list.lines[*line].text, 100));
}

} // namespace

AccessListModel::AccessListModel(ListKind kind, QObject* parent)
    : QAbstractTableModel(parent)
    , m_kind(kind)
{ }
AccessListModel::~AccessListModel() = default;

int AccessListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_list.lines.size());
}

int AccessListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : accessColumnCount;
}

QVariant AccessListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const AccessLine& line = m_list.lines[static_cast<std::size_t>(index.row())];
    const bool isEntry = index.column() == static_cast<int>(AccessColumn::Entry);
    switch (role) {
    case Qt::DisplayRole:
        return isEntry ? displayText(line.text) : stateText(line);
    case Qt::EditRole:
        return isEntry ? ourText(line.text) : stateText(line);
    case Qt::AccessibleTextRole: {
        const QString text = isEntry ? displayText(line.text) : stateText(line);
        return text.isEmpty() ? tr("blank line") : text;
    }
    case Qt::ToolTipRole:
        if (!line.problem.empty())
            return tooltipText(line.problem);
        return isEntry ? tooltipText(line.text) : tooltipText(stateText(line));
    case LineStateRole:
        return static_cast<int>(line.state);
    case IsTemporaryRole:
        return line.temporary;
    case DecidesRole:
        return m_deciding && *m_deciding == static_cast<std::size_t>(index.row());
    case ProblemRole:
        return wordsOf(line.problem);
    default:
        return {};
    }
}

QVariant AccessListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
        return {};
    if (section == static_cast<int>(AccessColumn::Entry))
        return m_kind == ListKind::hosts ? tr("Host") : tr("Origin");
    if (section == static_cast<int>(AccessColumn::State))
        return tr("State");
    return {};
}

Qt::ItemFlags AccessListModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags plain = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    return index.column() == static_cast<int>(AccessColumn::Entry) ? plain | Qt::ItemIsEditable : plain;
}

bool AccessListModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole
        || !checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)
        || index.column() != static_cast<int>(AccessColumn::Entry))
        return false;
    AccessLine& line = m_list.lines[static_cast<std::size_t>(index.row())];
    AccessLine edited = read(value.toString(), line.expires);
    if (edited.text == line.text)
        return true;
    // Another comment puts nothing in force.
    if (line.state == AccessLine::State::needs_confirmation && edited.state == AccessLine::State::active
        && edited.pattern == line.pattern)
        edited.state = line.state;
    edited.temporary = line.temporary;
    edited.expires = line.expires;
    line = std::move(edited);
    m_deciding.reset();
    announceRow(index.row());
    Q_EMIT this->edited();
    return true;
}

bool AccessListModel::removeRows(int row, int count, const QModelIndex& parent)
{
    if (parent.isValid() || row < 0 || count <= 0 || row + count > rowCount())
        return false;
    beginRemoveRows({}, row, row + count - 1);
    m_list.lines.erase(m_list.lines.begin() + row, m_list.lines.begin() + row + count);
    m_deciding.reset();
    endRemoveRows();
    Q_EMIT edited();
    return true;
}

void AccessListModel::setList(const AccessList& list)
{
    m_list.fell_back = list.fell_back;
    m_list.problem = list.problem;
    // Lines that are equal at the beginning and at the end stay; what is between them is exchanged.
    auto& have = m_list.lines;
    const auto& want = list.lines;
    const std::size_t shorter = std::min(have.size(), want.size());
    std::size_t head = 0;
    while (head < shorter && areEqual(have[head], want[head]))
        ++head;
    std::size_t tail = 0;
    while (tail < shorter - head && areEqual(have[have.size() - 1 - tail], want[want.size() - 1 - tail]))
        ++tail;
    const std::size_t oldCount = have.size() - head - tail;
    const std::size_t newCount = want.size() - head - tail;
    if (oldCount == 0 && newCount == 0)
        return;
    m_deciding.reset();
    const std::size_t shared = std::min(oldCount, newCount);
    for (std::size_t i = head; i < head + shared; ++i)
        have[i] = want[i];
    if (shared > 0)
        Q_EMIT dataChanged(index(static_cast<int>(head), 0),
            index(static_cast<int>(head + shared) - 1, accessColumnCount - 1));
    const auto at = static_cast<std::ptrdiff_t>(head + shared);
    if (oldCount > shared) {
        const auto surplus = static_cast<std::ptrdiff_t>(oldCount - shared);
        beginRemoveRows({}, static_cast<int>(at), static_cast<int>(at + surplus) - 1);
        have.erase(have.begin() + at, have.begin() + at + surplus);
        endRemoveRows();
    } else if (newCount > shared) {
        const auto more = static_cast<std::ptrdiff_t>(newCount - shared);
        beginInsertRows({}, static_cast<int>(at), static_cast<int>(at + more) - 1);
        have.insert(have.begin() + at, want.begin() + at, want.begin() + at + more);
        endInsertRows();
    }
}

const AccessLine* AccessListModel::lineAt(int row) const
{
    return row < 0 || row >= rowCount() ? nullptr : &m_list.lines[static_cast<std::size_t>(row)];
}

int AccessListModel::addEntry(const QString& text)
{
    AccessLine line = read(text);
    if (line.state == AccessLine::State::active) {
        const auto same = std::find_if(m_list.lines.begin(), m_list.lines.end(), [&](const AccessLine& have) {
            return have.state == AccessLine::State::active && !have.temporary && have.pattern == line.pattern;
        });
        if (same != m_list.lines.end())
            return static_cast<int>(same - m_list.lines.begin());
    }
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_list.lines.push_back(std::move(line));
    endInsertRows();
    Q_EMIT edited();
    return row;
}

void AccessListModel::removeEntries(std::vector<int> rows)
{
    std::sort(rows.begin(), rows.end(), std::greater<>());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    std::erase_if(rows, [this](int row) { return row < 0 || row >= rowCount(); });
    if (rows.empty())
        return;
    std::vector<std::pair<int, int>> runs; // first and last, from below
    for (const int row : rows) {
        if (!runs.empty() && runs.back().first == row + 1)
            runs.back().first = row;
        else
            runs.emplace_back(row, row);
    }
    // Every removal has the views look at all their rows.
    if (runs.size() > maxRuns) {
        beginResetModel();
        std::vector<bool> leaves(m_list.lines.size());
        for (const int row : rows)
            leaves[static_cast<std::size_t>(row)] = true;
        std::vector<AccessLine> rest;
        rest.reserve(m_list.lines.size() - rows.size());
        for (std::size_t row = 0; row < leaves.size(); ++row) {
            if (!leaves[row])
                rest.push_back(std::move(m_list.lines[row]));
        }
        m_list.lines = std::move(rest);
        runs.clear();
        endResetModel();
    }
    for (const auto& [first, last] : runs) {
        beginRemoveRows({}, first, last);
        m_list.lines.erase(m_list.lines.begin() + first, m_list.lines.begin() + last + 1);
        endRemoveRows();
    }
    m_deciding.reset();
    Q_EMIT edited();
}

void AccessListModel::confirm(int row)
{
    if (row < 0 || row >= rowCount())
        return;
    AccessLine& line = m_list.lines[static_cast<std::size_t>(row)];
    if (line.state != AccessLine::State::needs_confirmation)
        return;
    line.state = AccessLine::State::active;
    announceRow(row);
    Q_EMIT edited();
}

QString AccessListModel::problemOf(const QString& text) const
{
    return displayText(read(text).problem, 1'024);
}

bool AccessListModel::needsConfirmation(const QString& text) const
{
    const auto pattern = patternIn(m_kind, text);
    return pattern && (pattern->reaches_beyond_loopback() || pattern->is_wide_open());
}

bool AccessListModel::isForATimeOnly(const QString& text) const
{
    const auto pattern = patternIn(m_kind, text);
    return pattern && pattern->form == AccessPattern::Form::null_origin;
}

bool AccessListModel::hasEntryOf(int row, const QString& text) const
{
    const AccessLine* line = lineAt(row);
    return line && hasPattern(*line) && patternIn(m_kind, text) == line->pattern;
}

void AccessListModel::setDecidingLine(std::optional<std::size_t> line)
{
    if (line == m_deciding)
        return;
    const auto before = std::exchange(m_deciding, line);
    if (before && *before < m_list.lines.size())
        announceRow(static_cast<int>(*before));
    if (line && *line < m_list.lines.size())
        announceRow(static_cast<int>(*line));
}

void AccessListModel::setNow(TimePoint now)
{
    m_now = now;
    for (std::size_t row = 0; row < m_list.lines.size(); ++row) {
        if (m_list.lines[row].expires)
            announceRow(static_cast<int>(row));
    }
}

AccessLine AccessListModel::read(const QString& text, std::optional<TimePoint> expires) const
{
    QString written = text.trimmed();
    written.replace(u'\r', u' ').replace(u'\n', u' '); // one line of the file
    AccessLine line = parse_access_line(m_kind, toUtf8(written));
    if (expires && isForATimeOnly(written)) {
        line.pattern = *patternIn(m_kind, written);
        line.state = AccessLine::State::active;
        line.problem.clear();
    }
    return line;
}

QString AccessListModel::stateText(const AccessLine& line) const
{
    switch (line.state) {
    case AccessLine::State::comment:
        return line.text.empty() ? QString() : tr("comment");
    case AccessLine::State::invalid:
        return tr("not valid: %1").arg(displayText(wordsOf(line.problem)));
    case AccessLine::State::needs_confirmation:
        return tr("lets everybody in: not in force until confirmed");
    case AccessLine::State::active:
        break;
    }
    if (line.expires) {
        const auto left = std::chrono::duration_cast<std::chrono::nanoseconds>(*line.expires - m_now).count();
        return left <= 0 ? tr("expired") : tr("for %1 more").arg(formatDuration(left));
    }
    if (line.temporary)
        return tr("until Jackfield closes");
    if (line.pattern.is_wide_open())
        return tr("in force, lets everybody in");
    return line.built_in ? tr("in force, built in") : tr("in force");
}

void AccessListModel::announceRow(int row)
{
    Q_EMIT dataChanged(index(row, 0), index(row, accessColumnCount - 1));
}

AccessTrial tryAccess(const AccessRules& rules, const QString& host, const QString& origin, TimePoint now)
{
    const std::string hostText = toUtf8(host.trimmed());
    const std::string originText = toUtf8(origin.trimmed());
    AccessTrial trial;
    trial.decision
        = decide(rules, hostText.empty() ? std::nullopt : std::optional<std::string_view>(hostText),
            originText.empty() ? std::nullopt : std::optional<std::string_view>(originText), now);

    const QString shownHost = displayText(hostText, 100);
    switch (trial.decision.host) {
    case HostVerdict::allowed:
        trial.hostSentence
            = Words::tr("Host %1: %2.").arg(shownHost, lineName(rules.hosts, trial.decision.host_line));
        break;
    case HostVerdict::not_listed:
        trial.hostSentence = Words::tr("Host %1: refused, it is not on the list.").arg(shownHost);
        break;
    case HostVerdict::malformed:
        trial.hostSentence = Words::tr("Host %1: refused, this is no host name or address.").arg(shownHost);
        break;
    case HostVerdict::missing:
        trial.hostSentence = Words::tr("No host: refused, every request has to name one.");
        break;
    }
    const QString shownOrigin = displayText(originText, 100);
    switch (trial.decision.origin) {
    case OriginVerdict::allowed:
        trial.originSentence = Words::tr("Origin %1: %2.")
                                   .arg(shownOrigin, lineName(rules.origins, trial.decision.origin_line));
        break;
    case OriginVerdict::missing_allowed:
        trial.originSentence = Words::tr("No origin: allowed, programs send none.");
        break;
    case OriginVerdict::missing_refused:
        trial.originSentence = Words::tr("No origin: refused, clients without one are switched off.");
        break;
    case OriginVerdict::null_refused:
        trial.originSentence
            = Words::tr("Origin null: refused, a page opened from disk or a sandboxed frame.");
        break;
    case OriginVerdict::not_listed:
        trial.originSentence = Words::tr("Origin %1: refused, it is not on the list.").arg(shownOrigin);
        break;
    case OriginVerdict::malformed:
        trial.originSentence
            = Words::tr("Origin %1: refused, this is no origin (as http://localhost:5173 is).")
                  .arg(shownOrigin);
        break;
    }
    return trial;
}

} // namespace jackfield::ui
