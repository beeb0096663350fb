#pragma once

#include "ui/views/composer_snapshot.h"

#include "jackfield/composed_message.h"

#include <QByteArray>
#include <QStackedWidget>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace jackfield::ui {

class BinaryFields;
class CloseFrameFields;
class HeldPayload;
class JsonAssist;
class PayloadEditor;
class RawFields;
class TemplateOrigin;

/// The fields of the composer, one page for each kind of message, and the chip for a payload that is too
/// large to edit. What stands in them is what `message` gives, byte for byte.
class ComposerPages : public QStackedWidget {
    Q_OBJECT
public:
    using Kind = ComposedMessage::Kind;

    explicit ComposerPages(QWidget* parent = nullptr);
    ~ComposerPages() override;

    [[nodiscard]] Kind kind() const { return m_kind; }
    /// Each kind keeps what stands in its fields; text, ping and pong have one field each. A payload that is
    /// too long to edit goes along from text to binary, and back where it is UTF-8.
    void setKind(Kind kind);
    /// What is composed, in one frame; nullopt while it cannot be sent, and then `problem` says why.
    [[nodiscard]] std::optional<ComposedMessage> message() const;
    [[nodiscard]] QString problem() const;
    /// "CRLF · 12 bytes", "5 of 125 bytes".
    [[nodiscard]] QString info() const;
    /// Puts a message in place of what its kind holds. `name`: of the file it came from, shown where it is
    /// too large to edit. `isTemplate`: its macros are to be expanded.
    void put(const ComposedMessage& message, const QString& name = {}, bool isTemplate = false);
    /// True when `put` of this kind would take away what no undoing in a field brings back.
    [[nodiscard]] bool wouldLose(Kind kind) const;
    [[nodiscard]] bool isHeld() const { return held().has_value(); }
    /// True when what stands there came from a template, edited since or not.
    [[nodiscard]] bool isFromTemplate() const;
    /// All fields as they stand, whether they can be sent or not.
    [[nodiscard]] ComposerSnapshot snapshot() const;
    void restore(const ComposerSnapshot& snapshot);
    /// Of the fields of `kind` alone.
    void restore(const ComposerSnapshot& snapshot, Kind kind);
    [[nodiscard]] bool isEmpty() const; ///< nothing is composed: text without a character
    [[nodiscard]] JsonAssist& json() const { return *m_json; }
    /// Fields that take keys and drops.
    [[nodiscard]] std::vector<QWidget*> fields() const;
    /// As high as the content needs: at least `least`, and one line for text until it is used.
    void fitHeight(bool used, int least);
    /// Of the page that is shown: the others do not make the window wider.
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void edited();
    /// The content may need another height.
    void resized();
    /// A payload was pasted or dropped that is too large to edit; `text` as text.
    void tooLargeToEdit(const QByteArray& whole, bool text);
    void tooLargeToTake(qsizetype bytes);
    /// Bytes that are no UTF-8 were pasted or dropped as text.
    void notText(const QByteArray& bytes);
    /// Something was not put in: why, in a sentence.
    void refused(const QString& sentence);
    /// An example stands in place of the frames.
    void exampleChosen();
    /// Frames that were composed are gone, as `said` says; `undo` brings them back.
    void takenAway(const QString& said, const std::function<void()>& undo);
    /// A payload that is too long to edit was discarded from `kind`.
    void discarded(const HeldSnapshot& payload, ComposedMessage::Kind kind);

private:
    void watch(PayloadEditor& editor);
    void showPage();
    [[nodiscard]] const std::optional<HeldSnapshot>& held() const; ///< of the present kind
    [[nodiscard]] std::optional<HeldSnapshot>& heldOf(Kind kind);
    void refill(const ComposerSnapshot& snapshot, Kind kind);
    [[nodiscard]] PayloadEditor* control() const; ///< the field of a ping or pong

    Kind m_kind = Kind::text;
    PayloadEditor* m_text = nullptr;
    JsonAssist* m_json = nullptr;
    BinaryFields* m_binary = nullptr;
    PayloadEditor* m_ping = nullptr;
    PayloadEditor* m_pong = nullptr;
    TemplateOrigin* m_textOrigin = nullptr;
    TemplateOrigin* m_pingOrigin = nullptr;
    TemplateOrigin* m_pongOrigin = nullptr;
    CloseFrameFields* m_close = nullptr;
    RawFields* m_raw = nullptr;
    HeldPayload* m_heldPage = nullptr;
    std::optional<HeldSnapshot> m_heldText;
    std::optional<HeldSnapshot> m_heldBinary;
};

} // namespace jackfield::ui
