#include "ui/views/try_it.h"

#include "ui/models/access_list_model.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/controls.h"
#include "ui/views/theme.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace jackfield::ui {

class TryIt::Private {
public:
    AccessRules rules;
    TimePoint now{};
    bool allowed = false;
    QLineEdit* host = nullptr;
    QLineEdit* origin = nullptr;
    QLabel* verdict = nullptr;
    QLabel* hostLine = nullptr;
    QLabel* originLine = nullptr;
};

TryIt::TryIt(QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>())
{
    nameControl(this, "try_it", "Try it");
    auto* title = plainLabel(tr("Try it"), this);
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    d->host = named(new QLineEdit(this), "try_host", "Host to try");
    d->host->setFont(monospaceFont());
    d->host->setPlaceholderText(QStringLiteral("localhost:4567"));
    d->origin = named(new QLineEdit(this), "try_origin", "Origin to try");
    d->origin->setFont(monospaceFont());
    d->origin->setPlaceholderText(tr("http://localhost:5173 (empty: none)"));
    d->verdict = named(wrappedLabel(QString(), this), "try_verdict", "Verdict");
    d->verdict->setFont(bold);
    d->hostLine = named(wrappedLabel(QString(), this), "try_host_verdict", "Verdict on the host");
    d->originLine = named(wrappedLabel(QString(), this), "try_origin_verdict", "Verdict on the origin");
    auto* hostLabel = plainLabel(tr("Hos&t"), this);
    hostLabel->setBuddy(d->host);
    auto* originLabel = plainLabel(tr("&Origin"), this);
    originLabel->setBuddy(d->origin);

    auto* fields = new QGridLayout;
    fields->setHorizontalSpacing(8);
    fields->setVerticalSpacing(6);
    fields->addWidget(hostLabel, 0, 0);
    fields->addWidget(d->host, 0, 1);
    fields->addWidget(originLabel, 1, 0);
    fields->addWidget(d->origin, 1, 1);
    fields->setColumnStretch(1, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 8, 10, 10);
    column->setSpacing(6);
    column->addWidget(title);
    column->addLayout(fields);
    column->addWidget(d->verdict);
    column->addWidget(d->hostLine);
    column->addWidget(d->originLine);
    setFocusProxy(d->host);
    connect(d->host, &QLineEdit::textChanged, this, &TryIt::decideAgain);
    connect(d->origin, &QLineEdit::textChanged, this, &TryIt::decideAgain);
    connect(&Theme::instance(), &Theme::changed, this, &TryIt::decideAgain);
    decideAgain();
}

TryIt::~TryIt() = default;

void TryIt::setRules(const jackfield::AccessRules& rules, jackfield::TimePoint now)
{
    d->rules = rules;
    d->now = now;
    decideAgain();
}

void TryIt::setHost(const QString& host)
{
    d->host->setText(copyText(host.toStdString()));
}

void TryIt::setOrigin(const QString& origin)
{
    d->origin->setText(copyText(origin.toStdString()));
}

QString TryIt::verdictText() const
{
    return d->verdict->text();
}

bool TryIt::allowed() const
{
    return d->allowed;
}

void TryIt::decideAgain()
{
    const QString host = d->host->text();
    const bool asked = !host.trimmed().isEmpty() || !d->origin->text().trimmed().isEmpty();
    d->hostLine->setVisible(asked);
    d->originLine->setVisible(asked);
    QPalette colours = d->verdict->palette();
    if (!asked) {
        d->allowed = false;
        colours.setColor(QPalette::WindowText, themeColor(ColorRole::MutedText));
        d->verdict->setPalette(colours);
        d->verdict->setText(tr("Type a host and an origin."));
        Q_EMIT decidingLinesChanged(std::nullopt, std::nullopt);
        return;
    }
    const AccessTrial trial = tryAccess(d->rules, host, d->origin->text(), d->now);
    d->allowed = trial.decision.allowed();
    colours.setColor(
        QPalette::WindowText, themeColor(d->allowed ? ColorRole::StateOpen : ColorRole::DangerText));
    d->verdict->setPalette(colours);
    if (d->allowed)
        d->verdict->setText(tr("\u2713 Would be let in"));
    else if (trial.decision.block)
        d->verdict->setText(displayText(tr("\u2717 Would be refused: its %1 is blocked for now")
                                            .arg(blockKindName(trial.decision.block->kind)),
            200));
    else
        d->verdict->setText(tr("\u2717 Would be refused"));
    d->hostLine->setText(displayText(trial.hostSentence, 500));
    d->originLine->setText(displayText(trial.originSentence, 500));
    Q_EMIT decidingLinesChanged(trial.decision.host_line, trial.decision.origin_line);
}

} // namespace jackfield::ui
