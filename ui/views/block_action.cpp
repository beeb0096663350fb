#include "ui/views/block_action.h"

#include "ui/bridge/engine_port.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/text/phrases.h"
#include "ui/views/controls.h"

#include <QMessageBox>
#include <QPushButton>

namespace jackfield::ui {

namespace {

constexpr std::chrono::minutes usualTime{10};

QString questionOf(BlockKind kind, const std::string& text)
{
    const QString shown = quotedPeerText(text, 80);
    switch (kind) {
    case BlockKind::address:
        return BlockAction::tr("Refuse everything that comes from the address %1?").arg(shown);
    case BlockKind::origin:
        return BlockAction::tr("Refuse the pages of %1?").arg(shown);
    case BlockKind::host:
        return BlockAction::tr("Refuse everything that asks for the host %1?").arg(shown);
    }
    return {};
}

} // namespace

BlockAction::BlockAction(EnginePort& port, QWidget* dialogParent)
    : QObject(dialogParent)
    , m_port(port)
    , m_dialogParent(dialogParent)
{ }

void BlockAction::block(BlockKind kind, const std::string& text)
{
    auto* box = new QMessageBox(m_dialogParent);
    nameControl(box, "block_question", "Block for now");
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setWindowTitle(tr("Block for now"));
    box->setText(displayText(questionOf(kind, text), 300));
    const auto parsed = parse_access_block(kind, text);
    const bool everything = parsed && kind == BlockKind::address && parsed->address.is_loopback();
    box->setInformativeText(
        everything ? tr(
            "Every browser and program on this machine comes from there. What is connected stays connected. "
            "Unblock it under Access.")
                   : tr("What is connected stays connected. Unblock it under Access."));
    QPushButton* minutes = box->addButton(tr("For 10 minutes"), QMessageBox::AcceptRole);
    QPushButton* always = box->addButton(tr("Until Jackfield closes"), QMessageBox::AcceptRole);
    QPushButton* no = box->addButton(QMessageBox::Cancel);
    nameControl(minutes, "block_for_minutes", "Block for 10 minutes");
    nameControl(always, "block_until_close", "Block until Jackfield closes");
    nameControl(no, "block_cancel", "Cancel block");
    box->setDefaultButton(everything ? no : minutes);
    connect(box, &QMessageBox::finished, this, [this, box, minutes, always, kind, text] {
        if (box->clickedButton() == minutes)
            submit(kind, text, usualTime);
        else if (box->clickedButton() == always)
            submit(kind, text, milliseconds(0));
    });
    box->open();
}

void BlockAction::submit(BlockKind kind, const std::string& text, milliseconds lifetime)
{
    m_port.submitWithReply(
        command::Block{kind, text, lifetime}, this, [this, text](const event::CommandFinished& finished) {
            Q_EMIT outcome(finished.error ? tr("Not blocked: %1").arg(wordsOf(finished.error->message()))
                                          : tr("%1 is blocked for now").arg(displayText(text, 80)));
        });
}

} // namespace jackfield::ui
