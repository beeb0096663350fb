#pragma once

#include "ui/models/repeats.h"
#include "ui/models/send_history.h"
#include "ui/models/template_macros.h"
#include "ui/views/composer.h"

#include <QString>

#include <cstdint>

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
    void put(const ComposedMessage& message, bool isTemplate = false, const QString& name = {});
    void recall(bool older);
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
    void startRepeat();

    Composer& q;
    EnginePort& port;
    SendTarget& target;
    Repeats repeats;
    TemplateMacros macros;
    SendHistory history;
    bool used = false;
    bool fromTemplate = false; // what stands here came from a template: its macros are expanded
    bool filling = false; // edits are not the person's
    std::uint64_t reading = 0; // counts the files that were asked for: only the last one is put in
    QString buttonText;

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
