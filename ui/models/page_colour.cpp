#include "ui/models/page_colour.h"

#include <QCoreApplication>

namespace jackfield::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(PageColour)
};

constexpr std::array<std::string_view, pageColours.size()> keys
    = {"", "red", "orange", "yellow", "green", "teal", "blue", "purple", "pink"};

} // namespace

QString nameOf(PageColour colour)
{
    switch (colour) {
    case PageColour::none:
        return Words::tr("No colour");
    case PageColour::red:
        return Words::tr("Red");
    case PageColour::orange:
        return Words::tr("Orange");
    case PageColour::yellow:
        return Words::tr("Yellow");
    case PageColour::green:
        return Words::tr("Green");
    case PageColour::teal:
        return Words::tr("Teal");
    case PageColour::blue:
        return Words::tr("Blue");
    case PageColour::purple:
        return Words::tr("Purple");
    case PageColour::pink:
        return Words::tr("Pink");
    }
    return {};
}

std::string_view keyOf(PageColour colour)
{
    return keys[static_cast<std::size_t>(colour)];
}

PageColour pageColourOf(std::string_view key)
{
    for (const PageColour colour : pageColours) {
        if (keyOf(colour) == key)
            return colour;
    }
    return PageColour::none;
}

} // namespace jackfield::ui
