#pragma once

#include <QComboBox>

#include <span>
#include <string>

namespace jackfield::ui {

/// A behaviour that an endpoint or a subprotocol can have, with its words for a menu.
struct BehaviourWords {
    const char* name; ///< as the engine knows it
    const char* text; ///< untranslated, with a mnemonic; context "BehaviourChoice"
};

/// Echo, reverse, chat and silent, in the order in which they are offered.
[[nodiscard]] std::span<const BehaviourWords> behaviourWords();
/// The words in the person's language.
[[nodiscard]] QString behaviourText(const BehaviourWords& words);

/// A box to choose one of them in. Shows a name that it does not know as it stands.
class BehaviourChoice : public QComboBox {
    Q_OBJECT
public:
    enum class Wording { Full, NamesOnly };
    explicit BehaviourChoice(Wording wording, QWidget* parent = nullptr);

    [[nodiscard]] std::string behaviour() const;
    void setBehaviour(const std::string& name);
};

} // namespace jackfield::ui
