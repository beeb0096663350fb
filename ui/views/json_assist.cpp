#include "ui/views/json_assist.h"

#include "ui/views/payload_editor.h"
#include "ui/views/theme.h"

#include <QSyntaxHighlighter>
#include <QTextBlock>

#include <algorithm>

namespace jackfield::ui {

namespace {

// Longer lines keep their plain colour behind this: a key press may not wait for the layout of more.
constexpr int colouredChars = 8'192;

} // namespace

class JsonAssist::Highlighter : public QSyntaxHighlighter {
public:
    explicit Highlighter(QTextDocument* document)
        : QSyntaxHighlighter(document)
    { }

    void setOn(bool on)
    {
        if (on == m_on)
            return;
        m_on = on;
        rehighlight();
    }
    [[nodiscard]] bool isOn() const { return m_on; }

protected:
    void highlightBlock(const QString& text) override
    {
        if (!m_on)
            return;
        for (const JsonToken& token : jsonTokens(text, colouredChars)) {
            switch (token.kind) {
            case JsonToken::Kind::key:
                setFormat(token.start, token.length, themeColor(ColorRole::JsonKey));
                break;
            case JsonToken::Kind::string:
                setFormat(token.start, token.length, themeColor(ColorRole::JsonString));
                break;
            case JsonToken::Kind::number:
            case JsonToken::Kind::word:
                setFormat(token.start, token.length, themeColor(ColorRole::JsonNumber));
                break;
            }
        }
    }

private:
    bool m_on = false;
};

JsonAssist::JsonAssist(PayloadEditor& editor)
    : QObject(&editor)
    , m_editor(editor)
    , m_highlighter(std::make_unique<Highlighter>(editor.document()))
{
    connect(&editor, &QPlainTextEdit::textChanged, this, &JsonAssist::look);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        if (m_highlighter->isOn())
            m_highlighter->rehighlight();
        mark();
    });
}

JsonAssist::~JsonAssist()
{
    // Taking the colours away counts as a change of the text, and comes when the highlighter is half gone.
    disconnect(&m_editor, nullptr, this, nullptr);
}

void JsonAssist::look()
{
    if (m_looking)
        return;
    m_check = checkJson(m_editor.payload());
    m_looking = true; // colouring counts as a change of the text
    m_highlighter->setOn(m_check.verdict != JsonCheck::Verdict::notJson);
    m_looking = false;
    mark();
    Q_EMIT changed();
}

void JsonAssist::setMarking(bool on)
{
    if (on == m_marking)
        return;
    m_marking = on;
    mark();
}

void JsonAssist::mark()
{
    QList<QTextEdit::ExtraSelection> marks;
    const int last = m_editor.document()->characterCount() - 1;
    if (m_marking && m_check.verdict == JsonCheck::Verdict::mistake && last > 0) {
        const int at
            = std::min(payload_text::positionAt(m_editor.document()->toRawText(), m_check.at), last - 1);
        QTextEdit::ExtraSelection mark;
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(themeColor(ColorRole::DangerText));
        mark.format.setBackground(themeColor(ColorRole::DangerBackground));
        mark.cursor = QTextCursor(m_editor.document());
        mark.cursor.setPosition(at);
        mark.cursor.setPosition(at + 1, QTextCursor::KeepAnchor);
        marks += mark;
    }
    if (!marks.isEmpty() || !m_editor.extraSelections().isEmpty())
        m_editor.setExtraSelections(marks);
}

QString JsonAssist::text() const
{
    switch (m_check.verdict) {
    case JsonCheck::Verdict::notJson:
        return {};
    case JsonCheck::Verdict::valid:
        return tr("JSON");
    case JsonCheck::Verdict::mistake:
        return tr("line %1, column %2").arg(m_check.line).arg(m_check.column);
    case JsonCheck::Verdict::tooLarge:
    case JsonCheck::Verdict::tooDeep:
    case JsonCheck::Verdict::tooSlow:
        return tr("JSON, not checked");
    }
    return {};
}

void JsonAssist::format()
{
    if (!canFormat())
        return;
    const QByteArray before = m_editor.payload();
    const QByteArray after = formatJson(before);
    if (after == before)
        return;
    if (m_reshape)
        m_reshape(after);
    else
        m_editor.setPayload(after);
}

void JsonAssist::goToMistake()
{
    if (m_check.verdict != JsonCheck::Verdict::mistake)
        return;
    QTextCursor cursor(m_editor.document());
    cursor.setPosition(payload_text::positionAt(m_editor.document()->toRawText(), m_check.at));
    m_editor.setTextCursor(cursor);
    m_editor.setFocus(Qt::OtherFocusReason);
}

} // namespace jackfield::ui
