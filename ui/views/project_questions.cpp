#include "ui/views/project_questions.h"

#include "ui/text/display_text.h"
#include "ui/views/controls.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace jackfield::ui {

namespace {

constexpr int linesShown = 10;
constexpr int longestLine = 1'200;

} // namespace

LinesQuestion::LinesQuestion(const Words& words, const QStringList& lines, QWidget* parent)
    : QDialog(parent)
{
    const QByteArray name = words.name.toLatin1();
    nameControl(this, name.constData(), words.title.toUtf8().constData());
    setWindowTitle(displayText(words.title));
    setMinimumWidth(480);
    auto* question = wrappedLabel(displayText(words.question, 400), this);
    auto* list = named(new QListWidget(this), (name + "_lines").constData(), "Lines in question");
    list->setSelectionMode(QAbstractItemView::NoSelection);
    list->setTextElideMode(Qt::ElideNone); // by scrolling each line is seen whole
    for (const QString& line : lines) {
        auto* item = new QListWidgetItem(displayText(line, longestLine), list);
        item->setToolTip(tooltipText(line));
    }
    const int rows = std::clamp(static_cast<int>(lines.size()), 2, linesShown);
    const bool scrolls = list->sizeHintForColumn(0) > minimumWidth() - 40;
    list->setFixedHeight(rows * (list->sizeHintForRow(0) + 1) + 2 * list->frameWidth() + 6
        + (scrolls ? list->horizontalScrollBar()->sizeHint().height() : 0));
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(10);
    layout->addWidget(question);
    layout->addWidget(list);
    if (!words.consequence.isEmpty())
        layout->addWidget(wrappedLabel(displayText(words.consequence, 600), this));
    auto* buttons = new QDialogButtonBox(this);
    QPushButton* yes = buttons->addButton(words.accept, QDialogButtonBox::AcceptRole);
    QPushButton* no = buttons->addButton(QDialogButtonBox::Cancel);
    nameControl(yes, (name + "_yes").constData(), words.accept.toUtf8().constData());
    nameControl(no, (name + "_no").constData(), "Cancel");
    no->setIcon({}); // as the buttons elsewhere
    for (QPushButton* button : {yes, no})
        button->setAutoDefault(button == no);
    no->setDefault(true);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    no->setFocus();
}

void LinesQuestion::ask(
    const Words& words, const QStringList& lines, QWidget* parent, const std::function<void(bool)>& answer)
{
    auto* dialog = new LinesQuestion(words, lines, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(
        dialog, &QDialog::finished, parent, [answer](int result) { answer(result == QDialog::Accepted); });
    dialog->open();
}

void askAboutUnsaved(const QString& name, QWidget* parent, const std::function<void(UnsavedAnswer)>& answer)
{
    auto* box = new QMessageBox(parent);
    nameControl(box, "unsaved_question", "Unsaved changes");
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setIcon(QMessageBox::Warning);
    box->setWindowTitle(LinesQuestion::tr("Unsaved changes"));
    box->setText(LinesQuestion::tr("Save the changes of %1?").arg(displayText(name, 60)));
    box->setInformativeText(LinesQuestion::tr("Without saving, the project file stays as it was."));
    QPushButton* save = box->addButton(QMessageBox::Save);
    QPushButton* discard = box->addButton(QMessageBox::Discard);
    QPushButton* cancel = box->addButton(QMessageBox::Cancel);
    nameControl(save, "unsaved_save", "Save");
    nameControl(discard, "unsaved_discard", "Discard");
    nameControl(cancel, "unsaved_cancel", "Cancel");
    for (QPushButton* button : {save, discard, cancel})
        button->setIcon({});
    box->setDefaultButton(save);
    box->setEscapeButton(cancel);
    QObject::connect(box, &QMessageBox::finished, parent, [box, answer, save, discard] {
        answer(box->clickedButton() == save       ? UnsavedAnswer::Save
                : box->clickedButton() == discard ? UnsavedAnswer::Discard
                                                  : UnsavedAnswer::Cancel);
    });
    box->open();
}

void askAboutUnsavedSettings(
    const QString& why, QWidget* parent, const std::function<void(SettingsAnswer)>& answer)
{
    auto* box = new QMessageBox(parent);
    nameControl(box, "settings_question", "Settings not saved");
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setIcon(QMessageBox::Warning);
    box->setWindowTitle(LinesQuestion::tr("Settings not saved"));
    box->setText(LinesQuestion::tr("Close without saving the settings?"));
    box->setInformativeText(LinesQuestion::tr("%1. What was changed since will be lost.").arg(displayText(why, 400)));
    QPushButton* retry = box->addButton(LinesQuestion::tr("Retry"), QMessageBox::AcceptRole);
    QPushButton* close = box->addButton(LinesQuestion::tr("Close anyway"), QMessageBox::DestructiveRole);
    QPushButton* cancel = box->addButton(QMessageBox::Cancel);
    nameControl(retry, "settings_retry", "Retry to save the settings");
    nameControl(close, "settings_close_anyway", "Close anyway");
    nameControl(cancel, "settings_cancel", "Cancel");
    cancel->setIcon({});
    box->setDefaultButton(retry);
    box->setEscapeButton(cancel);
    QObject::connect(box, &QMessageBox::finished, parent, [box, answer, retry, close] {
        answer(box->clickedButton() == retry       ? SettingsAnswer::Retry
                : box->clickedButton() == close ? SettingsAnswer::Close
                                                : SettingsAnswer::Cancel);
    });
    box->open();
}

} // namespace jackfield::ui
