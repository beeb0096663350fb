#include "ui/views/fragmentation_fields.h"

#include "ui/text/format.h"
#include "ui/views/controls.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSpinBox>

#include <algorithm>

namespace jackfield::ui {

namespace {

enum Way { oneFrame, byCount, bySize, bySizes };
constexpr int mostFrames = 65'536;
constexpr int mostBytes = 1 << 30;

} // namespace

FragmentationFields::FragmentationFields(QWidget* parent)
    : QWidget(parent)
    , m_way(named(new QComboBox(this), "composer_fragments", "Fragments"))
    , m_number(named(new QSpinBox(this), "composer_fragment_number", "Number of fragments"))
{
    m_way->addItems({tr("whole"), tr("frames:"), tr("bytes:")});
    m_way->setToolTip(tr("Whole, cut into a number of frames, or into frames of so many bytes"));
    m_number->setRange(1, mostFrames);
    m_number->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_number->setToolTip(tr("How many"));
    m_number->setValue(2);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_way);
    row->addWidget(m_number);
    connect(m_way, &QComboBox::currentIndexChanged, this, [this](int way) {
        m_number->setMaximum(way == bySize ? mostBytes : mostFrames);
        refresh();
    });
    connect(m_number, &QSpinBox::valueChanged, this, &FragmentationFields::changed);
    refresh();
}

void FragmentationFields::refresh()
{
    m_number->setVisible(m_way->currentIndex() == byCount || m_way->currentIndex() == bySize);
    Q_EMIT changed();
}

Fragmentation FragmentationFields::fragments() const
{
    switch (m_way->currentIndex()) {
    case byCount:
        return Fragmentation(static_cast<std::uint32_t>(m_number->value()));
    case bySize:
        return Fragmentation::of_size(static_cast<std::uint64_t>(m_number->value()));
    case bySizes:
        return m_sizes;
    default:
        return {};
    }
}

void FragmentationFields::setFragments(const Fragmentation& fragments)
{
    if (m_way->count() > bySizes)
        m_way->removeItem(bySizes);
    if (fragments.by == Fragmentation::By::sizes) {
        m_sizes = fragments;
        m_way->addItem(
            tr("%1 given sizes", nullptr, pluralOf(fragments.sizes.size())).arg(fragments.sizes.size()));
        m_way->setCurrentIndex(bySizes);
        return;
    }
    const bool bySizeOfEach = fragments.by == Fragmentation::By::size;
    m_way->setCurrentIndex(bySizeOfEach ? bySize : fragments.number > 1 ? byCount : oneFrame);
    if (m_way->currentIndex() != oneFrame)
        m_number->setValue(static_cast<int>(std::min<std::uint64_t>(
            fragments.number, static_cast<std::uint64_t>(bySizeOfEach ? mostBytes : mostFrames))));
}

} // namespace jackfield::ui
