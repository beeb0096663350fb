#pragma once

#include "ui/models/repeats.h"
#include "ui/models/send_history.h"
#include "ui/models/template_macros.h"
#include "ui/views/composer.h"
#include "ui/views/composer_snapshot.h"

#include <QString>

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>

class QCheckBox;
class QDropEvent;
class QHBoxLayout;
class QKeyEvent;
class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace jackfield::ui {

class ComposerPages;
class ElidedLabel;
class FragmentationFields;
class InlineNotice;
class MenuButton;
class RepeatFields;
class RepeatList;
class TargetControls;
struct PayloadFile;

/// The composer's inside: composer_layout.cpp builds and arranges it, composer_sending.cpp sends,
/// composer.cpp does the rest.
class Composer::Private {
public:
    using Kind = ComposedMessage::Kind;

    /// What was left unsent at some place: fields, cut and boxes.
    struct Left {
        ComposerSnapshot fields;
        Fragmentation fragments;
        std::array<bool, 6> expands{};
        bool wasSent = false; ///< it is in the history as well
    };

    Private(Composer& owner, EnginePort& enginePort, SendTarget& sendTarget);

    // composer_layout.cpp
    void build();
    void buildKindMenu();
    void buildMoreMenu();
    void connectPages();
    void use();
    void arrange();
    void refresh();
    void refreshButton();
    void fitHeight();
    [[nodiscard]] QString sendText() const;

    // composer.cpp
    void chooseKind(Kind kind);
    void take(const QByteArray& whole, bool text);
    void putIn(const SharedBytes& bytes, bool asText, const QString& name);
    void takeFile(const PayloadFile& file);
    /// `said`: a warning that goes with it.
    void put(const ComposedMessage& message, bool isTemplate = false, const QString& name = {},
        const QString& said = {});
    void fill(const ComposedMessage& message, bool isTemplate, const QString& name);
    void recall(bool older);
    [[nodiscard]] Left leave() const;
    void comeBack(const Left& left, std::optional<Kind> only = {});
    void dropUndo();
    void offerUndo(const QString& said, const QString& name, const std::function<void()>& undo);
    void describeKeys() const;
    bool onKey(const QKeyEvent& event, bool act);
    [[nodiscard]] bool takesDrop(const QDropEvent& event) const;
    void drop(const QDropEvent& event);
    void warn(const QString& sentence);

    // composer_sending.cpp
    /// What stands in the composer; nullopt while it cannot be sent.
    [[nodiscard]] std::optional<ComposedMessage> draft() const;
    [[nodiscard]] QString problem() const;
    [[nodiscard]] bool expandsMacros() const;
    void sendAfterQuestion(const ComposedMessage& message);
    void sendNow(const ComposedMessage& message, const Audience& whom);
    void sayOutcome(const QString& sentence, const Audience& audience);
    void forgetOutcome();
    void startRepeat();

    Composer& q;
    EnginePort& port;
    SendTarget& target;
    Repeats repeats;
    TemplateMacros macros;
    SendHistory history;
    bool used = false;
    std::array<bool, 6> expands{true, true, true, true, true, true}; // the box, by kind
    std::map<std::size_t, Left> left; // what stood at the places of the history that were left, where edited
    std::optional<Left> parked; // what was not sent when something recalled was
    std::uint64_t reading = 0; // counts the files that were asked for: only the last one is put in
    QString buttonText;
    std::optional<Audience> toldOf; // of whom `result` tells

    MenuButton* kindButton = nullptr;
    FragmentationFields* fragments = nullptr;
    QToolButton* json = nullptr;
    QCheckBox* expand = nullptr;
    QLabel* info = nullptr;
    QToolButton* templates = nullptr;
    MenuButton* more = nullptr;
    ComposerPages* pages = nullptr;
    RepeatFields* repeatFields = nullptr;
    RepeatList* repeatList = nullptr;
    InlineNotice* notice = nullptr;
    TargetControls* targets = nullptr;
    ElidedLabel* result = nullptr;
    QLabel* hint = nullptr;
    QPushButton* button = nullptr;
    QHBoxLayout* top = nullptr;
    QHBoxLayout* bottom = nullptr;
    QVBoxLayout* column = nullptr;
};

} // namespace jackfield::ui
