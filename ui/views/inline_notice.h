#pragma once

#include <QString>
#include <QTimer>
#include <QWidget>

#include <chrono>
#include <functional>
#include <vector>

class QGridLayout;
class QHBoxLayout;
class QLabel;

namespace jackfield::ui {

/// One sentence with its buttons, folded away while there is nothing to say: an undo, a question, a thing
/// that could not be done. Takes no focus by itself.
class InlineNotice : public QWidget {
    Q_OBJECT
public:
    enum class Kind { Information, Warning, Danger };
    struct Button {
        QString text; ///< translated
        QString name; ///< stable English: object name and accessible name
        std::function<void()> action; ///< the bar is dismissed before it runs
    };

    /// `place`: what it belongs to, in stable English, for the accessible name of its button.
    explicit InlineNotice(const QString& place, QWidget* parent = nullptr);

    /// Shows `text`, neutralised and plain, in place of what was shown; folds away by itself after
    /// `lifetime`, if that is not 0.
    void showNotice(Kind kind, const QString& text, const std::vector<Button>& buttons = {},
        std::chrono::milliseconds lifetime = std::chrono::milliseconds{0});
    /// "/chat is removed. [Undo]", for half a minute. `name`: of the button, in stable English.
    void showUndo(const QString& said, const QString& name, std::function<void()> undo,
        Kind kind = Kind::Information);
    void dismiss();
    [[nodiscard]] QString text() const;
    [[nodiscard]] Kind kind() const { return m_kind; }
    /// True while it shows what `showUndo` was told.
    [[nodiscard]] bool offersUndo() const { return m_offersUndo && !isHidden(); }

Q_SIGNALS:
    void dismissed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();

    QGridLayout* m_grid = nullptr;
    bool m_narrow = false;
    QLabel* m_label = nullptr;
    QHBoxLayout* m_buttons = nullptr;
    QTimer m_lifetime;
    Kind m_kind = Kind::Information;
    bool m_offersUndo = false;
};

} // namespace jackfield::ui
