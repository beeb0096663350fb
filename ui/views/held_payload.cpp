#include "ui/views/held_payload.h"

#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/controls.h"
#include "ui/views/elided_label.h"
#include "ui/views/theme.h"
#include "ui/views/yielding_label.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace jackfield::ui {

HeldPayload::HeldPayload(QWidget* parent)
    : QWidget(parent)
    , m_text(named(new YieldingLabel(this), "held_text", "Held payload"))
    , m_preview(named(new ElidedLabel(this), "held_preview", "Beginning of the held payload"))
{
    nameControl(this, "held_payload", "Payload held as it is");
    m_text->setAlignment(Qt::AlignVCenter | Qt::AlignLeft);
    m_preview->setFont(monospaceFont());
    auto* discard = named(new QPushButton(tr("Discard"), this), "discard_held", "Discard held payload");
    discard->setAutoDefault(false);
    connect(discard, &QPushButton::clicked, this, &HeldPayload::discarded);
    auto* lines = new QVBoxLayout;
    lines->setSpacing(3);
    lines->addWidget(m_text);
    lines->addWidget(m_preview);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(2, 2, 2, 2);
    row->addLayout(lines, 1);
    row->addWidget(discard, 0, Qt::AlignTop);
    setFocusProxy(discard);
}

void HeldPayload::hold(const SharedBytes& bytes, const QString& name, bool asText)
{
    m_held = bytes;
    const QString size = formatBytes(bytes.size());
    m_text->setText(name.isEmpty()
            ? tr("%1, too long to edit here. It is sent exactly as it was put in.").arg(size)
            : tr("%1, %2, too long to edit here. It is sent exactly as it is in the file.")
                  .arg(displayText(name, 120), size));
    const std::string_view first = bytes.text().substr(0, 400);
    m_preview->setContent(asText ? displayText(first, 200) : hexPreview(as_bytes(first)));
}

void HeldPayload::release()
{
    m_held.reset();
}

} // namespace jackfield::ui
