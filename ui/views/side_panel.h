#pragma once

#include <QTabWidget>

class QToolButton;

namespace jackfield::ui {

/// The tabs beside the tables: Message, Access, Endpoints and so on. A tab can carry a count that needs the
/// person. Tabs that do not fit the width are in the menu of a button at the end of their line; the current
/// one is always there.
class SidePanel : public QTabWidget {
    Q_OBJECT
public:
    explicit SidePanel(QWidget* parent = nullptr);

    /// A page with stable English `name` for programs ("Message").
    void addPage(QWidget* page, const QString& title, const char* name);
    void showPage(QWidget* page);
    /// Shows it and puts the keyboard's focus into it.
    void enterPage(QWidget* page);
    /// The badge of a page; 0 takes it away.
    void setAttention(QWidget* page, std::size_t count);
    [[nodiscard]] std::size_t attention(QWidget* page) const;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    class Tabs;
    void arrange(); // decides which tabs are in the line
    void fillMenu();

    Tabs* m_tabs = nullptr;
    QToolButton* m_more = nullptr;
    bool m_arranging = false;
};

} // namespace jackfield::ui
