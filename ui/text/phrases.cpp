#include "ui/text/phrases.h"

#include "ui/text/display_text.h"

#include <QCoreApplication>

#include <array>
#include <cstddef>
#include <optional>

namespace jackfield::ui {
namespace {

constexpr int deepest = 4; // sentences within sentences
constexpr std::string_view between = ": ";

using Places = std::array<std::string_view, 9>;

bool isPlace(std::string_view phrase, std::size_t at)
{
    return phrase[at] == '%' && at + 1 < phrase.size() && phrase[at + 1] >= '1' && phrase[at + 1] <= '9';
}

std::size_t endOfWords(std::string_view phrase, std::size_t at)
{
    while (at < phrase.size() && !isPlace(phrase, at))
        ++at;
    return at;
}

/// How many characters of `sentence` are the phrase's own; nothing where it is not this phrase.
std::optional<std::size_t> matched(std::string_view phrase, std::string_view sentence, Places& places)
{
    std::size_t end = endOfWords(phrase, 0);
    if (!sentence.starts_with(phrase.substr(0, end)))
        return std::nullopt;
    std::size_t own = end;
    std::string_view rest = sentence.substr(end);
    while (end < phrase.size()) {
        const auto place = static_cast<std::size_t>(phrase[end + 1] - '1');
        const std::size_t begin = end + 2;
        end = endOfWords(phrase, begin);
        const std::string_view words = phrase.substr(begin, end - begin);
        const bool isLast = end == phrase.size();
        if (isLast && !rest.ends_with(words))
            return std::nullopt;
        const std::size_t found = isLast ? rest.size() - words.size() : rest.find(words);
        if (found == std::string_view::npos)
            return std::nullopt;
        places[place] = rest.substr(0, found);
        rest.remove_prefix(found + words.size());
        own += words.size();
    }
    return rest.empty() ? std::optional(own) : std::nullopt;
}

std::optional<QString> known(std::string_view sentence, int depth);

QString said(std::string_view sentence, int depth)
{
    return known(sentence, depth).value_or(ourText(sentence));
}

QString filled(const QString& translation, const Places& places, int depth)
{
    QString text;
    for (qsizetype i = 0; i < translation.size(); ++i) {
        const char16_t digit = i + 1 < translation.size() ? translation[i + 1].unicode() : u'0';
        if (translation[i] == u'%' && digit >= u'1' && digit <= u'9') {
            text += said(places[digit - u'1'], depth - 1);
            ++i;
        } else {
            text += translation[i];
        }
    }
    return text;
}

std::optional<QString> knownWhole(std::string_view sentence, int depth)
{
    const char* best = nullptr;
    std::size_t mostOwn = 0;
    Places bestPlaces;
    for (const char* const phrase : knownPhrases()) {
        Places places;
        const auto own = matched(phrase, sentence, places);
        if (own && (best == nullptr || *own > mostOwn)) {
            best = phrase;
            mostOwn = *own;
            bestPlaces = places;
        }
    }
    if (best == nullptr)
        return std::nullopt;
    return filled(QCoreApplication::translate("jackfield::ui::Phrases", best), bestPlaces, depth);
}

std::optional<QString> known(std::string_view sentence, int depth)
{
    if (depth == 0 || sentence.empty())
        return std::nullopt;
    if (auto whole = knownWhole(sentence, depth))
        return whole;
    // A file's name stands before what is wrong with it, and the system's own words stand behind.
    const QString colon = QStringLiteral(": ");
    for (std::size_t at = sentence.find(between); at != std::string_view::npos; at = sentence.find(between, at + 1)) {
        if (const auto end = knownWhole(sentence.substr(at + between.size()), depth))
            return said(sentence.substr(0, at), depth - 1) + colon + *end;
    }
    for (std::size_t at = sentence.rfind(between); at != std::string_view::npos && at != 0;
         at = sentence.rfind(between, at - 1)) {
        if (const auto begin = knownWhole(sentence.substr(0, at), depth))
            return *begin + colon + said(sentence.substr(at + between.size()), depth - 1);
    }
    return std::nullopt;
}

} // namespace

QString wordsOf(std::string_view sentence)
{
    return said(sentence, deepest);
}

} // namespace jackfield::ui
