#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

#include <utility>

namespace jackfield::ui {

/// Calls `then` with the one result of `future`, in the thread of `context` and from its event loop, unless
/// that is destroyed before. To be called in that thread. QFuture::then with a context looks at it from the
/// other thread, also while it is being destroyed.
template <class Result, class Then>
void whenDone(const QFuture<Result>& future, QObject* context, Then then)
{
    auto* watcher = new QFutureWatcher<Result>(context);
    QObject::connect(
        watcher, &QFutureWatcherBase::finished, context, [watcher, then = std::move(then)]() mutable {
            watcher->deleteLater();
            then(watcher->result());
        });
    watcher->setFuture(future);
}

} // namespace jackfield::ui
