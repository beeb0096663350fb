#pragma once

#include <QByteArray>
#include <QPlainTextEdit>
#include <QString>

namespace jackfield::ui {

/// What a text of base64 means.
struct Base64Parse {
    QByteArray bytes; ///< all of them; those before the mistake otherwise
    qsizetype errorAt
        = -1; ///< index of the first character that is wrong, the length where more is missing; -1: none
    QString problem; ///< what is wrong there, in words; holds no character of the text itself
    [[nodiscard]] bool ok() const { return errorAt < 0; }
};

/// Reads base64 (RFC 4648 sections 4 and 5: either alphabet, but not both in one text). Blanks and line ends
/// may stand anywhere; padding may be left out at the end, and where it is there it must be right.
[[nodiscard]] Base64Parse parseBase64(QStringView text);
/// Padded base64 in the standard alphabet, in one line.
[[nodiscard]] QString base64Text(QByteArrayView bytes);

/// A field for bytes written as base64: marks the first mistake and says what it is.
class Base64Field : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit Base64Field(QWidget* parent = nullptr);

    [[nodiscard]] const Base64Parse& parsed() const { return m_parsed; }
    /// Replaces the content, undoably.
    void setBytes(const QByteArray& bytes);

Q_SIGNALS:
    void bytesChanged();
    /// Valid base64 was pasted that is too long to edit. `whole` is what it means.
    void tooLargeToEdit(const QByteArray& whole);
    /// Something that is too long to edit was pasted, and it is no base64.
    void notBase64(const QString& problem);

protected:
    void insertFromMimeData(const QMimeData* source) override;

private:
    void check();
    Base64Parse m_parsed;
};

} // namespace jackfield::ui
