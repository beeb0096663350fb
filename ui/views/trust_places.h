#pragma once

#include "ui/models/tls_state.h"

#include <QWidget>

#include <memory>
#include <string>
#include <vector>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace jackfield::ui {

class ElidedLabel;

/// Who trusts the development certificate: one line for each browser profile and the system, with a sign,
/// words and the button that changes it. Where Jackfield cannot change it the line says what does.
class TrustPlaces : public QWidget {
    Q_OBJECT
public:
    explicit TrustPlaces(QWidget* parent = nullptr);

    /// `isBusy`: nothing can be changed for the moment.
    void setPlaces(const TlsState& state, bool isBusy);
    /// The first button that adds trust and can be pressed; null for none.
    [[nodiscard]] QPushButton* firstToTrust() const;

Q_SIGNALS:
    void trustRequested(const std::string& path);
    void untrustRequested(const std::string& path);

private:
    struct Line {
        std::string path;
        QWidget* sign = nullptr;
        QLabel* title = nullptr;
        QLabel* words = nullptr;
        QPushButton* button = nullptr;
        bool isTrusted = false;
    };

    void makeLines(const std::vector<TlsPlace>& places);

    QVBoxLayout* m_layout = nullptr;
    std::vector<Line> m_lines;
};

/// What a place thinks of the authority, in words: "trusts it", "does not trust it: ...".
[[nodiscard]] QString standingText(const TlsPlace& place);

} // namespace jackfield::ui
