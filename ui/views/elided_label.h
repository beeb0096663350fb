#pragma once

#include <QString>
#include <QWidget>

namespace jackfield::ui {

/// One line of plain, neutralised text that gives way where there is no room for it.
class ElidedLabel : public QWidget {
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget* parent = nullptr);
    void setContent(const QString& text);
    [[nodiscard]] QString content() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
};

} // namespace jackfield::ui
