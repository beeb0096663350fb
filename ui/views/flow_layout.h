#pragma once

#include <QLayout>

#include <vector>

namespace jackfield::ui {

/// Places its items beside each other, as wide as they like to be, and goes on in a next line where the width
/// ends: for rows of buttons in panels that people make narrow. Hidden items take no room.
class FlowLayout : public QLayout {
    Q_OBJECT
public:
    explicit FlowLayout(int spacing, QWidget* parent = nullptr);
    ~FlowLayout() override;

    void addItem(QLayoutItem* item) override;
    [[nodiscard]] int count() const override { return static_cast<int>(m_items.size()); }
    [[nodiscard]] QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize minimumSize() const override; ///< of the widest item
    [[nodiscard]] QSize sizeHint() const override; ///< all in one line
    void setGeometry(const QRect& rect) override;

private:
    int arrange(const QRect& rect, bool move) const; // returns the height

    std::vector<QLayoutItem*> m_items;
};

} // namespace jackfield::ui
