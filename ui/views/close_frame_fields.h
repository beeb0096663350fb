#pragma once

#include "ui/views/composer_snapshot.h"

#include "jackfield/connection.h"

#include <QWidget>

#include <array>
#include <cstdint>
#include <optional>

class QComboBox;

namespace jackfield::ui {

class PayloadEditor;

/// The close codes that are offered by name wherever one is chosen; others are typed.
inline constexpr std::array<std::uint16_t, 11> offeredCloseCodes{
    1000, 1001, 1002, 1008, 1009, 1011, 1012, 1013, 3000, 4000, 4001};

/// A close code with its name and a reason with its byte count: what a Close frame may carry, or none of it.
/// The reason is exact, as the payload of a text is.
class CloseFrameFields : public QWidget {
    Q_OBJECT
public:
    explicit CloseFrameFields(QWidget* parent = nullptr);

    /// The frame as it stands; nullopt while it cannot be sent, and then `problem` says why.
    [[nodiscard]] std::optional<CloseFrame> frame() const;
    [[nodiscard]] QString problem() const;
    void setFrame(const CloseFrame& frame);
    /// What stands in the fields, mistakes and all.
    [[nodiscard]] CloseSnapshot snapshot() const;
    void restore(const CloseSnapshot& snapshot);
    [[nodiscard]] PayloadEditor* reason() const { return m_reason; }
    /// Bytes of the reason.
    [[nodiscard]] int reasonBytes() const;

Q_SIGNALS:
    void changed();
    /// Something was not put in: why, in a sentence.
    void refused(const QString& sentence);

private:
    /// nullopt: no code; 0: none that can be read.
    [[nodiscard]] std::optional<int> code() const;

    QComboBox* m_code = nullptr;
    PayloadEditor* m_reason = nullptr;
};

} // namespace jackfield::ui
