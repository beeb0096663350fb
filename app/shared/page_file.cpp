#include "app/shared/page_file.h"

#include "app/shared/json_document.h"

#include <nlohmann/json.hpp>

namespace jackfield::app {
namespace {

constexpr int page_format_version = 1;
constexpr int deepest_page = 16;
constexpr std::size_t longest_name = 4'096;

std::string text_of(const Json& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool is_kept(const RememberedPage& page)
{
    return page.origin.size() + page.path.size() + page.user_agent.size() <= longest_page
        && page.name.size() <= longest_name && page.colour.size() <= longest_name
        && !(page.name.empty() && page.colour.empty());
}

} // namespace

Result<std::vector<RememberedPage>> parse_pages(std::string_view text)
{
    auto document = parse_json_document(text, deepest_page);
    if (!document)
        return tl::unexpected<Error>(std::move(document.error()));
    std::vector<RememberedPage> pages;
    const auto list = document->find("pages");
    if (list == document->end() || !list->is_array())
        return pages;
    for (const Json& entry : *list) {
        if (!entry.is_object())
            continue;
        RememberedPage page{text_of(entry, "origin"), text_of(entry, "path"), text_of(entry, "user_agent"),
            text_of(entry, "name"), text_of(entry, "colour")};
        if (is_kept(page))
            pages.push_back(std::move(page));
    }
    if (pages.size() > most_remembered_pages)
        pages.erase(pages.begin(), pages.end() - static_cast<std::ptrdiff_t>(most_remembered_pages));
    return pages;
}

std::string format_pages(const std::vector<RememberedPage>& pages)
{
    Json list = Json::array();
    const std::size_t first = pages.size() > most_remembered_pages ? pages.size() - most_remembered_pages : 0;
    for (std::size_t i = first; i < pages.size(); ++i) {
        const RememberedPage& page = pages[i];
        if (!is_kept(page))
            continue;
        Json entry = {{"origin", page.origin}, {"path", page.path}, {"user_agent", page.user_agent}};
        if (!page.name.empty())
            entry["name"] = page.name;
        if (!page.colour.empty())
            entry["colour"] = page.colour;
        list.push_back(std::move(entry));
    }
    const Json document = {{"jackfield", page_format_version}, {"pages", std::move(list)}};
    return document.dump(1, '\t', false, Json::error_handler_t::replace) + '\n';
}

} // namespace jackfield::app
