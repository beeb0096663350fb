#include "ui/views/sockjs_fields.h"

#include "ui/text/display_text.h"
#include "ui/views/controls.h"

#include <QCheckBox>
#include <QClipboard>
#include <QFormLayout>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <algorithm>

namespace jackfield::ui {

namespace {

constexpr int indent = 22; // of what belongs to a check box, below it
constexpr int longestTime = 3'600'000; // ms

struct TransportWords {
    SockJsTransport transport;
    const char* objectName;
};
constexpr std::array<TransportWords, sockjs_transport_count> transportWords = {{
    {SockJsTransport::websocket, "sockjs_websocket"},
    {SockJsTransport::xhr_streaming, "sockjs_xhr_streaming"},
    {SockJsTransport::xhr_polling, "sockjs_xhr_polling"},
    {SockJsTransport::eventsource, "sockjs_eventsource"},
    {SockJsTransport::htmlfile, "sockjs_htmlfile"},
    {SockJsTransport::jsonp, "sockjs_jsonp"},
}};

bool carriesNoOrigin(SockJsTransport transport)
{
    return transport == SockJsTransport::htmlfile || transport == SockJsTransport::jsonp;
}

bool mayHaveSockJs(const std::string& pattern)
{
    return pattern.size() > 1 && pattern.size() <= 256 && !pattern.ends_with('*') && !pattern.ends_with('/');
}

/// Scrolling the panel does not change what the wheel passes over.
class SockJsSpinBox final : public QSpinBox {
public:
    using QSpinBox::QSpinBox;

protected:
    void wheelEvent(QWheelEvent* event) override
    {
        if (hasFocus())
            QSpinBox::wheelEvent(event);
        else
            event->ignore();
    }
};

QSpinBox* spin(QWidget* parent, const char* objectName, const char* accessibleName, int smallest, int largest)
{
    auto* box = new SockJsSpinBox(parent);
    nameControl(box, objectName, accessibleName);
    box->setFocusPolicy(Qt::StrongFocus);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons); // the arrow keys step
    box->setRange(smallest, largest);
    box->setGroupSeparatorShown(true);
    box->setKeyboardTracking(false);
    return box;
}

} // namespace

SockJsFields::SockJsFields(std::function<void(const Edit&)> change, QWidget* parent)
    : QWidget(parent)
    , m_change(std::move(change))
{
    m_anyOrigin = named(
        new QCheckBox(tr("any page may connect"), this), "endpoint_any_origin", "Any page may connect");
    m_anyOriginWarning = named(
        wrappedLabel(tr("Whatever the list of origins says: every page that a browser on this machine shows can use it."), this),
        "endpoint_any_origin_warning", "What any page means");
    m_anyOriginWarning->setProperty("danger", true);
    m_anyOriginWarning->setContentsMargins(indent, 0, 0, 0);
    m_on = named(new QCheckBox(tr("reachable without WebSocket (SockJS)"), this), "endpoint_sockjs",
        "Reachable without WebSocket (SockJS)");
    m_whyNot = named(wrappedLabel(tr("SockJS needs a path of its own, such as /echo: no * and no / at its end, not / itself, at "
                                     "most 256 bytes."),
                         this),
        "endpoint_sockjs_why_not", "Why SockJS cannot be switched on");
    m_whyNot->setProperty("muted", true);
    m_whyNot->setContentsMargins(indent, 0, 0, 0);

    m_body = new QWidget(this);
    auto* body = new QVBoxLayout(m_body);
    body->setContentsMargins(indent, 0, 0, 0);
    body->setSpacing(6);
    buildTransports();
    m_snippet = named(wrappedLabel({}, m_body), "sockjs_snippet", "What a page opens");
    m_snippet->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_copy = named(new QPushButton(tr("Copy"), m_body), "sockjs_copy", "Copy what a page opens");
    m_copy->setAutoDefault(false);
    auto* line = new QHBoxLayout;
    line->addWidget(m_snippet, 1);
    line->addWidget(m_copy);
    body->addLayout(line);
    buildMore();

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    for (QWidget* part : std::initializer_list<QWidget*>{m_anyOrigin, m_anyOriginWarning, m_on, m_whyNot, m_body})
        column->addWidget(part);

    connect(m_anyOrigin, &QCheckBox::clicked, this,
        [this](bool on) { m_change([on](EndpointConfig& endpoint) { endpoint.any_origin = on; }); });
    connect(m_on, &QCheckBox::clicked, this, &SockJsFields::switchOn);
    connect(m_copy, &QPushButton::clicked, this, &SockJsFields::copy);
}

void SockJsFields::buildTransports()
{
    static constexpr const char* spoken[] = {"Permit websocket", "Permit xhr-streaming", "Permit xhr-polling",
        "Permit eventsource", "Permit htmlfile", "Permit jsonp"};
    auto* grid = new QGridLayout;
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(4);
    for (std::size_t i = 0; i < transportWords.size(); ++i) {
        const auto [transport, objectName] = transportWords[i];
        auto* box = new QCheckBox(ourText(name_of(transport)), m_body);
        nameControl(box, objectName, spoken[i]);
        if (carriesNoOrigin(transport))
            box->setToolTip(tooltipText(tr("It carries no Origin: any page could use it in your name.")));
        grid->addWidget(box, static_cast<int>(i / 2), static_cast<int>(i % 2));
        connect(box, &QCheckBox::clicked, this, [this, transport = transport](bool on) {
            edit([transport, on](SockJs& sockjs) { sockjs.transports.set(transport, on); });
        });
        m_transports[i] = box;
    }
    m_transportNote = named(wrappedLabel({}, m_body), "sockjs_transport_note", "About the transports");
    m_transportNote->setProperty("muted", true);
    auto* body = static_cast<QVBoxLayout*>(m_body->layout());
    body->addLayout(grid);
    body->addWidget(m_transportNote);
}

void SockJsFields::buildMore()
{
    m_more = new QToolButton(m_body);
    nameControl(m_more, "sockjs_more", "More of SockJS");
    m_more->setText(tr("More"));
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_more->setArrowType(Qt::RightArrow);
    m_more->setAutoRaise(true);
    m_more->setFocusPolicy(Qt::StrongFocus);
    m_moreBody = new QWidget(m_body);
    m_heartbeat = spin(m_moreBody, "sockjs_heartbeat", "Heartbeat", 1'000, longestTime);
    m_heartbeat->setSuffix(tr(" ms"));
    m_heartbeat->setSingleStep(1'000);
    m_heartbeat->setToolTip(tooltipText(tr("After so much silence the page gets a frame without content.")));
    m_disconnectDelay = spin(m_moreBody, "sockjs_disconnect_delay", "Disconnect delay", 100, longestTime);
    m_disconnectDelay->setSuffix(tr(" ms"));
    m_disconnectDelay->setSingleStep(500);
    m_disconnectDelay->setToolTip(tooltipText(tr("A session ends when nobody asks for its messages for so long.")));
    m_responseLimit = spin(m_moreBody, "sockjs_response_limit", "Response limit", 1'024, 16 << 20);
    m_responseLimit->setSuffix(tr(" bytes"));
    m_responseLimit->setSingleStep(4'096);
    m_responseLimit->setToolTip(tooltipText(tr("After so many bytes a streamed answer ends and the page asks anew.")));
    m_cookies = named(new QCheckBox(tr("set a cookie for load balancers (JSESSIONID)"), m_moreBody), "sockjs_cookies",
        "Set a cookie for load balancers");
    m_clientUrl = named(new QLineEdit(m_moreBody), "sockjs_client_url", "Address of the SockJS client");
    m_clientUrl->setMaxLength(2'048);
    m_clientUrl->setToolTip(
        tooltipText(tr("Where the page in a frame loads the client from: a path on this server or an http(s) address.")));
    auto* form = new QFormLayout(m_moreBody);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(6);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(plainLabel(tr("Heartbeat"), m_moreBody), m_heartbeat);
    form->addRow(plainLabel(tr("Given up after"), m_moreBody), m_disconnectDelay);
    form->addRow(plainLabel(tr("Answer ends after"), m_moreBody), m_responseLimit);
    form->addRow(plainLabel(tr("Client"), m_moreBody), m_clientUrl);
    form->addRow(m_cookies);
    m_moreBody->hide();
    auto* body = static_cast<QVBoxLayout*>(m_body->layout());
    body->addWidget(m_more, 0, Qt::AlignLeft);
    body->addWidget(m_moreBody);

    connect(m_more, &QToolButton::clicked, this, [this] {
        const bool open = m_moreBody->isHidden();
        m_more->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
        m_moreBody->setVisible(open);
    });
    connect(m_heartbeat, &QSpinBox::valueChanged, this,
        [this](int ms) { edit([ms](SockJs& sockjs) { sockjs.heartbeat = milliseconds(ms); }); });
    connect(m_disconnectDelay, &QSpinBox::valueChanged, this,
        [this](int ms) { edit([ms](SockJs& sockjs) { sockjs.disconnect_delay = milliseconds(ms); }); });
    connect(m_responseLimit, &QSpinBox::valueChanged, this, [this](int bytes) {
        edit([bytes](SockJs& sockjs) { sockjs.response_limit = static_cast<std::uint32_t>(bytes); });
    });
    connect(m_cookies, &QCheckBox::clicked, this,
        [this](bool on) { edit([on](SockJs& sockjs) { sockjs.cookies = on; }); });
    connect(m_clientUrl, &QLineEdit::editingFinished, this, [this] {
        edit([url = m_clientUrl->text().trimmed().toStdString()](SockJs& sockjs) { sockjs.client_url = url; });
    });
}

void SockJsFields::switchOn(bool on)
{
    m_change([this, on](EndpointConfig& endpoint) {
        if (on == endpoint.sockjs.has_value())
            return;
        if (on) {
            const auto before = m_last.find(endpoint.pattern);
            endpoint.sockjs = before == m_last.end() ? SockJs() : before->second;
        } else {
            m_last[endpoint.pattern] = *endpoint.sockjs;
            endpoint.sockjs.reset();
        }
    });
}

void SockJsFields::edit(const std::function<void(SockJs&)>& what)
{
    m_change([&what](EndpointConfig& endpoint) {
        if (endpoint.sockjs)
            what(*endpoint.sockjs);
    });
}

void SockJsFields::setEndpoint(const EndpointConfig& endpoint, const QString& server)
{
    const bool isAnother = endpoint.pattern != m_pattern;
    m_pattern = endpoint.pattern;
    m_server = server;
    m_anyOrigin->setChecked(endpoint.any_origin);
    m_anyOriginWarning->setVisible(endpoint.any_origin);
    const bool may = mayHaveSockJs(endpoint.pattern);
    m_on->setEnabled(may || endpoint.sockjs.has_value());
    m_on->setChecked(endpoint.sockjs.has_value());
    m_whyNot->setVisible(!may);
    m_body->setVisible(endpoint.sockjs.has_value());
    if (!endpoint.sockjs)
        return;
    const SockJs& sockjs = *endpoint.sockjs;
    bool anyWithoutOrigin = false;
    for (std::size_t i = 0; i < transportWords.size(); ++i) {
        const SockJsTransport transport = transportWords[i].transport;
        m_transports[i]->setChecked(sockjs.transports.has(transport));
        anyWithoutOrigin |= carriesNoOrigin(transport) && sockjs.transports.has(transport);
    }
    m_transportNote->setText(anyWithoutOrigin
            ? tr("htmlfile and jsonp carry no Origin: where they are permitted, any page can use them in your name.")
            : tr("htmlfile and jsonp are off since they carry no Origin: any page could use them in your name."));
    setStyleProperty(m_transportNote, "danger", anyWithoutOrigin);
    setStyleProperty(m_transportNote, "muted", !anyWithoutOrigin);
    m_snippet->setText(displayText(snippet(), 400));
    const auto show = [isAnother](QSpinBox* box, std::int64_t value) {
        const QSignalBlocker quiet(box);
        if (isAnother || !box->hasFocus())
            box->setValue(static_cast<int>(std::clamp<std::int64_t>(value, 0, box->maximum())));
    };
    show(m_heartbeat, sockjs.heartbeat.count());
    show(m_disconnectDelay, sockjs.disconnect_delay.count());
    show(m_responseLimit, sockjs.response_limit);
    m_cookies->setChecked(sockjs.cookies);
    if (isAnother || !m_clientUrl->hasFocus()) {
        m_clientUrl->setText(displayText(sockjs.client_url, 2'048)); // the engine takes printable ASCII alone
        m_clientUrl->setCursorPosition(0);
    }
}

QString SockJsFields::snippet() const
{
    QString base = m_server;
    while (base.endsWith(u'/'))
        base.chop(1);
    return QStringLiteral("new SockJS(\"%1%2\")").arg(base, displayText(m_pattern, 256));
}

void SockJsFields::copy()
{
    QGuiApplication::clipboard()->setText(snippet());
}

} // namespace jackfield::ui
