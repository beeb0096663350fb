#include "ui/views/renew_dialog.h"

#include "ui/text/display_text.h"
#include "ui/views/controls.h"
#include "ui/views/grow_to_fit.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace jackfield::ui {

namespace {

QString consequence(const TlsState& state)
{
    const bool isTrusted = std::any_of(state.places.begin(), state.places.end(),
        [](const TlsPlace& place) { return place.standing == TlsPlace::Standing::trusted; });
    QString text = RenewDialog::tr("A new authority and a new certificate take the place of those that there "
                                   "are. Open connections stay. "
                                   "Browsers have to trust the new authority.");
    if (isTrusted && state.hasCertutil)
        text += u' '
            + RenewDialog::tr(
                "Where the old one is trusted and Jackfield can reach it, it puts the new one in "
                "its place; elsewhere do the steps again. Browsers that run may have to be started "
                "anew.");
    else
        text += u' '
            + RenewDialog::tr("Do the steps again where you did them, and remove the old authority there.");
    return text;
}

} // namespace

RenewDialog::RenewDialog(TlsModel& model, QWidget* parent, const std::string& added)
    : QDialog(parent)
    , m_model(model)
{
    nameControl(this, "renew_dialog", "Renew the certificate");
    setWindowTitle(tr("Renew the certificate or change its names"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(500);
    const TlsState& state = model.state();
    QStringList names;
    const auto add = [&](const std::vector<std::string>& more) {
        for (const std::string& name : more) {
            const QString text = displayText(name, 260);
            if (!names.contains(text))
                names << text;
        }
    };
    if (state.development)
        add(state.development->addedNames);
    add(state.missingNames);
    if (!added.empty())
        add({added});
    m_names = named(new QLineEdit(names.join(u' '), this), "renew_names", "Names of the certificate");
    m_names->setPlaceholderText(tr("shop.test 192.168.1.20"));
    m_problem = named(wrappedLabel({}, this), "renew_problem", "What is wrong with the names");
    m_problem->setProperty("danger", true);
    m_renew = named(new QPushButton(tr("Renew"), this), "renew_yes", "Confirm renew");
    auto* cancel = named(new QPushButton(tr("Cancel"), this), "renew_no", "Cancel renew");
    m_renew->setDefault(true); // Enter in the field must not lose what was typed there

    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_renew);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 14);
    column->setSpacing(10);
    column->addWidget(wrappedLabel(displayText(consequence(state), 800), this));
    column->addWidget(wrappedLabel(tr("It is for localhost, 127.0.0.1 and ::1, and for these names and "
                                      "addresses beside them, with blanks "
                                      "between:"),
        this));
    column->addWidget(m_names);
    column->addWidget(m_problem);
    column->addStretch();
    column->addLayout(buttons);

    connect(m_names, &QLineEdit::textChanged, this, &RenewDialog::refresh);
    connect(&model, &TlsModel::busyChanged, this, &RenewDialog::refresh);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_renew, &QPushButton::clicked, this, [this] {
        const TypedNames typed = namesTyped(m_names->text().toStdString());
        if (!typed.problem.empty() || m_model.isBusy())
            return;
        m_model.renew(typed.names);
        accept();
    });
    refresh();
}

void RenewDialog::refresh()
{
    const TypedNames typed = namesTyped(m_names->text().toStdString());
    m_problem->setText(displayText(typed.problem, 300));
    m_problem->setVisible(!typed.problem.empty());
    growToFit(*this);
    setStyleProperty(m_names, "bad", !typed.problem.empty());
    m_renew->setEnabled(typed.problem.empty() && !m_model.isBusy());
}

} // namespace jackfield::ui
