#include "ui/views/access_panel.h"

#include "ui/bridge/engine_port.h"
#include "ui/text/display_text.h"
#include "ui/text/phrases.h"
#include "ui/views/allow_list_editor.h"
#include "ui/views/block_list.h"
#include "ui/views/controls.h"
#include "ui/views/inline_notice.h"
#include "ui/views/theme.h"
#include "ui/views/try_it.h"

#include <QCheckBox>
#include <QFrame>
#include <QLineEdit>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

namespace jackfield::ui {

namespace {

QFrame* hairline(QWidget* parent)
{
    auto* line = new QFrame(parent);
    line->setFrameShape(QFrame::HLine);
    line->setFrameShadow(QFrame::Plain);
    line->setForegroundRole(QPalette::Mid);
    line->setFixedHeight(1);
    return line;
}

} // namespace

class AccessPanel::Private {
public:
    Private(AccessPanel& owner, EnginePort& enginePort)
        : q(owner)
        , port(enginePort)
    { }

    void build();
    void takeStatus(const ServerStatus& status);
    void requireOrigin(bool required);
    void tick();
    [[nodiscard]] TimePoint now() const { return TimePoint(std::chrono::nanoseconds(port.clockNow())); }

    AccessPanel& q;
    EnginePort& port;
    QLabel* keptIn = nullptr;
    AllowListEditor* hosts = nullptr;
    AllowListEditor* origins = nullptr;
    QCheckBox* originRequired = nullptr;
    BlockList* blocks = nullptr;
    InlineNotice* notice = nullptr;
    TryIt* tryIt = nullptr;
    QScrollArea* scroll = nullptr;
    QTimer second;
    bool hostGiven = false;
};

AccessPanel::AccessPanel(EnginePort& port, QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(*this, port))
{
    nameControl(this, "access_panel", "Access");
    d->build();
}

AccessPanel::~AccessPanel() = default;

void AccessPanel::Private::build()
{
    scroll = new QScrollArea(&q);
    nameControl(scroll, "access_scroll", "Access settings");
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* content = new QWidget(scroll);
    content->setObjectName(QStringLiteral("access_content"));
    keptIn = wrappedLabel({}, content);
    keptIn->setObjectName(QStringLiteral("access_kept_in"));
    keptIn->setContentsMargins(10, 8, 10, 0);
    keptIn->hide();
    hosts = new AllowListEditor(ListKind::hosts, port, content);
    origins = new AllowListEditor(ListKind::origins, port, content);
    originRequired
        = named(new QCheckBox(tr("Refuse clients without an Origin\n(Node, curl, native apps)"), content),
            "origin_required", "Refuse clients without an Origin");
    notice = new InlineNotice(QStringLiteral("access"), content);
    blocks = new BlockList(port, content);
    tryIt = new TryIt(content);

    auto* required = new QVBoxLayout;
    required->setContentsMargins(10, 0, 10, 10);
    required->addWidget(originRequired);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(keptIn);
    column->addWidget(hosts);
    column->addWidget(hairline(content));
    column->addWidget(origins);
    column->addLayout(required);
    column->addWidget(notice);
    column->addWidget(hairline(content));
    column->addWidget(blocks);
    column->addWidget(hairline(content));
    column->addWidget(tryIt);
    column->addStretch(1);
    scroll->setWidget(content);
    auto* whole = new QVBoxLayout(&q);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);

    QObject::connect(
        &port, &EnginePort::statusChanged, &q, [this](const ServerStatus& status) { takeStatus(status); });
    QObject::connect(originRequired, &QCheckBox::clicked, &q, [this](bool on) { requireOrigin(on); });
    QObject::connect(tryIt, &TryIt::decidingLinesChanged, &q,
        [this](std::optional<std::size_t> hostLine, std::optional<std::size_t> originLine) {
            hosts->setDecidingLine(hostLine);
            origins->setDecidingLine(originLine);
        });
    second.setInterval(1000);
    QObject::connect(&second, &QTimer::timeout, &q, [this] { tick(); });
    takeStatus(*port.status());
}

void AccessPanel::Private::takeStatus(const ServerStatus& status)
{
    hosts->setList(status.access.hosts);
    origins->setList(status.access.origins);
    originRequired->setChecked(status.access.origin_required);
    blocks->setStatus(status);
    if (!hostGiven) {
        for (const ListenerStatus& listener : status.listeners) {
            if (listener.listening) {
                tryIt->setHost(QStringLiteral("localhost:%1").arg(listener.bound.port()));
                hostGiven = true;
                break;
            }
        }
    }
    tick();
    if (hosts->hasTemporaryEntries() || origins->hasTemporaryEntries() || blocks->hasExpiring())
        second.start();
    else
        second.stop();
}

void AccessPanel::Private::tick()
{
    hosts->setNow(now());
    origins->setNow(now());
    blocks->setNow(now());
    tryIt->setRules(port.status()->access, now());
}

void AccessPanel::Private::requireOrigin(bool required)
{
    port.submitWithReply(command::RequireOrigin{required}, &q, [this](const event::CommandFinished& outcome) {
        if (!outcome.error)
            return;
        originRequired->setChecked(port.status()->access.origin_required);
        notice->showNotice(InlineNotice::Kind::Danger,
            tr("Nothing was changed: %1").arg(displayText(wordsOf(outcome.error->message()))));
    });
}

void AccessPanel::setKeptIn(const QString& sentence)
{
    d->keptIn->setText(displayText(sentence));
    d->keptIn->setVisible(!sentence.isEmpty());
}

void AccessPanel::forgetDocument()
{
    d->notice->dismiss();
    d->hosts->forgetDocument();
    d->origins->forgetDocument();
}

void AccessPanel::tryOut(const QString& host, const QString& origin)
{
    d->hostGiven = true;
    d->tryIt->setHost(host);
    d->tryIt->setOrigin(origin);
    d->scroll->ensureWidgetVisible(d->tryIt);
}

} // namespace jackfield::ui
