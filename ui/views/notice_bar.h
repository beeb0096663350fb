#pragma once

#include <QFrame>
#include <QString>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace jackfield::ui {

/// A bar above the tables: one sentence and a few buttons. It takes no focus when it appears. Hidden until
/// `show`.
class NoticeBar : public QFrame {
    Q_OBJECT
public:
    enum class Severity { Notice, Warning, Danger };

    NoticeBar(
        Severity severity, const char* objectName, const char* accessibleName, QWidget* parent = nullptr);

    /// `subject` stands first, in bold; text of a peer in either must have gone through display_text.
    void setText(const QString& subject, const QString& sentence);
    /// The whole sentence, as assistive software reads it.
    [[nodiscard]] QString text() const;
    /// Adds a button at the end.
    QPushButton* addButton(const QString& text, const char* objectName, const char* accessibleName);
    void setSeverity(Severity severity);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void applyColors();

    Severity m_severity;
    QLabel* m_sign = nullptr;
    QLabel* m_subject = nullptr;
    QLabel* m_sentence = nullptr;
    QHBoxLayout* m_layout = nullptr;
};

} // namespace jackfield::ui
