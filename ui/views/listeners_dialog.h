#pragma once

#include "jackfield/config.h"
#include "jackfield/lanes.h"

#include <QDialog>
#include <QPointer>

#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QMessageBox;
class QPushButton;
class QVBoxLayout;

namespace jackfield::ui {

class EnginePort;
class InlineNotice;

/// Where the server listens and what it speaks there, to be edited: addresses, their kind, more or fewer of
/// them. Nothing happens before *Apply*, which is one command; one that fails puts back what was. An address
/// that other machines can reach is asked about first, and so are edits that closing would lose. Stays beside
/// the window.
class ListenersDialog : public QDialog {
    Q_OBJECT
public:
    /// `port` must outlive it.
    explicit ListenersDialog(EnginePort& port, QWidget* parent = nullptr);
    ~ListenersDialog() override;

    /// The name of the open project, which keeps the listeners; empty: none is open.
    void setProject(const QString& name);
    /// What stands there, in its order; nothing while a line cannot be read.
    [[nodiscard]] std::optional<std::vector<ListenSpec>> specs() const;
    /// Whether closing would lose something, or what is applied is not known to be in force yet.
    [[nodiscard]] bool hasEdits() const { return m_isApplying || isEdited(); }
    /// Asks about edits first; then it closes, or says that it stays.
    void done(int result) override;

Q_SIGNALS:
    /// These are in force by a person's wish: for the open project.
    void applied(const std::vector<jackfield::ListenSpec>& specs);
    /// It was to close and goes on, by the answer to the question or because something failed.
    void stayed();

private:
    struct Line;

    Line& addLine(const ListenSpec& spec);
    void addAnother();
    void removeLine(Line* line);
    void fill(const ServerStatus& status);
    void onStatus(const ServerStatus& status);
    void refresh();
    void revert();
    [[nodiscard]] bool isEdited() const;
    void askAboutEdits();
    void stay();
    void apply();
    void submit(const std::vector<ListenSpec>& wanted);
    void onFailure(const QString& why, const std::vector<ListenSpec>& before, bool wasListening);
    [[nodiscard]] std::vector<SocketAddress> widerThanNow(const std::vector<ListenSpec>& wanted) const;

    EnginePort& m_port;
    std::vector<std::unique_ptr<Line>> m_lines;
    std::vector<ListenSpec> m_shown; // as filled in
    bool m_isApplying = false;
    bool m_closesWhenApplied = false;
    QPointer<QMessageBox> m_question; // about edits
    QVBoxLayout* m_column = nullptr;
    QLabel* m_lasts = nullptr;
    InlineNotice* m_notice = nullptr;
    QPushButton* m_add = nullptr;
    QPushButton* m_revert = nullptr;
    QPushButton* m_apply = nullptr;
};

} // namespace jackfield::ui
