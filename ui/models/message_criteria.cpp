#include "ui/models/message_criteria.h"

#include "ui/models/filter_fields.h"

namespace jackfield::ui {

bool MessageCriteria::accepts(const CapturedRecord& record, const std::function<bool()>& isCancelled) const
{
    const CapturedMessage& message = record.message;
    if (connections && message.connection && !connections->contains(message.connection))
        return false;
    if (record.is_divider)
        return dividers;
    if (!controlFrames && (message.type == TrafficType::ping || message.type == TrafficType::pong))
        return false;
    if (direction != DirectionFilter::all
        && (direction == DirectionFilter::fromBrowser) != (message.direction == Direction::from_browser))
        return false;
    if (filter.is_empty() && find.is_empty())
        return true;
    const MessageFields fields(record, isCancelled);
    return filter.matches(fields) && find.matches(fields);
}

} // namespace jackfield::ui
