#pragma once

#include "jackfield/filter.h"

#include <QLineEdit>
#include <QTimer>

class QLabel;

namespace jackfield::ui {

/// A field for the filter language. Reads a moment after typing and at once on Enter; while what stands in it
/// is no filter, the last good one stays in force, the frame is red and `errorLabel` says what is wrong and
/// where. Esc empties it.
class FilterField : public QLineEdit {
    Q_OBJECT
public:
    FilterField(FilterSubject subject, QWidget* parent = nullptr);

    [[nodiscard]] const Filter& filter() const { return m_filter; }
    /// What is wrong, for placing under the field; hidden while nothing is.
    [[nodiscard]] QLabel* errorLabel() const { return m_error; }
    /// Puts a filter into force at once.
    void setFilterText(const QString& text);
    /// For a filter that decides who gets something: what stands in the field counts at once, and while it is no
    /// filter the empty one is in force.
    void setStrict();

Q_SIGNALS:
    void filterChanged(const jackfield::Filter& filter);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void read();

    bool m_strict = false;
    FilterSubject m_subject;
    Filter m_filter;
    QTimer m_delay;
    QLabel* m_error = nullptr;
};

} // namespace jackfield::ui
