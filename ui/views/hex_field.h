#pragma once

#include <QByteArray>
#include <QPlainTextEdit>
#include <QString>

namespace jackfield::ui {

/// What a text of hex digits means.
struct HexParse {
    QByteArray bytes; ///< all of them, or those before the mistake
    qsizetype errorAt = -1; ///< index of the first character that is wrong; -1: none
    QString problem; ///< what is wrong there, in words; holds no character of the text itself
    [[nodiscard]] bool ok() const { return errorAt < 0; }
};

/// Reads pairs of hex digits. Blanks, line ends, commas and `0x` may stand between pairs, nothing may stand
/// inside one.
[[nodiscard]] HexParse parseHex(QStringView text);
/// "89 50 4e 47", 16 bytes a line.
[[nodiscard]] QString hexText(QByteArrayView bytes);

/// A field for bytes written as hex: marks the first mistake and says what it is.
class HexField : public QPlainTextEdit {
    Q_OBJECT
public:
    static constexpr qsizetype maxEditable = 64 * 1024; ///< bytes

    explicit HexField(QWidget* parent = nullptr);

    [[nodiscard]] const HexParse& parsed() const { return m_parsed; }
    /// Replaces the content, undoably.
    void setBytes(const QByteArray& bytes);

Q_SIGNALS:
    void bytesChanged();
    /// Valid hex was pasted that is too long to edit. `whole` is what it means.
    void tooLargeToEdit(const QByteArray& whole);
    /// Something that is too long to edit was pasted, and it is not hex.
    void notHex(const QString& problem);

protected:
    void insertFromMimeData(const QMimeData* source) override;

private:
    void check();
    HexParse m_parsed;
};

} // namespace jackfield::ui
