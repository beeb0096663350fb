#pragma once

#include "jackfield/access_rules.h"
#include "jackfield/time.h"

#include <QObject>
#include <QString>

#include <vector>

class QWidget;

namespace jackfield::ui {

class EnginePort;

/// Refuses an address, an origin or a host for now: asks first, in a dialog that does not wait, then submits.
/// GUI thread only.
class BlockAction : public QObject {
    Q_OBJECT
public:
    /// `dialogParent` is the window that the question belongs to; it may be null.
    BlockAction(EnginePort& port, QWidget* dialogParent);

    /// `text` comes from a peer and is shown neutralised.
    void block(BlockKind kind, const std::string& text);

Q_SIGNALS:
    /// What became of it, a sentence for the status bar.
    void outcome(const QString& sentence);

private:
    void submit(BlockKind kind, const std::string& text, milliseconds lifetime);

    EnginePort& m_port;
    QWidget* m_dialogParent;
};

} // namespace jackfield::ui
