#pragma once

#include "ui/views/composer_snapshot.h"

#include "jackfield/composed_message.h"

#include <QString>
#include <QWidget>

#include <functional>
#include <vector>

class QComboBox;
class QListWidget;
class QStackedWidget;
class QToolButton;

namespace jackfield::ui {

class ElidedLabel;
class MenuButton;
class RawPieceFields;

/// Composes what is sent raw: a list of frames and bytes, how the stream ends behind them, and the exact
/// bytes of the selected piece as they will stand on the wire.
class RawFields : public QWidget {
    Q_OBJECT
public:
    static constexpr int most = 200; ///< pieces that can be added by hand

    explicit RawFields(QWidget* parent = nullptr);

    /// Puts pieces and cut in place of what stood there.
    void setContent(const std::vector<RawPiece>& pieces, StreamCut cut);
    /// The pieces in their order; those that cannot be sent are left out (then `problem` says so).
    [[nodiscard]] std::vector<RawPiece> pieces() const;
    [[nodiscard]] StreamCut cut() const;
    /// Why it cannot be sent; empty when it can.
    [[nodiscard]] QString problem() const;
    /// "3 frames, 24 bytes", "1 frame and 5 bytes, then cut".
    [[nodiscard]] QString summary() const;
    /// What stands in the fields, mistakes and all.
    [[nodiscard]] RawSnapshot snapshot() const;
    void restore(const RawSnapshot& snapshot);
    /// True when it is not what `setContent` or an example put there.
    [[nodiscard]] bool isByHand() const;

Q_SIGNALS:
    void changed();
    void refused(const QString& sentence);
    /// An example stands in place of what was there; `takenAway` follows where that was composed by hand.
    void exampleChosen();
    /// Something that was composed is gone, as `said` says; `undo` brings it back.
    void takenAway(const QString& said, const std::function<void()>& undo);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildPresets(MenuButton& button);
    void add(const RawPiece& piece, int row);
    void insert(RawPieceFields* made, int row);
    void clear();
    void useExample(const std::vector<RawPiece>& pieces, StreamCut cut);
    void removeCurrent();
    void moveCurrent(int places);
    void refresh();
    [[nodiscard]] RawPieceFields* fields(int row) const;

    QListWidget* m_list = nullptr;
    QStackedWidget* m_pieces = nullptr;
    QComboBox* m_cut = nullptr;
    QToolButton* m_remove = nullptr;
    QToolButton* m_up = nullptr;
    QToolButton* m_down = nullptr;
    ElidedLabel* m_wire = nullptr;
    bool m_filling = false;
    RawSnapshot m_given;
};

} // namespace jackfield::ui
