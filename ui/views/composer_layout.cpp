#include "ui/models/send_target.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/composer_pages.h"
#include "ui/views/composer_private.h"
#include "ui/views/controls.h"
#include "ui/views/elided_label.h"
#include "ui/views/filter_field.h"
#include "ui/views/fragmentation_fields.h"
#include "ui/views/inline_notice.h"
#include "ui/views/json_assist.h"
#include "ui/views/menu_button.h"
#include "ui/views/payload_editor.h"
#include "ui/views/repeat_fields.h"
#include "ui/views/repeat_list.h"
#include "ui/views/target_controls.h"
#include "ui/views/theme.h"
#include "ui/views/yielding_label.h"

#include <QAction>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace jackfield::ui {

namespace {

QString textOf(ComposedMessage::Kind kind)
{
    switch (kind) {
    case ComposedMessage::Kind::text:
        return Composer::tr("Text");
    case ComposedMessage::Kind::binary:
        return Composer::tr("Binary");
    case ComposedMessage::Kind::ping:
        return Composer::tr("Ping");
    case ComposedMessage::Kind::pong:
        return Composer::tr("Pong");
    case ComposedMessage::Kind::close:
        return Composer::tr("Close");
    case ComposedMessage::Kind::raw:
        return Composer::tr("Raw frames");
    }
    return {};
}

QAction* entry(QMenu& menu, const QString& text, const char* name, const QKeySequence& keys = {})
{
    QAction* action
        = menu.addAction(keys.isEmpty() ? text : text + u'\t' + keys.toString(QKeySequence::NativeText));
    action->setObjectName(QLatin1String(name));
    return action;
}

} // namespace

void Composer::Private::build()
{
    kindButton = named(new MenuButton(QString(), &q), "composer_kind", "Kind of message");
    buildKindMenu();
    fragments = new FragmentationFields(&q);
    json = named(framedToolButton(QString(), &q), "composer_json", "Format JSON");
    expand = named(new QCheckBox(tr("Macros"), &q), "composer_macros", "Expand macros");
    expand->setChecked(true);
    expand->setToolTip(
        tr("Expand {{counter}}, {{now}}, {{unixtime}}, {{random}} and {{uuid}} of this template on "
           "each sending"));
    info = named(new YieldingLabel(&q), "composer_info", "Payload size");
    templates = named(framedToolButton(tr("Templates"), &q), "composer_templates", "Show templates");
    templates->setToolTip(tr("Messages that are kept; Ctrl+1 to Ctrl+9 put theirs in"));
    more = named(new MenuButton(tr("More") + QStringLiteral(" \u25BE"), &q), "composer_more", "More");
    buildMoreMenu();
    pages = new ComposerPages(&q);
    repeatFields = new RepeatFields(&q);
    repeatFields->hide();
    repeatList = new RepeatList(repeats, &q);
    notice = new InlineNotice(QStringLiteral("composer"), &q);
    notice->setObjectName(QStringLiteral("composer_notice"));
    targets = new TargetControls(port, target, &q);
    result = named(new ElidedLabel(&q), "composer_result", "Result of sending");
    hint = mutedLabel(QKeySequence(Qt::CTRL | Qt::Key_Enter).toString(QKeySequence::NativeText), &q);
    button = named(new QPushButton(&q), "composer_send", "Send");
    button->setAutoDefault(false);
    button->setProperty("primary", true);

    top = new QHBoxLayout;
    top->setSpacing(8);
    bottom = new QHBoxLayout;
    bottom->setSpacing(8);
    column = new QVBoxLayout;
    column->setContentsMargins(10, 8, 10, 8);
    column->addLayout(top);
    column->addLayout(bottom);
    auto* whole = new QVBoxLayout(&q);
    whole->setContentsMargins(0, 1, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(notice);
    whole->addWidget(repeatList);
    whole->addLayout(column);
    q.setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    q.setAcceptDrops(true);
    q.setFocusProxy(pages);
    arrange();
    connectPages();

    QObject::connect(button, &QPushButton::clicked, &q, &Composer::send);
    QObject::connect(&target, &SendTarget::changed, &q, [this] {
        forgetOutcome();
        if (pages->kind() == Kind::raw)
            refresh(); // whether it can be sent is a matter of whom
        else
            refreshButton();
    });
    QObject::connect(&Theme::instance(), &Theme::changed, &q, [this] { refresh(); });
    QObject::connect(fragments, &FragmentationFields::changed, &q, [this] { refresh(); });
    QObject::connect(expand, &QCheckBox::toggled, &q, [this](bool on) {
        expands[static_cast<std::size_t>(pages->kind())] = on;
        refresh();
    });
    QObject::connect(templates, &QToolButton::clicked, &q, &Composer::templatesRequested);
    QObject::connect(json, &QToolButton::clicked, &q, [this] {
        if (pages->json().canFormat())
            pages->json().format();
        else
            pages->json().goToMistake();
    });
    QObject::connect(repeatFields, &RepeatFields::startRequested, &q, [this] { startRepeat(); });
    QObject::connect(repeatFields, &RepeatFields::closed, &q, [this] {
        q.setRepeatVisible(false);
        q.focusEditor();
    });
    QObject::connect(&repeats, &Repeats::ended, &q, [this](const QString& sentence) {
        result->setContent(sentence);
        toldOf.reset();
    });
    chooseKind(Kind::text);
    refreshButton();
}

void Composer::Private::buildKindMenu()
{
    auto* menu = new QMenu(kindButton);
    menu->setObjectName(QStringLiteral("composer_kind_menu"));
    for (const Kind offered : {Kind::text, Kind::binary, Kind::ping, Kind::pong, Kind::close, Kind::raw}) {
        if (offered == Kind::raw)
            menu->addSeparator();
        QAction* action = menu->addAction(textOf(offered));
        const std::string_view name = name_of(offered);
        action->setObjectName(
            QLatin1String("kind_") + QLatin1String(name.data(), static_cast<qsizetype>(name.size())));
        QObject::connect(action, &QAction::triggered, &q, [this, offered] {
            use();
            chooseKind(offered);
            q.focusEditor();
        });
    }
    kindButton->setMenu(menu);
}

void Composer::Private::buildMoreMenu()
{
    auto* menu = new QMenu(more);
    menu->setObjectName(QStringLiteral("composer_more_menu"));
    QObject::connect(entry(*menu, tr("Send a file..."), "composer_file", Qt::CTRL | Qt::Key_O),
        &QAction::triggered, &q, &Composer::chooseFile);
    QObject::connect(entry(*menu, tr("Repeat..."), "composer_repeat", Qt::CTRL | Qt::SHIFT | Qt::Key_Enter),
        &QAction::triggered, &q, [this] { q.setRepeatVisible(true); });
    QAction* save = entry(*menu, tr("Save as template"), "composer_save_template", Qt::CTRL | Qt::Key_S);
    QObject::connect(save, &QAction::triggered, &q, [this] {
        if (const auto made = draft())
            Q_EMIT q.saveTemplateRequested(*made);
    });
    menu->addSeparator();
    QAction* older = entry(*menu, tr("Recall the one before"), "composer_older", Qt::ALT | Qt::Key_Up);
    QObject::connect(older, &QAction::triggered, &q, [this] { recall(true); });
    QAction* newer = entry(*menu, tr("Recall the one after"), "composer_newer", Qt::ALT | Qt::Key_Down);
    QObject::connect(newer, &QAction::triggered, &q, [this] { recall(false); });
    QObject::connect(menu, &QMenu::aboutToShow, &q, [this, save, older, newer] {
        save->setEnabled(draft().has_value());
        older->setEnabled(!history.entries().empty());
        newer->setEnabled(!history.entries().empty());
    });
    more->setMenu(menu);
}

void Composer::Private::connectPages()
{
    for (QWidget* field : pages->fields()) {
        field->installEventFilter(&q);
        if (auto* area = qobject_cast<QAbstractScrollArea*>(field))
            area->viewport()->installEventFilter(&q);
    }
    QObject::connect(pages, &ComposerPages::edited, &q, [this] { refresh(); });
    QObject::connect(pages, &ComposerPages::exampleChosen, &q, [this] { dropUndo(); });
    QObject::connect(
        pages, &ComposerPages::takenAway, &q, [this](const QString& said, const std::function<void()>& undo) {
            offerUndo(said, QStringLiteral("Undo change of raw frames"), undo);
        });
    QObject::connect(pages, &ComposerPages::discarded, &q, [this](const HeldSnapshot& payload, Kind kind) {
        offerUndo(tr("The payload is discarded."), QStringLiteral("Undo discarding payload"),
            [this, payload, kind] {
                ComposedMessage made;
                made.kind = kind;
                made.payload = payload.bytes;
                made.fragments = fragments->fragments();
                const bool wasExpanded = expands[static_cast<std::size_t>(kind)];
                put(made, payload.isTemplate, payload.name);
                expand->setChecked(wasExpanded);
            });
    });
    QObject::connect(pages, &ComposerPages::resized, &q, [this] { fitHeight(); });
    QObject::connect(pages, &ComposerPages::tooLargeToEdit, &q,
        [this](const QByteArray& whole, bool text) { take(whole, text); });
    QObject::connect(pages, &ComposerPages::tooLargeToTake, &q, [this](qsizetype bytes) {
        notice->showNotice(InlineNotice::Kind::Danger,
            tr("Nothing was put in: that is %1, and the composer takes up to %2.")
                .arg(formatBytes(static_cast<std::uint64_t>(bytes)),
                    formatBytes(static_cast<std::uint64_t>(PayloadEditor::maxTaken))));
    });
    QObject::connect(pages, &ComposerPages::notText, &q, [this](const QByteArray& bytes) {
        notice->showNotice(InlineNotice::Kind::Warning,
            tr("Nothing was put in: those %1 bytes are not UTF-8 text.", nullptr,
                pluralOf(static_cast<std::uint64_t>(bytes.size())))
                .arg(formatCount(static_cast<std::uint64_t>(bytes.size()))),
            {{tr("Put them in as hex"), QStringLiteral("Put in as hex"), [this, bytes] {
                  ComposedMessage made;
                  made.kind = Kind::binary;
                  made.payload = SharedBytes(
                      std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
                  put(made);
              }}});
    });
    QObject::connect(pages, &ComposerPages::refused, &q, [this](const QString& sentence) { warn(sentence); });
}

void Composer::Private::use()
{
    if (used)
        return;
    used = true;
    arrange();
    fitHeight();
    refresh();
}

// One row until it is used; then the fields get a row of their own.
void Composer::Private::arrange()
{
    for (QLayout* layout : {static_cast<QLayout*>(top), static_cast<QLayout*>(bottom)}) {
        while (QLayoutItem* item = layout->takeAt(0))
            delete item;
    }
    column->removeWidget(pages);
    column->removeWidget(repeatFields);
    const bool wide = used;
    top->addWidget(kindButton);
    if (wide) {
        top->addWidget(fragments);
        top->addWidget(json);
        top->addWidget(expand);
        top->addStretch(1);
        top->addWidget(info, 100);
        top->addWidget(templates);
        top->addWidget(more);
        column->insertWidget(1, pages);
        column->insertWidget(2, repeatFields);
        bottom->addWidget(targets);
        bottom->addWidget(result, 1);
        bottom->addWidget(hint);
        bottom->addWidget(button);
    } else {
        top->addWidget(pages, 1);
        top->addWidget(button);
    }
    for (QWidget* control : std::initializer_list<QWidget*>{
             fragments, json, expand, info, templates, more, targets, result, hint})
        control->setVisible(wide);
    column->setSpacing(wide ? 7 : 0);
    QWidget* previous = kindButton;
    for (QWidget* next : std::initializer_list<QWidget*>{fragments, json, expand, templates, more, pages,
             repeatFields, targets->pin(), targets->button(), targets->filterField(), button}) {
        QWidget::setTabOrder(previous, next);
        previous = next;
    }
}

void Composer::Private::fitHeight()
{
    pages->fitHeight(used, button->sizeHint().height());
}

void Composer::Private::refresh()
{
    if (!used && (pages->kind() != Kind::text || !pages->isEmpty())) {
        use();
        return;
    }
    kindButton->setText(displayText(textOf(pages->kind()) + QStringLiteral(" \u25BE")));
    const QString wrong = problem();
    setStyleProperty(info, "danger", !wrong.isEmpty());
    setStyleProperty(info, "muted", wrong.isEmpty());
    const auto made = draft();
    const bool hasMacros = pages->isFromTemplate() && made && TemplateMacros::hasMacros(*made);
    // {"n":{{counter}}} is JSON only when it is sent.
    const bool isText
        = pages->kind() == Kind::text && !pages->isHeld() && !(hasMacros && expand->isChecked());
    pages->json().setMarking(isText);
    QString said = wrong;
    if (wrong.isEmpty()) {
        said = pages->info();
        const QString verdict = isText ? pages->json().text() : QString();
        if (!verdict.isEmpty())
            said = verdict + QStringLiteral(" \u00B7 ") + said;
    }
    info->setText(displayText(said));
    info->setToolTip(tooltipText(said));
    const JsonCheck::Verdict verdict = pages->json().check().verdict;
    const bool isMistaken = verdict == JsonCheck::Verdict::mistake;
    json->setText(isMistaken ? tr("Mistake") : tr("Format"));
    json->setToolTip(isMistaken ? tr("Shows where the JSON is wrong; it can be sent all the same")
                                : tr("Breaks and indents the JSON; it is sent as it stands here"));
    json->setVisible(used && isText && (isMistaken || verdict == JsonCheck::Verdict::valid));
    fragments->setVisible(used && (pages->kind() == Kind::text || pages->kind() == Kind::binary));
    expand->setVisible(used && hasMacros);
    refreshButton();
}

QString Composer::Private::sendText() const
{
    const QString whom = mnemonicSafe(target.targetText());
    if (!target.hasTarget())
        return target.buttonText();
    switch (pages->kind()) {
    case Kind::text:
    case Kind::binary:
        return target.buttonText();
    case Kind::ping:
        return tr("Send ping to %1").arg(whom);
    case Kind::pong:
        return tr("Send pong to %1").arg(whom);
    case Kind::close:
        return tr("Send close to %1").arg(whom);
    case Kind::raw:
        return tr("Send raw to %1").arg(whom);
    }
    return {};
}

void Composer::Private::refreshButton()
{
    buttonText = sendText();
    const bool isReady = target.hasTarget() && problem().isEmpty();
    button->setEnabled(isReady);
    repeatFields->setStartEnabled(isReady);
    const bool broad = target.hasTarget() && target.isBroad();
    setStyleProperty(button, "caution", broad);
    setStyleProperty(button, "primary", !broad);
    QString plain = buttonText;
    plain.replace(QStringLiteral("&&"), QStringLiteral("&"));
    button->setAccessibleDescription(plain);
    button->setToolTip(tooltipText(plain));
    // The name gives way before anything else does.
    const int others = used ? targets->sizeHint().width() + hint->sizeHint().width() + 90
                            : kindButton->sizeHint().width() + q.width() / 3;
    const int room = std::max(160, q.width() - others - 40);
    button->setText(displayText(button->fontMetrics().elidedText(buttonText, Qt::ElideRight, room)));
}

} // namespace jackfield::ui
