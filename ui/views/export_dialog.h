#pragma once

#include "ui/models/export_job.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace jackfield::ui {

/// Which messages an export takes.
enum class ExportScope { selected, shown, all };

/// Asks what to export, as what and where to. Accepted, it has an order that can be tried.
class ExportDialog : public QDialog {
    Q_OBJECT
public:
    struct Counts {
        std::uint64_t selected = 0;
        std::uint64_t shown = 0; ///< as far as the filter has come
        std::uint64_t all = 0;
    };

    /// `folder`: where the file is proposed.
    ExportDialog(const Counts& counts, const QString& folder, QWidget* parent = nullptr);

    [[nodiscard]] ExportScope scope() const;
    [[nodiscard]] ExportOrder order() const;

private:
    void browse();
    void chooseFormat(RecordingFormat format);
    void onFormat();
    void onPath();
    void showHint(const QString& hint, bool possible);
    [[nodiscard]] RecordingFormat format() const;
    [[nodiscard]] QString path() const;

    QRadioButton* m_selected = nullptr;
    QRadioButton* m_shown = nullptr;
    QRadioButton* m_all = nullptr;
    QComboBox* m_format = nullptr;
    QLabel* m_formatHint = nullptr;
    QCheckBox* m_neutralise = nullptr;
    QLineEdit* m_path = nullptr;
    QLabel* m_pathHint = nullptr;
    QPushButton* m_export = nullptr;
    QString m_folder;
    QString m_proposed; // the first path, to be changed where its folder is gone
    quint64 m_asked = 0; // what is looked at now
};

} // namespace jackfield::ui
