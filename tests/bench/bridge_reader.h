#pragma once

#include "jackfield/engine.h"

#include <functional>

namespace bench {

/// Attaches the window's bridge, stores and models to `engine`, runs `work` on a thread of its own while Qt's
/// event loop serves them, and detaches them again. Call it from the main thread.
void with_bridge(jackfield::Engine& engine, const std::function<void()>& work);

} // namespace bench
