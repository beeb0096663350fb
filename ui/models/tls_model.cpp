#include "ui/models/tls_model.h"

#include "ui/text/phrases.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace jackfield::ui {

TlsModel::TlsModel(QObject* parent)
    : QObject(parent)
{ }

TlsModel::~TlsModel() = default;

void TlsModel::setState(TlsState state)
{
    m_state = std::move(state);
    if (!m_state.ownChainPath.empty())
        m_ownFiles = {m_state.ownChainPath, m_state.ownKeyPath};
    else if (!m_state.formerChainPath.empty())
        m_ownFiles = {m_state.formerChainPath, m_state.formerKeyPath};
    Q_EMIT changed();
}

bool TlsModel::begin()
{
    if (m_isRunning)
        return false;
    m_isRunning = true;
    Q_EMIT busyChanged();
    return true;
}

void TlsModel::enable(const std::vector<std::string>& names)
{
    if (begin())
        Q_EMIT enableRequested(names);
}

void TlsModel::renew(const std::vector<std::string>& names)
{
    if (begin())
        Q_EMIT renewRequested(names);
}

void TlsModel::useOwn(const std::string& chainPath, const std::string& keyPath, const std::string& passphrase)
{
    if (begin())
        Q_EMIT useOwnRequested(chainPath, keyPath, passphrase);
}

void TlsModel::usePassphrase(const std::string& passphrase)
{
    if (begin())
        Q_EMIT usePassphraseRequested(passphrase);
}

void TlsModel::disable()
{
    if (begin())
        Q_EMIT disableRequested();
}

void TlsModel::exportAuthority(const std::string& path)
{
    if (begin())
        Q_EMIT exportRequested(path);
}

void TlsModel::trust(const std::vector<std::string>& paths)
{
    if (begin())
        Q_EMIT trustRequested(paths);
}

void TlsModel::untrust(const std::vector<std::string>& paths)
{
    if (begin())
        Q_EMIT untrustRequested(paths);
}

void TlsModel::lookUp()
{
    if (!std::exchange(m_lookingUp, true))
        Q_EMIT lookUpRequested();
}

void TlsModel::finish(const TlsOutcome& outcome)
{
    if (outcome.request == TlsRequest::lookUp) {
        m_lookingUp = false;
    } else if (m_isRunning) {
        m_isRunning = false;
        Q_EMIT busyChanged();
    }
    Q_EMIT finished(outcome);
}

TypedNames namesTyped(const std::string& text)
{
    TypedNames typed;
    constexpr std::string_view separators = ", \t\r\n;";
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find_first_of(separators), rest.size());
        const std::string_view word = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (word.empty())
            continue;
        const auto name = check_development_name(word);
        if (!name) {
            typed.problem = wordsOf(name.error().message()).toStdString();
            return typed;
        }
        const auto isKnown = [&](const std::vector<std::string>& names) {
            return std::find(names.begin(), names.end(), *name) != names.end();
        };
        if (!isKnown(typed.names) && !isKnown(loopback_names()))
            typed.names.push_back(*name);
    }
    if (typed.names.size() > most_development_names)
        typed.problem = TlsModel::tr("at most 100 names can be added").toStdString();
    return typed;
}

} // namespace jackfield::ui
