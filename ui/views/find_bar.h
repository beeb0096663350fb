#pragma once

#include "ui/models/message_find.h"
#include "ui/views/strip.h"

#include <QString>
#include <QTimer>

class QLabel;
class QLineEdit;
class QToolButton;

namespace jackfield::ui {

/// A strip with a field, how many messages match, and buttons for the next and the previous one. Enter and
/// Shift+Enter do the same, Esc closes it and ends the search. It moves nothing by itself: whoever has the
/// table goes where it asks.
class FindBar : public Strip {
    Q_OBJECT
public:
    explicit FindBar(MessageFind& find, QWidget* parent = nullptr);

    /// Shows it, with the text selected and the keyboard's focus in its field.
    void open();
    void close();
    /// The message that is shown as "3 of 12"; `wrapped`: the search went on at the other end.
    void setCurrent(quint64 sequence, bool wrapped);
    [[nodiscard]] QLineEdit* field() const { return m_field; }
    [[nodiscard]] QString statusText() const;

Q_SIGNALS:
    /// The text is another one: the first match from where the table stands is wanted.
    void firstWanted();
    void nextWanted();
    void previousWanted();
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void read();
    void refresh();

    MessageFind& m_find;
    QLineEdit* m_field = nullptr;
    QLabel* m_status = nullptr;
    QToolButton* m_previous = nullptr;
    QToolButton* m_next = nullptr;
    QTimer m_delay;
    quint64 m_current = 0;
    bool m_wrapped = false;
    bool m_wantsFirst = false;
};

} // namespace jackfield::ui
