#pragma once

#include "jackfield/shared_bytes.h"

#include <QString>
#include <QWidget>

#include <optional>

class QLabel;

namespace jackfield::ui {

class ElidedLabel;

/// A payload that is too large to edit, as a chip: its name, its size and how it begins. Sent byte for byte.
class HeldPayload : public QWidget {
    Q_OBJECT
public:
    explicit HeldPayload(QWidget* parent = nullptr);

    /// `name`: of the file it came from; empty without. `asText`: shown as text, not as hex.
    void hold(const SharedBytes& bytes, const QString& name, bool asText);
    void release();
    [[nodiscard]] const std::optional<SharedBytes>& held() const { return m_held; }

Q_SIGNALS:
    /// The person wants it away.
    void discarded();

private:
    std::optional<SharedBytes> m_held;
    QLabel* m_text = nullptr;
    ElidedLabel* m_preview = nullptr;
};

} // namespace jackfield::ui
