#include "ui/views/export_dialog.h"

#include "ui/bridge/when_done.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/controls.h"
#include "ui/views/path_facts.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QVariant>
#include <QVBoxLayout>

namespace jackfield::ui {

namespace {

QString suffix(RecordingFormat format)
{
    return ourText(suffix_of(format));
}

} // namespace

ExportDialog::ExportDialog(const Counts& counts, const QString& folder, QWidget* parent)
    : QDialog(parent)
    , m_folder(folder)
{
    nameControl(this, "export_dialog", "Export messages");
    setWindowTitle(tr("Export messages"));
    setMinimumWidth(560);

    const auto choice
        = [this](const QString& text, std::uint64_t count, const char* name, const char* accessible) {
              auto* button = named(
                  new QRadioButton(tr("%1 (%2)").arg(text, formatCount(count)), this), name, accessible);
              button->setEnabled(count > 0);
              return button;
          };
    m_selected
        = choice(tr("The &selected ones"), counts.selected, "export_selected", "Export selected messages");
    m_shown = choice(tr("Those that are sho&wn"), counts.shown, "export_shown", "Export shown messages");
    m_all = choice(tr("&All that are kept"), counts.all, "export_all", "Export all messages");
    m_shown->setToolTip(tr("What the connections, the direction and the filter let through"));
    m_all->setEnabled(true); // without messages there are the connections
    auto* group = new QButtonGroup(this);
    for (QRadioButton* button : {m_selected, m_shown, m_all})
        group->addButton(button);
    // One selected message is one that is being read; several were chosen.
    if (counts.selected > 1)
        m_selected->setChecked(true);
    else if (counts.shown > 0)
        m_shown->setChecked(true);
    else
        m_all->setChecked(true);
    auto* scopes = new QVBoxLayout;
    scopes->setSpacing(4);
    for (QRadioButton* button : {m_selected, m_shown, m_all})
        scopes->addWidget(button);

    m_format = named(new QComboBox(this), "export_format", "Export format");
    m_format->addItem(tr("HAR 1.2"), static_cast<int>(RecordingFormat::har));
    m_format->addItem(tr("JSON Lines"), static_cast<int>(RecordingFormat::json_lines));
    m_format->addItem(tr("CSV"), static_cast<int>(RecordingFormat::csv));
    m_format->addItem(tr("Text transcript"), static_cast<int>(RecordingFormat::transcript));
    m_formatHint = named(wrappedLabel({}, this), "export_format_hint", "About the format");
    m_formatHint->setProperty("muted", true);
    m_neutralise = named(new QCheckBox(tr("Put a ' before what a spreadsheet would &run as a formula"), this),
        "export_neutralise", "Neutralise formulas");
    m_neutralise->setChecked(true);

    m_path = named(new QLineEdit(this), "export_path", "Export file");
    m_path->setMaxLength(4'096);
    auto* browseButton
        = named(new QPushButton(tr("&Browse\u2026"), this), "export_browse", "Browse for export file");
    auto* pathRow = new QHBoxLayout;
    pathRow->setSpacing(8);
    pathRow->addWidget(m_path, 1);
    pathRow->addWidget(browseButton);
    m_pathHint = named(wrappedLabel({}, this), "export_path_hint", "About the file");

    auto* cancel = named(new QPushButton(tr("Cancel"), this), "export_cancel", "Cancel export dialog");
    m_export = named(new QPushButton(tr("&Export"), this), "export_start", "Start export");
    m_export->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_export);

    auto* form = new QFormLayout;
    form->setVerticalSpacing(10);
    form->setHorizontalSpacing(14);
    form->setLabelAlignment(Qt::AlignRight | Qt::AlignTop);
    auto* formatLabel = plainLabel(tr("&Format"), this);
    formatLabel->setBuddy(m_format);
    auto* pathLabel = plainLabel(tr("F&ile"), this);
    pathLabel->setBuddy(m_path);
    form->addRow(plainLabel(tr("Messages"), this), scopes);
    form->addRow(formatLabel, m_format);
    form->addRow(QString(), m_formatHint);
    form->addRow(QString(), m_neutralise);
    form->addRow(pathLabel, pathRow);
    form->addRow(QString(), m_pathHint);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 14);
    layout->setSpacing(12);
    layout->addLayout(form);
    layout->addStretch();
    layout->addLayout(buttons);

    const QString now = QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd-HHmmss"));
    const QString proposed
        = QDir(folder).filePath(QStringLiteral("jackfield-") + now + suffix(RecordingFormat::har));
    m_proposed = proposed;
    m_path->setText(proposed);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::onFormat);
    connect(m_path, &QLineEdit::textChanged, this, &ExportDialog::onPath);
    connect(browseButton, &QPushButton::clicked, this, &ExportDialog::browse);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_export, &QPushButton::clicked, this, &QDialog::accept);
    onFormat();
    onPath();
    m_path->setFocus();
    // Ready for another name in the same folder.
    const QString name = QFileInfo(m_path->text()).completeBaseName();
    m_path->setSelection(
        static_cast<int>(m_path->text().lastIndexOf(u'/')) + 1, static_cast<int>(name.size()));
}

RecordingFormat ExportDialog::format() const
{
    return static_cast<RecordingFormat>(m_format->currentData().toInt());
}

QString ExportDialog::path() const
{
    const QString text = m_path->text();
    if (text.isEmpty() || QDir::isAbsolutePath(text))
        return text;
    if (text == QStringLiteral("~") || text.startsWith(QStringLiteral("~/")))
        return QDir::homePath() + text.mid(1);
    return QDir(m_folder).filePath(text);
}

ExportScope ExportDialog::scope() const
{
    if (m_selected->isChecked())
        return ExportScope::selected;
    return m_shown->isChecked() ? ExportScope::shown : ExportScope::all;
}

ExportOrder ExportDialog::order() const
{
    return {path(), format(), {m_neutralise->isChecked()}};
}

void ExportDialog::chooseFormat(RecordingFormat format)
{
    const QSignalBlocker blocker(m_format);
    m_format->setCurrentIndex(m_format->findData(static_cast<int>(format)));
    onFormat();
}

void ExportDialog::onFormat()
{
    switch (format()) {
    case RecordingFormat::har:
        m_formatHint->setText(
            tr("For the network tools of browsers. Text and binary messages; it has no place for "
               "control frames. Can be opened here again."));
        break;
    case RecordingFormat::json_lines:
        m_formatHint->setText(tr("One JSON object a line; loses nothing. Can be opened here again."));
        break;
    case RecordingFormat::csv:
        m_formatHint->setText(tr("For spreadsheets: a row for each message and control frame."));
        break;
    case RecordingFormat::transcript:
        m_formatHint->setText(tr("Lines for a person to read, in the time zone of this machine."));
        break;
    }
    m_neutralise->setVisible(format() == RecordingFormat::csv);
    // A name that asks for another format follows; any other name is left as it is.
    const QString text = m_path->text();
    const auto named = format_of_file(QFile::encodeName(text).toStdString());
    if (named && *named != format()) {
        const QSignalBlocker blocker(m_path);
        const QString renamed = text.left(text.lastIndexOf(u'.')) + suffix(format());
        m_path->setText(renamed);
    }
    onPath();
}

void ExportDialog::onPath()
{
    if (const auto named = format_of_file(QFile::encodeName(m_path->text()).toStdString());
        named && *named != format()) {
        chooseFormat(*named);
        return;
    }
    // Until it is known what is there it may be tried: the export says itself what is wrong.
    const bool hasPath = !m_path->text().isEmpty();
    showHint(hasPath ? QString() : tr("Choose a file."), hasPath);
    const quint64 asked = ++m_asked;
    if (!hasPath)
        return;
    whenDone(lookAtPath(path()), this, [this, asked](const PathFacts& facts) {
        if (asked != m_asked)
            return;
        // The folder of the last time may be gone, which is nothing to complain about.
        if (!facts.hasFolder && m_path->text() == m_proposed && m_folder != QDir::homePath()) {
            const QString name = QFileInfo(path()).fileName();
            m_folder = QDir::homePath();
            m_path->setText(QDir(QDir::homePath()).filePath(name));
            return;
        }
        if (facts.kind == PathFacts::Kind::Folder)
            showHint(tr("This is a folder."), false);
        else if (!facts.hasFolder)
            showHint(tr("There is no such folder."), false);
        else if (facts.kind == PathFacts::Kind::File)
            showHint(tr("This file exists and will be replaced."), true);
    });
}

void ExportDialog::showHint(const QString& hint, bool possible)
{
    m_pathHint->setText(hint);
    setStyleProperty(m_pathHint, "tone",
        !possible && !m_path->text().isEmpty() ? QVariant(QStringLiteral("danger")) : QVariant());
    m_export->setEnabled(possible
        && ((m_selected->isEnabled() && m_selected->isChecked())
            || (m_shown->isEnabled() && m_shown->isChecked()) || (m_all->isEnabled() && m_all->isChecked())));
}

void ExportDialog::browse()
{
    auto* dialog = new QFileDialog(this, tr("Export to"), QFileInfo(path()).absolutePath());
    nameControl(dialog, "export_file_dialog", "Export to");
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // this dialog says so
    dialog->setNameFilters({tr("HAR (*.har)"), tr("JSON Lines (*.jsonl *.ndjson)"), tr("CSV (*.csv)"),
        tr("Text transcript (*.txt *.log)"), tr("All files (*)")});
    dialog->selectNameFilter(dialog->nameFilters().value(m_format->currentIndex()));
    dialog->selectFile(QFileInfo(path()).fileName());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        const bool plain
            = !format_of_file(QFile::encodeName(file).toStdString()) && QFileInfo(file).suffix().isEmpty();
        const QString chosen = plain ? file + suffix(format()) : file;
        m_path->setText(chosen);
    });
    dialog->open();
}

} // namespace jackfield::ui
