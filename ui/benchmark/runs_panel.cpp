#include "ui/benchmark/runs_panel.h"

#include "ui/benchmark/figure_model.h"
#include "ui/benchmark/run_store.h"
#include "ui/benchmark/run_table_model.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/cell_delegate.h"
#include "ui/views/controls.h"
#include "ui/views/elided_label.h"
#include "ui/views/inline_notice.h"
#include "ui/views/strip.h"
#include "ui/views/tail_table.h"

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QMessageBox>
#include <QPushButton>
#include <QSaveFile>
#include <QSplitter>
#include <QStandardPaths>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace jackfield::ui {

namespace {

class RunDelegate final : public CellDelegate {
public:
    using CellDelegate::CellDelegate;

protected:
    [[nodiscard]] ColorRole colorOf(const QModelIndex& index, bool selected) const override
    {
        if (index.column() == static_cast<int>(RunColumn::Outcome) && index.data(RunTableModel::FailedRole).toBool())
            return ColorRole::DangerText;
        return CellDelegate::colorOf(index, selected);
    }
};

bool isPage(const QString& path)
{
    return path.endsWith(QLatin1String(".html"), Qt::CaseInsensitive) || path.endsWith(QLatin1String(".htm"), Qt::CaseInsensitive);
}

} // namespace

RunsPanel::RunsPanel(RunStore& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_model(new RunTableModel(store, this))
    , m_figures(new FigureModel(this))
{
    nameControl(this, "benchmark_runs", "Past runs");
    auto* strip = new Strip(Qt::BottomEdge, this);
    m_heading = named(new ElidedLabel(strip), "benchmark_runs_heading", "About the past runs");
    m_export = named(framedToolButton(tr("&Export..."), strip), "benchmark_export", "Export the selected run");
    m_export->setToolTip(tr("Save the selected run as a page with plots, or as JSON"));
    m_remove = named(framedToolButton(tr("De&lete..."), strip), "benchmark_delete", "Delete the selected runs");
    m_remove->setToolTip(tr("Delete the selected runs, after a question"));
    m_notice = new InlineNotice(QStringLiteral("past runs"), this);
    m_notice->setObjectName(QStringLiteral("benchmark_runs_notice"));
    makeTables();
    auto* tables = new QSplitter(Qt::Horizontal, this);
    tables->setObjectName(QStringLiteral("benchmark_tables"));
    tables->setChildrenCollapsible(false);
    tables->setHandleWidth(1);
    tables->addWidget(m_table);
    tables->addWidget(m_figureTable);
    tables->setStretchFactor(0, 1);
    tables->setStretchFactor(1, 1);
    tables->setSizes({405, 405});
    auto* row = new QHBoxLayout(strip);
    row->setContentsMargins(10, 4, 10, 5);
    row->setSpacing(8);
    row->addWidget(m_heading, 1);
    row->addWidget(m_export);
    row->addWidget(m_remove);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(strip);
    column->addWidget(m_notice);
    column->addWidget(tables, 1);
    setFocusProxy(m_table);
    connect(m_export, &QToolButton::clicked, this, &RunsPanel::exportSelected);
    connect(m_remove, &QToolButton::clicked, this, &RunsPanel::removeSelected);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RunsPanel::refresh);
    connect(&store, &RunStore::changed, this, &RunsPanel::refresh);
    refresh();
}

void RunsPanel::makeTables()
{
    m_table = named(new TailTable(this), "benchmark_table", "Table of past runs");
    m_table->setStandingStill();
    m_table->setItemDelegate(new RunDelegate(m_table));
    m_table->setModel(m_model);
    m_table->setEmptyText(tr("What has run is kept here."));
    m_table->addKey(QKeySequence(Qt::Key_Delete), tr("Delete the selected runs"), [this] { removeSelected(); });
    const auto width = [this](RunColumn column, const QString& text) {
        m_table->setColumnWidth(static_cast<int>(column), fontMetrics().horizontalAdvance(text) + 20);
    };
    width(RunColumn::Date, QStringLiteral("2026-11-23 10:20"));
    width(RunColumn::Mode, QStringLiteral("connect"));
    width(RunColumn::Throughput, QStringLiteral("1,234,567/s"));
    width(RunColumn::Median, QStringLiteral("1.23 ms"));
    width(RunColumn::Tail, QStringLiteral("1.23 ms"));
    width(RunColumn::Outcome, QStringLiteral("with errors"));
    width(RunColumn::Target, QStringLiteral("ws://127.0.0.1:45678/echo"));
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setMinimumWidth(240);

    m_figureTable = named(new TailTable(this), "benchmark_figures", "Figures of the selected runs");
    m_figureTable->setStandingStill();
    m_figureTable->setItemDelegate(new CellDelegate(m_figureTable));
    m_figureTable->setModel(m_figures);
    m_figureTable->setEmptyText(tr("Select a run to see its figures, or two to compare them."));
    m_figureTable->setMinimumWidth(200);
}

QStringList RunsPanel::selected() const
{
    std::vector<int> rows;
    const QModelIndexList indexes = m_table->selectionModel()->selectedRows();
    for (const QModelIndex& index : indexes)
        rows.push_back(index.row());
    std::ranges::sort(rows);
    QStringList ids;
    for (const int row : rows)
        ids += m_model->idAt(row);
    return ids;
}

void RunsPanel::select(const QStringList& ids)
{
    QItemSelection selection;
    int current = -1;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (!ids.contains(m_model->idAt(row)))
            continue;
        current = current < 0 ? row : current;
        selection.select(m_model->index(row, 0), m_model->index(row, m_model->columnCount() - 1));
    }
    m_table->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    if (current >= 0) {
        m_table->selectionModel()->setCurrentIndex(m_model->index(current, 0), QItemSelectionModel::NoUpdate);
        m_table->scrollTo(m_model->index(current, 0));
    }
}

void RunsPanel::refresh()
{
    const QStringList ids = selected();
    m_export->setEnabled(ids.size() == 1);
    m_remove->setEnabled(!ids.isEmpty());
    const BenchmarkRun* newer = m_store.find(ids.value(0));
    const BenchmarkRun* older = m_store.find(ids.value(1));
    if (ids.size() == 2 && newer != nullptr && older != nullptr)
        m_figures->compare(older->report, newer->report);
    else if (ids.size() == 1 && newer != nullptr)
        m_figures->show(newer->report);
    else
        m_figures->clear();
    const auto count = static_cast<std::uint64_t>(m_store.runs().size());
    m_heading->setContent(ids.size() == 2
            ? tr("Comparing two runs; the earlier one is dashed in the plots")
            : tr("%1 past runs", nullptr, pluralOf(count)).arg(formatCount(count)));
    QHeaderView* header = m_figureTable->horizontalHeader();
    for (int column = 0; column < m_figures->columnCount(); ++column)
        header->setSectionResizeMode(column, column == 0 ? QHeaderView::Stretch : QHeaderView::ResizeToContents);
    Q_EMIT selectionChanged();
}

void RunsPanel::removeSelected()
{
    const QStringList ids = selected();
    if (ids.isEmpty() || m_question)
        return;
    m_question = new QMessageBox(this);
    nameControl(m_question, "benchmark_delete_question", "Delete runs");
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    m_question->setTextFormat(Qt::PlainText);
    m_question->setIcon(QMessageBox::Question);
    m_question->setWindowTitle(tr("Delete runs"));
    const auto count = static_cast<std::uint64_t>(ids.size());
    m_question->setText(tr("Delete %1 runs?", nullptr, pluralOf(count)).arg(formatCount(count)));
    m_question->setInformativeText(tr("Their reports are deleted from the disk. This cannot be undone."));
    QPushButton* yes = m_question->addButton(tr("&Delete"), QMessageBox::DestructiveRole);
    nameControl(yes, "benchmark_delete_yes", "Confirm deleting runs");
    QPushButton* no = m_question->addButton(QMessageBox::Cancel);
    nameControl(no, "benchmark_delete_no", "Cancel deleting runs");
    m_question->setDefaultButton(no);
    m_question->setEscapeButton(no);
    connect(yes, &QPushButton::clicked, this, [this, ids] {
        bool isGone = true;
        for (const QString& id : ids)
            isGone = m_store.remove(id) && isGone;
        if (!isGone)
            m_notice->showNotice(InlineNotice::Kind::Danger,
                tr("Not all could be deleted: look whether you may write to %1.").arg(displayText(m_store.folder())));
    });
    m_question->open();
}

void RunsPanel::exportSelected()
{
    const QStringList ids = selected();
    if (ids.size() != 1 || m_dialog)
        return;
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    if (m_folder.isEmpty())
        m_folder = QFileInfo(documents).isDir() ? documents : QDir::homePath();
    m_dialog = new QFileDialog(this, tr("Export run"), m_folder);
    nameControl(m_dialog, "benchmark_export_dialog", "Export run");
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QStringList filters{tr("Page with plots (*.html)"), tr("Report (*.json)")};
    m_dialog->setNameFilters(filters);
    m_dialog->setDefaultSuffix(QStringLiteral("html"));
    m_dialog->selectFile(QStringLiteral("jackfield-") + ids.front() + QStringLiteral(".html"));
    connect(m_dialog, &QFileDialog::filterSelected, m_dialog, [dialog = m_dialog.data(), filters, ids](const QString& filter) {
        const QString suffix = filter == filters.back() ? QStringLiteral("json") : QStringLiteral("html");
        dialog->setDefaultSuffix(suffix);
        dialog->selectFile(QStringLiteral("jackfield-") + ids.front() + u'.' + suffix);
    });
    connect(m_dialog, &QFileDialog::fileSelected, this, [this, id = ids.front()](const QString& path) {
        m_folder = QFileInfo(path).absolutePath();
        const QString wrong = exportTo(id, path);
        if (wrong.isEmpty())
            m_notice->showNotice(InlineNotice::Kind::Information, tr("Exported to %1.").arg(displayText(path)), {},
                std::chrono::seconds{15});
        else
            m_notice->showNotice(InlineNotice::Kind::Danger, tr("Not exported: %1.").arg(displayText(wrong)));
    });
    m_dialog->open();
}

QString RunsPanel::exportTo(const QString& id, const QString& path) const
{
    QFile source(isPage(path) ? m_store.htmlFile(id) : m_store.jsonFile(id));
    if (!source.open(QIODevice::ReadOnly))
        return source.errorString();
    QSaveFile target(path);
    if (!target.open(QIODevice::WriteOnly))
        return target.errorString();
    target.write(source.readAll());
    return target.commit() ? QString() : target.errorString();
}

} // namespace jackfield::ui
