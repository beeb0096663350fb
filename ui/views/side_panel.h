#pragma once

#include <QTabWidget>

namespace jackfield::ui {

/// The tabs beside the tables: Message, Access, Refused, Events. A tab can carry a count that needs the
/// person.
class SidePanel : public QTabWidget {
    Q_OBJECT
public:
    explicit SidePanel(QWidget* parent = nullptr);

    /// A page with stable English `name` for programs ("Message").
    void addPage(QWidget* page, const QString& title, const char* name);
    void showPage(QWidget* page);
    /// The badge of a page; 0 takes it away.
    void setAttention(QWidget* page, std::size_t count);
    [[nodiscard]] std::size_t attention(QWidget* page) const;
};

} // namespace jackfield::ui
