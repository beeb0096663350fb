#include "ui/benchmark/benchmark_form.h"

#include "ui/benchmark/benchmark_text.h"
#include "ui/benchmark/own_server.h"
#include "ui/text/display_text.h"
#include "ui/views/controls.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QFormLayout>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace jackfield::ui {

namespace {

constexpr int mostConnections = 100'000;
constexpr int largestMessage = 64 << 20;
constexpr int mostInFlight = 65'536;
constexpr int longestRun = 4 * 3'600; // seconds: what the table of runs can read again
constexpr int highestRate = 10'000'000;
constexpr int longestUrl = 2'000;
constexpr int slowestBound = 60'000; // milliseconds
constexpr int mostFragments = 1'000;
constexpr int longestText = 2'000;

QJsonObject jsonOf(const BenchmarkPlan& plan)
{
    return {{QStringLiteral("connections"), plan.connections}, {QStringLiteral("size"), plan.size},
        {QStringLiteral("depth"), plan.depth}, {QStringLiteral("duration"), plan.duration},
        {QStringLiteral("rate"), plan.rate}, {QStringLiteral("bound"), plan.bound}, {QStringLiteral("fragments"), plan.fragments},
        {QStringLiteral("content"), plan.content}, {QStringLiteral("deflate"), plan.deflate},
        {QStringLiteral("subprotocol"), plan.subprotocol}, {QStringLiteral("more"), plan.more}};
}

BenchmarkPlan planOf(const QJsonObject& json, BenchmarkPlan plan)
{
    plan.connections = json.value(QLatin1String("connections")).toInt(plan.connections);
    plan.size = json.value(QLatin1String("size")).toInt(plan.size);
    plan.depth = json.value(QLatin1String("depth")).toInt(plan.depth);
    plan.duration = json.value(QLatin1String("duration")).toInt(plan.duration);
    plan.rate = json.value(QLatin1String("rate")).toInt(plan.rate);
    plan.bound = json.value(QLatin1String("bound")).toInt(plan.bound);
    plan.fragments = json.value(QLatin1String("fragments")).toInt(plan.fragments);
    plan.content = json.value(QLatin1String("content")).toString(plan.content);
    plan.deflate = json.value(QLatin1String("deflate")).toString(plan.deflate);
    plan.subprotocol = json.value(QLatin1String("subprotocol")).toString().left(longestText);
    plan.more = json.value(QLatin1String("more")).toString().left(longestText);
    return plan;
}

} // namespace

BenchmarkForm::BenchmarkForm(QWidget* parent)
    : QWidget(parent)
{
    nameControl(this, "benchmark_form", "What to run");
    for (const BenchmarkMode each : benchmarkModes)
        m_plans[each] = usualPlan(each);
    m_fields = new QWidget(this);
    m_rows = new QFormLayout(m_fields);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setRowWrapPolicy(QFormLayout::DontWrapRows);
    m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    makeFields(*m_rows);
    makeMessageFields(*m_rows);
    m_wrong = named(wrappedLabel({}, this), "benchmark_wrong", "What keeps it from running");
    m_start = named(new QPushButton(this), "benchmark_start", "Start or stop the run");
    m_start->setProperty("primary", true);
    connect(m_start, &QPushButton::clicked, this, &BenchmarkForm::startOrStop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(10);
    column->addWidget(m_fields);
    column->addWidget(m_wrong);
    column->addWidget(m_start);
    column->addStretch(1);
    setFocusProxy(m_mode);
    showPlan(m_plans[m_shown]);
    refresh();
}

QSpinBox* BenchmarkForm::addNumber(QFormLayout& form, const QString& label, const char* name, const char* accessible,
    int least, int most, const QString& tip)
{
    auto* field = named(new QSpinBox(m_fields), name, accessible);
    field->setRange(least, most);
    field->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    field->setGroupSeparatorShown(true);
    field->setButtonSymbols(QAbstractSpinBox::NoButtons); // the arrow keys step
    field->setToolTip(tooltipText(tip));
    form.addRow(plainLabel(label, m_fields), field);
    qobject_cast<QLabel*>(form.labelForField(field))->setBuddy(field);
    return field;
}

void BenchmarkForm::makeFields(QFormLayout& form)
{
    const auto addField = [&](const QString& text, QWidget* field) {
        QLabel* label = plainLabel(text, m_fields);
        label->setBuddy(field);
        form.addRow(label, field);
    };
    m_mode = named(new QComboBox(m_fields), "benchmark_mode", "Mode");
    for (const BenchmarkMode each : benchmarkModes)
        m_mode->addItem(titleOf(each), nameOf(each));
    m_mode->setToolTip(tooltipText(tr("What is measured; in brackets stands what the program calls it")));
    addField(tr("&Mode"), m_mode);
    m_purpose = named(wrappedLabel({}, m_fields), "benchmark_purpose", "What the mode does");
    m_purpose->setProperty("muted", true);
    form.addRow(m_purpose);
    m_target = named(new QComboBox(m_fields), "benchmark_target", "Server to load");
    m_target->setEditable(true);
    m_target->setInsertPolicy(QComboBox::NoInsert);
    m_target->setCompleter(nullptr); // it would put a path behind what is typed
    m_target->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_target->setMinimumContentsLength(18);
    nameControl(m_target->lineEdit(), "benchmark_url", "URL of the server to load");
    m_target->lineEdit()->setMaxLength(longestUrl);
    m_target->setToolTip(tooltipText(tr("One of the places where this server listens, or the URL of another server")));
    addField(tr("Ser&ver"), m_target);
    m_allowRemote = named(new QCheckBox(tr("Allow &remote"), m_fields), "benchmark_allow_remote",
        "Allow loading a server on another machine");
    m_allowRemote->setToolTip(tooltipText(tr("A server that is not on this machine is only loaded when this is checked. It is not remembered.")));
    form.addRow(QString(), m_allowRemote);
    m_warning = named(wrappedLabel(tr("This puts a server on another machine, and the network between, under load. Ask its owner first."), m_fields),
        "benchmark_remote_warning", "Warning about remote servers");
    m_warning->setProperty("danger", true);
    form.addRow(m_warning);
    m_connections = addNumber(form, tr("Co&nnections"), "benchmark_connections", "Connections", 1, mostConnections,
        tr("How many connections; for handshakes, how many are under way at once"));
    m_size = addNumber(form, tr("Si&ze"), "benchmark_size", "Size of a message", 0, largestMessage,
        tr("Payload of a message, in bytes"));
    m_size->setSuffix(tr(" bytes", "behind a number in a field"));
    m_depth = addNumber(form, tr("In fli&ght"), "benchmark_depth", "Messages in flight", 1, mostInFlight,
        tr("How many messages a connection sends before it waits for an answer"));
    m_duration = addNumber(form, tr("&Duration"), "benchmark_duration", "Duration", 1, longestRun,
        tr("How long is measured at most, in seconds"));
    m_duration->setSuffix(tr(" s", "behind a number in a field"));
    m_rate = addNumber(form, tr("Ra&te"), "benchmark_rate", "Rate", 1, highestRate,
        tr("Messages a second over all connections; with a rising rate, the first one"));
    m_rate->setSuffix(tr("/s", "behind a number in a field"));
    m_bound = addNumber(form, tr("&Bound"), "benchmark_bound", "Bound of the latency", 1, slowestBound,
        tr("The rate rises until the 99th percentile of latency is over this"));
    m_bound->setSuffix(tr(" ms", "behind a number in a field"));

    connect(m_mode, &QComboBox::currentIndexChanged, this, &BenchmarkForm::onModeChanged);
    connect(m_target, &QComboBox::currentTextChanged, this, &BenchmarkForm::refresh);
    connect(m_allowRemote, &QCheckBox::toggled, this, &BenchmarkForm::refresh);
}

void BenchmarkForm::makeMessageFields(QFormLayout& form)
{
    const auto addField = [&](const QString& text, QWidget* field, const QString& tip) {
        field->setToolTip(tooltipText(tip));
        QLabel* label = plainLabel(text, m_fields);
        label->setBuddy(field);
        form.addRow(label, field);
    };
    const auto fill = [](QComboBox* field, const QStringList& words, const QStringList& titles) {
        for (qsizetype i = 0; i < words.size(); ++i)
            field->addItem(titles.at(i), words.at(i));
        field->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        field->setMinimumContentsLength(18);
    };
    m_content = named(new QComboBox(m_fields), "benchmark_content", "Content of the messages");
    fill(m_content, benchmarkContents(), {tr("Text, ASCII"), tr("Text, several scripts"), tr("Text, JSON"), tr("Binary, by chance")});
    addField(tr("Cont&ent"), m_content, tr("What is in the messages: a server checks text, and compresses JSON best"));
    m_fragments = addNumber(form, tr("&Fragments"), "benchmark_fragments", "Fragments of a message", 1, mostFragments,
        tr("Into how many frames each message is cut"));
    m_deflate = named(new QComboBox(m_fields), "benchmark_deflate", "Offer permessage-deflate");
    fill(m_deflate, benchmarkDeflates(), {tr("Off"), tr("On"), tr("On, without takeover")});
    addField(tr("&Compression"), m_deflate,
        tr("Offers permessage-deflate. Without takeover no window is kept from message to message, which takes less memory and compresses less."));
    m_subprotocol = named(new QLineEdit(m_fields), "benchmark_subprotocol", "Subprotocol that is offered");
    m_subprotocol->setMaxLength(longestText);
    m_subprotocol->setPlaceholderText(tr("none"));
    addField(tr("Subprotoco&l"), m_subprotocol, tr("Is offered to the server"));
    m_more = named(new QLineEdit(m_fields), "benchmark_more", "More options of jackfield-bench");
    m_more->setMaxLength(longestText);
    m_more->setPlaceholderText(QStringLiteral("--header \"Cookie: a=b\""));
    addField(tr("M&ore"), m_more, tr("Further options of jackfield-bench, written as in a shell: --origin, --header, --ca, --insecure, --opening, --warm-up ... They are remembered."));
    connect(m_more, &QLineEdit::textChanged, this, &BenchmarkForm::refresh);
}

BenchmarkMode BenchmarkForm::mode() const
{
    return benchmarkModeNamed(m_mode->currentData().toString()).value_or(BenchmarkMode::Echo);
}

void BenchmarkForm::setConfigFolder(const QString& folder)
{
    m_configFolder = folder;
}

void BenchmarkForm::setServer(const ServerStatus& status)
{
    m_server = status;
    proposeTargets();
    refresh();
}

/// What a person wrote stays; what was proposed gives way to what fits the mode and the server as it is.
void BenchmarkForm::proposeTargets()
{
    const QString before = m_target->currentText();
    const qsizetype place = m_proposed.indexOf(before);
    const QStringList targets = ownTargets(m_server, mode());
    if (targets == m_proposed && !before.isEmpty())
        return;
    {
        const QSignalBlocker blocker(m_target);
        m_target->clear();
        m_target->addItems(targets);
        if (place < 0 && !before.isEmpty())
            m_target->setEditText(before);
        else if (!targets.isEmpty())
            m_target->setCurrentIndex(static_cast<int>(place >= 0 && place < targets.size() ? place : 0));
        else
            m_target->setEditText({});
    }
    m_proposed = targets;
}

BenchmarkPlan BenchmarkForm::shownPlan(BenchmarkMode mode) const
{
    BenchmarkPlan plan;
    plan.mode = mode;
    plan.connections = m_connections->value();
    plan.size = m_size->value();
    plan.depth = m_depth->value();
    plan.duration = m_duration->value();
    plan.rate = m_rate->value();
    plan.bound = m_bound->value();
    plan.fragments = m_fragments->value();
    plan.content = m_content->currentData().toString();
    plan.deflate = m_deflate->currentData().toString();
    plan.subprotocol = m_subprotocol->text().trimmed();
    plan.more = m_more->text().trimmed();
    return plan;
}

void BenchmarkForm::showPlan(const BenchmarkPlan& plan)
{
    m_connections->setValue(plan.connections);
    m_size->setValue(plan.size);
    m_depth->setValue(plan.depth);
    m_duration->setValue(plan.duration);
    m_rate->setValue(plan.rate);
    m_bound->setValue(plan.bound);
    m_fragments->setValue(plan.fragments);
    m_content->setCurrentIndex(std::max(0, m_content->findData(plan.content)));
    m_deflate->setCurrentIndex(std::max(0, m_deflate->findData(plan.deflate)));
    m_subprotocol->setText(plan.subprotocol);
    m_more->setText(plan.more);
}

BenchmarkPlan BenchmarkForm::plan() const
{
    BenchmarkPlan plan = shownPlan(mode());
    plan.url = m_target->currentText().trimmed();
    plan.allowRemote = !isLoopbackUrl(plan.url) && m_allowRemote->isChecked();
    if (isOwnTarget(m_server, plan.url)) {
        plan.pid = QCoreApplication::applicationPid();
        plan.configFolder = m_configFolder;
    }
    return plan;
}

QString BenchmarkForm::whatIsWrong() const
{
    const QString url = m_target->currentText().trimmed();
    if (url.isEmpty())
        return m_server.listening ? tr("Enter the URL of a server.") : tr("This server does not listen: start it, or enter the URL of another one.");
    if (!isBenchmarkUrl(url))
        return tr("A server is written as in ws://127.0.0.1:4567/echo or wss://localhost/.");
    if (!isLoopbackUrl(url) && !m_allowRemote->isChecked())
        return tr("This server is not on this machine. Check “Allow remote” to load it nevertheless.");
    if (!furtherOptions(m_more->text()))
        return tr("“More” takes options such as --origin http://localhost:3000, but not those for reports and progress, and not --allow-remote.");
    return {};
}

void BenchmarkForm::onModeChanged()
{
    m_plans[m_shown] = shownPlan(m_shown);
    m_shown = mode();
    showPlan(m_plans[m_shown]);
    proposeTargets();
    refresh();
}

void BenchmarkForm::refresh()
{
    const BenchmarkUses uses = usesOf(mode());
    m_purpose->setText(tr("%1 (%2)", "what a mode does, and its name").arg(purposeOf(mode()), nameOf(mode())));
    const auto use = [this](QWidget* field, bool isUsed) {
        field->setEnabled(isUsed);
        m_rows->setRowVisible(field, isUsed);
    };
    use(m_connections, uses.connections);
    use(m_size, uses.messages);
    use(m_content, uses.messages);
    use(m_fragments, uses.messages);
    use(m_depth, uses.depth);
    use(m_duration, uses.duration);
    use(m_rate, uses.rate);
    use(m_bound, uses.bound);
    const QString url = m_target->currentText().trimmed();
    const bool isRemote = isBenchmarkUrl(url) && !isLoopbackUrl(url);
    use(m_allowRemote, isRemote);
    m_warning->setVisible(isRemote);
    const QString wrong = whatIsWrong();
    m_wrong->setText(wrong);
    m_wrong->setVisible(!wrong.isEmpty() && !m_isRunning);
    m_fields->setEnabled(!m_isRunning);
    m_start->setEnabled(m_isRunning || wrong.isEmpty());
    m_start->setText(m_isRunning ? tr("&Stop") : tr("&Start"));
    m_start->setToolTip(m_isRunning ? tooltipText(tr("End the run with a report of what it has seen; once more: at once, without"))
                                    : tooltipText(tr("Run it in a process of its own")));
}

void BenchmarkForm::setRunning(bool isRunning)
{
    m_isRunning = isRunning;
    refresh();
}

void BenchmarkForm::startOrStop()
{
    if (m_isRunning)
        Q_EMIT stopRequested();
    else if (whatIsWrong().isEmpty())
        Q_EMIT startRequested();
}

QString BenchmarkForm::state() const
{
    QJsonObject plans;
    for (auto each = m_plans.begin(); each != m_plans.end(); ++each) {
        const BenchmarkPlan plan = each.key() == m_shown ? shownPlan(m_shown) : each.value();
        if (const BenchmarkPlan usual = usualPlan(each.key()); jsonOf(plan) != jsonOf(usual))
            plans[nameOf(each.key())] = jsonOf(plan);
    }
    QJsonObject state{{QStringLiteral("mode"), nameOf(m_shown)}, {QStringLiteral("plans"), plans}};
    if (const QString url = m_target->currentText(); !m_proposed.contains(url))
        state[QLatin1String("url")] = url;
    return QString::fromUtf8(QJsonDocument(state).toJson(QJsonDocument::Compact));
}

void BenchmarkForm::restoreState(const QString& state)
{
    const QJsonObject object = QJsonDocument::fromJson(state.toUtf8()).object();
    const QJsonObject plans = object.value(QLatin1String("plans")).toObject();
    for (const BenchmarkMode each : benchmarkModes) {
        if (plans.contains(nameOf(each)))
            m_plans[each] = planOf(plans.value(nameOf(each)).toObject(), usualPlan(each));
    }
    const auto mode = benchmarkModeNamed(object.value(QLatin1String("mode")).toString());
    m_shown = mode.value_or(BenchmarkMode::Echo);
    {
        const QSignalBlocker blocker(m_mode);
        m_mode->setCurrentIndex(m_mode->findData(nameOf(m_shown)));
    }
    showPlan(m_plans[m_shown]);
    proposeTargets();
    if (const QString url = object.value(QLatin1String("url")).toString().left(longestUrl); !url.isEmpty())
        m_target->setEditText(url);
    refresh();
}

} // namespace jackfield::ui
