#pragma once

#include "ui/views/composer_snapshot.h"

#include <QByteArray>
#include <QString>
#include <QWidget>

namespace jackfield::ui {

class Base64Field;
class HexField;

/// Bytes as hex and as base64, side by side: what is edited in one stands in the other at once. While one
/// holds a mistake, the other keeps the last bytes that were right, and nothing can be sent.
class BinaryFields : public QWidget {
    Q_OBJECT
public:
    explicit BinaryFields(QWidget* parent = nullptr);

    [[nodiscard]] const QByteArray& bytes() const { return m_bytes; }
    /// What is wrong in the field that was edited last; empty while nothing is.
    [[nodiscard]] QString problem() const { return m_problem; }
    void setBytes(const QByteArray& bytes);
    /// What stands in both fields, mistakes and all.
    [[nodiscard]] BinarySnapshot snapshot() const;
    void restore(const BinarySnapshot& snapshot);
    [[nodiscard]] HexField* hex() const { return m_hex; }
    [[nodiscard]] Base64Field* base64() const { return m_base64; }

Q_SIGNALS:
    void changed();
    void tooLargeToEdit(const QByteArray& whole);
    /// Something was pasted that is neither put in nor bytes: why not.
    void notBytes(const QString& problem);

private:
    void onHex();
    void onBase64();

    HexField* m_hex = nullptr;
    Base64Field* m_base64 = nullptr;
    QByteArray m_bytes;
    QString m_problem;
    bool m_linking = false;
};

} // namespace jackfield::ui
