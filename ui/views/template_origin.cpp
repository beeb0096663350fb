#include "ui/views/template_origin.h"

#include "ui/views/payload_editor.h"

#include <QTextDocument>

namespace jackfield::ui {

namespace {

constexpr qsizetype mostKnown = 32;

} // namespace

TemplateOrigin::TemplateOrigin(PayloadEditor& field)
    : QObject(&field)
    , m_field(field)
{
    connect(field.document(), &QTextDocument::contentsChange, this, [this](int from, int removed, int added) {
        // The document counts its last block's end among the characters, and sometimes among those removed.
        const int before = m_field.document()->characterCount() - 1 - added + removed;
        m_isReplaced = m_isReplaced || (from == 0 && removed >= before && !m_field.isComposing());
    });
    connect(&field, &QPlainTextEdit::textChanged, this, &TemplateOrigin::onText);
}

bool TemplateOrigin::fill(const QByteArray& utf8, bool isTemplate)
{
    return replace(utf8, isTemplate, false);
}

void TemplateOrigin::putBack(const QByteArray& utf8, bool isTemplate)
{
    replace(utf8, isTemplate, true);
}

bool TemplateOrigin::replace(const QByteArray& utf8, bool isTemplate, bool stoodThere)
{
    const QByteArray before = m_text;
    const bool was = m_isTemplate;
    m_isFilling = true;
    m_isTemplate = isTemplate;
    bool isFilled = stoodThere;
    if (stoodThere)
        m_field.putBack(utf8);
    else
        isFilled = m_field.setPayload(utf8);
    m_isFilling = false;
    if (!isFilled) {
        m_isTemplate = was;
        return false;
    }
    if (was)
        remember(before);
    m_text = isTemplate ? utf8 : QByteArray();
    if (isTemplate)
        remember(utf8);
    return true;
}

void TemplateOrigin::onText()
{
    const bool canRedo = m_field.document()->isRedoAvailable();
    const bool isWalked = canRedo || m_couldRedo;
    m_couldRedo = canRedo;
    const bool isReplaced = m_isReplaced;
    m_isReplaced = false;
    if (m_isFilling || (!isReplaced && !m_isTemplate))
        return;
    const QByteArray now = m_field.payload();
    if (isReplaced) {
        if (m_isTemplate)
            remember(m_text);
        m_isTemplate = isWalked && m_known.contains(now);
    }
    m_text = m_isTemplate ? now : QByteArray();
}

void TemplateOrigin::remember(const QByteArray& text)
{
    m_known.removeAll(text);
    m_known.append(text);
    if (m_known.size() > mostKnown)
        m_known.removeFirst();
}

} // namespace jackfield::ui
