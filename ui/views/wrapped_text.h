#pragma once

#include <QPlainTextEdit>

namespace jackfield::ui {

/// Text to read and to copy from, as high as all of its lines at the width that it gets. A word that is longer
/// than a line is broken where the line ends; no character is added for that, so that a copy is the text. The
/// wheel is left to whatever scrolls around it.
class WrappedText : public QPlainTextEdit {
    Q_OBJECT
public:
    enum class Frame {
        none, ///< looks like a label
        box, ///< looks like a field
    };
    explicit WrappedText(Frame frame, QWidget* parent = nullptr);

    void setText(const QString& text);
    [[nodiscard]] QString text() const { return toPlainText(); }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void changeEvent(QEvent* event) override;
};

} // namespace jackfield::ui
