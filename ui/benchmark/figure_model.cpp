#include "ui/benchmark/figure_model.h"

#include "ui/benchmark/run_table_model.h"
#include "ui/text/display_text.h"

#include <algorithm>

namespace jackfield::ui {

void FigureModel::clear()
{
    beginResetModel();
    m_rows.clear();
    m_compares = false;
    endResetModel();
}

void FigureModel::show(const BenchmarkReport& run)
{
    beginResetModel();
    m_rows.clear();
    m_compares = false;
    m_titles[0] = formatRunDate(run.startedAt);
    for (const BenchmarkFigure& figure : figuresOf(run))
        m_rows.push_back({{figure.name, figure.text, {}, {}}});
    endResetModel();
}

void FigureModel::compare(const BenchmarkReport& before, const BenchmarkReport& after)
{
    beginResetModel();
    m_rows.clear();
    m_compares = true;
    m_titles[0] = formatRunDate(before.startedAt);
    m_titles[1] = formatRunDate(after.startedAt);
    const std::vector<BenchmarkFigure> left = figuresOf(before);
    std::vector<BenchmarkFigure> right = figuresOf(after);
    for (const BenchmarkFigure& figure : left) {
        const auto same = std::ranges::find(right, figure.name, &BenchmarkFigure::name);
        if (same == right.end()) {
            m_rows.push_back({{figure.name, figure.text, {}, {}}});
            continue;
        }
        m_rows.push_back({{figure.name, figure.text, same->text, differenceText(figure, *same)}});
        right.erase(same);
    }
    for (const BenchmarkFigure& figure : right)
        m_rows.push_back({{figure.name, {}, figure.text, {}}});
    endResetModel();
}

int FigureModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FigureModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_compares ? 4 : 2;
}

QVariant FigureModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount() || index.column() >= columnCount())
        return {};
    const QString& text = m_rows[static_cast<std::size_t>(index.row())].cells[index.column()];
    if (role == Qt::DisplayRole)
        return text;
    return role == Qt::ToolTipRole && !text.isEmpty() ? QVariant(tooltipText(text)) : QVariant();
}

QVariant FigureModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const bool isRun = section == 1 || section == 2;
    if (orientation == Qt::Horizontal && role == Qt::ToolTipRole && isRun)
        return tooltipText(m_titles[section - 1]);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case 0:
        return tr("Figure");
    case 1:
        return m_compares ? tr("Earlier") : m_titles[0].isEmpty() ? tr("Value") : m_titles[0];
    case 2:
        return tr("Later");
    case 3:
        return tr("Difference");
    default:
        return {};
    }
}

} // namespace jackfield::ui
