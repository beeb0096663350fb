#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <QPromise>

#include <system_error>

#include <memory>
#include <thread>
#include <type_traits>
#include <utility>

namespace jackfield::ui {

/// Does `work`, which must not throw, in a thread that nobody waits for: a network folder that answers late,
/// or never, holds up neither the window nor the program's end. Where there is no thread to be had it is done
/// at once.
template <class Work>
[[nodiscard]] auto unwaited(Work work) -> QFuture<std::invoke_result_t<Work>>
{
    auto promise = std::make_shared<QPromise<std::invoke_result_t<Work>>>();
    promise->start();
    auto future = promise->future();
    const auto run = [promise, work = std::move(work)] {
        promise->addResult(work());
        promise->finish();
    };
    try {
        std::thread(run).detach();
    } catch (const std::system_error&) {
        run();
    }
    return future;
}

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
