#include "app/terminal/passed_messages.h"

namespace jackfield::app {
namespace {

std::string_view word_for(TrafficType type)
{
    switch (type) {
    case TrafficType::text:
        return "text";
    case TrafficType::binary:
        return "binary";
    case TrafficType::ping:
        return "ping";
    case TrafficType::pong:
        return "pong";
    case TrafficType::close:
        return "close";
    case TrafficType::continuation:
        return "continuation";
    case TrafficType::raw:
        break;
    }
    return "raw";
}

} // namespace

void PassedMessages::take(const Event& event)
{
    if (const auto* opened = std::get_if<event::Opened>(&event.what); opened && opened->info) {
        infos_[opened->info->id] = opened->info;
    } else if (const auto* closed = std::get_if<event::Closed>(&event.what); closed && closed->info) {
        closed_.push_back(closed->info->id);
        if (closed_.size() > most_closed) {
            infos_.erase(closed_.front());
            closed_.pop_front();
        }
    }
}

bool PassedMessages::take(TrafficBatch& batch, const Receiver& receive)
{
    while (const auto record = batch.next()) {
        const auto known = infos_.find(record->connection);
        if (!receive(*record, known == infos_.end() ? Info() : known->second))
            return false;
    }
    return true;
}

bool is_data(TrafficType type)
{
    return type == TrafficType::text || type == TrafficType::binary;
}

Happening happening_of(const TrafficRecord& record, const PassedMessages::Info& info)
{
    Happening happening;
    happening.kind = Happening::Kind::message;
    happening.info = info;
    happening.type = record.type;
    happening.direction = record.direction;
    happening.maker = record.maker;
    happening.payload = record.shared.empty() ? SharedBytes(record.payload) : record.shared;
    return happening;
}

std::string describe(const TrafficRecord& record, const PassedMessages::Info& info)
{
    if (is_data(record.type))
        return describe(happening_of(record, info));
    return (info ? "#" + std::to_string(info->number) : std::string("a connection"))
        + (record.direction == Direction::from_browser ? " from browser, " : " to browser, ")
        + std::string(word_for(record.type)) + ", " + std::to_string(record.size)
        + (record.size == 1 ? " byte" : " bytes");
}

} // namespace jackfield::app
