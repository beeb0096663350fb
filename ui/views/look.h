#pragma once

#include <QProxyStyle>

namespace jackfield::ui {

/// Fusion, with questions and warnings marked in the theme's own colours, and without pictures on the buttons of
/// dialogs: what a button does is in its words.
class Look : public QProxyStyle {
    Q_OBJECT
public:
    Look();
    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption* option = nullptr,
        const QWidget* widget = nullptr, QStyleHintReturn* answer = nullptr) const override;
    [[nodiscard]] QIcon standardIcon(StandardPixmap which, const QStyleOption* option = nullptr,
        const QWidget* widget = nullptr) const override;
};

} // namespace jackfield::ui
