#pragma once

#include "jackfield/fragmentation.h"

#include <QWidget>

class QComboBox;
class QSpinBox;

namespace jackfield::ui {

/// Into how many frames a message is cut: one, a number of them, or frames of so many bytes.
class FragmentationFields : public QWidget {
    Q_OBJECT
public:
    explicit FragmentationFields(QWidget* parent = nullptr);

    [[nodiscard]] Fragmentation fragments() const;
    void setFragments(const Fragmentation& fragments);

Q_SIGNALS:
    void changed();

private:
    void refresh();

    QComboBox* m_way = nullptr;
    QSpinBox* m_number = nullptr;
    Fragmentation m_sizes; // exact sizes, which only templates bring
};

} // namespace jackfield::ui
