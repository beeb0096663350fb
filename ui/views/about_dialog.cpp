#include "ui/views/about_dialog.h"

#include "ui/text/display_text.h"
#include "ui/views/controls.h"

#include "jackfield/certificate.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QPixmap>
#include <QPushButton>
#include <QVBoxLayout>

namespace jackfield::ui {

AboutDialog::AboutDialog(QWidget* parent)
    : QDialog(parent)
{
    nameControl(this, "about_dialog", "About Jackfield");
    setWindowTitle(tr("About Jackfield"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* icon = new QLabel(this);
    icon->setPixmap(QPixmap(QStringLiteral(":/icons/jackfield-64.png")));
    icon->setAlignment(Qt::AlignTop);

    auto* title = plainLabel(tr("Jackfield %1").arg(QCoreApplication::applicationVersion()), this);
    QFont large = title->font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    large.setBold(true);
    title->setFont(large);

    auto* text = new QVBoxLayout;
    text->addWidget(title);
    text->addWidget(wrappedLabel(
        tr("A WebSocket server for people who write browser code. It shows every connection, lets you decide "
           "who may come in, kick them, and send frames to the page by hand."),
        this));
    text->addWidget(wrappedLabel(
        tr("A jackfield is the panel of a telephone switchboard: one jack and one lamp for each line."),
        this));
    text->addSpacing(6);
    auto* details = mutedLabel(tr("MIT licence · Qt %1").arg(QLatin1String(qVersion())), this);
    text->addWidget(details);
    if (const auto warning = openssl_warning()) {
        auto* label = named(wrappedLabel({}, this), "about_openssl", "Warning about OpenSSL");
        label->setText(ourText(*warning));
        label->setProperty("tone", "warning");
        text->addWidget(label);
    }
    text->addStretch();

    auto* top = new QHBoxLayout;
    top->setSpacing(16);
    top->addWidget(icon);
    top->addLayout(text, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    nameControl(buttons->button(QDialogButtonBox::Close), "about_close", "Close about");
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 18, 18, 14);
    layout->addLayout(top);
    layout->addWidget(buttons);
    setMinimumWidth(440);
}

} // namespace jackfield::ui
