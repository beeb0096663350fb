#pragma once

#include "jackfield/access_rules.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace jackfield::ui {

/// *Try it*: type a host and an origin and see, as you type, whether they would be let in and which line
/// decides.
class TryIt : public QWidget {
    Q_OBJECT
public:
    explicit TryIt(QWidget* parent = nullptr);
    ~TryIt() override;

    /// The rules to try, and the engine's clock: entries that have expired do not count.
    void setRules(const jackfield::AccessRules& rules, jackfield::TimePoint now);
    void setHost(const QString& host);
    void setOrigin(const QString& origin);
    /// The verdict as it is shown, for tests and assistive programs.
    [[nodiscard]] QString verdictText() const;
    [[nodiscard]] bool allowed() const;

Q_SIGNALS:
    /// The lines of the two lists that decide; nullopt where none does or nothing was typed.
    void decidingLinesChanged(std::optional<std::size_t> hostLine, std::optional<std::size_t> originLine);

private:
    void decideAgain();

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace jackfield::ui
