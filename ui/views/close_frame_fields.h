#pragma once

#include "jackfield/connection.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;

namespace jackfield::ui {

/// A close code with its name and a reason with its byte count: what a Close frame may carry, or none of it.
class CloseFrameFields : public QWidget {
    Q_OBJECT
public:
    explicit CloseFrameFields(QWidget* parent = nullptr);

    /// The frame as it stands; nullopt while it cannot be sent, and then `problem` says why.
    [[nodiscard]] std::optional<CloseFrame> frame() const;
    [[nodiscard]] QString problem() const;
    void setFrame(const CloseFrame& frame);
    /// Bytes of the reason.
    [[nodiscard]] int reasonBytes() const;

Q_SIGNALS:
    void changed();

private:
    /// nullopt: no code; 0: none that can be read.
    [[nodiscard]] std::optional<int> code() const;

    QComboBox* m_code = nullptr;
    QLineEdit* m_reason = nullptr;
};

} // namespace jackfield::ui
