// Text that came from a peer is hostile: before a widget shows it, it passes displayText, tooltipText or
// copyText (ui/text). This reads every call in ui/ and app/ that puts text on screen and finds those whose
// text is neither constant nor passed through them. A call that was read by a person and is safe for another
// reason stands in reviewed_text.txt, beside this file.
#include "tests/architecture/source_tree.h"

#include <QDebug>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace {

/// Calls that take text for people. The first argument that is text, and all behind it, are looked at.
const QString sinks = QStringLiteral(
    R"((?:(?:\.|->|\b)(setText|setToolTip|setStatusTip|setWhatsThis|setInformativeText|setDetailedText|setTitle|setWindowTitle|showMessage)|\b(?:plainLabel|mutedLabel|wrappedLabel|framedToolButton|new\s+MenuButton|setTextOf)|\bQMessageBox::(?:about|critical|information|question|warning)|\bQToolTip::showText)\s*\()");

/// Functions of ui/text whose result is safe whatever goes in (ourText and wordsOf take only what the engine says in
/// its own words).
const QSet<QString>& neutralisers()
{
    static const QSet<QString> names{QStringLiteral("displayText"), QStringLiteral("tooltipText"),
        QStringLiteral("copyText"), QStringLiteral("quotedPeerText"), QStringLiteral("ourText"),
        QStringLiteral("wordsOf"),
        QStringLiteral("number"), QStringLiteral("pluralOf"), QStringLiteral("formatCount"),
        QStringLiteral("formatBytes"), QStringLiteral("formatAge"), QStringLiteral("formatDuration"),
        QStringLiteral("formatDelta"), QStringLiteral("formatTimeOfDay"), QStringLiteral("formatClock"),
        QStringLiteral("formatDateTime"), QStringLiteral("formatRate"), QStringLiteral("hexDumpLine"),
        QStringLiteral("hexPreview"), QStringLiteral("typeName"), QStringLiteral("directionName"),
        QStringLiteral("makerName"), QStringLiteral("stateName"), QStringLiteral("closedByName"),
        QStringLiteral("closeCodeName"), QStringLiteral("browserName"), QStringLiteral("label"),
        QStringLiteral("pageName"), QStringLiteral("buttonText"), QStringLiteral("hexText"),
        QStringLiteral("shortOrigin")};
    return names;
}

/// Names that add nothing of their own: constants' wrappers and what joins them.
const QSet<QString>& constant_words()
{
    static const QSet<QString> names{QStringLiteral("tr"), QStringLiteral("arg"), QStringLiteral("QString"),
        QStringLiteral("QStringLiteral"), QStringLiteral("QLatin1String"), QStringLiteral("QLatin1Char"),
        QStringLiteral("QChar"), QStringLiteral("QObject"), QStringLiteral("QCoreApplication"),
        QStringLiteral("QApplication"), QStringLiteral("translate"), QStringLiteral("this"),
        QStringLiteral("true"), QStringLiteral("false"), QStringLiteral("u"), QStringLiteral("nullptr"),
        QStringLiteral("n"), QStringLiteral("size"), QStringLiteral("std"), QStringLiteral("move"),
        QStringLiteral("int"), QStringLiteral("static_cast"), QStringLiteral("qsizetype"),
        QStringLiteral("toUpper"), QStringLiteral("qVersion"), QStringLiteral("applicationVersion"),
        QStringLiteral("mnemonicSafe"), QStringLiteral("max_close_reason"), QStringLiteral("ui")};
    return names;
}

/// The offset behind the parenthesis that closes the one at `open`; -1 when it is never closed. Knows
/// literals.
qsizetype end_of_call(const QString& code, qsizetype open)
{
    int depth = 0;
    for (qsizetype i = open; i < code.size(); ++i) {
        const QChar c = code[i];
        if (c == u'"' || c == u'\'') {
            const QChar quote = c;
            for (++i; i < code.size() && code[i] != quote; ++i) {
                if (code[i] == u'\\')
                    ++i;
            }
        } else if (c == u'(' || c == u'{' || c == u'[') {
            ++depth;
        } else if ((c == u')' || c == u'}' || c == u']') && --depth == 0) {
            return i + 1;
        }
    }
    return -1;
}

/// The offset of the comma behind the first argument; -1 when there is one argument only. Knows literals.
qsizetype first_comma(const QString& arguments)
{
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QChar c = arguments[i];
        if (c == u',')
            return i;
        if (c == u'(' || c == u'{' || c == u'[') {
            const qsizetype end = end_of_call(arguments, i);
            if (end < 0)
                return -1;
            i = end - 1;
        } else if (c == u'"') {
            for (++i; i < arguments.size() && arguments[i] != u'"'; ++i) {
                if (arguments[i] == u'\\')
                    ++i;
            }
        }
    }
    return -1;
}

/// `expression` with string literals emptied, calls to neutralisers replaced by a constant, and conditions of
/// `?:` removed.
QString reduced(QString expression)
{
    static const QRegularExpression literal(QStringLiteral("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'"));
    expression.replace(literal, QStringLiteral(" 0 "));
    static const QRegularExpression call(QStringLiteral(R"(((?:\w+(?:::|\.|->))*)(\w+)\s*\()"));
    qsizetype from = 0;
    for (auto match = call.match(expression, from); match.hasMatch(); match = call.match(expression, from)) {
        const qsizetype open = match.capturedEnd() - 1;
        if (neutralisers().contains(match.captured(2))) {
            const qsizetype end = end_of_call(expression, open);
            expression.replace(match.capturedStart(),
                (end < 0 ? expression.size() : end) - match.capturedStart(), QStringLiteral("0"));
            from = match.capturedStart();
        } else {
            from = match.capturedEnd();
        }
    }
    static const QRegularExpression figure(QStringLiteral(R"(\b\w+(?:\.|->)(?:port|size|count|length)\(\))"));
    expression.replace(figure, QStringLiteral("0"));
    // A condition chooses between texts and is shown nowhere.
    static const QRegularExpression condition(
        QStringLiteral(R"([^?,(]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^?,(]*)*\?)"));
    expression.replace(condition, QStringLiteral(" "));
    return expression;
}

QStringList suspects(const QString& expression, const QString& code, int depth = 2);

/// Whether `name` is a local variable of `code` that never holds anything but a figure or safe text. A
/// parameter is not.
bool is_safe_local(const QString& name, const QString& code, int depth)
{
    const QString word = QLatin1String("\\b") + name + QLatin1String("\\b");
    const QRegularExpression parameter(
        QLatin1String("(?:QString|QStringView|std::string|std::string_view|auto)\\s*&{0,2}\\s*") + word
        + QLatin1String("\\s*[,)]"));
    if (parameter.match(code).hasMatch())
        return false;
    const QRegularExpression text(QLatin1String("\\bQString\\s+") + word);
    const QRegularExpression figure(
        QLatin1String(
            "\\b(?:int|bool|qsizetype|double|char16_t|std::u?int\\d+_t|std::size_t|q?u?int\\d+)\\s+")
        + word);
    if (!text.match(code).hasMatch())
        return figure.match(code).hasMatch();
    if (depth == 0)
        return false;
    const QRegularExpression assignment(
        word + QLatin1String("\\s*(?:\\+?=(?!=)|\\.(?:append|prepend|insert)\\s*\\()\\s*"));
    for (auto matches = assignment.globalMatch(code); matches.hasNext();) {
        const qsizetype start = matches.next().capturedEnd();
        if (!suspects(code.mid(start, code.indexOf(QLatin1Char(';'), start) - start), code, depth - 1)
                 .isEmpty())
            return false;
    }
    return true;
}

/// The names in `expression`, which stands in `code`, that may be text of a peer; empty when it is constant
/// or made safe.
QStringList suspects(const QString& expression, const QString& code, int depth)
{
    static const QRegularExpression word(QStringLiteral(R"(\b[A-Za-z_]\w*)"));
    static const QRegularExpression constant_member(QStringLiteral(R"(\b(?:QMessageBox|Qt|QStyle)::\w+)"));
    QString rest = reduced(expression);
    rest.remove(constant_member);
    QStringList found;
    for (auto matches = word.globalMatch(rest); matches.hasNext();) {
        const QString name = matches.next().captured();
        if (!constant_words().contains(name) && !is_safe_local(name, code, depth))
            found.append(name);
    }
    return found;
}

struct Finding {
    QString path;
    int line = 0;
    QString call; ///< with all blanks made one
};

std::vector<Finding> findings(const QString& path, const QString& text)
{
    static const QRegularExpression sink(sinks);
    std::vector<Finding> found;
    const QString code = source_tree::without_comments(text);
    for (auto matches = sink.globalMatch(code); matches.hasNext();) {
        const auto match = matches.next();
        if (code.left(match.capturedStart()).endsWith(QLatin1String("clipboard()")))
            continue; // a clipboard shows nothing, and holds what was selected exactly
        const qsizetype open = match.capturedEnd() - 1;
        const qsizetype end = end_of_call(code, open);
        if (end < 0)
            continue;
        QString arguments = code.mid(open + 1, end - open - 2);
        const qsizetype comma = first_comma(arguments);
        static const QRegularExpression takes_widget_first(
            QStringLiteral(R"(^(?:setTextOf|QMessageBox::|QToolTip::))"));
        static const QRegularExpression takes_widget_last(
            QStringLiteral(R"(^(?:\w+Label|framedToolButton|new\s+MenuButton))"));
        if (comma >= 0 && takes_widget_first.match(match.captured()).hasMatch())
            arguments = arguments.mid(comma + 1);
        else if (comma >= 0 && takes_widget_last.match(match.captured()).hasMatch())
            arguments = arguments.left(comma);
        // Declarations and definitions of our own functions of these names: `void setText(const QString&
        // text)`.
        static const QRegularExpression declared(
            QStringLiteral(R"(^\s*(?:const\s+)?[\w:<>]+\s*[&*]*\s+[&*]*\w+\s*(?:=|,|$))"));
        if (declared.match(arguments).hasMatch())
            continue;
        if (!suspects(arguments, code).isEmpty())
            found.push_back({path, source_tree::line_of(code, match.capturedStart()),
                code.mid(match.capturedStart(), end - match.capturedStart()).simplified()});
    }
    return found;
}

/// One reviewed call a line: `path: call  # why it is safe`.
QStringList reviewed_calls(const QString& text)
{
    QStringList calls;
    const QStringList lines = text.split(QLatin1Char('\n'));
    for (const QString& line : lines) {
        if (!line.trimmed().isEmpty() && !line.startsWith(QLatin1Char('#')))
            calls.append(line.section(QLatin1String("  # "), 0, 0).simplified());
    }
    return calls;
}

} // namespace

class PeerTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void text_on_screen_is_constant_or_made_safe()
    {
        const QString list = source_tree::read(QStringLiteral("tests/architecture/reviewed_text.txt"));
        const QStringList reviewed = reviewed_calls(list);
        QSet<QString> unused(reviewed.begin(), reviewed.end());
        QStringList found;
        for (const auto& file : source_tree::sources({QStringLiteral("ui"), QStringLiteral("app")})) {
            for (const Finding& finding : findings(file.path, file.text)) {
                const QString entry = QStringLiteral("%1: %2").arg(finding.path, finding.call);
                if (reviewed.contains(entry))
                    unused.remove(entry);
                else
                    found.append(
                        QStringLiteral("%1:%2: %3").arg(finding.path).arg(finding.line).arg(finding.call));
            }
        }
        for (const QString& call : std::as_const(found))
            qWarning().noquote() << call;
        QVERIFY2(found.isEmpty(),
            "text that may come from a peer reaches a widget without displayText, tooltipText or copyText");
        for (const QString& call : std::as_const(unused))
            qWarning().noquote() << call;
        QVERIFY2(unused.isEmpty(), "reviewed_text.txt names calls that are no longer there");
    }

    void every_reviewed_call_says_why()
    {
        const QStringList lines = source_tree::read(QStringLiteral("tests/architecture/reviewed_text.txt"))
                                      .split(QLatin1Char('\n'));
        for (const QString& line : lines) {
            if (!line.trimmed().isEmpty() && !line.startsWith(QLatin1Char('#')))
                QVERIFY2(line.section(QLatin1String("  # "), 1).trimmed().size() > 5, qPrintable(line));
        }
    }

    void nothing_is_shown_as_rich_text()
    {
        static const QRegularExpression rich(QStringLiteral(
            R"(\bsetHtml\s*\(|\bappendHtml\s*\(|\binsertHtml\s*\(|Qt::RichText|Qt::MarkdownText|setOpenExternalLinks\s*\(\s*true)"));
        for (const auto& file : source_tree::sources({QStringLiteral("ui"), QStringLiteral("app")})) {
            const auto match = rich.match(source_tree::without_comments(file.text));
            QVERIFY2(!match.hasMatch(), qPrintable(file.path + QLatin1String(": ") + match.captured()));
        }
    }

    void the_check_tells_safe_from_unsafe_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("safe");
        const auto row
            = [](const char* code, bool safe) { QTest::newRow(code) << QString::fromLatin1(code) << safe; };
        row("label->setText(tr(\"Nothing has connected yet.\"));", true);
        row("label->setText(QString());", true);
        row("label->setText(origin);", false);
        row("label->setText(tr(\"%1 was refused\").arg(origin));", false);
        row("label->setText(tr(\"%1 was refused\").arg(displayText(origin)));", true);
        row("label->setText(tr(\"%1 was refused\").arg(text::displayText(info.origin(), 80)));", true);
        row("label->setText(open ? tr(\"Stop\") : tr(\"Start\"));", true);
        row("label->setText(open ? reason : tr(\"Start\"));", false);
        row("label->setText(isOpen(reason) ? tr(\"Stop (%1)\").arg(displayText(reason)) : tr(\"Start\"));",
            true);
        row("label->setText(tr(\"%n messages\", nullptr, 3));", true);
        row("label->setText(tr(\"Send to %1\").arg(QString::number(count)));", true);
        row("label.setToolTip(tooltipText(origin));", true);
        row("label.setToolTip(origin);", false);
        row("label.setStatusTip(QLatin1String(\"a\") + origin);", false);
        row("QMessageBox::warning(this, tr(\"Title\"), tr(\"Text\"), QMessageBox::Yes | QMessageBox::No);",
            true);
        row("QMessageBox::warning(this, tr(\"Title\"), error);", false);
        row("QMessageBox::warning(this, tr(\"Title\"), displayText(error));", true);
        row("void setText(const QString& text);", true);
        row("void showMessage(quint64 sequence);", true);
        row("setWindowTitle(title);", false);
        row("auto* a = plainLabel(tr(\"%1, %2\").arg(displayText(x), tr(\"b\")), parent);", true);
        row("auto* a = mutedLabel(origin, parent);", false);
        row("auto* a = new MenuButton(tr(\"Copy\"), parent);", true);
        row("auto* a = new MenuButton(origin, parent);", false);
        row("setTextOf(m_label, tr(\"%1\").arg(origin));", false);
        row("setTextOf(m_label, tr(\"a, b\"));", true);
        row("QGuiApplication::clipboard()->setText(payload);", true);
        row("void f() { const QString verdict = tr(\"Fine\"); label->setText(verdict); }", true);
        row("void f() { QString verdict = tr(\"Fine\"); verdict += displayText(origin); "
            "label->setText(verdict); }",
            true);
        row("void f() { QString verdict = tr(\"Fine\"); verdict += origin; label->setText(verdict); }",
            false);
        row("void f(const QString& verdict) { label->setText(verdict); }", false);
        row("void f(const QString& a) { const QString b = a; label->setText(b); }", false);
        row("void f(int count) { label->setText(tr(\"%1\").arg(count)); }", true);
        row("void f() { label->setText(tr(\"Port %1\").arg(address.port())); }", true);
        row("// label->setText(origin);", true);
        row("label->setText(tr(\"a (b) \\\" c\") + displayText(f(x, \")\")) + tr(\"d\"));", true);
        row("label->setText(tr(\"a (b) \\\" c\") + displayText(f(x, \")\")) + origin);", false);
    }

    void the_check_tells_safe_from_unsafe()
    {
        QFETCH(QString, code);
        QFETCH(bool, safe);
        QCOMPARE(findings(QStringLiteral("ui/views/a.cpp"), code).empty(), safe);
    }
};

QTEST_GUILESS_MAIN(PeerTextTest)
#include "peer_text_test.moc"
