#include "ui/views/listeners_dialog.h"

#include "ui/bridge/engine_port.h"
#include "ui/text/display_text.h"
#include "ui/text/phrases.h"
#include "ui/views/controls.h"
#include "ui/views/inline_notice.h"
#include "ui/views/server_address.h"
#include "ui/views/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace jackfield::ui {

namespace {

constexpr std::size_t mostListeners = 64;
constexpr std::array kinds{ListenerKind::automatic, ListenerKind::ws, ListenerKind::wss, ListenerKind::both};

QString kindText(ListenerKind kind)
{
    switch (kind) {
    case ListenerKind::automatic:
        return ListenersDialog::tr("as TLS is: ws, or both");
    case ListenerKind::ws:
        return ListenersDialog::tr("ws:// alone");
    case ListenerKind::wss:
        return ListenersDialog::tr("wss:// alone");
    case ListenerKind::both:
        break;
    }
    return ListenersDialog::tr("ws:// and wss://");
}

QString spokenText(ListenerKind kind)
{
    switch (kind) {
    case ListenerKind::ws:
        return ListenersDialog::tr("listens, speaks ws://");
    case ListenerKind::wss:
        return ListenersDialog::tr("listens, speaks wss://");
    case ListenerKind::both:
    case ListenerKind::automatic:
        break;
    }
    return ListenersDialog::tr("listens, speaks ws:// and wss://");
}

bool isPortAlone(const QString& text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

} // namespace

struct ListenersDialog::Line {
    QWidget* widget = nullptr;
    QLineEdit* address = nullptr;
    QComboBox* kind = nullptr;
    QPushButton* remove = nullptr;
    QLabel* state = nullptr;
    ListenSpec was; // as filled in

    /// Of several lines each says which it is.
    void nameControls(int number) const
    {
        const QString where = displayText(address->text().trimmed(), 60);
        address->setAccessibleName(ListenersDialog::tr("Address %1").arg(number));
        kind->setAccessibleName(ListenersDialog::tr("What %1 speaks").arg(where));
        remove->setAccessibleName(ListenersDialog::tr("Remove %1").arg(where));
        state->setAccessibleName(ListenersDialog::tr("Whether %1 listens").arg(where));
    }

    [[nodiscard]] Result<ListenSpec> spec() const
    {
        auto parsed = SocketAddress::parse(
            address->text().trimmed().toStdString(), default_listeners().front().address.port());
        if (!parsed)
            return tl::unexpected(parsed.error());
        ListenSpec spec = was;
        if (spec.address != *parsed)
            spec.same_port_as_previous = false;
        spec.address = *parsed;
        spec.kind = kinds[static_cast<std::size_t>(std::max(0, kind->currentIndex()))];
        return spec;
    }
};

ListenersDialog::ListenersDialog(EnginePort& port, QWidget* parent)
    : QDialog(parent)
    , m_port(port)
{
    nameControl(this, "listeners_dialog", "Listeners");
    setWindowTitle(tr("Listeners"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(600, 360);

    auto* list = new QWidget(this);
    m_column = new QVBoxLayout;
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(8);
    auto* listLayout = new QVBoxLayout(list);
    listLayout->setContentsMargins(0, 0, 8, 0);
    listLayout->addLayout(m_column);
    listLayout->addStretch(1);
    auto* scroll = named(new QScrollArea(this), "listeners_scroll", "Addresses");
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(list);

    m_lasts = named(wrappedLabel({}, this), "listeners_lasts", "How long it lasts");
    m_lasts->setProperty("muted", true);
    m_notice = new InlineNotice(QStringLiteral("listeners"), this);
    m_notice->setObjectName(QStringLiteral("listeners_notice"));
    m_add = named(new QPushButton(tr("Add an address"), this), "listeners_add", "Add an address");
    m_revert = named(new QPushButton(tr("As it is now"), this), "listeners_revert", "Take the edits back");
    m_apply = named(new QPushButton(tr("Apply"), this), "listeners_apply", "Apply the listeners");
    m_apply->setProperty("primary", true);
    auto* close = named(new QPushButton(tr("Close"), this), "listeners_close", "Close listeners");
    // Enter applies, from the fields too. As the default button's own key it does not go on to a question that
    // it has just opened.
    m_apply->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_add);
    buttons->addWidget(m_revert);
    buttons->addStretch();
    buttons->addWidget(m_apply);
    buttons->addWidget(close);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 12);
    column->setSpacing(10);
    column->addWidget(
        wrappedLabel(tr("Where the server listens, for example 127.0.0.1:4567 or [::1]:4567. For every network of this "
                        "machine: *:8080 over IPv4, [::]:8080 over IPv6. Connections that are open stay."),
            this));
    column->addWidget(m_notice);
    column->addWidget(scroll, 1);
    column->addWidget(m_lasts);
    column->addLayout(buttons);

    connect(m_add, &QPushButton::clicked, this, &ListenersDialog::addAnother);
    connect(m_revert, &QPushButton::clicked, this, &ListenersDialog::revert);
    connect(m_apply, &QPushButton::clicked, this, &ListenersDialog::apply);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(&port, &EnginePort::statusChanged, this, &ListenersDialog::onStatus);
    setProject({});
    fill(*port.status());
    if (!m_lines.empty())
        m_lines.front()->address->setFocus();
}

ListenersDialog::~ListenersDialog() = default;

void ListenersDialog::setProject(const QString& name)
{
    m_lasts->setText(name.isEmpty()
            ? tr("It lasts until Jackfield closes. A project keeps it: File, Save project as.")
            : displayText(tr("The project %1 keeps it when it is saved.").arg(displayText(name, 80)), 200));
}

std::optional<std::vector<ListenSpec>> ListenersDialog::specs() const
{
    std::vector<ListenSpec> specs;
    for (const auto& line : m_lines) {
        const auto spec = line->spec();
        if (!spec)
            return std::nullopt;
        specs.push_back(*spec);
    }
    return specs;
}

ListenersDialog::Line& ListenersDialog::addLine(const ListenSpec& spec)
{
    auto line = std::make_unique<Line>();
    Line* made = line.get();
    line->was = spec;
    line->widget = new QWidget(this);
    line->address = named(new QLineEdit(line->widget), "listener_address", "Address");
    line->address->setText(ourText(spec.address.text()));
    line->address->setFont(monospaceFont());
    line->kind = named(new QComboBox(line->widget), "listener_kind", "What it speaks");
    for (const ListenerKind kind : kinds)
        line->kind->addItem(kindText(kind));
    line->kind->setCurrentIndex(
        static_cast<int>(std::find(kinds.begin(), kinds.end(), spec.kind) - kinds.begin()));
    auto* remove
        = named(new QPushButton(tr("Remove"), line->widget), "listener_remove", "Remove this address");
    line->remove = remove;
    line->state = named(wrappedLabel({}, line->widget), "listener_state", "Whether it listens");
    line->state->setProperty("muted", true);
    auto* row = new QHBoxLayout;
    row->addWidget(line->address, 1);
    row->addWidget(line->kind);
    row->addWidget(remove);
    auto* layout = new QVBoxLayout(line->widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(row);
    layout->addWidget(line->state);
    m_column->addWidget(line->widget);
    line->widget->show(); // now, so that it can have the focus
    connect(line->address, &QLineEdit::textChanged, this, &ListenersDialog::refresh);
    connect(line->kind, &QComboBox::currentIndexChanged, this, &ListenersDialog::refresh);
    connect(remove, &QPushButton::clicked, this, [this, made] { removeLine(made); });
    m_lines.push_back(std::move(line));
    return *made;
}

void ListenersDialog::addAnother()
{
    ListenSpec spec;
    spec.address = default_listeners().front().address;
    const auto isThere = [this](const SocketAddress& address) {
        return std::ranges::any_of(m_lines, [&](const std::unique_ptr<Line>& line) {
            const auto other = line->spec();
            return other && other->address == address;
        });
    };
    while (isThere(spec.address) && spec.address.port() < 65'535)
        spec.address = spec.address.with_port(static_cast<std::uint16_t>(spec.address.port() + 1));
    Line& line = addLine(spec);
    refresh();
    line.address->setFocus();
    line.address->selectAll();
}

void ListenersDialog::removeLine(Line* line)
{
    const auto found = std::find_if(m_lines.begin(), m_lines.end(),
        [line](const std::unique_ptr<Line>& each) { return each.get() == line; });
    if (found == m_lines.end())
        return;
    line->widget->hide();
    line->widget->deleteLater();
    m_lines.erase(found);
    refresh();
    (m_lines.empty() ? static_cast<QWidget*>(m_add) : m_lines.back()->address)->setFocus();
}

void ListenersDialog::fill(const ServerStatus& status)
{
    for (const auto& line : m_lines) {
        line->widget->hide();
        line->widget->deleteLater();
    }
    m_lines.clear();
    m_shown = listenersInForce(status);
    for (const ListenSpec& spec : m_shown)
        addLine(spec);
    refresh();
}

void ListenersDialog::onStatus(const ServerStatus& status)
{
    const auto standing = specs();
    const bool isUntouched = standing && *standing == m_shown;
    if (isUntouched && !m_isApplying && listenersInForce(status) != m_shown)
        fill(status);
    else
        refresh();
}

void ListenersDialog::refresh()
{
    const ServerStatus& status = *m_port.status();
    bool isGood = !m_lines.empty();
    std::vector<SocketAddress> seen;
    int number = 0;
    for (const auto& line : m_lines) {
        line->nameControls(++number);
        const auto spec = line->spec();
        QString said;
        bool isBad = true;
        if (const QString typed = line->address->text().trimmed(); isPortAlone(typed)) {
            said = tr("A port needs an address before it: 127.0.0.1:%1 for this machine alone, *:%1 for every "
                      "network")
                       .arg(typed.left(5));
        } else if (!spec) {
            said = wordsOf(spec.error().message());
        } else if (spec->address.port() != 0
            && std::find(seen.begin(), seen.end(), spec->address) != seen.end()) {
            said = tr("This address stands there twice");
        } else {
            isBad = false;
            seen.push_back(spec->address);
            const ListenerStatus* listener = listenerAt(status, spec->address);
            const auto wanted = std::find_if(status.listeners.begin(), status.listeners.end(),
                [&](const ListenerStatus& each) { return each.spec.address == spec->address; });
            if (listener != nullptr && listener->spec.kind == spec->kind)
                said = spokenText(listener->speaks);
            else if (listener != nullptr)
                said = tr("listens; will speak otherwise with Apply");
            else if (wanted != status.listeners.end() && !wanted->problem.empty())
                said = tr("does not listen: %1").arg(wordsOf(wanted->problem));
            else
                said = tr("does not listen yet");
            if (spoken_by(spec->kind, status.tls != nullptr) != ListenerKind::ws && !status.tls)
                said += tr("; there is no certificate for wss:// yet");
        }
        isGood = isGood && !isBad;
        line->state->setText(displayText(said, 300));
        setStyleProperty(line->state, "danger", isBad);
        setStyleProperty(line->address, "bad", isBad);
    }
    const bool isChanged = isEdited();
    const bool isStopped = !status.listening;
    m_apply->setText(isStopped ? tr("Apply and start") : tr("Apply"));
    m_apply->setEnabled(isGood && (isChanged || isStopped) && !m_isApplying);
    m_revert->setEnabled(isChanged && !m_isApplying);
    m_add->setEnabled(m_lines.size() < mostListeners);
}

void ListenersDialog::revert()
{
    m_notice->dismiss();
    fill(*m_port.status());
}

std::vector<SocketAddress> ListenersDialog::widerThanNow(const std::vector<ListenSpec>& wanted) const
{
    std::vector<SocketAddress> wider;
    for (const ListenSpec& spec : wanted) {
        if (!spec.address.is_loopback() && listenerAt(*m_port.status(), spec.address) == nullptr)
            wider.push_back(spec.address);
    }
    return wider;
}

bool ListenersDialog::isEdited() const
{
    const auto standing = specs();
    return !standing || *standing != m_shown;
}

void ListenersDialog::done(int result)
{
    if (m_isApplying)
        m_closesWhenApplied = true; // for the outcome is told to the project, or to the person
    else if (isEdited())
        askAboutEdits();
    else
        QDialog::done(result);
}

void ListenersDialog::stay()
{
    m_closesWhenApplied = false;
    Q_EMIT stayed();
}

void ListenersDialog::askAboutEdits()
{
    if (m_question)
        return;
    auto* box = new QMessageBox(this);
    m_question = box;
    nameControl(box, "listeners_edits", "Edits that are not applied");
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setIcon(QMessageBox::Question);
    box->setWindowTitle(tr("Listeners"));
    box->setText(tr("The edits of the listeners are not applied."));
    box->setInformativeText(tr("Closing loses them."));
    QPushButton* apply = m_apply->isEnabled() ? box->addButton(m_apply->text(), QMessageBox::AcceptRole) : nullptr;
    QPushButton* discard = box->addButton(tr("Discard them"), QMessageBox::DestructiveRole);
    QPushButton* stay = box->addButton(tr("Go on editing"), QMessageBox::RejectRole);
    if (apply)
        nameControl(apply, "listeners_edits_apply", "Apply the edits and close");
    nameControl(discard, "listeners_edits_discard", "Discard the edits and close");
    nameControl(stay, "listeners_edits_stay", "Go on editing the listeners");
    box->setDefaultButton(apply ? apply : stay);
    box->setEscapeButton(stay);
    connect(box, &QMessageBox::finished, this, [this, box, apply, discard] {
        if (box->clickedButton() == discard) {
            QDialog::done(Rejected);
        } else if (apply && box->clickedButton() == apply) {
            m_closesWhenApplied = true;
            this->apply();
        } else {
            this->stay();
        }
    });
    box->open();
}

void ListenersDialog::apply()
{
    const auto wanted = specs();
    if (!wanted || !m_apply->isEnabled()) {
        stay();
        return;
    }
    m_notice->dismiss();
    const auto wider = widerThanNow(*wanted);
    if (wider.empty()) {
        submit(*wanted);
        return;
    }
    QStringList addresses;
    for (const SocketAddress& address : wider)
        addresses << ourText(address.text());
    auto* box = new QMessageBox(this);
    nameControl(box, "listeners_question", "Listen beyond this machine");
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setIcon(QMessageBox::Warning);
    box->setWindowTitle(tr("Listen beyond this machine"));
    box->setText(displayText(tr("Listen on %1?").arg(addresses.join(QStringLiteral(", "))), 400));
    box->setInformativeText(
        tr("Other machines can then reach this one there. The host and origin lists still decide who gets a "
           "connection."));
    QPushButton* yes = box->addButton(tr("Listen there"), QMessageBox::AcceptRole);
    QPushButton* no = box->addButton(QMessageBox::Cancel);
    nameControl(yes, "listeners_question_yes", "Confirm listen beyond this machine");
    nameControl(no, "listeners_question_no", "Cancel listen beyond this machine");
    box->setDefaultButton(no);
    connect(box, &QMessageBox::finished, this, [this, box, yes, specs = *wanted] {
        if (box->clickedButton() == yes)
            submit(specs);
        else
            stay();
    });
    box->open();
}

void ListenersDialog::submit(const std::vector<ListenSpec>& wanted)
{
    const auto before = m_port.status();
    m_isApplying = true;
    refresh();
    m_port.submitWithReply(
        command::Listen{wanted}, this, [this, wanted, before](const event::CommandFinished& finished) {
            if (finished.error) {
                onFailure(wordsOf(finished.error->message()), listenersInForce(*before), before->listening);
                return;
            }
            m_isApplying = false;
            m_shown = wanted;
            fill(*m_port.status());
            m_notice->showNotice(
                InlineNotice::Kind::Information, tr("Applied."), {}, std::chrono::seconds(5));
            Q_EMIT applied(wanted);
            if (std::exchange(m_closesWhenApplied, false))
                QDialog::done(Accepted);
        });
}

void ListenersDialog::onFailure(const QString& why, const std::vector<ListenSpec>& before, bool wasListening)
{
    stay();
    if (!wasListening || before.empty()) {
        m_isApplying = false;
        refresh();
        m_notice->showNotice(InlineNotice::Kind::Danger, tr("Not listening: %1").arg(displayText(why, 400)));
        return;
    }
    // Listening anew closes what was open first: a failure leaves nothing, so what was comes back.
    m_port.submitWithReply(command::Listen{before}, this, [this, why](const event::CommandFinished& back) {
        m_isApplying = false;
        refresh();
        m_notice->showNotice(InlineNotice::Kind::Danger,
            back.error ? tr("Nothing listens by now. %1; and what was could not be put back: %2")
                             .arg(displayText(why, 300), wordsOf(back.error->message()))
                       : tr("All is as it was: %1").arg(displayText(why, 400)));
    });
}

} // namespace jackfield::ui
