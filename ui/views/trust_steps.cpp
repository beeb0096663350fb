#include "ui/views/trust_steps.h"

#include "ui/text/display_text.h"
#include "ui/views/certificate_facts.h"
#include "ui/views/controls.h"
#include "ui/views/theme.h"
#include "ui/views/wrapped_text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QTabWidget>
#include <QTextOption>
#include <QVBoxLayout>

namespace jackfield::ui {

namespace {

std::string joined(const std::vector<std::string>& lines)
{
    std::string text;
    for (const std::string& line : lines)
        text.append(text.empty() ? "" : "\n").append(line);
    return text;
}

QString numbered(const std::vector<std::string>& steps)
{
    QString text;
    int number = 0;
    for (const std::string& step : steps)
        text += (text.isEmpty() ? QString() : QStringLiteral("\n"))
            + QStringLiteral("%1. %2").arg(++number).arg(displayText(step, 600));
    return text;
}

const char* wordOf(TlsPlace::Kind kind)
{
    switch (kind) {
    case TlsPlace::Kind::chromium:
        return "chromium";
    case TlsPlace::Kind::firefox:
        return "firefox";
    case TlsPlace::Kind::system:
        break;
    }
    return "system";
}

} // namespace

TrustStepsView::TrustStepsView(QWidget* parent)
    : QWidget(parent)
    , m_tabs(new QTabWidget(this))
{
    nameControl(this, "trust_steps", "Steps by hand");
    nameControl(m_tabs, "trust_steps_tabs", "Steps for each browser");
    m_tabs->setDocumentMode(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tabs);
}

void TrustStepsView::setSteps(const std::vector<TlsSteps>& steps)
{
    std::string all;
    for (const TlsSteps& each : steps)
        all += each.title + joined(each.steps) + joined(each.commands) + joined(each.undoSteps)
            + joined(each.undoCommands) + joined(each.notes);
    if (all == m_shown)
        return;
    m_shown = all;
    const int current = m_tabs->currentIndex();
    while (m_tabs->count() > 0) {
        QWidget* page = m_tabs->widget(0);
        m_tabs->removeTab(0);
        delete page;
    }
    for (const TlsSteps& each : steps)
        m_tabs->addTab(makePage(each), mnemonicSafe(displayText(each.title, 40)));
    if (current > 0 && current < m_tabs->count())
        m_tabs->setCurrentIndex(current);
}

QWidget* TrustStepsView::makePage(const TlsSteps& steps)
{
    auto* page = new QWidget(m_tabs);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(2, 8, 2, 2);
    column->setSpacing(7);
    const QString target = QLatin1String(wordOf(steps.kind));
    const QString title = displayText(steps.title, 40);
    const auto addSteps = [&](const std::vector<std::string>& lines) {
        auto* text = wrappedLabel({}, page);
        text->setText(numbered(lines));
        text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        column->addWidget(text);
    };
    const auto addCommands = [&](const std::vector<std::string>& lines, const QString& name,
                                 const QString& spoken, const QString& spokenCopy) {
        if (lines.empty())
            return;
        const QString commands = ourText(joined(lines));
        auto* text = new WrappedText(WrappedText::Frame::box, page);
        text->setFont(monospaceFont());
        text->setWordWrapMode(QTextOption::WrapAnywhere);
        text->setText(ourText(joined(lines)));
        text->setObjectName(QStringLiteral("trust_commands_") + name);
        text->setAccessibleName(spoken.arg(title));
        auto* copy = new QPushButton(tr("Copy"), page);
        copy->setObjectName(QStringLiteral("trust_copy_") + name);
        copy->setAccessibleName(spokenCopy.arg(title));
        copy->setAutoDefault(false);
        connect(copy, &QPushButton::clicked, this, [this, commands] {
            QGuiApplication::clipboard()->setText(commands);
            Q_EMIT outcome(tr("Copied"));
        });
        auto* row = new QHBoxLayout;
        row->addWidget(text, 1);
        row->addWidget(copy, 0, Qt::AlignTop);
        column->addLayout(row);
    };
    addSteps(steps.steps);
    if (!steps.commands.empty() && steps.kind != TlsPlace::Kind::system)
        column->addWidget(mutedLabel(tr("Or, in a terminal:"), page));
    addCommands(steps.commands, target, tr("Commands for %1"), tr("Copy commands for %1"));
    for (const std::string& note : steps.notes)
        column->addWidget(wrappedLabel(displayText(sentenceOf(note), 600), page));
    column->addWidget(mutedLabel(tr("To take it back:"), page));
    addSteps(steps.undoSteps);
    addCommands(steps.undoCommands, target + QStringLiteral("_undo"), tr("Commands to undo it for %1"),
        tr("Copy commands to undo it for %1"));
    column->addStretch(1);
    return page;
}

} // namespace jackfield::ui
