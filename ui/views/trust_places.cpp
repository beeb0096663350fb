#include "ui/views/trust_places.h"

#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/controls.h"
#include "ui/views/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace jackfield::ui {

namespace {

/// A disc with a tick, a cross or a question mark.
class StandingSign final : public QWidget {
public:
    explicit StandingSign(QWidget* parent)
        : QWidget(parent)
    {
        setFixedSize(18, 18);
    }
    void setStanding(TlsPlace::Standing standing)
    {
        m_standing = standing;
        update();
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool isTrusted = m_standing == TlsPlace::Standing::trusted;
        const bool isRefused = m_standing == TlsPlace::Standing::notTrusted;
        const QColor colour = themeColor(isTrusted ? ColorRole::StateOpen
                : isRefused                        ? ColorRole::DangerText
                                                   : ColorRole::MutedText);
        painter.setPen(QPen(colour, 1.5));
        painter.drawEllipse(QRectF(1.5, 1.5, 15, 15));
        painter.setPen(QPen(colour, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        if (isTrusted) {
            painter.drawPolyline(QPolygonF({{5.3, 9.2}, {8, 12}, {12.8, 6.2}}));
        } else if (isRefused) {
            painter.drawLine(QPointF(6, 6), QPointF(12, 12));
            painter.drawLine(QPointF(12, 6), QPointF(6, 12));
        } else {
            painter.drawText(rect(), Qt::AlignCenter, QStringLiteral("?"));
        }
    }

private:
    TlsPlace::Standing m_standing = TlsPlace::Standing::notLooked;
};

} // namespace

QString standingText(const TlsPlace& place)
{
    QString text;
    switch (place.standing) {
    case TlsPlace::Standing::trusted:
        text = TrustPlaces::tr("trusts it");
        break;
    case TlsPlace::Standing::notTrusted:
        text = place.why.empty() ? TrustPlaces::tr("does not trust it")
                                 : TrustPlaces::tr("does not trust it: %1").arg(displayText(place.why, 240));
        break;
    case TlsPlace::Standing::unknown:
        text = TrustPlaces::tr("cannot be told: %1").arg(displayText(place.why, 240));
        break;
    case TlsPlace::Standing::notLooked:
        text = TrustPlaces::tr("not looked at yet");
        break;
    }
    if (place.older > 0)
        text += TrustPlaces::tr("; %1 older ones of Jackfield are trusted there", nullptr, place.older)
                    .arg(place.older);
    return text;
}

TrustPlaces::TrustPlaces(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    nameControl(this, "trust_places", "Who trusts the certificate");
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(8);
}

void TrustPlaces::makeLines(const std::vector<TlsPlace>& places)
{
    qDeleteAll(findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
    m_lines.clear();
    int number = 0;
    for (const TlsPlace& place : places) {
        Line line;
        line.path = place.path;
        auto* widget = new QWidget(this);
        const QString name = QString::number(++number);
        widget->setObjectName(QStringLiteral("trust_place_") + name);
        line.sign = new StandingSign(widget);
        line.title = plainLabel({}, widget);
        line.words = wrappedLabel({}, widget);
        line.words->setObjectName(QStringLiteral("trust_words_") + name);
        line.words->setProperty("muted", true);
        line.button = new QPushButton(widget);
        line.button->setObjectName(QStringLiteral("trust_change_") + name);
        line.button->setAutoDefault(false);
        auto* texts = new QVBoxLayout;
        texts->setSpacing(1);
        texts->addWidget(line.title);
        texts->addWidget(line.words);
        auto* row = new QHBoxLayout(widget);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(9);
        row->addWidget(line.sign, 0, Qt::AlignTop);
        row->addLayout(texts, 1);
        row->addWidget(line.button, 0, Qt::AlignTop);
        m_layout->addWidget(widget);
        widget->show(); // now, so that it has its place at once
        const std::size_t index = m_lines.size();
        connect(line.button, &QPushButton::clicked, this, [this, index] {
            const Line& chosen = m_lines[index];
            if (chosen.isTrusted)
                Q_EMIT untrustRequested(chosen.path);
            else
                Q_EMIT trustRequested(chosen.path);
        });
        m_lines.push_back(line);
    }
}

void TrustPlaces::setPlaces(const TlsState& state, bool isBusy)
{
    const bool isSame = std::equal(m_lines.begin(), m_lines.end(), state.places.begin(), state.places.end(),
        [](const Line& line, const TlsPlace& place) { return line.path == place.path; });
    if (!isSame)
        makeLines(state.places);
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const TlsPlace& place = state.places[i];
        Line& line = m_lines[i];
        static_cast<StandingSign*>(line.sign)->setStanding(place.standing);
        line.title->setText(displayText(place.title, 120));
        QString words = standingText(place);
        if (place.kind == TlsPlace::Kind::system && place.standing != TlsPlace::Standing::trusted)
            words += tr("; the command below does it, with an administrator's password");
        line.words->setText(displayText(words, 500));
        line.words->setToolTip(tooltipText(place.path));
        line.isTrusted = place.standing == TlsPlace::Standing::trusted;
        line.button->setText(line.isTrusted ? tr("Remove trust") : tr("Trust"));
        line.button->setAccessibleName(
            (line.isTrusted ? tr("Remove trust of %1") : tr("Trust in %1"))
                .arg(displayText(place.title, 120)));
        line.button->setVisible(place.kind != TlsPlace::Kind::system);
        line.button->setEnabled(!isBusy && state.hasCertutil);
        line.button->setToolTip(
            state.hasCertutil ? QString() : tr("That takes certutil, which is not installed"));
    }
}

QPushButton* TrustPlaces::firstToTrust() const
{
    const auto found = std::find_if(m_lines.begin(), m_lines.end(), [](const Line& line) {
        return !line.isTrusted && !line.button->isHidden() && line.button->isEnabled();
    });
    return found != m_lines.end() ? found->button : nullptr;
}

} // namespace jackfield::ui
