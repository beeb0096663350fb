#pragma once

#include <QByteArray>
#include <QPlainTextEdit>
#include <QString>

#include <optional>

namespace jackfield::ui {

/// Which line ends a text holds.
enum class LineEnds { None, Lf, CrLf, Cr, Mixed };

/// The line ends among the bytes of a UTF-8 text.
[[nodiscard]] LineEnds lineEndsOf(const QByteArray& utf8);
/// "LF", "CRLF", "CR", "mixed line ends"; "LF" for a text without any, since that is what Enter types.
[[nodiscard]] QString nameOf(LineEnds ends);

/// What QTextDocument would change (line and paragraph separators, CR, U+FDD0, a BOM) or would not show
/// (control, bidirectional and zero-width characters) stands in the document as one lone low surrogate each.
/// Those never occur in UTF-8 text, so the mapping is exact in both directions; LF alone is the document's
/// own block separator.
namespace payload_text {
/// `utf8` as document text; nullopt when it is not valid UTF-8.
[[nodiscard]] std::optional<QString> toDocument(QByteArrayView utf8);
/// The same for a string; lone surrogates in it become U+FFFD.
[[nodiscard]] QString toDocument(QStringView text);
/// Document text (blocks separated by U+2029 or LF) as the bytes it stands for.
[[nodiscard]] QByteArray fromDocument(QStringView text);
/// Where in document text the character stands that begins at byte `offset` of what the text stands for; the
/// text's length behind its end.
[[nodiscard]] int positionAt(QStringView text, qsizetype offset);
/// True when `bytes` are valid UTF-8.
[[nodiscard]] bool isUtf8(QByteArrayView bytes);
/// The character that a stand-in stands for; 0 when `unit` is none.
[[nodiscard]] char32_t characterFor(QChar unit);
/// True when `character` never stands in a document as itself.
[[nodiscard]] bool needsStandIn(char32_t character);
/// What pictures `character` in its place: one visible character, or for a control character the two letters of
/// ISO 2047 ("CR"), since the pictures of Unicode are in few fonts.
[[nodiscard]] QString pictureOf(char32_t character);
} // namespace payload_text

/// A field for a text payload that gives back byte for byte what was put in: typed, pasted, dropped,
/// recalled, undone and redone. `toPlainText` must not be used on it; `payload` is the content.
class PayloadEditor : public QPlainTextEdit {
    Q_OBJECT
public:
    /// Texts beyond these are not edited: layout of one long line takes longer than a key press may.
    static constexpr qsizetype maxEditable = 256 * 1024; ///< bytes in all
    static constexpr qsizetype maxLine = 64 * 1024; ///< bytes of one line
    static constexpr qsizetype maxTaken = qsizetype{512}
        << 20; ///< bytes that a paste, a drop or a file may bring at all

    explicit PayloadEditor(QWidget* parent = nullptr);

    /// One line high: line ends stand in it as pictures, Enter types none. Content of more than `maxLine`
    /// bytes is too large then. To be called while it is empty.
    void setOneLine();

    /// The exact bytes, always valid UTF-8.
    [[nodiscard]] QByteArray payload() const;
    /// Replaces the content, undoably. `utf8` must be valid and editable; false, and nothing is changed, when
    /// it is not.
    bool setPayload(const QByteArray& utf8);
    /// The same for what `payload` gave: of any length, since typing is not stopped at `maxEditable`.
    void putBack(const QByteArray& utf8);
    /// True while an input method changes a part of the text. Qt then tells of the whole line as changed.
    [[nodiscard]] bool isComposing() const { return m_isComposing; }
    /// True when `utf8` is small enough to be edited here.
    [[nodiscard]] static bool isEditable(QByteArrayView utf8);
    /// The mime type under which exact bytes travel between Jackfield's own windows.
    [[nodiscard]] static QString exactMimeType();
    /// The bytes that a clipboard or a drop offers as text, before Qt interprets them.
    [[nodiscard]] static QByteArray textBytesOf(const QMimeData& source);

Q_SIGNALS:
    /// Something was pasted or dropped that is too large to edit. `whole` is what the payload would be.
    void tooLargeToEdit(const QByteArray& whole);
    /// More than `maxTaken` was pasted or dropped; it was not looked at.
    void tooLargeToTake(qsizetype bytes);
    /// Something was pasted or dropped that is not valid UTF-8.
    void notText(const QByteArray& bytes);

protected:
    [[nodiscard]] bool canInsertFromMimeData(const QMimeData* source) const override;
    void insertFromMimeData(const QMimeData* source) override;
    [[nodiscard]] QMimeData* createMimeDataFromSelection() const override;
    void keyPressEvent(QKeyEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    bool replace(const QByteArray& utf8);
    void insertDocumentText(const QString& text);
    void insertLineEnd();
    [[nodiscard]] QString arranged(QString text) const; ///< document text as it stands in this field
    [[nodiscard]] bool takes(QByteArrayView utf8) const;
    [[nodiscard]] QRectF rectOfUnit(const QTextBlock& block, int position) const;

    bool m_isOneLine = false;
    bool m_isComposing = false;
};

} // namespace jackfield::ui
