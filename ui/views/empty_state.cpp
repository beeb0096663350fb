#include "ui/views/empty_state.h"

#include "ui/bridge/engine_port.h"
#include "ui/models/refused_model.h"
#include "ui/text/display_text.h"
#include "ui/views/controls.h"
#include "ui/views/server_address.h"
#include "ui/views/theme.h"
#include "ui/views/why_not_dialog.h"

#include <QHBoxLayout>
#include <QPixmap>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace jackfield::ui {

EmptyState::EmptyState(EnginePort& port, const RefusedModel& refused, QWidget* parent)
    : QWidget(parent)
    , m_port(port)
    , m_attempts(refused)
{
    nameControl(this, "empty_state", "Nothing has connected yet");
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);

    auto* scroll = m_scroll = named(new QScrollArea(this), "empty_scroll", "Where it listens, and the ways from here");
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    // A stop for the Tab key only while there is something to scroll to.
    connect(scroll->verticalScrollBar(), &QScrollBar::rangeChanged, scroll,
        [scroll](int, int end) { scroll->setFocusPolicy(end > 0 ? Qt::StrongFocus : Qt::NoFocus); });
    auto* content = new QWidget(scroll);
    content->setBackgroundRole(QPalette::Base);
    auto* icon = new QLabel(content);
    QPixmap picture(QStringLiteral(":/icons/jackfield-128.png"));
    picture.setDevicePixelRatio(2);
    icon->setPixmap(picture);
    icon->setAlignment(Qt::AlignCenter);
    m_title = named(wrappedLabel({}, content), "empty_title", "Where it listens");
    m_title->setAlignment(Qt::AlignCenter);
    QFont large = m_title->font();
    large.setPointSizeF(large.pointSizeF() * 1.35);
    m_title->setFont(large);
    m_subtitle = named(wrappedLabel({}, content), "empty_subtitle", "What has come");
    m_subtitle->setAlignment(Qt::AlignCenter);
    m_subtitle->setProperty("muted", true);

    m_start = named(new QPushButton(tr("▶ Start"), content), "empty_start", "Start listening");
    m_start->setProperty("primary", true);

    m_actions = new QWidget(content);
    m_snippet = named(new QPushButton(m_actions), "empty_copy_snippet", "Copy new WebSocket");
    m_snippet->setProperty("primary", true);
    auto* testPage
        = named(new QPushButton(tr("Open test page"), m_actions), "empty_test_page", "Open the test page");
    auto* phone
        = named(new QPushButton(tr("Use from a phone..."), m_actions), "empty_phone", "Use from a phone");
    // In two lines: beside each other the three are wider than the window's smallest width leaves in some languages.
    auto* actionRow = new QHBoxLayout;
    actionRow->addStretch();
    for (QPushButton* button : {m_snippet, testPage})
        actionRow->addWidget(button);
    actionRow->addStretch();
    auto* actions = new QVBoxLayout(m_actions);
    actions->setContentsMargins(0, 0, 0, 0);
    actions->setSpacing(12);
    actions->addLayout(actionRow);
    actions->addWidget(phone, 0, Qt::AlignHCenter);

    // Without a number: the list holds pages that were asked for too, and the status line counts what was refused.
    m_refused = named(
        new QPushButton(tr("Show refused attempts"), content), "empty_refused", "Show what was refused");
    auto* why = named(new QPushButton(tr("The page says it failed? See why"), content), "empty_why",
        "See why the page failed");
    why->setProperty("quiet", true);

    m_causes = named(new QWidget(content), "empty_causes", "Likely causes");
    auto* causes = new QVBoxLayout(m_causes);
    causes->setContentsMargins(0, 6, 0, 0);
    causes->setSpacing(5);
    auto* causesTitle = named(plainLabel(tr("The likely causes:"), m_causes), "empty_causes_title", "Likely causes");
    QFont bold = causesTitle->font();
    bold.setBold(true);
    causesTitle->setFont(bold);
    causes->addWidget(causesTitle);

    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(16, 20, 16, 20);
    layout->setSpacing(12);
    layout->addStretch(3);
    layout->addWidget(icon);
    layout->addWidget(m_title);
    layout->addWidget(m_subtitle);
    layout->addSpacing(4);
    layout->addWidget(m_start, 0, Qt::AlignHCenter);
    layout->addWidget(m_actions);
    layout->addWidget(m_refused, 0, Qt::AlignHCenter);
    layout->addWidget(why, 0, Qt::AlignHCenter);
    // Between stretches and not aligned: what is aligned gets the height of its best width, which cuts lines off.
    auto* causesRow = new QHBoxLayout;
    causesRow->addStretch(1);
    m_causes->setMaximumWidth(520);
    causesRow->addWidget(m_causes, 8);
    causesRow->addStretch(1);
    layout->addLayout(causesRow);
    layout->addStretch(4);

    scroll->setWidget(content);
    auto* around = new QVBoxLayout(this);
    around->setContentsMargins(0, 0, 0, 0);
    around->addWidget(scroll);

    setFocusProxy(m_snippet);
    connect(m_start, &QPushButton::clicked, this, &EmptyState::startRequested);
    connect(m_snippet, &QPushButton::clicked, this, &EmptyState::copySnippetRequested);
    connect(testPage, &QPushButton::clicked, this, &EmptyState::testPageRequested);
    connect(phone, &QPushButton::clicked, this, &EmptyState::phoneRequested);
    connect(why, &QPushButton::clicked, this, &EmptyState::whyRequested);
    connect(m_refused, &QPushButton::clicked, this, &EmptyState::refusedRequested);

    m_silence.setSingleShot(true);
    m_silence.setInterval(30'000);
    connect(&m_silence, &QTimer::timeout, this, [this] {
        m_silent = true;
        refresh();
    });
    connect(&port, &EnginePort::statusChanged, this, &EmptyState::refresh);
    connect(&port, &EnginePort::frameTaken, this, &EmptyState::refresh);
    connect(&refused, &QAbstractItemModel::modelReset, this, &EmptyState::refresh); // cleared
    refresh();
}

void EmptyState::setSilenceTime(std::chrono::milliseconds time)
{
    const bool running = m_silence.isActive();
    m_silence.setInterval(time);
    if (running)
        m_silence.start();
}

QString EmptyState::text() const
{
    return m_title->text() + u'\n' + m_subtitle->text();
}

void EmptyState::refresh()
{
    const ServerStatus& status = *m_port.status();
    const EngineTotals& totals = m_port.totals();
    if (totals.opened > 0) { // it is not seen again
        m_silence.stop();
        return;
    }
    if (status.listening != m_wasListening) {
        m_wasListening = status.listening;
        m_silent = false;
        if (status.listening)
            m_silence.start();
        else
            m_silence.stop();
    }
    // A page that was asked for and served counts as no refusal, and has come all the same.
    const bool reached = totals.refused > 0 || m_attempts.total() > 0;
    const bool asked = m_attempts.asked() > 0;
    const QString url = socketUrl(status);
    // What was lost may have been anything.
    const bool unknown = !asked && m_attempts.lost() > 0;
    const bool showCauses = m_silent && !asked && !unknown && status.listening;

    QString subtitle;
    if (!status.listening)
        subtitle = tr("Nothing can connect until it is started.");
    else if (asked)
        subtitle = tr("What came was not let in, or was no WebSocket.");
    else if (unknown)
        subtitle = tr("More has reached this server than could be listed. Some of it may have asked for a "
                      "WebSocket and was not let in.");
    else if (reached)
        subtitle = tr("Something has reached this server, but no complete request for a WebSocket.");
    else if (showCauses)
        subtitle = tr("Nothing has reached this server.");
    else
        subtitle = tr("Connect to it from a page, and the connection appears here.");
    const QString secure = secureSocketUrl(status);
    const QString title = !status.listening ? tr("Stopped.")
        : secure.isEmpty() || secure == url
        ? tr("Listening on %1. Nothing has connected yet.").arg(ourText(url.toStdString()))
        : tr("Listening on %1 and %2. Nothing has connected yet.")
              .arg(ourText(url.toStdString()), ourText(secure.toStdString()));
    if (m_title->text() != title)
        m_title->setText(title);
    if (m_subtitle->text() != subtitle)
        m_subtitle->setText(subtitle);
    m_snippet->setText(tr("Copy new WebSocket(\"%1\")").arg(ourText(url.toStdString())));
    m_start->setVisible(!status.listening);
    m_actions->setVisible(status.listening);
    m_refused->setVisible(m_attempts.listed() > 0);

    if (showCauses)
        showLikelyCauses(status);
    m_causes->setVisible(showCauses);
    // It scrolls up and down alone: the buttons keep their room.
    m_scroll->setMinimumWidth(
        m_scroll->widget()->minimumSizeHint().width() + m_scroll->verticalScrollBar()->sizeHint().width());
}

void EmptyState::showLikelyCauses(const ServerStatus& status)
{
    const auto all = WhyNotDialog::causes(status);
    const std::size_t count = std::min<std::size_t>(4, all.size());
    auto* layout = m_causes->layout();
    constexpr int before = 1; // the title
    while (layout->count() < before + static_cast<int>(count))
        layout->addWidget(wrappedLabel({}, m_causes));
    for (std::size_t i = 0; i < count; ++i) {
        auto* label = static_cast<QLabel*>(layout->itemAt(before + static_cast<int>(i))->widget());
        const QString text = tr("• %1. %2").arg(all[i].title, all[i].text);
        if (label->text() != text)
            label->setText(displayText(text, 600));
    }
}

} // namespace jackfield::ui
