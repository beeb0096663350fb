#pragma once

#include "ui/text/json_text.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <utility>

namespace jackfield::ui {

class PayloadEditor;

/// What a PayloadEditor does for JSON: text that begins like JSON is coloured, and the first mistake is
/// marked. It never changes the text by itself, and a mistake keeps nobody from sending.
class JsonAssist : public QObject {
    Q_OBJECT
public:
    explicit JsonAssist(PayloadEditor& editor);
    /// What puts the text that `format` has made into the editor, in place of PayloadEditor::setPayload.
    void setReshape(std::function<void(const QByteArray&)> reshape) { m_reshape = std::move(reshape); }
    ~JsonAssist() override;

    /// What the text is, as it was last checked.
    [[nodiscard]] const JsonCheck& check() const { return m_check; }
    /// "JSON", "line 2, column 5" for the place of a mistake, "JSON, not checked"; empty where it is none.
    [[nodiscard]] QString text() const;
    /// True when `format` would do something.
    [[nodiscard]] bool canFormat() const { return m_check.verdict == JsonCheck::Verdict::valid; }
    /// Breaks and indents the JSON, undoably.
    void format();
    /// Whether mistakes are marked; they are at first.
    void setMarking(bool on);
    /// Puts the cursor at the mistake.
    void goToMistake();

Q_SIGNALS:
    void changed();

private:
    class Highlighter;
    void look();
    void mark();

    PayloadEditor& m_editor;
    std::function<void(const QByteArray&)> m_reshape;
    std::unique_ptr<Highlighter> m_highlighter;
    JsonCheck m_check;
    bool m_looking = false;
    bool m_marking = true;
};

} // namespace jackfield::ui
