#pragma once

#include "ui/models/tls_state.h"

#include <QWidget>

class QGridLayout;
class QLabel;

namespace jackfield::ui {

/// What a certificate says, as a person compares it with what a browser shows: names, fingerprint, dates, key
/// and issuer, and what browsers may object to.
class CertificateFactsView : public QWidget {
    Q_OBJECT
public:
    explicit CertificateFactsView(QWidget* parent = nullptr);

    void setFacts(const CertificateFacts& facts, const TlsAge& age, const std::vector<std::string>& warnings);

Q_SIGNALS:
    void outcome(const QString& sentence);

private:
    enum Row { Names, Valid, Fingerprint, Key, Issuer, Count_ };

    QLabel* m_titles[Count_] = {};
    QLabel* m_values[Count_] = {};
    QLabel* m_warnings = nullptr;
    QString m_fingerprint;
};

/// A message of ours that begins small and ends without a full stop, as a sentence of its own. Neutralised.
[[nodiscard]] QString sentenceOf(const std::string& message);
/// "until 2027-12-24, 397 days left", "ended on ...".
[[nodiscard]] QString validityText(const CertificateFacts& facts, const TlsAge& age);

} // namespace jackfield::ui
