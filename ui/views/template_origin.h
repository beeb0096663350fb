#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QObject>

namespace jackfield::ui {

class PayloadEditor;

/// Whether what stands in a field came from a template, so that its macros are expanded. Editing it keeps
/// that; what replaces the whole of it ends it, and undoing and redoing bring it back with the text.
class TemplateOrigin : public QObject {
    Q_OBJECT
public:
    /// `field` must outlive it, or be its parent. Make it before anything that asks it on textChanged.
    explicit TemplateOrigin(PayloadEditor& field);

    [[nodiscard]] bool isTemplate() const { return m_isTemplate; }
    /// Replaces the content of the field, undoably; false as PayloadEditor::setPayload.
    bool fill(const QByteArray& utf8, bool isTemplate);
    /// The same for what stood there before, of any length.
    void putBack(const QByteArray& utf8, bool isTemplate);
    /// Replaces the content by another form of it: what was a template stays one.
    bool reshape(const QByteArray& utf8) { return fill(utf8, m_isTemplate); }

private:
    bool replace(const QByteArray& utf8, bool isTemplate, bool stoodThere);
    void onText();
    void remember(const QByteArray& text);

    PayloadEditor& m_field;
    bool m_isTemplate = false;
    bool m_isFilling = false;
    bool m_isReplaced = false; // by the change that is being told of
    bool m_couldRedo = false; // before the change that is being told of
    QByteArray m_text; // what stands there, while it is a template's
    QByteArrayList m_known; // what stood there as a template's when it was replaced
};

} // namespace jackfield::ui
