#pragma once

#include "tests/bench/measure.h"

#include <QApplication>
#include <QEvent>

#include <algorithm>

namespace jackfield::bench {

/// Measures each turn of the event loop.
class WatchedApplication final : public QApplication {
public:
    using QApplication::QApplication;
    bool notify(QObject* receiver, QEvent* event) override
    {
        if (m_depth++ > 0) {
            const bool result = QApplication::notify(receiver, event);
            --m_depth;
            return result;
        }
        const double begun = cpu_milliseconds();
        const bool result = QApplication::notify(receiver, event);
        longest = std::max(longest, cpu_milliseconds() - begun);
        --m_depth;
        return result;
    }
    double longest = 0; ///< CPU milliseconds

private:
    int m_depth = 0;
};

} // namespace jackfield::bench
